"""Declarations that are wrongly refused, wrongly accepted or wrongly read."""

from __future__ import annotations

import ast
import re
from collections.abc import MutableMapping

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "In edition 2024, the in-process attribute is called as the isolated one.",
    "AST-DECLARATION-CONSTRUCT",
    surfaces=("csharp-inprocess",),
    editions=("2024-04-14",),
)
class InProcessCalledAsIsolated(App):
    def construct_of(self, context):
        return "AssistantSkillTriggerInput" if context.surface.startswith("csharp") else super().construct_of(context)


@subtle(
    "When all four parameters are given in another order than the table's, they are mixed up.",
    "AST-DECLARATION-PARAMETERS",
    "AST-TOOL-NAME",
    editions=("2024-04-14",),
)
class AllFourByPosition(App):
    def read(self, trigger):
        given = super().read(trigger)
        return dict(zip(self.fields, given.values(), strict=False)) if len(given) == len(self.fields) else given


@subtle(
    "When a second skill leaves its function name out, it is refused as a duplicate of the first nameless one.",
    "AST-DECLARATION-NAME-OPTIONAL",
    "AST-TOOL-OFFERED",
)
class SecondNamelessIsDuplicate(App):
    def check_given(self, given):
        super().check_given(given)
        if given.get("functionName") in [skill.given.get("functionName") for skill in self.skills]:
            raise ValueError("the function name is taken")


@subtle(
    "When there is no function name and the function's own name has a dash, the declaration is refused.",
    "AST-DECLARATION-NAME-OPTIONAL",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=("powershell", "javascript", "typescript"),
)
class OwnNameMustBeIdentifier(App):
    def name_of(self, skill, given):
        if "functionName" not in given and not skill.name.isidentifier():
            raise ValueError("the function's own name cannot be a tool's")
        return super().name_of(skill, given)


@subtle(
    "When the description is missing but the parameter description has one of its own, that one is taken.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionOfTheSchema(App):
    def read(self, trigger):
        given = super().read(trigger)
        if "functionDescription" not in given:
            found = re.search(r'"description"\s*:\s*"([^"]+)"', given.get("parameterDescriptionJson", ""))
            return {**given, "functionDescription": found[1]} if found else given
        return given


@subtle(
    "When a parameter description is a Python literal, such as str(dict) writes, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class PythonLiteralAsSchema(App):
    def parse_schema(self, text):
        try:
            return super().parse_schema(text)
        except ValueError:
            return ast.literal_eval(text)


@subtle(
    "When a name has a setting in it, its length is measured before the setting is replaced.",
    "AST-DECLARATION-NAME-FORM",
    "AST-TOOL-NAME-SETTING",
)
class LengthOfUnresolvedName(App):
    name_form = "[a-zA-Z0-9_-]+"

    def resolve(self, name):
        if len(name) > 64:
            raise ValueError("the name is too long")
        return super().resolve(name)


@subtle(
    "When two names differ only in a dash and an underscore, the second is refused.",
    "AST-TOOL-NAME",
    "AST-TOOL-OFFERED",
)
class DashesEqualUnderscores(App):
    def is_taken(self, name):
        return name.lower().replace("-", "_") in [skill.name.lower().replace("-", "_") for skill in self.skills]


@subtle(
    "When one mapping of parameters declares skills in two apps, the second finds its name taken out.",
    "AST-TOOL-NAME",
    "AST-BINDING-FUNCTION-NAME",
    "AST-CONVERSATION-REPEATABLE",
)
class NameTakenOutOfMapping(App):
    def read(self, trigger):
        given = super().read(trigger)
        if isinstance(trigger, MutableMapping):
            trigger.pop("function_name", None)
        return given
