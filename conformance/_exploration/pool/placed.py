"""What stands in every place of a schema: all keywords, names and texts; code that walks schemas forgets some."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from conformance._exploration.pool.json_samples import INTEGERS, NUMBERS, PLAIN_KEYS
from conformance._exploration.pool.parameter_descriptions import Flavour
from conformance._exploration.pool.texts import SHORT_TEXTS

_TEXT: Final = {"type": "string"}
_EXACT: Final = 2**53

_WITH_VALUES: Final[Mapping[str, Any]] = {
    "$comment": "A comment",
    "title": "Part",
    "description": "A part of it",
    "type": ["object", "array", "string", "number", "null"],
    "format": "date-time",
    "enum": ["2024-12-31T00:00:00Z", 7, None],
    "default": "2024-12-31T00:00:00Z",
    "examples": [7, {"a": [1]}],
    "deprecated": True,
    "readOnly": True,
    "writeOnly": True,
    "minimum": 1.5,
    "maximum": 480,
    "exclusiveMinimum": -1,
    "exclusiveMaximum": 481,
    "multipleOf": 0.5,
    "minLength": 1,
    "maxLength": 20,
    "pattern": "^[0-9TZ:-]+$",
    "contentEncoding": "base64",
    "contentMediaType": "text/plain",
    "items": {"$ref": "#/$defs/label"},
    "minItems": 1,
    "maxItems": 9,
    "uniqueItems": True,
    "contains": {"type": "string", "format": "date"},
    "minContains": 1,
    "maxContains": 8,
    "properties": {"at": {"type": "string", "title": "When", "format": "time", "const": "noon"}},
    "patternProperties": {"^x-": {"const": 1}},
    "additionalProperties": {"type": "integer", "minimum": 1},
    "required": ["at"],
    "dependentRequired": {"at": ["by"]},
    "propertyNames": {"maxLength": 3},
    "minProperties": 1,
    "maxProperties": 7,
    "nullable": True,
    "example": 7,
    "x-unit": "days",
}
_WITHOUT: Final[Mapping[str, Any]] = {
    "$comment": "",
    "title": "",
    "description": "",
    "const": False,
    "default": None,
    "examples": [],
    "deprecated": False,
    "readOnly": False,
    "writeOnly": False,
    "minimum": 0,
    "maximum": 0,
    "exclusiveMinimum": 0,
    "exclusiveMaximum": 0.0,
    "minLength": 0,
    "maxLength": 0,
    "pattern": "",
    "items": False,
    "minItems": 0,
    "maxItems": 0,
    "uniqueItems": False,
    "minContains": 0,
    "maxContains": 0,
    "properties": {},
    "patternProperties": {},
    "additionalProperties": False,
    "unevaluatedProperties": False,
    "required": [],
    "dependentRequired": {},
    "propertyNames": {},
    "minProperties": 0,
    "maxProperties": 0,
    "nullable": False,
    "example": None,
    "x-unit": "",
}
"""The same with values that count as nothing in many languages."""

_STYLES: Final = PLAIN_KEYS[::3]
_NAMED: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": dict.fromkeys(_STYLES, _TEXT),
    "required": [*_STYLES],
}


def _in_every_place(schema: Mapping[str, Any], flavours: int) -> Iterator[Flavour]:
    """Yield so many flavours that have a schema in every place between them: one alone would fill a model's window."""
    listed, mapped = [schema, {}], {"part": schema}
    others = {
        "itself": schema,
        "items": {"type": "array", "items": schema},
        "items of items": {"type": "array", "items": {"type": "array", "items": schema}},
        "first items": {"type": "array", "prefixItems": listed, "items": schema},
        "contained": {"contains": schema, "unevaluatedItems": schema},
        "members": {"type": "object", "properties": mapped},
        "members of items": {"type": "array", "items": {"type": "object", "properties": mapped}},
        "further members": {"type": "object", "additionalProperties": schema},
        "members by pattern": {"type": "object", "patternProperties": mapped, "unevaluatedProperties": schema},
        "names": {"type": "object", "propertyNames": schema, "dependentSchemas": mapped},
        "any": {"anyOf": listed},
        "one": {"oneOf": listed},
        "all": {"allOf": listed},
        "not": {"not": schema},
        "if": {"if": schema, "then": schema, "else": schema},
        "packed": {**_TEXT, "contentMediaType": "application/json", "contentSchema": schema},
    }
    roots: list[dict[str, Any]] = [{"$defs": mapped}, {"definitions": mapped}, {"dependentSchemas": mapped}]
    for part in range(flavours):
        root = {key: one for several in roots[part::flavours] for key, one in several.items()}
        yield Flavour(others=dict(list(others.items())[part::flavours]), root=root)


def _in_every_keyword(values: Sequence[Any], keywords: Sequence[str], flavours: int) -> Iterator[Flavour]:
    """Yield flavours in which each value stands alone after some keywords, and in a list after those that take one."""
    for part in range(flavours):
        yield Flavour(
            others={
                f"value{number}": {
                    **dict.fromkeys(keywords, value),
                    "enum": [value],
                    "examples": [value, {"of": value}],
                }
                for number, value in enumerate(values[part::flavours])
            }
        )


PLACED_KEYWORDS: Final = (*_in_every_place(_WITH_VALUES, 3), *_in_every_place(_WITHOUT, 2))
PLACED: Final = (
    *PLACED_KEYWORDS,
    *_in_every_place(_NAMED, 1),
    *_in_every_keyword(SHORT_TEXTS, ("title", "$comment", "default", "const", "x-note"), 4),
    *_in_every_keyword(
        [number for number in dict.fromkeys((*INTEGERS, *NUMBERS)) if abs(number) < _EXACT],
        ("default", "const", "minimum", "exclusiveMaximum", "x-note"),
        1,
    ),
)
