"""Liberties in made-up parameters: the same in other words of JSON Schema, as a table."""

# ruff: noqa: ARG005  # a schema may not need all that it is given
from __future__ import annotations

from liberties.liberty import liberty, variation
from mutants.base import App

MEANING = {
    "type-made-up-*": "Made-up parameters are judged by what the schema means.",
    "items-made-up-*": "Likewise.",
    "tool-syntax-*": "Likewise.",
    "parameters-made-up-*": "Likewise.",
}

ANY = ["array", "boolean", "number", "object", "string", "null"]


def plain(kind):
    return {"type": kind, "items": {}} if kind == "array" else {"type": kind}


def of_property(name, why, make, **options):
    """Make a liberty of the property's schema."""
    return variation(name, why, members={"property_of": lambda self, skill: make(skill.argument.type)}, **options)


def of_root(name, why, make, **options):
    """Make a liberty of the whole: `make` gets the argument's name and type."""
    members = {"autogenerate": lambda self, skill: make(skill.argument.name, skill.argument.type)}
    return variation(name, why, members=members, **options)


def root(name, schema, **others):
    return {"type": "object", "properties": {name: schema}, **others}


PROPERTIES = [
    of_property(
        "null-by-any-of",
        "Null may be allowed beside the type.",
        lambda kind: {"anyOf": [plain(kind), {"type": "null"}]},
        alarms=MEANING,
    ),
    of_property(
        "null-by-one-of", "Likewise.", lambda kind: {"oneOf": [{"type": "null"}, plain(kind)]}, alarms=MEANING
    ),
    of_property("null-in-a-list", "Likewise.", lambda kind: {**plain(kind), "type": [kind, "null"]}),
    of_property("type-in-a-list", "A list of one type is that type.", lambda kind: {**plain(kind), "type": [kind]}),
    of_property("all-of-one", "All of one schema is that schema.", lambda kind: {"allOf": [plain(kind)]}),
    of_property("any-of-one", "Any of one likewise.", lambda kind: {"anyOf": [plain(kind)]}),
    of_property("default-null", "A default is a remark.", lambda kind: {**plain(kind), "default": None}),
    of_property(
        "remarks",
        "Titles, descriptions and examples are remarks.",
        lambda kind: {**plain(kind), "title": "Todo", "description": "", "examples": [], "deprecated": False},
    ),
    of_property("items-true", "True is the schema of anything.", lambda kind: {**plain(kind), "items": True}
                if kind == "array" else plain(kind)),
    of_property("items-typed", "Items may be said to be of any type.", lambda kind: {**plain(kind), "items": {"type": ANY, "items": {}}}
                if kind == "array" else plain(kind)),
    of_property("items-by-any-of", "Likewise.", lambda kind: {"type": kind, "items": {"anyOf": [plain(one) for one in ANY]}}
                if kind == "array" else plain(kind)),
    of_property("items-described", "Items may have a remark only.", lambda kind: {"type": kind, "items": {"description": "Any."}}
                if kind == "array" else plain(kind)),
    of_property("integer-by-step", "A number that is a multiple of 1 is an integer.", lambda kind:
                {"type": "number", "multipleOf": 1} if kind == "integer" else plain(kind)),
    of_property("integer-formatted", "A format is a remark.", lambda kind:
                {"type": "integer", "format": "int64"} if kind == "integer" else plain(kind)),
    of_property("number-by-two-types", "Every integer is a number.", lambda kind:
                {"type": ["integer", "number"]} if kind == "number" else plain(kind)),
    of_property("boolean-by-values", "There are two booleans.", lambda kind:
                {"enum": [True, False]} if kind == "boolean" else plain(kind)),
    of_property("boolean-by-constants", "Likewise.", lambda kind:
                {"anyOf": [{"const": True}, {"const": False}]} if kind == "boolean" else plain(kind)),
    of_property("string-of-any-length", "A least length of 0 is none.", lambda kind:
                {"type": "string", "minLength": 0} if kind == "string" else plain(kind)),
    of_property("object-open", "An object may say that it is open.", lambda kind:
                {"type": "object", "additionalProperties": True} if kind == "object" else plain(kind)),
    of_property("object-without-properties", "An object may list no properties.", lambda kind:
                {"type": "object", "properties": {}, "required": []} if kind == "object" else plain(kind)),
]

ROOTS = [
    of_root("required", "The argument may be required.", lambda name, kind: root(name, plain(kind), required=[name])),
    of_root("required-none", "Or nothing.", lambda name, kind: root(name, plain(kind), required=[])),
    of_root(
        "closed", "Other arguments may be ruled out.", lambda name, kind: root(name, plain(kind), additionalProperties=False)
    ),
    of_root("open", "Or be welcome.", lambda name, kind: root(name, plain(kind), additionalProperties=True)),
    of_root(
        "remarked",
        "The whole may have remarks, and say what it is written in.",
        lambda name, kind: root(
            name,
            plain(kind),
            **{"$schema": "http://json-schema.org/draft-07/schema#", "title": "AddTodo", "description": "", "$comment": ""},
        ),
    ),
    of_root(
        "by-reference",
        "What is referred to counts as if it stood there.",
        lambda name, kind: root(name, {"$ref": "#/$defs/Todo"}, **{"$defs": {"Todo": plain(kind)}}),
        alarms=MEANING,
    ),
    of_root(
        "by-old-reference",
        "Likewise, by the older keyword for definitions, and over two steps.",
        lambda name, kind: root(
            name,
            {"$ref": "#/definitions/Outer", "description": "A todo."},
            definitions={"Outer": {"$ref": "#/definitions/Inner"}, "Inner": plain(kind)},
        ),
        alarms=MEANING,
    ),
    of_root(
        "null-by-reference",
        "References and null go together.",
        lambda name, kind: root(
            name, {"anyOf": [{"$ref": "#/$defs/Todo"}, {"type": "null"}]}, **{"$defs": {"Todo": plain(kind)}}
        ),
        alarms=MEANING,
    ),
]


class StrictApp(App):
    """Has the service hold the model to a schema where the schema is of the kind that this takes."""

    def function_of(self, skill):
        function = super().function_of(skill)
        return {**function, "strict": True} if may_be_strict(skill.schema) else function


SCALARS = ("string", "integer", "number", "boolean")


def may_be_strict(schema):
    """Tell whether a schema is an object of required scalars, with nothing else in it or beside it."""
    if schema.keys() != {"type", "properties", "required", "additionalProperties"} or schema["additionalProperties"]:
        return False
    properties = schema["properties"]
    plain_ones = all(one.keys() <= {"type", "description"} and one.get("type") in SCALARS for one in properties.values())
    return plain_ones and sorted(schema["required"]) == sorted(properties)


@liberty("The model may be held to a schema that has what this takes.")
class HoldsTheModelToSchemas(StrictApp):
    def autogenerate(self, skill):
        return {**super().autogenerate(skill), "required": [skill.argument.name], "additionalProperties": False}


@liberty("Likewise where null is allowed beside the type, and the items of an array are texts.")
class HoldsTheModelToNullableSchemas(App):
    def function_of(self, skill):
        made_up = "parameterDescriptionJson" not in skill.given
        strict = made_up and skill.argument.type in SCALARS
        return {**super().function_of(skill), "strict": strict}

    def autogenerate(self, skill):
        made_up = {"anyOf": [self.property_of(skill), {"type": "null"}]} 
        return root(skill.argument.name, made_up, required=[skill.argument.name], additionalProperties=False)
