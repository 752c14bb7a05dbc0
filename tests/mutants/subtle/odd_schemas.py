"""Parameter schemas, given or made up, that are changed where they hold something less usual."""

from __future__ import annotations

import builtins
import json

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


def each(value, change):
    """Return JSON with every object in it changed, the innermost first."""
    if isinstance(value, dict):
        return change({key: each(inner, change) for key, inner in value.items()})
    return [each(inner, change) for inner in value] if isinstance(value, list) else value


@altering("parse_schema", "AST-TOOL-PARAMETERS")("What stands beside a $ref in a schema is lost.")
def siblings_of_reference_lost(schema):
    return each(schema, lambda node: {"$ref": node["$ref"]} if isinstance(node.get("$ref"), str) else node)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("Of 1 and true, or 0 and false, an enum keeps only the first.")
def equal_values_of_enum_lost(schema):
    def unique(node):
        values = node.get("enum")
        if not isinstance(values, list) or any(isinstance(value, dict | list) for value in values):
            return node
        return {**node, "enum": list(dict.fromkeys(values))}

    return each(schema, unique)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("A list of types with only one in it becomes that type.")
def lone_type_unlisted(schema):
    def unlist(node):
        kind = node.get("type")
        return {**node, "type": kind[0]} if isinstance(kind, list) and len(kind) == 1 else node

    return each(schema, unlist)


@subtle(
    "Integers in a schema that a double cannot hold are rounded, such as the limits of 64 bits.", "AST-TOOL-PARAMETERS"
)
class LargeIntegersOfSchemaRounded(App):
    def parse_schema(self, text):
        return json.loads(text, parse_int=lambda digits: int(float(digits)), parse_constant=self.refuse_constant)


@subtle("Fractions in a schema are rounded to six decimals.", "AST-TOOL-PARAMETERS")
class FractionsOfSchemaRounded(App):
    def parse_schema(self, text):
        return json.loads(text, parse_float=lambda digits: round(float(digits), 6), parse_constant=self.refuse_constant)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("The texts of an enum are sorted.")
def enum_sorted(schema):
    def ordered(node):
        values = node.get("enum")
        texts = isinstance(values, list) and all(isinstance(value, str) for value in values)
        return {**node, "enum": sorted(values)} if texts else node

    return each(schema, ordered)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("A property that is called title is taken for the keyword and lost.")
def property_called_title_lost(schema):
    return each(
        schema, lambda node: {key: value for key, value in node.items() if key != "title" or isinstance(value, str)}
    )


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "A property or items whose schema is true are told as an empty schema."
)
def true_schema_emptied(schema):
    def emptied(node):
        node = {key: {} if key == "items" and value is True else value for key, value in node.items()}
        if isinstance(node.get("properties"), dict):
            node["properties"] = {key: {} if value is True else value for key, value in node["properties"].items()}
        return node

    return each(schema, emptied)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("A default that is false, zero or empty is lost.")
def falsy_default_lost(schema):
    return each(schema, lambda node: {key: value for key, value in node.items() if key != "default" or value})


@altering("parse_schema", "AST-TOOL-PARAMETERS")("A pattern that is not anchored at both ends is anchored.")
def pattern_anchored(schema):
    def anchored(node):
        pattern = node.get("pattern")
        if not isinstance(pattern, str):
            return node
        return {**node, "pattern": f"^{pattern.removeprefix('^').removesuffix('$')}$"}

    return each(schema, anchored)


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "Dashes, dots and spaces in the names of properties become underscores."
)
def names_of_properties_made_identifiers(schema):
    def renamed(node):
        properties = node.get("properties")
        if not isinstance(properties, dict):
            return node
        table = str.maketrans("-. ", "___")
        return {**node, "properties": {key.translate(table): value for key, value in properties.items()}}

    return each(schema, renamed)


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "Objects of a schema that are nested more than eight deep are emptied."
)
def deep_schema_emptied(schema):
    def cut(value, depth):
        if isinstance(value, dict):
            return {key: cut(inner, depth + 1) for key, inner in value.items()} if depth <= 8 else {}
        return [cut(inner, depth + 1) for inner in value] if isinstance(value, list) else value

    return cut(schema, 0)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("An enum of more than twenty values is cut.")
def long_enum_cut(schema):
    def cut(node):
        values = node.get("enum")
        return {**node, "enum": values[:20]} if isinstance(values, list) else node

    return each(schema, cut)


@subtle(
    "In a made-up schema, an argument whose name begins with a capital letter is written with a small one.",
    "AST-SCHEMA-OBJECT",
)
class MadeUpPropertyUncapitalized(App):
    def autogenerate(self, skill):
        name = skill.argument.name
        return {"type": "object", "properties": {name[0].lower() + name[1:]: self.property_of(skill)}}


@subtle(
    "A made-up property is remembered by its name, so a later skill's argument of that name gets the first one's type.",
    "AST-SCHEMA-TYPE",
)
class MadeUpPropertyRememberedByName(App):
    def __init__(self, context):
        super().__init__(context)
        self.properties = {}

    def property_of(self, skill):
        return self.properties.setdefault(skill.argument.name, super().property_of(skill))


@subtle(
    "A made-up property whose name begins with is or has, such as issue, is told to be a boolean.",
    "AST-SCHEMA-TYPE",
)
class MadeUpBooleanByItsName(App):
    def property_of(self, skill):
        return {"type": "boolean"} if skill.argument.name.startswith(("is", "has")) else super().property_of(skill)


@subtle(
    "In a made-up schema, an argument named like something built into Python, such as input, gets an underscore.",
    "AST-SCHEMA-OBJECT",
)
class MadeUpPropertyAvoidsBuiltins(App):
    def autogenerate(self, skill):
        name = skill.argument.name
        told = f"{name}_" if hasattr(builtins, name) else name
        return {"type": "object", "properties": {told: self.property_of(skill)}}


@subtle(
    "If the skill declared just before has a given schema without properties, a made-up property is added to it, too.",
    "AST-SCHEMA-OBJECT",
    "AST-TOOL-PARAMETERS",
)
class MadeUpPropertyAddedToSchemaBefore(App):
    def autogenerate(self, skill):
        made_up = super().autogenerate(skill)
        if self.skills and "parameterDescriptionJson" in self.skills[-1].given:
            properties = self.skills[-1].schema.get("properties")
            if properties == {}:
                properties.update(made_up["properties"])
        return made_up
