"""Declarations without a function description, or of another type or direction, that are not refused."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from mutants.base import App
from mutants.subtle.subtle import subtle

NODE_AND_POWERSHELL = ("powershell", "javascript", "typescript")


def schema_in(given):
    try:
        schema = json.loads(given["parameterDescriptionJson"])
    except (KeyError, ValueError):
        return {}
    return schema if isinstance(schema, dict) else {}


class Completing(App):
    """Completes a declaration by a description that it finds elsewhere."""

    def declare(self, skill, given):
        if "functionDescription" not in given and (found := self.found(skill, given)):
            given = {**given, "functionDescription": found}
        super().declare(skill, given)

    def found(self, skill, given):
        raise NotImplementedError


class Counting(App):
    """Checks what is required only if fewer parameters are given than there need be."""

    enough = 3

    def check_given(self, given):
        if len(given) < self.enough:
            super().check_given(given)

    def description_of(self, skill):
        return skill.given.get("functionDescription", "")


@subtle(
    "When the parameter description has a description at its root, a missing function description is taken from there"
    " instead of being refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class FunctionDescribedByItsSchema(Completing):
    def found(self, skill, given):
        del skill
        return schema_in(given).get("description")


@subtle(
    "When the parameter description describes the function's argument, a missing function description is taken from"
    " there instead of being refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class FunctionDescribedByItsArgument(Completing):
    def found(self, skill, given):
        properties = schema_in(given).get("properties")
        argument = properties.get(skill.argument.name) if isinstance(properties, dict) else None
        return argument.get("description") if isinstance(argument, dict) else None


@subtle(
    "When a name, a parameter description and a model are given, a missing function description is not refused,"
    " because the parameters are only counted.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
    editions=("2024-04-14",),
)
class ThreeParametersAreEnough(Counting):
    pass


@subtle(
    "When a binding of PowerShell has a function name and a parameter description beside its type, direction and name,"
    " the missing function description is not refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
    surfaces=("powershell",),
)
class FivePropertiesAreEnough(Counting):
    enough = 5


@subtle(
    "When an earlier skill has the very same parameter description, a missing function description is taken from it"
    " instead of being refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionKeptBySchema(Completing):
    def found(self, skill, given):
        del skill
        text = given.get("parameterDescriptionJson")
        return next(
            (
                known.given["functionDescription"]
                for known in self.skills
                if text and known.given.get("parameterDescriptionJson") == text
            ),
            None,
        )


@subtle(
    "When the function name is left out as well, a missing function description is made of the function's own name"
    " instead of being refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionFromTheOwnName(Completing):
    def found(self, skill, given):
        if "functionName" in given:
            return None
        return re.sub("(?<=[a-z])(?=[A-Z])|_", " ", skill.name)


@subtle(
    "On Azure OpenAI, a declaration without a function description is accepted.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionOptionalOnAzure(App):
    def check_given(self, given):
        if not self.on_azure:
            super().check_given(given)

    def description_of(self, skill):
        return skill.given.get("functionDescription", "")


@subtle(
    "When another app, not yet closed, has a skill of the same name, a missing function description is taken from"
    " there instead of being refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionOfTheAppBefore(Completing):
    open_apps: ClassVar[list[App]] = []  # left by `close`, which is called after every case

    def __init__(self, context):
        super().__init__(context)
        self.open_apps.append(self)

    def close(self):
        self.open_apps.remove(self)

    def found(self, skill, given):
        name = self.name_of(skill, given)
        others = [known for app in self.open_apps if app is not self for known in app.skills]
        return next((known.given["functionDescription"] for known in others if known.name == name), None)


@subtle(
    "When the given type is only a part of the right one, such as SkillTrigger, it is not refused and reaches the"
    " binding.",
    "AST-BINDING-TYPE",
    surfaces=NODE_AND_POWERSHELL,
)
class PartOfTheTypeIsEnough(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        kind = skill.given.get("type", self.type)
        return {**binding, "type": kind} if kind.lower() in self.type.lower() else binding


@subtle(
    "When the direction is spelled out, as input or output, it is not refused and reaches the binding.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell",),
)
class DirectionSpelledOut(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        told = skill.given.get("direction", "")
        return {**binding, "direction": told} if told.lower() == binding["direction"] + "put" else binding
