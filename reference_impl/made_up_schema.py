"""The parameters that the model is told of where a declaration describes none: made up from the function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

__all__ = ["make_up_schema"]

_TYPES: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object"}


def make_up_schema(handler: Callable[[Any], Any], argument: str) -> dict[str, Any]:
    """Return an object schema with one property, named after the function's argument and of its type.

    Raises ValueError if the function does not take exactly that argument, or has an annotation without meaning.
    """
    try:
        signature = inspect.signature(handler, eval_str=True)
        names = list(signature.parameters)
        if names != [argument]:
            raise ValueError(f"its parameters are {', '.join(names) or 'none'}")
        schema = _describe(signature.parameters[argument].annotation)
    except (NameError, SyntaxError, TypeError) as error:
        raise ValueError(f"its annotations cannot be evaluated: {error}") from error
    return {"type": "object", "properties": {argument: schema}}


def _describe(annotation: Any) -> dict[str, Any]:
    """Return the schema of a type; a type that JSON does not have is a string, as in the shipped extension."""
    origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if origin in (Union, UnionType):
        options = [_describe(option) for option in arguments if option is not NoneType]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if origin is list:
        return {"type": "array", "items": _describe(arguments[0]) if arguments else {}}
    return {} if origin is Any else {"type": _TYPES.get(origin, "string")}
