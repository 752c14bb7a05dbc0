"""Requirement by requirement: what is declared, refused wrongly or accepted wrongly in rare situations."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("On Azure OpenAI, the construct has the name that the other edition gives it.", "AST-DECLARATION-CONSTRUCT")
class DecoratorOfTheOtherCloud(App):
    def construct_of(self, context):
        if "AZURE_OPENAI_ENDPOINT" not in context.environment:
            return super().construct_of(context)
        return {"2024-04-14": "generic_trigger"}.get(context.edition, "assistant_skill_trigger")


@subtle(
    "A model is refused if no function name is declared beside it.",
    "AST-DECLARATION-PARAMETERS",
    "AST-DECLARATION-NAME-OPTIONAL",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class ModelsDemandNames(App):
    def check_given(self, given):
        super().check_given(given)
        if "model" in given and "functionName" not in given:
            raise ValueError("a model belongs to a named function")


@subtle(
    "A skill without a parameter description is refused once an earlier skill has declared one.",
    "AST-DECLARATION-PARAMETERS-OPTIONAL",
    "AST-SCHEMA",
)
class SchemasForAllOrNone(App):
    def check_given(self, given):
        super().check_given(given)
        described = any("parameterDescriptionJson" in skill.given for skill in self.skills)
        if described and "parameterDescriptionJson" not in given:
            raise ValueError("only some parameters are described")


@subtle(
    "A second skill without a function name is refused, since skills are registered by what was declared.",
    "AST-DECLARATION-NAME-OPTIONAL",
    "AST-TOOL-NAME-FALLBACK",
)
class OneNamelessSkillOnly(App):
    def declare(self, skill, given):
        if "functionName" not in given and any("functionName" not in other.given for other in self.skills):
            raise ValueError("there is a skill without a name already")
        super().declare(skill, given)


@subtle(
    "A missing description is accepted if the parameter description has a description at its root.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescribedByItsSchema(App):
    def check_given(self, given):
        if "functionDescription" in given or "parameterDescriptionJson" not in given:
            return super().check_given(given)
        schema = json.loads(given["parameterDescriptionJson"])
        if not isinstance(schema, dict) or not schema.get("description"):
            raise ValueError("no functionDescription")
        given["functionDescription"] = schema["description"]
        return None


@subtle(
    "A skill without a description is accepted after one that has a description, and inherits it.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionsInherited(App):
    def check_given(self, given):
        if self.skills:
            given.setdefault("functionDescription", self.skills[-1].given["functionDescription"])
        super().check_given(given)


@subtle(
    "A parameter description is accepted if object is among several types of its root.",
    "AST-DECLARATION-SCHEMA-FORM",
    "AST-SERVICE-TOOLS",
)
class ObjectAmongOthers(App):
    def check_schema(self, schema):
        if not isinstance(schema, dict) or "object" not in (schema.get("type") or ""):
            raise ValueError("the parameter description is not an object schema")


@subtle(
    "A name with a setting is checked before the setting is replaced, so that what comes of it may be too long.",
    "AST-DECLARATION-NAME-FORM",
    "AST-SERVICE-TOOLS",
)
class SettingsPassUnchecked(App):
    def declare(self, skill, given):
        self.has_setting = "%" in given.get("functionName", "")
        super().declare(skill, given)

    def check_name(self, name):
        if not self.has_setting:
            super().check_name(name)
        elif self.is_taken(name):
            raise ValueError(f"{name!r} is taken")


@subtle(
    "A name that consists of digits, dashes and underscores only is refused.",
    "AST-DECLARATION-PARAMETERS",
    "AST-TOOL-NAME",
)
class NamesNeedALetter(App):
    def check_name(self, name):
        super().check_name(name)
        if not any(sign.isalpha() for sign in name):
            raise ValueError(f"{name!r} has no letter")


@subtle(
    "A skill that falls back to its own name is accepted though a declared name is the same.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class FallbacksNeverClash(App):
    def declare(self, skill, given):
        self.falls_back = "functionName" not in given
        super().declare(skill, given)

    def is_taken(self, name):
        return not self.falls_back and super().is_taken(name)


@subtle(
    "A declared name is refused if it is the own name of another function, which declares a different name.",
    "AST-DECLARATION-PARAMETERS",
    "AST-TOOL-NAME",
    "AST-TOOL-OFFERED",
)
class FunctionsReserveTheirNames(App):
    def is_taken(self, name):
        return super().is_taken(name) or name.lower() in [skill.function.lower() for skill in self.skills]
