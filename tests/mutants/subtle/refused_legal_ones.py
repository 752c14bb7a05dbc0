"""Declarations that are legal, and that are refused."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a name begins or ends with an underscore or a dash, such as _add, it is refused.",
    "AST-TOOL-NAME",
    "AST-DECLARATION-PARAMETERS",
)
class UnderscoreAtTheEdgeRefused(App):
    name_form = "[a-zA-Z0-9]([a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?"


@subtle(
    "When no function name is given and the function's own name has a dash, the declaration is refused.",
    "AST-DECLARATION-NAME-OPTIONAL",
    "AST-TOOL-NAME-FALLBACK",
)
class OwnNameWithADashRefused(App):
    def name_of(self, skill, given):
        if "functionName" not in given and not re.fullmatch(r"\w+", skill.name):
            raise ValueError(f"{skill.name!r} needs a function name")
        return super().name_of(skill, given)


@subtle(
    "When a property in the parameter description has no type of its own, but an enum, anyOf or $ref, it is refused.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-PARAMETERS",
)
class PropertyWithoutATypeRefused(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        for name, member in schema.get("properties", {}).items():
            if not isinstance(member, dict) or "type" not in member:
                raise ValueError(f"{name} has no type")


@subtle(
    "When a function description of at most 1,024 characters takes more than 1,024 bytes in UTF-8, it is refused.",
    "AST-TOOL-DESCRIPTION",
    "AST-DECLARATION-PARAMETERS",
)
class DescriptionCountedInBytes(App):
    def check_given(self, given):
        super().check_given(given)
        description = given["functionDescription"]
        if len(description) <= 1024 < len(description.encode()):
            raise ValueError("the functionDescription is too long")


@subtle(
    "When two skills have the same function description, the second is refused.",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-PARAMETERS",
)
class SameDescriptionRefused(App):
    def check_given(self, given):
        super().check_given(given)
        if given["functionDescription"] in [skill.given["functionDescription"] for skill in self.skills]:
            raise ValueError("the functionDescription is taken")


@subtle(
    "When two long names are the same in their first 40 characters, the second is refused as taken.",
    "AST-TOOL-NAME",
    "AST-TOOL-OFFERED",
)
class LongNamesAlikeRefused(App):
    def is_taken(self, name):
        return name.lower()[:40] in [skill.name.lower()[:40] for skill in self.skills]


@subtle(
    "When the model is one of the user's own tuning, such as ft:gpt-3.5-turbo:acme::7p4lURx, it is refused.",
    "AST-MODEL-GIVEN",
    "AST-DECLARATION-PARAMETERS",
    editions=("2024-04-14",),
)
class TunedModelRefused(App):
    def check_given(self, given):
        super().check_given(given)
        if not re.fullmatch(r"[\w.-]+", given.get("model", self.default_model)):
            raise ValueError("the model is none")
