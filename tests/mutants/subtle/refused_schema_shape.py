"""Parameter descriptions that are JSON but no object schema, and that are not refused."""

from __future__ import annotations

from typing import ClassVar

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a parameter description allows an object or a value of another type, such as ['object', 'string'], it is"
    " accepted; only null beside it is refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ObjectAmongTheTypes(App):
    def check_schema(self, schema):
        kinds = schema.get("type") if isinstance(schema, dict) else None
        if not (isinstance(kinds, list) and "object" in kinds and "null" not in kinds):
            super().check_schema(schema)


@subtle(
    "When a parameter description's type merely contains the word, such as 'objects' or 'json_object', it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class TypeThatContainsObject(App):
    def check_schema(self, schema):
        kind = schema.get("type") if isinstance(schema, dict) else None
        if not (isinstance(kind, str) and "object" in kind):
            raise ValueError("the parameter description is not an object schema")


@subtle(
    "When a parameter description's type is null, empty or an empty list, it is accepted, as only another type is"
    " refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class TypeOfNothing(App):
    def check_schema(self, schema):
        kind = schema.get("type", "missing") if isinstance(schema, dict) else "missing"
        if kind and kind != "object":
            raise ValueError("the parameter description is not an object schema")


@subtle(
    "When a whole function of the tools syntax (name, description, parameters) is given as parameter description, its"
    " parameters are taken out instead of it being refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ParametersTakenOut(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and "type" not in schema:
            return schema.get("parameters", schema)
        return schema


@subtle(
    "When only the properties are given as parameter description, a map from the argument's name to its schema, an"
    " object schema is put around them instead of them being refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class PropertiesAlone(App):
    def schema_of(self, skill, given):
        self.argument = skill.argument.name
        return super().schema_of(skill, given)

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and schema.get("type") != "object" and isinstance(schema.get(self.argument), dict):
            return {"type": "object", "properties": schema}
        return schema


@subtle(
    "When the parameter description is the JSON text null, parameters are made up instead of it being refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class NullIsNoDescription(App):
    def schema_of(self, skill, given):
        text = given.get("parameterDescriptionJson")
        if text is not None and text.strip() == "null":
            return self.autogenerate(skill)
        return super().schema_of(skill, given)


@subtle(
    "When the parameter description is true or false, which JSON Schema calls schemas, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class TrueIsASchema(App):
    def check_schema(self, schema):
        if not isinstance(schema, bool):
            super().check_schema(schema)


@subtle(
    "When a parameter description without a type is an object or null by its anyOf or oneOf, it is accepted, as one"
    " of them is an object schema.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ObjectAmongTheChoices(App):
    def check_schema(self, schema):
        choices = [schema]
        if isinstance(schema, dict) and "type" not in schema:
            choices = schema.get("anyOf") or schema.get("oneOf") or choices
        if not any(isinstance(choice, dict) and choice.get("type") == "object" for choice in choices):
            raise ValueError("the parameter description is not an object schema")


@subtle(
    "When the parameter description of an integer, number, boolean or array is the schema of that argument itself, it"
    " is put into an object schema instead of being refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class SchemaOfTheArgumentItself(App):
    def schema_of(self, skill, given):
        self.argument = skill.argument
        return super().schema_of(skill, given)

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        kind = self.argument.type
        if kind not in ("string", "object") and isinstance(schema, dict) and schema.get("type") == kind:
            return {"type": "object", "properties": {self.argument.name: schema}}
        return schema


@subtle(
    "When the parameter description is the schema of a list of objects, it is accepted, as its items are looked at.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ItemsLookedAt(App):
    def check_schema(self, schema):
        while isinstance(schema, dict) and schema.get("type") == "array" and "items" in schema:
            schema = schema["items"]
        super().check_schema(schema)


@subtle(
    "When the parameter description is longer than 1,000 characters, it is not checked for being an object schema.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class LongSchemaUnchecked(App):
    def parse_schema(self, text):
        self.length = len(text)
        return super().parse_schema(text)

    def check_schema(self, schema):
        if self.length <= 1000:
            super().check_schema(schema)


@subtle(
    "When another app, not yet closed, has a skill of the same name, a parameter description that does not describe an"
    " object is accepted, as that name has been checked.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class NameCheckedInTheAppBefore(App):
    open_apps: ClassVar[list[App]] = []  # left by `close`, which is called after every case

    def __init__(self, context):
        super().__init__(context)
        self.open_apps.append(self)

    def close(self):
        self.open_apps.remove(self)

    def schema_of(self, skill, given):
        self.declared = self.name_of(skill, given)
        return super().schema_of(skill, given)

    def check_schema(self, schema):
        if self.declared not in [known.name for app in self.open_apps if app is not self for known in app.skills]:
            super().check_schema(schema)
