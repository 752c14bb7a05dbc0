"""Liberties in made-up parameters: the same in other words of JSON Schema, as a table."""

# ruff: noqa: ARG005  # a schema may not need all that it is given
from __future__ import annotations

from mutants.base import App

from liberties.liberty import liberty, variation

ANY = ["array", "boolean", "number", "object", "string", "null"]


def plain(kind):
    return {"type": kind, "items": {}} if kind == "array" else {"type": kind}


def of_property(name, why, make, **options):
    """Make a liberty of the property's schema."""
    return variation(name, why, members={"property_of": lambda self, skill: make(skill.argument.type)}, **options)


def for_type(kind, name, why, words, **options):
    """Make a liberty of what the property's schema says besides, or instead, for one type."""
    return of_property(name, why, lambda one: {**plain(one), **words} if one == kind else plain(one), **options)


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
    ),
    of_property(
        "null-by-one-of",
        "Null may be allowed by oneOf as well.",
        lambda kind: {"oneOf": [{"type": "null"}, plain(kind)]},
    ),
    of_property(
        "null-in-a-list", "Null may stand in the list of types.", lambda kind: {**plain(kind), "type": [kind, "null"]}
    ),
    of_property(
        "type-in-a-list",
        "A list of one type is that type.",
        lambda kind: {**plain(kind), "type": [kind]},
    ),
    for_type(
        "integer",
        "integer-of-32-bits",
        "An int has 32 bits in these languages.",
        {"minimum": -(2**31), "maximum": 2**31 - 1},
        surfaces=("csharp-isolated", "csharp-inprocess", "java"),
    ),
    for_type(
        "string",
        "pattern-of-unicode-classes",
        "A pattern that any text matches may be one that ECMAScript reads and Python does not.",
        {"pattern": r"^[\p{L}\s\S]*$"},
    ),
    of_property("all-of-one", "All of one schema is that schema.", lambda kind: {"allOf": [plain(kind)]}),
    of_property("any-of-one", "Any of one schema is that schema.", lambda kind: {"anyOf": [plain(kind)]}),
    of_property("default-null", "A default is a remark.", lambda kind: {**plain(kind), "default": None}),
    of_property(
        "remarks",
        "Titles, descriptions and examples are remarks.",
        lambda kind: {**plain(kind), "title": "Todo", "description": "", "examples": [], "deprecated": False},
    ),
    for_type("array", "items-true", "True is the schema of anything.", {"items": True}),
    for_type("array", "items-typed", "Items may be of any type that is listed.", {"items": {"type": ANY, "items": {}}}),
    for_type(
        "array",
        "items-by-any-of",
        "Items may be any of all types.",
        {"items": {"anyOf": [plain(one) for one in ANY]}},
    ),
    for_type("array", "items-described", "Items may have a remark only.", {"items": {"description": "Any."}}),
    for_type(
        "integer",
        "integer-by-step",
        "A number that is a multiple of 1 is an integer.",
        {"type": "number", "multipleOf": 1},
    ),
    for_type("integer", "integer-formatted", "A format is a remark.", {"format": "int64"}),
    for_type("number", "number-by-two-types", "Every integer is a number.", {"type": ["integer", "number"]}),
    of_property(
        "boolean-by-values",
        "There are two booleans.",
        lambda kind: {"enum": [True, False]} if kind == "boolean" else plain(kind),
    ),
    of_property(
        "boolean-by-constants",
        "There are two booleans, true and false.",
        lambda kind: {"anyOf": [{"const": True}, {"const": False}]} if kind == "boolean" else plain(kind),
    ),
    for_type("string", "string-of-any-length", "A least length of 0 is none.", {"minLength": 0}),
    for_type("object", "object-open", "An object may say that it is open.", {"additionalProperties": True}),
    for_type("object", "object-without-properties", "An object may list none.", {"properties": {}, "required": []}),
]

ROOTS = [
    of_root("required", "The argument may be required.", lambda name, kind: root(name, plain(kind), required=[name])),
    of_root(
        "required-none", "No argument needs to be required.", lambda name, kind: root(name, plain(kind), required=[])
    ),
    of_root(
        "another-required",
        "The model may be asked for something that the app keeps to itself, such as why it calls.",
        lambda name, kind: {
            **root(name, plain(kind), required=["why_called", name]),
            "properties": {"why_called": {"type": "string"}, name: plain(kind)},
        },
    ),
    of_root(
        "closed",
        "Other arguments may be ruled out.",
        lambda name, kind: root(name, plain(kind), additionalProperties=False),
    ),
    of_root(
        "open", "Other arguments may be welcome.", lambda name, kind: root(name, plain(kind), additionalProperties=True)
    ),
    of_root(
        "remarked",
        "The whole may have remarks, and say what it is written in.",
        lambda name, kind: root(
            name,
            plain(kind),
            **{
                "$schema": "http://json-schema.org/draft-07/schema#",
                "title": "AddTodo",
                "description": "",
                "$comment": "",
            },
        ),
    ),
    of_root(
        "by-reference",
        "What is referred to counts as if it stood there.",
        lambda name, kind: root(name, {"$ref": "#/$defs/Todo"}, **{"$defs": {"Todo": plain(kind)}}),
    ),
    of_root(
        "by-old-reference",
        "A reference may lead to another, and definitions have an older keyword.",
        lambda name, kind: root(
            name,
            {"$ref": "#/definitions/Outer", "description": "A todo."},
            definitions={"Outer": {"$ref": "#/definitions/Inner"}, "Inner": plain(kind)},
        ),
    ),
    of_root(
        "null-by-reference",
        "References and null go together.",
        lambda name, kind: root(
            name, {"anyOf": [{"$ref": "#/$defs/Todo"}, {"type": "null"}]}, **{"$defs": {"Todo": plain(kind)}}
        ),
    ),
]


class StrictApp(App):
    """Has the service hold the model to a schema where the schema is of the kind that this takes."""

    def function_of(self, skill):
        function = super().function_of(skill)
        return {**function, "strict": True} if may_be_strict(skill.schema) else function


SCALARS = ("string", "integer", "number", "boolean")


def may_be_strict(schema):
    """Say whether a schema is an object of required scalars, with nothing else in it or beside it."""
    if schema.keys() != {"type", "properties", "required", "additionalProperties"} or schema["additionalProperties"]:
        return False
    properties = schema["properties"]
    plain_ones = all(
        one.keys() <= {"type", "description"} and one.get("type") in SCALARS for one in properties.values()
    )
    return plain_ones and sorted(schema["required"]) == sorted(properties)


@liberty("The model may be held to a schema that has what this takes.")
class HoldsTheModelToSchemas(StrictApp):
    def autogenerate(self, skill):
        return {**super().autogenerate(skill), "required": [skill.argument.name], "additionalProperties": False}


@liberty("A strict schema may allow null beside the type.")
class HoldsTheModelToNullableSchemas(App):
    def function_of(self, skill):
        made_up = "parameterDescriptionJson" not in skill.given
        strict = made_up and skill.argument.type in SCALARS
        return {**super().function_of(skill), "strict": strict}

    def autogenerate(self, skill):
        made_up = {"anyOf": [self.property_of(skill), {"type": "null"}]}
        return root(skill.argument.name, made_up, required=[skill.argument.name], additionalProperties=False)
