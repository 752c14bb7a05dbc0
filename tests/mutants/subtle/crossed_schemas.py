"""Schemas, given and made up, that lose something on the way."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def walked(value, change):
    """Apply a change to every object of a JSON value, from the inside out."""
    if isinstance(value, list):
        return [walked(item, change) for item in value]
    if isinstance(value, dict):
        return change({key: walked(item, change) for key, item in value.items()})
    return value


@subtle(
    "When the schema is declared as an empty text, the made-up property is a string, whatever the argument's type.",
    "AST-SCHEMA-EMPTY",
    "AST-SCHEMA-TYPE",
)
class EmptySchemaMeansString(App):
    def read(self, trigger):
        self.emptied = "" in trigger.values()
        return super().read(trigger)

    def property_of(self, skill):
        return {"type": "string"} if self.emptied else super().property_of(skill)


@subtle(
    "When a skill before it has an array argument too, an array is made up without items.",
    "AST-SCHEMA-ITEMS",
    "AST-SERVICE-TOOLS",
)
class ItemsForTheFirstArray(App):
    def __init__(self, context):
        super().__init__(context)
        self.details = {"array": {"items": {}}}

    def property_of(self, skill):
        return {"type": skill.argument.type, **self.details.pop(skill.argument.type, {})}


@subtle(
    "When a declared schema contains an empty list or object (any value, no required ones), it is left out.",
    "AST-TOOL-PARAMETERS",
    "AST-SERVICE-TOOLS",
)
class EmptyPartsPruned(App):
    def parse_schema(self, text):
        return walked(
            super().parse_schema(text),
            lambda part: {key: value for key, value in part.items() if value not in ([], {})},
        )


@subtle(
    "When a text in a schema has a comma before a closing bracket, as in a pattern, the comma is lost.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-SCHEMA-FORM",
)
class TrailingCommasForgiven(App):
    def parse_schema(self, text):
        return super().parse_schema(re.sub(r",\s*([\]}])", r"\1", text))


@subtle(
    "When a schema contains an empty text, it is refused or changed, as doubled quotes are unescaped.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-PARAMETERS",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class VerbatimQuotesUnescaped(App):
    def parse_schema(self, text):
        return super().parse_schema(text.replace('""', '"'))


@subtle(
    "When a declared property is itself named description, its schema is lost.",
    "AST-TOOL-PARAMETERS",
)
class PropertyNamedLikeKeyword(App):
    def parse_schema(self, text):
        def undocumented(part):
            return {key: value for key, value in part.items() if key != "description" or isinstance(value, str)}

        return walked(super().parse_schema(text), undocumented)
