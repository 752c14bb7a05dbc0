"""Slips between a declaration and its binding: what is read, kept, written and read again."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a text within the parameter description has several spaces in a row, the binding has one, as it is minified.",
    "AST-BINDING-PARAMETERS",
)
class BindingSchemaSqueezed(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = re.sub(r"\s+", " ", binding["parameterDescriptionJson"])
        return binding


@subtle(
    "When the given type only begins like the documented one (AssistantSkillsTrigger), it reaches the binding.",
    "AST-BINDING-TYPE",
    surfaces=("powershell", "javascript", "typescript"),
)
class TypeComparedByItsBeginning(App):
    def binding_of(self, skill):
        given = skill.given.get("type", self.type)
        binding = super().binding_of(skill)
        return {**binding, "type": given} if given.lower().startswith("assistantskill") else binding


@subtle(
    "When bindings are read before another skill is declared, the later skill has none, as the first reading is kept.",
    "AST-BINDING-EACH",
    surfaces=("java",),
)
class BindingsReadOnce(App):
    def __init__(self, context):
        super().__init__(context)
        self.written = {}

    def bindings(self):
        if not self.written:
            self.written = super().bindings()
        return self.written


@subtle(
    "When bindings have been read, the declared model is popped from the next reading and from requests.",
    "AST-BINDING-REPEATABLE",
    "AST-MODEL-GIVEN",
    surfaces=("java",),
    editions=("2024-04-14",),
)
class ModelPoppedFromDeclaration(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        skill.given.pop("model", None)
        return binding


@subtle(
    "When the argument's name has an underscore, the binding is named in camel case.",
    "AST-BINDING-NAME",
)
class BindingNameInCamelCase(App):
    def binding_of(self, skill):
        first, *others = skill.argument.name.split("_")
        return {**super().binding_of(skill), "name": first + "".join(word.capitalize() for word in others)}


@subtle(
    "When a skill has no parameter description, it inherits that of the skill before, as a builder is not reset.",
    "AST-SCHEMA-OBJECT",
    "AST-BINDING-EACH",
    surfaces=("csharp-isolated",),
)
class BuilderNotReset(App):
    def __init__(self, context):
        super().__init__(context)
        self.builder = {}

    def read(self, trigger):
        self.builder = {**self.builder, **super().read(trigger)}
        own = super().read(trigger)
        return {field: value for field, value in self.builder.items() if field in own or field.startswith("parameter")}


@subtle(
    "When parameterDescriptionJson is spelled as documented, it is lost, since only words in snake case are read.",
    "AST-TOOL-PARAMETERS",
    "AST-BINDING-PARAMETERS",
    editions=("2025-05-15",),
)
class OnlySnakeCaseRead(App):
    def read(self, trigger):
        return super().read({word: value for word, value in trigger.items() if word == word.lower()})


@subtle(
    "When the description is missing but the name is given, the name stands for it instead of a refusal.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
    surfaces=("javascript",),
)
class NameInPlaceOfDescription(App):
    def check_given(self, given):
        if "functionName" in given:
            given.setdefault("functionDescription", given["functionName"])
        super().check_given(given)


@subtle(
    "When the edition documents the direction in, only PowerShell's bindings have it, as only its table says so.",
    "AST-BINDING-DIRECTION",
    surfaces=("javascript", "typescript"),
    editions=("2025-05-15",),
)
class DirectionChangedForPowershellOnly(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return binding if self.context.surface == "powershell" else {**binding, "direction": "out"}
