"""What a made-up schema means: which values of the argument it takes, however it is written."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from json import dumps, loads  # by name: an implementation may patch the module
from typing import Any, Final, NamedTuple

from conformance._exploration.languages import UNBOUNDED
from conformance._text import json_values
from conformance._text.schema_meaning import asking_only_for, validator_of
from conformance.contract import Argument, Surface

_SAMPLES: Final[Mapping[str, Sequence[Any]]] = {
    "string": (
        *("Buy milk", "", " ", " Milk ", "Später: 牛乳 🥛", "42", "two\nlines", "true", "2024-12-31", "x" * 40_000),
    ),
    "integer": (1, 0, -7, 42, 100, -32_769, 1_000_000, -(2**31), 2**31 - 1),
    "number": (0.5, 0, 1, -0.1, -7, 0.125, 1e10, -1e10, 1e-7, 3.5e38, 12.345, 1e300, -1e300, 5e-324),
    "boolean": (True, False),
    "array": ([],),
    "object": (
        {},
        {"id": 7},
        {"a": None, "b": {"c": [True, {"d": "Milk"}]}},
        {"with blank": "a", "$ref": "b", "": "c", "Über": "d"},
        {"a": [1, []], "b": True, "c": False},
        {f"key{number}": number for number in range(150)},
    ),
}
"""Values of each type that every argument of that type may have."""

_UNBOUNDED: Final[Sequence[int]] = (2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**30)
"""Integers that not every language can hold."""

_SOME_ITEMS: Final[Sequence[Any]] = ("Milk", 1, 0.5, True, {"id": 7}, [])
"""What an array may hold is not declared: a schema may take one kind of items only."""

_MANY: Final = 300

_STRANGE: Final[Mapping[str, Any]] = {kind: values[0] for kind, values in _SAMPLES.items()}
"""A value of each type that another type does not take, but for an integer, which is a number."""

_LOOKALIKES: Final[Mapping[str, Sequence[str]]] = {
    "integer": ("7",),
    "boolean": ("true", "False", "yes"),
    "array": ("[]", ""),
    "object": ("{}", ""),
}
"""Texts that look like a value of the type. Not of a number: some languages have decimal numbers, written as texts."""


class MadeUpFault(NamedTuple):
    """What is wrong with a schema, by which requirement; `at` is the place in it."""

    requirement: str
    at: str
    got: str
    wanted: str


def fault_of(schema: Any, argument: Argument, surface: Surface) -> MadeUpFault | None:
    """Return what is wrong with the schema made up for an argument in a language, or None."""
    try:
        return _fault_of(dumps(schema), argument.name, argument.type, unbounded=surface in UNBOUNDED)
    except (TypeError, ValueError, RecursionError):
        return MadeUpFault("AST-SCHEMA-OBJECT", "", json_values.show(schema), "a JSON Schema")


@lru_cache(maxsize=512)
def _fault_of(text: str, name: str, kind: str, *, unbounded: bool) -> MadeUpFault | None:
    schema = loads(text)
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return MadeUpFault("AST-SCHEMA-OBJECT", "", json_values.show(schema), "an object schema")
    properties = schema.get("properties")
    if not isinstance(properties, dict) or name not in properties:
        wanted = f"a property {json_values.show(name)}"
        return MadeUpFault("AST-SCHEMA-OBJECT", ".properties", json_values.show(properties), wanted)
    samples = (*_SAMPLES[kind], *(_UNBOUNDED if kind == "integer" and unbounded else ()))
    wrong = next(_wrong_values(schema, name, kind, samples), None)
    if wrong is None:
        return None
    return MadeUpFault("AST-SCHEMA-TYPE", "", json_values.show(schema), f"a schema that {wrong}")


def _wrong_values(schema: Mapping[str, Any], name: str, kind: str, samples: Sequence[Any]) -> Iterator[str]:
    validator = validator_of(asking_only_for(schema, [name]))

    def takes(value: Any) -> bool:
        return bool(validator.is_valid({name: value}))

    try:
        for value in samples:
            if not takes(value):
                yield f"accepts {json_values.show({name: value}, 60)}"
        if kind == "array" and not any(takes([item]) and takes([item] * _MANY) for item in _SOME_ITEMS):
            yield f"accepts an item of some type, and {_MANY} of them"
        for other, value in _STRANGE.items():
            if other != kind and not (kind == "number" and other == "integer") and takes(value):
                yield f"does not accept {json_values.show({name: value}, 60)}"
        for text in _LOOKALIKES.get(kind, ()):
            if takes(text):
                yield f"does not accept {json_values.show({name: text}, 60)}"
    except Exception as error:  # noqa: BLE001  # a schema may be wrong in any way
        yield f"can be read ({type(error).__name__}: {error})"
