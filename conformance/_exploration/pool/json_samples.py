"""JSON values of each type that real code rounds, renames, reorders or loses."""

from collections.abc import Mapping
from typing import Any, Final

from conformance._exploration.pool.texts import BLANK_TEXTS, FORMATTED_TEXTS, LONG_TEXTS, NULL_TEXTS, SHORT_TEXTS, TEXTS
from conformance.contract import JsonType

_DEEP_LIST: Final[Any] = [[[[[[[[[[["deep"], 1], 2], 3], 4], 5], 6], 7], 8], 9], 10]
_DEEP_OBJECT: Final[Any] = {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": {"j": None}}}}}}}}}}

_KINDS: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 7, -7, 2**31, 0.5, 2.0, [], {}, "", " ", "Milk", "Käse", "null", "007"),
    "2024-12-31T10:00:00Z",
)
"""Values that code treats in different ways."""


def _object_of_all(levels: int) -> dict[str, Any]:
    inner = {"object": _object_of_all(levels - 1), "list": _list_of_all(levels - 1)} if levels > 1 else {}
    return {**{f"value{number}": value for number, value in enumerate(_KINDS)}, **inner}


def _list_of_all(levels: int) -> list[Any]:
    return [*_KINDS, *([_object_of_all(levels - 1), _list_of_all(levels - 1)] if levels > 1 else ())]


INTEGERS: Final[tuple[int, ...]] = (
    *(0, 1, -1, -7, 10, 100, 127, 128, 255, 256, -32769, 65536, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**32),
    *(1_000_000_007, 1_700_000_000_000, 2**53 - 1, -(2**53) + 1, 2**53, 2**53 + 1, -(2**53) - 1, 2**62 + 1, 2**63 - 1),
    -(2**63),
)

BIG_INTEGERS: Final[tuple[int, ...]] = (2**63, 2**64 - 1, 10**20, -(10**30), 2**128 + 1, -(10**50) - 1)
"""Integers that only some languages can hold."""

NUMBERS: Final[tuple[float, ...]] = (
    *(0.5, -0.5, 0.1, 0.30000000000000004, -7, 3, 2.0, 1e-7, 1e-9, 1.5e-300, 1e15, 1e16, 1e21, 1e300),
    *(1.7976931348623157e308, 5e-324, 3.141592653589793, 123456.789012345, 99999999.99, -273.15, 0),
)

KEYS: Final[tuple[str, ...]] = (
    *("id", "camelCase", "PascalCase", "snake_case", "kebab-case", "UPPER_CASE", "with blank", "dotted.key", "$ref"),
    *("$type", "@odata.type", "Über", "キー", "10", "9", "type", "items", "constructor", "__proto__", "null", "a/b~c"),
    *("_private", "xMLHttpRequest", "ID"),
)

PLAIN_KEYS: Final = tuple(key for key in KEYS if key not in {"__proto__", "ID"})
"""Those that every language tells apart, and takes for names."""

_KEYED: Final[Any] = dict.fromkeys(PLAIN_KEYS, 1)

ARRAYS: Final[tuple[Any, ...]] = (
    [],
    [[]],
    [{}],
    [None],
    [None, None],
    [""],
    ["Milk"],
    ["b", "a", "b", "a"],
    [0],
    [True, False],
    [False, 0, "", None, [], {}],
    [1, 1.5, "1", True, None],
    [3, 1, 2],
    [*INTEGERS],
    [*NUMBERS],
    [[1, 2], [3, 4], []],
    ["null", "true", "1"],
    [*FORMATTED_TEXTS],
    [{"id": 2}, {"id": 1}, {"id": 2}],
    [{"dueDate": "2024-12-31T10:00:00Z", "is_done": False, "Assigned-To": None}, {"DueDate": "", "LIST_ID": 7}],
    [{"a": 1}, {"b": None}, {"a": {}, "c": []}],
    [*SHORT_TEXTS[::2], "Milk, " * 110],
    list(range(60)),
    [f"item number {number} of a long list" for number in range(300)],
    _DEEP_LIST,
    _list_of_all(3),
    [_KEYED, [_KEYED], {"list": [_KEYED]}],
)

OBJECTS: Final[tuple[Any, ...]] = (
    {},
    {"a": None},
    {"a": None, "b": {"c": None, "d": []}},
    {"empty": {}, "list": [], "text": "", "zero": 0, "no": False},
    {"": "an empty key", **dict.fromkeys(FORMATTED_TEXTS, 1)},
    {"taskDescription": "Milk", "task_description": "Bread", "TaskName": "Eggs"},
    {"z": 1, "a": 2, "m": 3},
    {"10": "ten", "9": "nine", "1": "one"},
    {"0": "zero", "1": "one", "2": "two"},
    {"type": "object", "properties": {"a": 1}, "required": ["a"]},
    {"$ref": "#/definitions/a", "$schema": "x", "$id": 7},
    {f"text{number}": text for number, text in enumerate(FORMATTED_TEXTS)},
    {f"n{number}": value for number, value in enumerate((True, False, *INTEGERS, *NUMBERS))},
    {"result": "Milk", "error": "none", "success": True, "value": [1]},
    {"name": "AddTodo", "arguments": "{}"},
    {"value": "Milk"},
    {"result": ["Milk"]},
    {"content": "Milk"},
    {"data": {"text": "Milk"}},
    {"statusCode": 200, "headers": {"etag": "7"}, "body": {"id": 7}, "data": [{"text": "Milk"}], "content": "Milk"},
    {" blanks ": " blanks ", 'a "quoted" name': 1, "back\\slash": 2, "line\nend": 3, "long": "Milk, " * 110},
    {f"text{number}": text for number, text in enumerate(SHORT_TEXTS[1::2])},
    {"id": "7", "count": "1.0", "flag": "true", "nothing": "null"},
    dict.fromkeys(KEYS, 1),
    {f"key{number}": number for number in range(150)},
    {"list": [{"deep": [{"deeper": [{"deepest": None}]}]}]},
    _DEEP_OBJECT,
    _object_of_all(3),
    {"object": _KEYED, "list": [_KEYED, [_KEYED]], "objects": {"object": {"object": _KEYED}}},
)

SAMPLES: Final[Mapping[JsonType, tuple[Any, ...]]] = {
    "string": (*TEXTS, *BLANK_TEXTS, *NULL_TEXTS, *LONG_TEXTS),
    "integer": INTEGERS,
    "number": NUMBERS,
    "boolean": (False, True),
    "array": ARRAYS,
    "object": OBJECTS,
}
"""Values of each type."""
