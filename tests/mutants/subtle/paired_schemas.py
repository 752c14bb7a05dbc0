"""Schemas, declared and made up, that are wrong only where two ordinary things come together."""

from __future__ import annotations

import copy

from mutants.base import App
from mutants.subtle.subtle import subtle


def walk(value, depth=0):
    """Yield every object in a JSON value with its depth."""
    if isinstance(value, dict):
        yield depth, value
        for item in value.values():
            yield from walk(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item, depth + 1)


@subtle("A later skill's declared schema loses the required of its nested objects.", "AST-TOOL-PARAMETERS")
class LaterNestRequiredLost(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if self.skills:
            for depth, node in walk(schema):
                if depth and isinstance(node.get("required"), list):
                    del node["required"]
        return schema


@subtle("The declared schema of a skill without a name loses its own description.", "AST-TOOL-PARAMETERS")
class NamelessSchemaHeadless(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        if "functionName" not in given:
            schema.pop("description", None)
        return schema


@subtle("From the second request on, additionalProperties is gone from declared schemas.", "AST-TOOL-PARAMETERS")
class AdditionalSpent(App):
    def body(self, messages):
        body = copy.deepcopy(super().body(messages))
        for skill in self.skills:
            skill.schema.pop("additionalProperties", None)
        return body


@subtle("On Azure, numbers in an enum are sent as texts.", "AST-TOOL-PARAMETERS")
class AzureEnumQuoted(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if self.on_azure:
            for _, node in walk(schema):
                if isinstance(node.get("enum"), list):
                    node["enum"] = [str(item) if type(item) in (int, float) else item for item in node["enum"]]
        return schema


@subtle(
    "A property of a later declared schema that has the name and type of an earlier skill's is sent as that one.",
    "AST-TOOL-PARAMETERS",
)
class PropertyTwinReused(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
            for name, own in schema["properties"].items():
                for skill in self.skills:
                    other = skill.schema["properties"].get(name) if "properties" in skill.schema else None
                    if isinstance(own, dict) and isinstance(other, dict) and own.get("type") == other.get("type"):
                        schema["properties"][name] = other
        return schema


@subtle("A later skill's made-up array says nothing of its items.", "AST-SCHEMA-ITEMS", "AST-SERVICE-TOOLS")
class LaterArrayItemless(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        if self.skills:
            made.pop("items", None)
        return made


@subtle("On Azure, a number without a declared schema is made up as an integer.", "AST-SCHEMA-TYPE")
class AzureNumberWhole(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {"type": "integer"} if self.on_azure and made["type"] == "number" else made


@subtle(
    "Without a declared schema, a skill whose argument is named as an earlier skill's is offered with its schema.",
    "AST-SCHEMA-TYPE",
    "AST-SCHEMA-OBJECT",
)
class ArgumentNamesakeSchema(App):
    def autogenerate(self, skill):
        same = [known.schema for known in self.skills if known.argument.name == skill.argument.name]
        return same[0] if same else super().autogenerate(skill)


@subtle("A made-up property is a string if the skill's name comes from a setting.", "AST-SCHEMA-TYPE")
class SettingNamedStringly(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        if "parameterDescriptionJson" not in given and "%" in given.get("functionName", ""):
            return {"type": "object", "properties": {skill.argument.name: {"type": "string"}}}
        return schema


@subtle(
    "Values that count as false (0, false, null, an empty text) are dropped from the second and later properties.",
    "AST-TOOL-PARAMETERS",
)
class SecondPropertySieved(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
            for name, own in list(schema["properties"].items())[1:]:
                if isinstance(own, dict):
                    schema["properties"][name] = {
                        word: value for word, value in own.items() if value or value in ({}, [])
                    }
        return schema


@subtle("After its function has failed, a skill's declared schema is sent without required.", "AST-TOOL-PARAMETERS")
class FailureLiftsRequired(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            skill.schema.pop("required", None)
            raise
