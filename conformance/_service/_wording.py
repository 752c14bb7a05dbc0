"""How a finding is worded: `what = got, but should be wanted`."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from conformance import _json

__all__ = ["JSON_KINDS", "Finding", "dotted", "should"]

Finding: TypeAlias = tuple[str | None, str]
"""The place (`param` of the error) and the message."""

_LONGEST: Final = 80


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


JSON_KINDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}
"""The kinds of JSON value by JSON Schema's names: an integer is a number too, and so is 2.0 an integer."""


def should(what: str, got: Any, wanted: str) -> str:
    """Word the usual finding about a value."""
    return f"{what} = {_show(got)}, but should be {wanted}"


def dotted(where: str) -> str:
    """Spell a message's place as the older errors do: `messages.[3]` for `messages[3]`."""
    return where.replace("messages[", "messages.[", 1)


def _show(value: Any) -> str:
    # Of what may be large or deep only the size: a finding stays one short line.
    if value and isinstance(value, list | dict):
        return f"{'array' if isinstance(value, list) else 'object'} of {len(value)}"
    return _json.show(value, _LONGEST)
