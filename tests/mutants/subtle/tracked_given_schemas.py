"""Declared parameter descriptions on their way through converters, as strict modes and other providers ask for them."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


def rewritten(node, change):
    """Rebuild a schema from its leaves, every object of it changed."""
    if isinstance(node, dict):
        return change({key: rewritten(value, change) for key, value in node.items()})
    return [rewritten(item, change) for item in node] if isinstance(node, list) else node


class Converting(App):
    def parse_schema(self, text):
        return rewritten(super().parse_schema(text), self.converted)

    def converted(self, node):
        return node


@subtle("When a property of a declared schema has the default null, the default is left out.", "AST-TOOL-PARAMETERS")
class StrictModeStripsNullDefaults(Converting):
    def converted(self, node):
        return {key: value for key, value in node.items() if key != "default" or value is not None}


@subtle("When an allOf of a declared schema has one member, the member takes its place.", "AST-TOOL-PARAMETERS")
class LoneAllOfFlattened(Converting):
    def converted(self, node):
        parts = node.get("allOf")
        if not isinstance(parts, list) or len(parts) != 1:
            return node
        return {**{key: value for key, value in node.items() if key != "allOf"}, **parts[0]}


@subtle("When a $ref of a declared schema has keywords beside it, they are lost.", "AST-TOOL-PARAMETERS")
class NeighboursOfRefDiscarded(Converting):
    def converted(self, node):
        return {"$ref": node["$ref"]} if isinstance(node.get("$ref"), str) else node


@subtle("When a declared schema has a oneOf, the model is given an anyOf.", "AST-TOOL-PARAMETERS")
class OneOfTurnedAnyOf(Converting):
    def converted(self, node):
        return {"anyOf" if key == "oneOf" else key: value for key, value in node.items()}


@subtle("When a declared schema allows several types in a list, only the first is kept.", "AST-TOOL-PARAMETERS")
class TypeListReducedToHead(Converting):
    def converted(self, node):
        kinds = node.get("type")
        return {**node, "type": kinds[0]} if isinstance(kinds, list) and kinds else node


@subtle("When a nested object of a declared schema has a property named title, it is lost.", "AST-TOOL-PARAMETERS")
class TitlesPurgedFromNestedObjects(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            return schema
        inner = {name: rewritten(part, self.without_title) for name, part in schema["properties"].items()}
        return {**schema, "properties": inner}

    def without_title(self, node):
        return {key: value for key, value in node.items() if key != "title" or not isinstance(value, dict)}


@subtle("When a declared schema has a property named format, it is taken for the keyword.", "AST-TOOL-PARAMETERS")
class FormatPropertyMistaken(Converting):
    def converted(self, node):
        return {key: value for key, value in node.items() if key != "format" or isinstance(value, str)}


@subtle("When a declared schema refers to itself, the declaration is refused.", "AST-TOOL-PARAMETERS")
class SelfReferenceNotDereferenced(Converting):
    def converted(self, node):
        if node.get("$ref") == "#":
            raise ValueError("the schema cannot be dereferenced")
        return node


@subtle("When a part of a declared schema is just true, the model is given an empty schema.", "AST-TOOL-PARAMETERS")
class TrueSchemaMadeEmptyObject(Converting):
    def converted(self, node):
        names = node.get("properties")
        if not isinstance(names, dict):
            return node
        return {**node, "properties": {name: {} if part is True else part for name, part in names.items()}}


@subtle("When a pattern of a declared schema looks ahead or behind, it is left out.", "AST-TOOL-PARAMETERS")
class LookaroundPatternUnsupported(Converting):
    def converted(self, node):
        pattern = node.get("pattern")
        unsupported = isinstance(pattern, str) and any(mark in pattern for mark in ("(?=", "(?!", "(?<"))
        return {key: value for key, value in node.items() if key != "pattern" or not unsupported}
