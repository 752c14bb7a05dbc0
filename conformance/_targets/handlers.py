"""Makes the functions that implementations are given as skills."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

from conformance.contract import Argument, SkillHandler

_PYTHON_TYPES: Final = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "array": list,
    "object": dict,
}
"""The annotation of a skill's argument, by its JSON type."""


def make_handler(name: str, argument: Argument, respond: Callable[[Any], Any]) -> SkillHandler:
    """Make a plain function whose one parameter has the argument's name, to be called by position or by keyword."""

    def template(value: Any) -> Any:
        return respond(value)

    code = template.__code__.replace(co_varnames=(argument.name,), co_name=name, co_qualname=name)
    function = FunctionType(code, {}, name, None, template.__closure__)
    function.__annotations__ = {argument.name: _PYTHON_TYPES[argument.type]}
    return function
