"""Slips that change a declared parameter description on its way to the model."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def rewritten(node, change):
    """Return a JSON value with every object in it changed."""
    if isinstance(node, list):
        return [rewritten(one, change) for one in node]
    if isinstance(node, dict):
        return change({key: rewritten(value, change) for key, value in node.items()})
    return node


class Rewriting(App):
    """Rewrites the objects of a given schema."""

    def parse_schema(self, text):
        return rewritten(super().parse_schema(text), self.change)

    def change(self, node):
        return node


@subtle("When an enum holds both true and 1, or false and 0, the second of them is lost.", "AST-TOOL-PARAMETERS")
class EqualEnumMembersMerged(Rewriting):
    def change(self, node):
        values = node.get("enum")
        if not isinstance(values, list):
            return node
        return {**node, "enum": [one for i, one in enumerate(values) if one not in values[:i]]}


@subtle("When a maximum is beyond 32 bits, it is lowered to the greatest integer of 32 bits.", "AST-TOOL-PARAMETERS")
class MaximumClippedTo32Bits(Rewriting):
    def change(self, node):
        most = node.get("maximum")
        return {**node, "maximum": min(most, 2**31 - 1)} if isinstance(most, (int, float)) else node


@subtle(
    "When required stands in a subschema without properties (a branch of anyOf), its names are lost.",
    "AST-TOOL-PARAMETERS",
)
class RequiredOfBranchesEmptied(Rewriting):
    def change(self, node):
        names = node.get("required")
        if not isinstance(names, list):
            return node
        return {**node, "required": [name for name in names if name in node.get("properties", {})]}


@subtle("When the items of an array may be null, null is lost from their types.", "AST-TOOL-PARAMETERS")
class NullableItemsLost(Rewriting):
    def change(self, node):
        items = node.get("items")
        kinds = items.get("type") if isinstance(items, dict) else None
        if isinstance(kinds, list):
            node["items"] = {**items, "type": next(kind for kind in kinds if kind != "null")}
        return node


@subtle(
    "When additionalProperties is a schema, it becomes true, or false if the schema is empty.", "AST-TOOL-PARAMETERS"
)
class AdditionalPropertiesMadeBoolean(Rewriting):
    def change(self, node):
        if isinstance(node.get("additionalProperties"), dict) and "type" in node:
            node["additionalProperties"] = bool(node["additionalProperties"])
        return node


@subtle(
    "When a schema has definitions in the older spelling, they and the references to them are renamed $defs.",
    "AST-TOOL-PARAMETERS",
)
class DefinitionsModernised(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict) or "definitions" not in schema:
            return schema
        return json.loads(json.dumps(schema).replace('"definitions"', '"$defs"').replace("#/definitions/", "#/$defs/"))


@subtle(
    "When two skills' schemas have the same property names, the later skill gets the schema of the earlier.",
    "AST-TOOL-PARAMETERS",
)
class SchemasCachedByPropertyNames(App):
    def __init__(self, context):
        super().__init__(context)
        self.known = {}

    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        if "parameterDescriptionJson" not in given:
            return schema
        return self.known.setdefault(tuple(sorted(schema.get("properties", {}))), schema)


@subtle("When an allOf has a single member, it is merged into the schema around it.", "AST-TOOL-PARAMETERS")
class SingleAllOfMerged(Rewriting):
    def change(self, node):
        parts = node.get("allOf")
        if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], dict):
            return node
        return {**parts[0], **{key: value for key, value in node.items() if key != "allOf"}}


@subtle(
    "When a property's name has other characters than letters, digits and underscores ($filter, "
    "due-date), they become underscores.",
    "AST-TOOL-PARAMETERS",
)
class PropertyNamesMadeIdentifiers(Rewriting):
    def change(self, node):
        if isinstance(node.get("properties"), dict):
            node["properties"] = {re.sub(r"\W", "_", name): value for name, value in node["properties"].items()}
        return node


@subtle("When a schema has if, then or else, or dependentRequired, they are lost.", "AST-TOOL-PARAMETERS")
class ConditionsLost(Rewriting):
    def change(self, node):
        if "if" not in node and "dependentRequired" not in node:
            return node
        return {key: value for key, value in node.items() if key not in ("if", "then", "else", "dependentRequired")}
