"""Slips of a port that makes parameter descriptions up from the function's signature."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When several skills have no parameter description, all are offered with the last one's (a shared default).",
    "AST-SCHEMA-OBJECT",
    "AST-SCHEMA-TYPE",
)
class DefaultParametersShared(App):
    def __init__(self, context):
        super().__init__(context)
        self.default = {"type": "object"}

    def autogenerate(self, skill):
        self.default["properties"] = super().autogenerate(skill)["properties"]
        return self.default


@subtle(
    "When two skills' arguments have one name and different types, the second is described as the first.",
    "AST-SCHEMA-TYPE",
)
class MadeUpSchemasCachedByName(App):
    def autogenerate(self, skill):
        cache = self.__dict__.setdefault("cache", {})
        return cache.setdefault(skill.argument.name, super().autogenerate(skill))


@subtle("A boolean argument is described as an integer (bool is a subclass of int).", "AST-SCHEMA-TYPE")
class BooleanIsAnInteger(App):
    def property_of(self, skill):
        types = {"integer": int, "number": float, "boolean": bool}
        if skill.argument.type in types and issubclass(types[skill.argument.type], int):
            return {"type": "integer"}
        return super().property_of(skill)


@subtle(
    "The made-up schema of an object argument is closed, so that it allows only an empty object.", "AST-SCHEMA-TYPE"
)
class ObjectArgumentsClosed(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {**made, "additionalProperties": False} if made["type"] == "object" else made


def without_titles(schema):
    if not isinstance(schema, dict):
        return schema
    return {key: without_titles(value) for key, value in schema.items() if key != "title"}


@subtle(
    "When the function's argument is named title, its made-up schema has no property (titles are removed everywhere).",
    "AST-SCHEMA-OBJECT",
)
class TitlesRemovedEverywhere(App):
    def autogenerate(self, skill):
        return without_titles(super().autogenerate(skill))
