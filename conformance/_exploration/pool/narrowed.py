"""Arguments that a parameter description narrows, and values that only just agree with it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from conformance.contract import JsonType


class Narrowed(NamedTuple):
    """Keywords of JSON Schema, and values that agree with them."""

    keywords: Mapping[str, Any]
    values: Sequence[Any]


NARROWED: Final[Mapping[JsonType, Sequence[Narrowed]]] = {
    "string": (
        Narrowed({"minLength": 4, "maxLength": 4}, ("Käse", "牛乳二本", "🥛🍞🧀🥚", "    ")),
        Narrowed({"maxLength": 0}, ("",)),
        Narrowed({"enum": ["Milk", "milk", "MILK", ""]}, ("milk", "MILK", "", "Milk")),
        Narrowed({"enum": ["null", "true", "7", "none"]}, ("null", "7", "true", "none")),
        Narrowed({"pattern": "[0-9]"}, ("Flat 7b, please", "7")),
        Narrowed({"pattern": "^[a-z]{2}-[A-Z]{2}$"}, ("de-DE", "pt-BR")),
        Narrowed({"format": "date-time"}, ("2026-11-29T12:30:00Z", "2026-11-29T12:30:00.5+02:00")),
        Narrowed({"format": "date"}, ("2026-11-29", "2024-02-29")),
        Narrowed({"format": "time"}, ("12:30:00Z", "12:30:00.125+02:00")),
        Narrowed({"format": "uuid"}, ("6F9619FF-8B86-D011-B42D-00CF4FC964FF",)),
        Narrowed({"format": "email"}, ("Zoe.O'Neil+todo@Example.org",)),
        Narrowed({"const": " as it is "}, (" as it is ",)),
        Narrowed({"contentEncoding": "base64"}, ("TWlsaw==",)),
    ),
    "integer": (
        Narrowed({"minimum": 0, "maximum": 7}, (0, 7)),
        Narrowed({"exclusiveMinimum": -1, "exclusiveMaximum": 8}, (0, 7)),
        Narrowed({"multipleOf": 5, "maximum": 0}, (0, -5)),
        Narrowed({"enum": [1, 0, -1]}, (0, -1, 1)),
        Narrowed({"format": "int32"}, (2147483647, -2147483648)),
    ),
    "number": (
        Narrowed({"minimum": -0.5, "maximum": 0.5}, (-0.5, 0.5, 0)),
        Narrowed({"exclusiveMinimum": 0}, (0.001, 5e-05)),
        Narrowed({"multipleOf": 0.25}, (0.75, 3, -0.25)),
        Narrowed({"enum": [0.5, 2, 1000000]}, (2, 0.5, 1000000)),
    ),
    "boolean": (Narrowed({"enum": [False]}, (False,)), Narrowed({"const": True}, (True,))),
    "array": (
        Narrowed(
            {"minItems": 2, "maxItems": 2, "uniqueItems": True}, (["Milk", "milk"], ["7", 7], [[], {}], [1, True])
        ),
        Narrowed({"items": {"type": "string", "enum": ["a", "b"]}, "maxItems": 3}, (["b", "b", "b"], [])),
        Narrowed({"items": {"type": ["string", "null"]}}, (["Milk", None], [None])),
        Narrowed(
            {"prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2}, (["Milk", 2], ["", 0, "x"])
        ),
        Narrowed({"items": {"type": "object", "required": ["id"]}}, ([{"id": None}, {"id": 7, "note": ""}],)),
        Narrowed({"contains": {"const": 7}}, ([7], ["7", 7])),
    ),
    "object": (
        Narrowed(
            {
                "properties": {"id": {"type": "integer", "default": 7}, "note": {"type": ["string", "null"]}},
                "required": ["id", "note"],
                "additionalProperties": False,
            },
            ({"id": -7, "note": None}, {"note": "", "id": 0}),
        ),
        Narrowed({"minProperties": 1, "maxProperties": 1}, ({"a": None}, {"": ""})),
        Narrowed({"patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": False}, ({"x-a": 0}, {})),
        Narrowed({"additionalProperties": {"type": "integer"}}, ({"Milk": 2, "eggs": 0}, {"id": 1})),
        Narrowed({"propertyNames": {"maxLength": 1}}, ({"é": 1, "7": [7]}, {"🥛": {}})),
        Narrowed(
            {"oneOf": [{"required": ["id"]}, {"required": ["name"]}]},
            ({"id": None}, {"name": "Milk", "more": {"id": 7}}),
        ),
    ),
}
"""By the argument's type. An implementation may check arguments, but has to take all of these."""


def values_of(own: Mapping[str, Any], kind: JsonType) -> Sequence[Any] | None:
    """Return values that agree with the description of an argument of a type; None if it does not narrow the type."""
    return next((row.values for row in NARROWED[kind] if row.keywords.items() <= own.items()), None)
