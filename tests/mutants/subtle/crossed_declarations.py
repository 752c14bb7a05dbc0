"""Declarations that are refused, accepted or kept wrongly once there is more than one, or more than a name."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a name is declared that is already another skill's by being its function's own, it is not refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OwnNamesNotCompared(App):
    def is_taken(self, name):
        return name.lower() in [
            skill.given["functionName"].lower() for skill in self.skills if "functionName" in skill.given
        ]


@subtle("When a name contains a setting, the form of what it becomes is not checked.", "AST-DECLARATION-NAME-FORM")
class ResolvedNamesUnchecked(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        self.resolved = name != given.get("functionName", skill.name)
        return name

    def check_name(self, name):
        if self.is_taken(name):
            raise ValueError(f"{name!r} is taken")
        if not self.resolved:
            super().check_name(name)


@subtle(
    "When the function's own name is not a valid tool name, it is rewritten with underscores instead of refused.",
    "AST-DECLARATION-NAME-FORM",
    "AST-TOOL-NAME-FALLBACK",
)
class OwnNameRewritten(App):
    def name_of(self, skill, given):
        if "functionName" in given:
            return super().name_of(skill, given)
        return re.sub("[^a-zA-Z0-9_-]", "_", skill.name)[:64]


@subtle(
    "When the schema has a description at its root, a declaration without a function description is accepted.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class SchemasDescriptionStandsIn(App):
    def read(self, trigger):
        given = super().read(trigger)
        if "functionDescription" not in given and "parameterDescriptionJson" in given:
            schema = json.loads(given["parameterDescriptionJson"])
            given["functionDescription"] = schema.get("description", "") if isinstance(schema, dict) else ""
        return given


@subtle(
    "When the schema's text begins on a new line (a triple-quoted text), it is refused.",
    "AST-DECLARATION-PARAMETERS",
    "AST-TOOL-PARAMETERS",
)
class SchemaMustBeginWithBrace(App):
    def parse_schema(self, text):
        if not text.startswith("{"):
            raise ValueError("the parameter description is not a JSON object")
        return super().parse_schema(text)


@subtle(
    "When a skill's argument is an object and no schema is declared, the declaration is refused.",
    "AST-DECLARATION-PARAMETERS-OPTIONAL",
    "AST-DECLARATION-PARAMETERS",
)
class ObjectNeedsSchema(App):
    def autogenerate(self, skill):
        if skill.argument.type == "object":
            raise ValueError("an object must be described")
        return super().autogenerate(skill)


@subtle(
    "On Azure, a skill that declares no model is refused for want of a deployment.",
    "AST-MODEL-OPTIONAL",
    "AST-DECLARATION-PARAMETERS",
    editions=("2024-04-14",),
)
class AzureDemandsDeployment(App):
    def check_given(self, given):
        super().check_given(given)
        if self.on_azure and "model" not in given:
            raise ValueError("no deployment")


@subtle(
    "When an app existed before in which a skill declared a model, an app without one uses that model.",
    "AST-MODEL-ISOLATED",
    "AST-MODEL-DEFAULT",
    editions=("2024-04-14",),
)
class ModelKeptInEnvironment(App):
    def check_given(self, given):
        super().check_given(given)
        if "model" in given:
            os.environ["OPENAI_MODEL"] = given["model"]

    def model(self):
        return os.environ.get("OPENAI_MODEL") or super().model()


@subtle(
    "When the same function was declared in an app before, its first declaration is what counts in the next app too.",
    "AST-BINDING-ISOLATED",
    "AST-TOOL-ISOLATED",
)
class DeclarationKeptOnTheFunction(App):
    def declare(self, skill, given):
        with suppress(TypeError):
            given = vars(skill.handler).setdefault("_trigger", given)
        super().declare(skill, given)
