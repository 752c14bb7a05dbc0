"""Slips of a port that reads declared parameter descriptions into models (dataclasses, pydantic)."""

from __future__ import annotations

import ast
import json

from mutants.base import App
from mutants.subtle.subtle import subtle


def rebuilt(value, change):
    """Rebuild a JSON value from the inside out, each of its parts changed."""
    if isinstance(value, dict):
        value = {key: rebuilt(member, change) for key, member in value.items()}
    elif isinstance(value, list):
        value = [rebuilt(item, change) for item in value]
    return change(value)


class Remodelled(App):
    """Sends what a model makes of the declared schema."""

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        return rebuilt(schema, self.change) if isinstance(schema, dict) else schema

    def change(self, value):
        return value


@subtle(
    "When a declared schema has an empty list or object (required, default, items), the model is not given it.",
    "AST-TOOL-PARAMETERS",
)
class EmptyMembersExcluded(Remodelled):
    def change(self, value):
        if not isinstance(value, dict):
            return value
        return {key: member for key, member in value.items() if key in ("type", "properties") or member not in ([], {})}


@subtle(
    "When a declared schema has a keyword of value 0 (minimum, minLength, default), it is lost (an `if value`).",
    "AST-TOOL-PARAMETERS",
)
class ZerosExcluded(Remodelled):
    def change(self, value):
        if not isinstance(value, dict):
            return value
        return {
            key: member
            for key, member in value.items()
            if member or not isinstance(member, (int, float)) or member is False
        }


@subtle(
    "When a declared schema's root has keywords beside the usual ones ($defs, anyOf, minProperties), they are lost.",
    "AST-TOOL-PARAMETERS",
)
class RootKeywordsOfTheModel(App):
    known = ("type", "title", "description", "properties", "required", "additionalProperties")

    def schema_of(self, skill, given):
        return {key: value for key, value in super().schema_of(skill, given).items() if key in self.known}


@subtle(
    "When an enum of a declared schema has numbers or null, the model is given texts (`enum: list[str]`).",
    "AST-TOOL-PARAMETERS",
)
class EnumsOfTexts(Remodelled):
    def change(self, value):
        if isinstance(value, dict) and isinstance(value.get("enum"), list):
            return {**value, "enum": [item if isinstance(item, str) else json.dumps(item) for item in value["enum"]]}
        return value


@subtle(
    "When a property of a declared schema is described by `true` alone, the model is given an empty object.",
    "AST-TOOL-PARAMETERS",
)
class TrueSchemasAsObjects(Remodelled):
    def change(self, value):
        if isinstance(value, dict) and isinstance(value.get("properties"), dict):
            properties = {name: {} if schema is True else schema for name, schema in value["properties"].items()}
            return {**value, "properties": properties}
        return value


@subtle(
    "When a declared schema has references, the model is given what they refer to in their place.",
    "AST-TOOL-PARAMETERS",
)
class ReferencesInlined(Remodelled):
    def parse_schema(self, text):
        self.root = json.loads(text)
        return super().parse_schema(text)

    def change(self, value):
        if not isinstance(value, dict) or not str(value.get("$ref")).startswith("#/"):
            return value
        found = self.root
        for step in value["$ref"][2:].split("/"):
            found = found[step]
        return found


@subtle(
    "When a declared schema's type is a list with object in it, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
    "AST-SERVICE-TOOLS",
)
class ObjectAmongTypesAccepted(App):
    def check_schema(self, schema):
        if not isinstance(schema, dict) or "object" not in schema.get("type", ""):
            raise ValueError("not an object schema")


@subtle(
    "When the parameter description is a Python literal (single quotes, True), it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class PythonLiteralsAccepted(App):
    def parse_schema(self, text):
        try:
            return super().parse_schema(text)
        except ValueError:
            return ast.literal_eval(text.strip())


@subtle(
    "When something follows the JSON of a parameter description, it is ignored (raw_decode).",
    "AST-DECLARATION-SCHEMA-FORM",
)
class TextAfterTheSchemaIgnored(App):
    def parse_schema(self, text):
        return json.JSONDecoder(parse_constant=self.refuse_constant).raw_decode(text.lstrip())[0]
