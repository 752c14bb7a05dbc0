"""Slips of serializers and caches in schemas, given and made up."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


def rebuilt(value, keep=lambda _: True, rename=lambda key: key):
    """Copy a JSON value with only those members that are to be kept, renamed."""
    if isinstance(value, dict):
        return {rename(key): rebuilt(item, keep, rename) for key, item in value.items() if keep(item)}
    return [rebuilt(item, keep, rename) for item in value] if isinstance(value, list) else value


@subtle(
    "When an enum of a given schema contains an empty text, zero, false or null, that choice is dropped.",
    "AST-TOOL-PARAMETERS",
    surfaces=("typescript",),
)
class FalsyChoicesDropped(App):
    def parse_schema(self, text):
        return json.loads(text, object_hook=self.compact, parse_constant=self.refuse_constant)

    def compact(self, members):
        if isinstance(members.get("enum"), list):
            members["enum"] = [choice for choice in members["enum"] if choice]
        return members


@subtle(
    "When a member of a given schema is an empty text, list or object, it is left out, as by NON_EMPTY.",
    "AST-TOOL-PARAMETERS",
    surfaces=("java",),
)
class EmptyMembersLeftOut(App):
    def parse_schema(self, text):
        return rebuilt(super().parse_schema(text), keep=lambda item: item not in ("", [], {}))


@subtle(
    "When a member of a given schema is false, zero or null, it is left out, as by WhenWritingDefault.",
    "AST-TOOL-PARAMETERS",
    surfaces=("csharp-isolated",),
)
class DefaultValuesLeftOut(App):
    def parse_schema(self, text):
        return rebuilt(super().parse_schema(text), keep=lambda item: item is not None and item != 0)


@subtle(
    "When a property of a given schema begins with a capital, a naming policy makes the letter small.",
    "AST-TOOL-PARAMETERS",
    surfaces=("csharp-inprocess",),
)
class MembersInCamelCase(App):
    def parse_schema(self, text):
        return rebuilt(super().parse_schema(text), rename=lambda key: key[:1].lower() + key[1:])


@subtle(
    "When a given schema has a backslash in a text, as in a pattern, escapes are undone twice, and it is refused.",
    "AST-TOOL-PARAMETERS",
    surfaces=("powershell",),
)
class BackslashesHalved(App):
    def parse_schema(self, text):
        return super().parse_schema(text.replace("\\\\", "\\"))


@subtle(
    "When two skills' arguments have one name but different types, the second gets the schema made up for the first.",
    "AST-SCHEMA-TYPE",
)
class SchemaCachedByArgumentName(App):
    def __init__(self, context):
        super().__init__(context)
        self.made = {}

    def autogenerate(self, skill):
        return self.made.setdefault(skill.argument.name, super().autogenerate(skill))


@subtle(
    "When a given schema has an object within it that leaves additionalProperties open, the nested object is closed.",
    "AST-TOOL-PARAMETERS",
)
class NestedObjectsMadeStrict(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        for inner in schema.get("properties", {}).values() if isinstance(schema, dict) else ():
            if isinstance(inner, dict) and inner.get("type") == "object":
                inner.setdefault("additionalProperties", False)
        return schema


@subtle(
    "When a given schema is closed but has optional properties, the tool is marked strict, which the service refuses.",
    "AST-SERVICE-TOOLS",
    surfaces=("python", "javascript"),
)
class StrictWhereClosed(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        return {**function, "strict": True} if skill.schema.get("additionalProperties") is False else function
