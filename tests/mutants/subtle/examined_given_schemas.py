"""Declared parameter descriptions that reach the model changed, or are accepted though broken."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


def everywhere(change, value):
    """Apply a change to every part of a JSON value, from the inside."""
    if isinstance(value, dict):
        value = {key: everywhere(change, part) for key, part in value.items()}
    elif isinstance(value, list):
        value = [everywhere(change, part) for part in value]
    return change(value)


class Changing(App):
    """Changes every object of a declared parameter description before it is sent."""

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        return everywhere(lambda part: self.change(part) if isinstance(part, dict) else part, schema)


@subtle(
    "When an app is on Azure, a parameter description reaches the model without its $schema and $id.",
    "AST-TOOL-PARAMETERS",
)
class DialectPoppedOnAzure(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if self.on_azure and isinstance(schema, dict):
            schema.pop("$schema", None)
            schema.pop("$id", None)
        return schema


@subtle(
    "When two parameter descriptions agree in their first 120 characters, the second skill gets the first's.",
    "AST-TOOL-PARAMETERS",
)
class SchemaCacheKeyedByOpening(App):
    def parse_schema(self, text):
        self.parsed = getattr(self, "parsed", {})
        return self.parsed.setdefault(text[:120], super().parse_schema(text))


@subtle("When an enum has members such as 0, false or an empty text, they are lost.", "AST-TOOL-PARAMETERS")
class FalsyChoicesFilteredOut(Changing):
    def change(self, part):
        if isinstance(part.get("enum"), list):
            part["enum"] = [member for member in part["enum"] if member]
        return part


@subtle(
    "When a nested part of a parameter description is empty, such as items of {} or a default of [], it is lost.",
    "AST-TOOL-PARAMETERS",
)
class EmptyContainersPrunedBelowRoot(App):
    def parse_schema(self, text):
        def prune(part):
            return {k: v for k, v in part.items() if v not in ({}, [])} if isinstance(part, dict) else part

        schema = super().parse_schema(text)
        if not isinstance(schema, dict):
            return schema
        return {key: value if value in ({}, []) else everywhere(prune, value) for key, value in schema.items()}


@subtle(
    "When a property's type is a list of a type and null, the model is told nullable instead.", "AST-TOOL-PARAMETERS"
)
class NullableTypeListRewritten(Changing):
    def change(self, part):
        kinds = part.get("type")
        if isinstance(kinds, list) and len(kinds) == 2 and "null" in kinds:
            part["type"], part["nullable"] = next(kind for kind in kinds if kind != "null"), True
        return part


@subtle(
    "When an object schema is closed and requires all of its properties, they lose their bounds, pattern and format.",
    "AST-TOOL-PARAMETERS",
)
class StrictLookingSchemaLosesBounds(Changing):
    unsupported = ("minLength", "maxLength", "minimum", "maximum", "pattern", "format", "minItems", "maxItems")

    def change(self, part):
        properties = part.get("properties")
        closed = part.get("additionalProperties") is False and isinstance(properties, dict)
        if closed and set(part.get("required", ())) == set(properties):
            for each in properties.values():
                for word in self.unsupported:
                    each.pop(word, None)
        return part


@subtle(
    "When a call has been read, later requests close the declared schemas that require a property.",
    "AST-TOOL-PARAMETERS",
)
class SchemaClosedByFirstCall(App):
    def read_arguments(self, text):
        for skill in self.skills:
            if "required" in skill.schema:
                skill.schema.setdefault("additionalProperties", False)
        return super().read_arguments(text)


@subtle("When an enum has more than a hundred members, the model is given the first hundred.", "AST-TOOL-PARAMETERS")
class CountryCodesCutAtHundred(Changing):
    def change(self, part):
        if isinstance(part.get("enum"), list):
            part["enum"] = part["enum"][:100]
        return part


@subtle(
    "When a list of one member stands inside a property, as a nested enum or required does, the member stands alone.",
    "AST-TOOL-PARAMETERS",
    surfaces=("powershell",),
)
class SingletonListsUnrolledDeepDown(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)

        def unroll(part):
            return part[0] if isinstance(part, list) and len(part) == 1 else part

        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
            schema["properties"] = everywhere(unroll, schema["properties"])
        return schema


@subtle(
    "When a declaration lacks a description but its parameter description has one, it is accepted.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class SchemaDescriptionFillsIn(App):
    def read(self, trigger):
        given = super().read(trigger)
        try:
            schema = json.loads(given.get("parameterDescriptionJson", "{}"))
        except ValueError:
            return given
        if isinstance(schema, dict) and isinstance(schema.get("description"), str):
            given.setdefault("functionDescription", schema["description"])
        return given
