"""What is wrong with the parameter descriptions that are made up."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the argument is written with underscores, its property is written in camel case.",
    "AST-SCHEMA-OBJECT",
)
class UnderscoresOfArgument(App):
    def autogenerate(self, skill):
        name = re.sub("(?<=[a-z0-9])_([a-z])", lambda match: match[1].upper(), skill.argument.name)
        return {"type": "object", "properties": {name: self.property_of(skill)}}


@subtle("When the argument is called title, it has no property.", "AST-SCHEMA-OBJECT")
class ArgumentCalledTitle(App):
    def autogenerate(self, skill):
        return self.without_titles({"title": skill.name, **super().autogenerate(skill)})

    def without_titles(self, schema):
        return {
            key: self.without_titles(value) if isinstance(value, dict) else value
            for key, value in schema.items()
            if key != "title"
        }


@subtle(
    "When a second skill has an array for its argument, its property does not say what the items are.",
    "AST-SCHEMA-ITEMS",
    "AST-SERVICE-TOOLS",
)
class ItemsOfSecondArray(App):
    def property_of(self, skill):
        more = self.__dict__.setdefault("more", {"array": {"items": {}}})
        return {"type": skill.argument.type, **more.pop(skill.argument.type, {})}


@subtle(
    "When the parameter description is an empty JSON value, such as {} or null, one is made up instead of a refusal.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class EmptyJsonCountsAsAbsent(App):
    def schema_of(self, skill, given):
        if "parameterDescriptionJson" in given and not self.parse_schema(given["parameterDescriptionJson"]):
            return self.autogenerate(skill)
        return super().schema_of(skill, given)


@subtle(
    "When several skills have made-up parameters, the later ones also demand the arguments of the earlier ones.",
    "AST-SCHEMA-OBJECT",
    "AST-SCHEMA-TYPE",
)
class RequiredOfAllSkills(App):
    def autogenerate(self, skill):
        required = self.__dict__.setdefault("needed", [])
        required.append(skill.argument.name)
        return {**super().autogenerate(skill), "required": [*required]}


@subtle(
    "An integer argument is made up with bounds of 32 bits, so that larger integers are forbidden.",
    "AST-SCHEMA-TYPE",
)
class IntegersOf32Bits(App):
    def property_of(self, skill):
        bounds = {"minimum": -(2**31), "maximum": 2**31 - 1} if skill.argument.type == "integer" else {}
        return {**super().property_of(skill), **bounds}


@subtle("An object argument is made up without properties and closed, so that only {} is allowed.", "AST-SCHEMA-TYPE")
class ObjectArgumentClosed(App):
    def property_of(self, skill):
        closed = {"properties": {}, "additionalProperties": False} if skill.argument.type == "object" else {}
        return {**super().property_of(skill), **closed}


@subtle(
    "From the second request on, made-up parameters have no properties.",
    "AST-SCHEMA-OBJECT",
    "AST-TOOL-EVERY-ROUND",
)
class PropertiesUsedUp(App):
    def declare(self, skill, given):
        super().declare(skill, given)
        made_up = self.autogenerate(skill)["properties"]
        self.members = {**getattr(self, "members", {}), skill.name: iter(made_up.items())}

    def function_of(self, skill):
        function = super().function_of(skill)
        if "parameterDescriptionJson" not in skill.given:
            function["parameters"] = {"type": "object", "properties": dict(self.members[skill.function])}
        return function
