"""The kinds of JSON value, by the names that JSON Schema gives them."""

from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, Final

KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (NoneType,),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
"""Each kind with the types that a parsed value of it has: exactly these, for to Python True is an int too."""


def is_of_kind(kind: str) -> Callable[[Any], bool]:
    """Make the test for values of a kind; as in JSON Schema, 2.0 is an integer."""
    types = KINDS[kind]
    if kind == "integer":
        return lambda value: type(value) in types or (type(value) is float and value.is_integer())
    return lambda value: type(value) in types


is_integer: Final = is_of_kind("integer")
is_number: Final = is_of_kind("number")
