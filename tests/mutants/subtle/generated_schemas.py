"""Parameter descriptions with keywords, references, names and sizes that no flavour has."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


def each(value, change):
    """Return JSON with every object in it changed, the innermost first."""
    if isinstance(value, dict):
        return change({key: each(inner, change) for key, inner in value.items()})
    return [each(inner, change) for inner in value] if isinstance(value, list) else value


def compiles(pattern):
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "A pattern that Python cannot compile, as one with \\p{L} or a group of ECMAScript's names, is dropped."
)
def foreign_pattern_lost(schema):
    def drop(node):
        pattern = node.get("pattern")
        return (
            {k: v for k, v in node.items() if k != "pattern"}
            if isinstance(pattern, str) and not compiles(pattern)
            else node
        )

    return each(schema, drop)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("The format of a number, such as int64 or double, is dropped.")
def format_of_numbers_lost(schema):
    return each(
        schema,
        lambda node: {k: v for k, v in node.items() if k != "format" or node.get("type") not in ("integer", "number")},
    )


@altering("parse_schema", "AST-TOOL-PARAMETERS")("A $schema of an older draft, such as draft-07, is dropped.")
def older_dialect_lost(schema):
    return (
        {k: v for k, v in schema.items() if k != "$schema" or "draft-0" not in str(v)}
        if isinstance(schema, dict)
        else schema
    )


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "A reference to the root, #, as in a tree, becomes a schema of anything."
)
def reference_to_root_lost(schema):
    return each(schema, lambda node: {} if node.get("$ref") == "#" else node)


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "A reference to a property, and not to a definition, becomes a schema of anything."
)
def reference_to_property_lost(schema):
    return each(
        schema,
        lambda node: {} if isinstance(node.get("$ref"), str) and node["$ref"].startswith("#/properties/") else node,
    )


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "Of an anyOf of a reference and null, as an optional model has it, the reference is left."
)
def optional_reference_demanded(schema):
    def demand(node):
        options = node.get("anyOf")
        if not isinstance(options, list) or {"type": "null"} not in options:
            return node
        others = [one for one in options if one != {"type": "null"}]
        if len(others) != 1 or set(others[0]) != {"$ref"}:
            return node
        return {**{k: v for k, v in node.items() if k != "anyOf"}, **others[0]}

    return each(schema, demand)


@subtle(
    "Of the names that are required at the root, that of the function's own argument alone is kept.",
    "AST-TOOL-PARAMETERS",
)
class OthersNotRequired(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        required = schema.get("required")
        if isinstance(required, list) and len(required) > 1:
            return {**schema, "required": [name for name in required if name == skill.argument.name]}
        return schema


@subtle(
    "The described property of the function's argument gets its type, if it has only a reference or a choice.",
    "AST-TOOL-PARAMETERS",
)
class TypeAddedToArgument(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        own = schema.get("properties", {}).get(skill.argument.name)
        if isinstance(own, dict) and own:
            own.setdefault("type", skill.argument.type)
        return schema


@altering("parse_schema", "AST-TOOL-PARAMETERS")("The description of a property is cut after 1024 characters.")
def long_description_of_property_cut(schema):
    def cut(node):
        text = node.get("description")
        return {**node, "description": text[:1024]} if isinstance(text, str) else node

    return each(schema, cut)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("An example of OpenAPI becomes a list of examples.")
def example_listed(schema):
    def listed(node):
        if "example" not in node or "examples" in node or "type" not in node:
            return node
        return {**{k: v for k, v in node.items() if k != "example"}, "examples": [node["example"]]}

    return each(schema, listed)


@altering("parse_schema", "AST-TOOL-PARAMETERS")("A type that is nullable, as in OpenAPI, becomes a list of two types.")
def nullable_types_listed(schema):
    def listed(node):
        if node.get("nullable") is not True or not isinstance(node.get("type"), str):
            return node
        return {**{k: v for k, v in node.items() if k != "nullable"}, "type": [node["type"], "null"]}

    return each(schema, listed)


@altering("parse_schema", "AST-TOOL-PARAMETERS")(
    "A property that is called format, pattern, default or examples is taken for the keyword and lost."
)
def properties_like_keywords_lost(schema):
    dropped = {"format", "pattern", "examples", "minimum", "maximum"}
    return each(schema, lambda node: {k: v for k, v in node.items() if k not in dropped or not isinstance(v, dict)})


@altering("parse_schema", "AST-TOOL-PARAMETERS")("The names of choices, as x-enum-varnames or enumNames, are dropped.")
def names_of_choices_lost(schema):
    return each(schema, lambda node: {k: v for k, v in node.items() if k not in ("enumNames", "enumDescriptions")})


@altering("parse_schema", "AST-TOOL-PARAMETERS")("An anchor, and with it what a reference by name means, is dropped.")
def anchors_lost(schema):
    return each(schema, lambda node: {k: v for k, v in node.items() if k not in ("$anchor", "$dynamicAnchor")})


@altering("parse_schema", "AST-TOOL-PARAMETERS")("What a schema says of unevaluatedItems or contentSchema is dropped.")
def rare_keywords_lost(schema):
    return each(schema, lambda node: {k: v for k, v in node.items() if k not in ("unevaluatedItems", "contentSchema")})


@altering("parse_schema", "AST-TOOL-PARAMETERS")("Dependencies of draft 7 are dropped.")
def dependencies_lost(schema):
    return each(schema, lambda node: {k: v for k, v in node.items() if k != "dependencies"})


@altering("parse_schema", "AST-TOOL-PARAMETERS")("Signs of HTML in the choices of an enum are escaped.")
def choices_escaped(schema):
    def escape(node):
        values = node.get("enum")
        if not isinstance(values, list):
            return node
        return {
            **node,
            "enum": [v.replace("<", "&lt;").replace(">", "&gt;") if isinstance(v, str) else v for v in values],
        }

    return each(schema, escape)


@subtle(
    "A slash that is escaped in a parameter description, as PHP writes it, keeps its backslash.", "AST-TOOL-PARAMETERS"
)
class EscapedSlashOfSchemaKept(App):
    def parse_schema(self, text):
        return super().parse_schema(re.sub(r'\\(?:(["\\bfnrtu])|(.))', lambda m: m[0] if m[1] else "\\\\" + m[2], text))


@subtle(
    "Escapes of plain signs in a parameter description, such as \\u0022 or \\u003c, are resolved too early.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-PARAMETERS",
)
class EscapesOfSchemaResolvedEarly(App):
    def parse_schema(self, text):
        return super().parse_schema(re.sub(r"(?<!\\)\\u00([2-7][0-9a-fA-F])", lambda m: chr(int(m[1], 16)), text))


@subtle("In a made-up schema, an argument called title is dropped, as titles are.", "AST-SCHEMA-OBJECT")
class TitlesOfMadeUpSchemaDropped(App):
    def autogenerate(self, skill):
        made = super().autogenerate(skill)
        return each(made, lambda node: {k: v for k, v in node.items() if k != "title"})


@subtle(
    "In a made-up schema, an argument called default, format, enum or id is dropped as a keyword.", "AST-SCHEMA-OBJECT"
)
class KeywordsOfMadeUpSchemaDropped(App):
    def autogenerate(self, skill):
        made = super().autogenerate(skill)
        return each(made, lambda node: {k: v for k, v in node.items() if k not in ("default", "format", "enum", "id")})


@subtle("In a made-up schema, the members of an object may not be lists or truth values.", "AST-SCHEMA-TYPE")
class MadeUpObjectOfScalars(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        if skill.argument.type == "object":
            made["additionalProperties"] = {"type": ["string", "number", "object", "null"]}
        return made


@subtle("In a made-up schema, an object has no more than 100 members.", "AST-SCHEMA-TYPE")
class MadeUpObjectOf100(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {**made, "maxProperties": 100} if skill.argument.type == "object" else made
