"""Parameter descriptions that are to be refused: what is not JSON, or not the schema of an object."""

import re
from collections.abc import Callable, Mapping
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final, TypeAlias

_Wrong: TypeAlias = Callable[[Mapping[str, Any], str], str]
_MARK: Final = "MARK"


def _with_type(type_: Any) -> _Wrong:
    return lambda schema, _: dumps({**schema, "type": type_})


def _with_member(keyword: str, text: str) -> _Wrong:
    """Return what adds a member that is not JSON."""
    return lambda schema, _: dumps({**schema, keyword: _MARK}).replace(f'"{_MARK}"', text)


def _ending(end: str) -> _Wrong:
    """Return what replaces the last brace."""
    return lambda _, text: text.rstrip()[:-1] + end


WRONG_DESCRIPTIONS: Final[tuple[_Wrong, ...]] = (
    *(_with_type(one) for one in ("string", "array", "null", "OBJECT", "Object", "objects", "dict", "", " object")),
    *(_with_type(one) for one in (None, True, 0, {}, {"type": "object"}, ["object", "null"], ["string", "object"])),
    *(_ending(end) for end in ("", ",}", "]", "}}", "},", "};", "} {}", '} "done"', "} // done", "} # done")),
    *(_with_member("default", text) for text in ("NaN", "-Infinity", "Infinity", "None", "True", "undefined", "'a'")),
    *(_with_member("examples", text) for text in ('["a",]', '["a" "b"]', "[NaN]", "[0, Infinity]", '[,"a"]', '["a"')),
    *(_with_member("minProperties", text) for text in ("01", "+1", "1.", ".5", "0x1", "1_000", "")),
    *(_with_member("title", text) for text in ('"two\nlines"', '"two\r\nlines"', '"two\tcolumns"', r'"\d"', r'"\x41"')),
    *(_with_member("title", text) for text in (r'"Zoe\'s"', r'"\u12"', '"open', "open")),
    lambda _, text: text[: len(text) // 2],
    lambda _, text: dumps(text),
    lambda _, text: f"[{text}]",
    lambda _, text: f"schema = {text}",
    lambda _, text: f"```json\n{text}\n```",
    lambda _, text: text.replace('"', "'"),
    lambda _, text: re.sub(r'"(\w+)":', r"\1:", text),
    lambda _, text: text.replace('"', "\u201c"),
    lambda _, text: text.replace('"', '\\"'),
    lambda _, text: text.replace(":", "=", 1),
    lambda _, text: f"// the parameters\n{text}",
    lambda _, text: f"# the parameters\n{text}",
    lambda _, text: f"{text.rstrip()[:-1]}\n# the end\n}}",
    lambda _, text: f"/* the parameters */ {text}",
    lambda _, text: f"<schema>{text}</schema>",
    lambda schema, _: dumps({"parameters": schema}),
    lambda schema, _: dumps({"schema": schema}),
    lambda schema, _: dumps({"type": "function", "function": {"name": "AddTodo", "parameters": schema}}),
    lambda schema, _: dumps({key: value for key, value in schema.items() if key != "type"}),
    lambda schema, _: dumps({"properties": schema["properties"], "required": list(schema["properties"])}),
    lambda schema, _: dumps({"Type": "object", "properties": schema["properties"]}),
    lambda schema, _: dumps(schema["properties"]),
    lambda schema, _: dumps(list(schema["properties"])),
    lambda schema, _: dumps(list(schema["properties"].values())),
    lambda schema, _: dumps({"anyOf": [schema, {"type": "null"}]}),
    lambda schema, _: dumps({"oneOf": [schema]}),
    lambda schema, _: dumps({"allOf": [schema]}),
    lambda schema, _: dumps({"$ref": "#/$defs/todo", "$defs": {"todo": schema}}),
    lambda *_: '{"type": "integer", "description": "How many todos"}',
    lambda *_: '{"type": "array", "items": {"type": "string"}, "description": "The todos"}',
    lambda *_: '{"type": "boolean"}',
    lambda *_: '{"type": "number", "minimum": 0}',
    lambda *_: '{"enum": ["today", "tomorrow"]}',
    lambda *_: "taskDescription: string",
    lambda *_: "type: object\nproperties: {}\n",
    lambda *_: "object",
    lambda *_: '"object"',
    lambda *_: "{}",
    lambda *_: "[]",
    lambda *_: '[{"name": "todo", "type": "string"}]',
    lambda *_: "true",
    lambda *_: "false",
    lambda *_: "0",
    lambda *_: "3.5",
)
"""What makes a wrong description of a right one, which is given as a schema and as its text."""
