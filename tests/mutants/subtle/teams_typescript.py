"""What reviews let through in a port for TypeScript: schemas taken through zod or OpenAPI, and JSDoc."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle

TYPESCRIPT = ("typescript",)


def converted(value, change):
    """Copy a JSON value, each of its objects changed."""
    if isinstance(value, dict):
        return change({key: converted(member, change) for key, member in value.items()})
    return [converted(item, change) for item in value] if isinstance(value, list) else value


class Converting(App):
    """Takes a declared schema through another form of schemas."""

    def parse_schema(self, text):
        return converted(super().parse_schema(text), self.change)

    def change(self, node):
        return node


class Described(App):
    """Knows the declared schema of the argument."""

    def invoke(self, skill, argument):
        described = skill.schema.get("properties", {}).get(skill.argument.name)
        known = isinstance(described, dict) and described and "parameterDescriptionJson" in skill.given
        return super().invoke(skill, self.parsed(described, argument) if known else argument)

    def parsed(self, described, argument):
        return argument if described else None


@subtle(
    "When an object argument has members that its parameter description does not list, they are stripped.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=TYPESCRIPT,
)
class TypescriptZodStripsMembers(Described):
    def parsed(self, described, argument):
        listed = described.get("properties")
        if not isinstance(argument, dict) or not listed:
            return argument
        return {key: member for key, member in argument.items() if key in listed}


@subtle(
    "When the description of a text argument has the format email or uuid, its capitals become small.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=TYPESCRIPT,
)
class TypescriptZodLowersIdentifiers(Described):
    def parsed(self, described, argument):
        is_lowered = isinstance(argument, str) and described.get("format") in {"email", "uuid"}
        return argument.lower() if is_lowered else argument


@subtle(
    "When a parameter description has an enum of numbers, they become texts.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptNumericEnumsAsTexts(Converting):
    def change(self, node):
        if isinstance(node.get("enum"), list):
            node["enum"] = [str(value) if type(value) in {int, float} else value for value in node["enum"]]
        return node


@subtle(
    "When a type in a parameter description is a list with null, it becomes one type that is nullable.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptNullableOfOpenapi(Converting):
    def change(self, node):
        kinds = node.get("type")
        if isinstance(kinds, list) and len(kinds) == 2 and "null" in kinds:
            return {**node, "type": next(kind for kind in kinds if kind != "null"), "nullable": True}
        return node


@subtle(
    "When a parameter description has a const, it becomes an enum of one value.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptConstBecomesEnum(Converting):
    def change(self, node):
        if "const" in node and "type" in node:
            return {**{key: value for key, value in node.items() if key != "const"}, "enum": [node["const"]]}
        return node


@subtle(
    "When a parameter description has definitions, they are renamed to $defs.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptDefinitionsRenamed(Converting):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and "definitions" in schema:
            schema["$defs"] = schema.pop("definitions")
        return schema

    def change(self, node):
        if isinstance(node.get("$ref"), str):
            node["$ref"] = node["$ref"].replace("#/definitions/", "#/$defs/")
        return node


@subtle(
    "When a parameter description has an exclusive bound, it becomes a bound and a boolean, as in OpenAPI 3.0.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptExclusiveBoundsAsBooleans(Converting):
    def change(self, node):
        bound = node.get("exclusiveMinimum")
        if type(bound) in {int, float} and "minimum" not in node:
            return {**node, "minimum": bound, "exclusiveMinimum": True}
        return node


@subtle(
    "When a parameter description has an empty list of required members, it is dropped.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptEmptyRequiredDropped(Converting):
    def change(self, node):
        return {key: value for key, value in node.items() if key != "required" or value != []}


@subtle(
    "When a parameter description requires every one of several properties, additionalProperties false is added.",
    "AST-TOOL-PARAMETERS",
    surfaces=TYPESCRIPT,
)
class TypescriptStrictWhenAllRequired(Converting):
    def change(self, node):
        members, required = node.get("properties"), node.get("required")
        if not isinstance(members, dict) or not isinstance(required, list) or len(members) < 2:
            return node
        return {"additionalProperties": False, **node} if set(map(str, required)) == set(members) else node


@subtle(
    "When a description of several lines has a list with asterisks, they are lost.",
    "AST-TOOL-DESCRIPTION",
    surfaces=TYPESCRIPT,
)
class TypescriptJsdocAsterisksOff(App):
    def description_of(self, skill):
        return re.sub(r"\n[ \t]*\* ?", "\n", super().description_of(skill))


@subtle(
    "When the argument is 0 and its description has a default, the function gets the default.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=TYPESCRIPT,
)
class TypescriptDefaultInPlaceOfZero(Described):
    def parsed(self, described, argument):
        is_zero = type(argument) in {int, float} and argument == 0
        return described.get("default", argument) if is_zero else argument
