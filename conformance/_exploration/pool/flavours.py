"""Flavours of parameter descriptions: keywords, references, names, numbers and sizes that real code loses a part of."""

from typing import Any, Final

from conformance._exploration.pool.json_samples import INTEGERS, KEYS, NUMBERS
from conformance._exploration.pool.parameter_descriptions import Flavour
from conformance._exploration.pool.placed import PLACED
from conformance._exploration.pool.texts import FORMATTED_TEXTS, TEXTS


def _deep(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "description": "the deepest"}
    for level in range(depth):
        schema = {"type": "object", "properties": {f"level{level}": schema}, "required": [f"level{level}"]}
    return schema


def _nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "description": "the innermost"}
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    return schema


_TEXT: Final[dict[str, Any]] = {"type": "string"}
_ADDRESS: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"street": _TEXT, "postalCode": {"type": "string", "pattern": "^[0-9]{5}$"}},
    "required": ["street"],
    "additionalProperties": False,
}

_STRICT: Final[dict[str, Any]] = {
    "strict": {
        "type": "object",
        "properties": {
            "code": {"type": "string", "pattern": "^[A-Z]+$", "format": "todo-code", "minLength": 2, "maxLength": 9},
            "size": {"type": "integer", "minimum": 1, "maximum": 9},
            "list": {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": 3},
        },
        "required": ["code", "size", "list"],
        "additionalProperties": False,
    }
}

_MANY_LEVELS: Final = 45
"""As deep as a schema can be in a request that JSON readers take which allow 64 levels, as .NET's do."""

_NUMBERS: Final = list(dict.fromkeys((*INTEGERS, *NUMBERS)))

_IDENTIFIER: Final = "https://example.org/todo.json"
"""Stands in several descriptions that are otherwise different, as where one was copied from another."""

FLAVOURS: Final[tuple[Flavour, ...]] = (
    Flavour(),
    Flavour(bare=True),
    Flavour(empty=True),
    Flavour(required=True),
    Flavour(root={"required": [], "additionalProperties": True}),
    Flavour(root={"required": ["at least this one"]}),
    Flavour(others={"b": {"type": "object", "properties": {"z": _TEXT, "a": _TEXT}, "required": ["z", "a"]}}),
    Flavour(others={"one": {"type": ["string"]}, "all": {"allOf": [_TEXT]}, "any": {"anyOf": [_TEXT]}}),
    Flavour(others={"list": {"type": "array", "items": True}, "map": {"type": "object", "additionalProperties": True}}),
    Flavour(others={"path": {"type": "string", "pattern": r"^[A-Z]:\\\\(\\w+\\\\)*$", "examples": ["C:\\\\new"]}}),
    Flavour(others={"home": {"$ref": "#/$defs/address"}}, root={"$defs": {"address": {"type": "string"}}}),
    Flavour(
        own={"title": "Task", "$comment": "A comment", "deprecated": False, "readOnly": False, "writeOnly": True},
        root={"title": "AddTodo", "description": "What to add", "$comment": "Another comment"},
    ),
    Flavour(root={"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _IDENTIFIER}),
    Flavour(
        others={"title": {"title": "Title"}, "due_date": {**_TEXT, "title": "Due Date"}}, root={"$id": _IDENTIFIER}
    ),
    Flavour(others={"map": {"type": "object", "additionalProperties": {}}}, root={"$id": _IDENTIFIER}),
    Flavour(
        others={"part": {"type": "object", "properties": {"a": _TEXT}, "required": ["a", "b"]}},
        root={"$id": _IDENTIFIER, "title": "AddTodo"},
    ),
    Flavour(own={"examples": [None, "", 0, False, [], {}, "Milk"]}, root={"examples": [{"a": None}]}),
    Flavour(own={"default": None}, others={"no": {"type": "boolean", "default": False}, "none": {"default": None}}),
    Flavour(others={"zero": {"type": "integer", "default": 0}, "empty": {"default": ""}, "list": {"default": []}}),
    Flavour(
        others={
            "when": {"type": "string", "format": "date-time"},
            "mail": {"type": "string", "format": "email"},
            "id": {"type": "string", "format": "uuid"},
        }
    ),
    Flavour(others={"code": {"type": "string", "pattern": r"^[A-Z]{2}-\d{3,}(\.\w+)?$"}}),
    Flavour(others={"name": {"type": "string", "pattern": r"^(?!.*--)[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ '-]*$"}}),
    Flavour(others={"year": {"type": "string", "pattern": r"^(\d{4})\/(?:\1|[^\s/]+?)$", "minLength": 4}}),
    Flavour(
        others={"kind": {"const": "todo"}, "version": {"const": 1}, "no": {"const": False}, "nil": {"const": None}}
    ),
    Flavour(others={"done": {"enum": [None, "", "yes", "no"]}, "level": {"type": "integer", "enum": [3, 1, 2]}}),
    Flavour(others={"same": {"enum": [1, True, 0, False]}, "flags": {"enum": [[1], [True], {"a": 0}, {"a": False}]}}),
    Flavour(others={"mixed": {"enum": [1, "1", 1.5, True, "true", None, "null", [], {}, "2024-12-31", "NaN"]}}),
    Flavour(others={"due": {"type": ["string", "null"]}, "size": {"type": ["integer", "number", "null"]}}),
    Flavour(others={"due": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}}),
    Flavour(others={"who": {"oneOf": [{"type": "string"}, _ADDRESS, {"type": "integer", "minimum": 1}]}}),
    Flavour(
        others={"who": {"allOf": [{"$ref": "#/$defs/address"}, {"required": ["postalCode"]}]}},
        root={"$defs": {"address": _ADDRESS}},
    ),
    Flavour(others={"not": {"not": {"type": "string"}}, "never": False, "always": True, "any": {}}),
    Flavour(
        others={"a": {"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"minimum": 0}}},
        root={"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": {"required": ["b"]}}},
    ),
    Flavour(others={"where": {"$ref": "#/$defs/address"}}, root={"$defs": {"address": _ADDRESS, "unused": {}}}),
    Flavour(
        others={"tree": {"$ref": "#/$defs/node"}},
        root={
            "$defs": {
                "node": {
                    "type": "object",
                    "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
                }
            }
        },
    ),
    Flavour(others={"old": {"$ref": "#/definitions/old"}}, root={"definitions": {"old": {"type": "string"}}}),
    Flavour(
        others={
            "to": {
                "$ref": "#/$defs/address",
                "title": "Where to",
                "description": "It arrives here.",
                "deprecated": True,
            },
            "odd": {"$ref": "#/$defs/a~1b~0c"},
            "blank": {"$ref": "#/$defs/with%20blank"},
        },
        root={"$defs": {"address": _ADDRESS, "a/b~c": _TEXT, "with blank": {"type": "integer"}}},
    ),
    Flavour(others={"text": {"type": "string", "title": "", "description": "", "maxLength": 20_000, "pattern": ""}}),
    Flavour(others={"whole": {"type": "number", "multipleOf": 1, "minimum": 0.0}, "list": {"maxItems": 5_000}}),
    Flavour(
        others={"é": _TEXT, "e\u0301": {"type": "integer"}, " a": _TEXT, "a ": {}, "A": _TEXT, "a": {"type": "null"}}
    ),
    Flavour(
        others={
            "site": {"type": "string", "format": "uri"},
            "host": {"type": "string", "format": "ipv4"},
            "takes": {"type": "string", "format": "duration"},
            "own": {"type": "string", "format": "todo-id"},
            "time": {"type": ["null", "string"], "format": "time"},
        }
    ),
    Flavour(
        others={
            "one": {"enum": ["only"]},
            "near": {"enum": ["a", "A", " a", "a "]},
            "yes": {"enum": [True]},
            "forms": {"enum": [*FORMATTED_TEXTS]},
        }
    ),
    Flavour(others={"set": {"default": {"a": [1, {"b": None}], "c": 2**53 + 1}}, "on": {"default": True}}),
    Flavour(
        others={
            "way": {
                "anyOf": [
                    {"title": "By name", "type": "string", "description": "As it is written."},
                    {"title": "By number", "type": "integer", "description": "As it is counted."},
                ],
                "discriminator": {"propertyName": "kind"},
            }
        }
    ),
    Flavour(
        others={"title": _TEXT, "description": _TEXT, "default": _TEXT, "$defs": _TEXT, "$schema": _TEXT, "not": {}}
    ),
    Flavour(others={"some": {"type": "object", "required": ["else"], "maxProperties": 3}, "rest": {"properties": {}}}),
    Flavour(others={"size": {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1, "multipleOf": 7}}),
    Flavour(others={"size": {"type": "integer", "exclusiveMinimum": -7, "maximum": 2**53 + 1}}),
    Flavour(others={"none": {"type": "integer", "minimum": 9, "maximum": 1}, "few": {"minLength": 9, "maxLength": 1}}),
    Flavour(others={"huge": {"type": "integer", "maximum": 10**19, "default": 2**64 - 1}}),
    Flavour(others={"price": {"type": "number", "multipleOf": 0.01, "minimum": 0.1, "exclusiveMaximum": 1e21}}),
    Flavour(others={"tiny": {"type": "number", "minimum": 1e-7, "maximum": 0.30000000000000004, "default": 1.0}}),
    Flavour(others={"least": {"type": "number", "exclusiveMinimum": 5e-324, "maximum": 1e-12}}),
    Flavour(others={"text": {"type": "string", "minLength": 0, "maxLength": 500}, "number": {"enum": _NUMBERS}}),
    Flavour(others={"blob": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}}),
    Flavour(others={"list": {"type": "array", "items": {"type": "string"}, "minItems": 0, "uniqueItems": False}}),
    Flavour(others={"pair": {"type": "array", "prefixItems": [_TEXT, {"type": "integer"}], "items": False}}),
    Flavour(others={"has": {"type": "array", "items": {}, "contains": {"const": 7}, "minContains": 0}}),
    Flavour(others={"grid": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}}}),
    Flavour(others={"map": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 0}}),
    Flavour(others={"map": {"type": "object", "patternProperties": {"^x-": {}, "^\\$": {"type": "null"}}}}),
    Flavour(others={"map": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}, "properties": {}}}),
    Flavour(
        others={"free": {"type": "object"}, "closed": {"type": "object", "unevaluatedProperties": False}, **_STRICT}
    ),
    Flavour(others=dict.fromkeys(KEYS, _TEXT)),
    Flavour(others={"": _TEXT, "required": _TEXT, "properties": _TEXT, "additionalProperties": _TEXT, "enum": _TEXT}),
    Flavour(others={"b": _TEXT, "a": _TEXT, "c": _TEXT}, root={"minProperties": 0, "propertyNames": True}),
    Flavour(root={"additionalProperties": False}),
    Flavour(closed=True),
    Flavour(own={"properties": {"id": {"default": 7}, "when": {"default": "today"}}}),
    Flavour(
        others={
            "big": {"type": "integer", "format": "int64", "example": 7},
            "part": {"type": "number", "format": "double", "nullable": True, "example": 0.5},
            "name": {"type": "string", "nullable": True, "example": "Milk", "enumNames": ["<a>", "b & c"]},
            "choice": {"enum": ["<a>", "b & c", "d/e"], "enumDescriptions": ["first", "second", "third"]},
        },
        root={"required": ["big", "part", "name"]},
    ),
    Flavour(
        others={
            "old": {"$ref": "#/definitions/old"},
        },
        root={
            "$schema": "http://json-schema.org/draft-07/schema#",
            "definitions": {"old": {"type": "string"}},
            "dependencies": {"old": ["other"]},
        },
    ),
    Flavour(
        others={
            "children": {"type": "array", "items": {"$ref": "#"}},
            "same": {"$ref": "#/properties/children"},
            "here": {"$ref": "#place"},
            "pairs": {"type": "array", "prefixItems": [_TEXT], "items": {}, "unevaluatedItems": False},
            "packed": {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}},
            "maybe": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]},
        },
        root={"$defs": {"address": {**_ADDRESS, "description": "Milk, " * 200, "$anchor": "place"}}},
    ),
    Flavour(root={"x-order": 1, "x-ui": {"widget": "list", "rows": [1, 2]}, "strict": None}),
    Flavour(own={"x-hint": {"nested": {"empty": {}, "none": None}}}, others={"meta": {"x-": True, "nullable": True}}),
    Flavour(others={"deep": _deep(12), "nested": _nested(_MANY_LEVELS)}),
    Flavour(others={f"property{number}": _TEXT | {"description": TEXTS[number % len(TEXTS)]} for number in range(130)}),
    Flavour(others={"long": {"type": "string", "enum": [f"choice {number}" for number in range(300)]}}),
    Flavour(
        others={
            "start": {"type": "string", "description": "When it begins, as RFC 3339.", "format": "date-time"},
            "minutes": {"type": "integer", "minimum": 5, "maximum": 480, "default": 30},
            "guests": {"type": "array", "items": {"type": "object", "properties": {"mail": _TEXT}}},
        },
        root={"description": "A meeting to put on the calendar."},
    ),
    Flavour(
        others={
            "unit": {"type": "string", "enum": ["°C", "°F", "K"], "default": "°C"},
            "place": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"lat": {"type": "number"}}}]},
        },
        root={"title": "Wetter für heute"},
    ),
    *PLACED,
)
