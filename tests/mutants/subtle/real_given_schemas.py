"""Declared parameter descriptions that are reworked, as converters of tool schemas have done."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


def rebuilt(value, change):
    """Copy a JSON value, every object of it changed, innermost first."""
    if isinstance(value, dict):
        return change({key: rebuilt(member, change) for key, member in value.items()})
    return [rebuilt(item, change) for item in value] if isinstance(value, list) else value


class Reworked(App):
    """Reworks every object of a declared schema before it is told."""

    def parse_schema(self, text):
        return rebuilt(super().parse_schema(text), self.rework)

    def rework(self, schema):
        return schema


@subtle(
    "When a declared schema has $defs or definitions, they are left out, and its references lead nowhere.",
    "AST-TOOL-PARAMETERS",
)
class DefsLeftOut(App):  # autogen 6663, n8n 25964: a list of the known members is copied
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict):
            return schema
        return {key: value for key, value in schema.items() if key not in {"$defs", "definitions"}}


@subtle("When a property is called title, it is pruned as if it were the keyword.", "AST-TOOL-PARAMETERS")
class PropertyCalledTitlePruned(Reworked):  # langchain 30456
    def rework(self, schema):
        return {key: value for key, value in schema.items() if not (key == "title" and isinstance(value, dict))}


@subtle("When an enum of a declared schema contains null, null is taken out of it.", "AST-TOOL-PARAMETERS")
class NullTakenOutOfEnums(Reworked):  # lobehub 17293, moltis 862
    def rework(self, schema):
        if isinstance(schema.get("enum"), list):
            return {**schema, "enum": [value for value in schema["enum"] if value is not None]}
        return schema


@subtle(
    "When a keyword of a property has a false, zero or empty value, such as minimum 0, it is dropped.",
    "AST-TOOL-PARAMETERS",
)
class FalsyKeywordsDropped(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            return schema
        properties = {name: self.told(told) for name, told in schema["properties"].items()}
        return {**schema, "properties": properties}

    def told(self, property_):
        return {key: value for key, value in property_.items() if value} if isinstance(property_, dict) else property_


@subtle(
    "When an allOf has one member only, the member is merged into its parent and allOf goes.", "AST-TOOL-PARAMETERS"
)
class SingleAllOfUnwrapped(Reworked):  # openai-python, _ensure_strict_json_schema
    def rework(self, schema):
        members = schema.get("allOf")
        if isinstance(members, list) and len(members) == 1 and isinstance(members[0], dict):
            return {**{key: value for key, value in schema.items() if key != "allOf"}, **members[0]}
        return schema


@subtle(
    "When a $ref has a description or another keyword beside it, the reference is replaced by what it refers to.",
    "AST-TOOL-PARAMETERS",
)
class RefBesideOthersInlined(App):  # openai-python, likewise
    def parse_schema(self, text):
        root = super().parse_schema(text)

        def inline(schema):
            ref = schema.get("$ref")
            if not isinstance(ref, str) or len(schema) == 1 or not ref.startswith("#/"):
                return schema
            found = root
            for step in ref[2:].split("/"):
                found = found[step]
            return {**found, **{key: value for key, value in schema.items() if key != "$ref"}}

        return rebuilt(root, inline)


@subtle(
    "When a declared schema forbids additional properties, the tool is strict even if one is not required.",
    "AST-SERVICE-TOOLS",
    "AST-SCHEMA-SYNTAX",
)
class StrictWithoutRequired(App):  # openai-agents, pydantic-ai
    def function_of(self, skill):
        strict = {"strict": True} if skill.schema.get("additionalProperties") is False else {}
        return {**super().function_of(skill), **strict}
