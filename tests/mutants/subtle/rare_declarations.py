"""Slips in accepting and refusing a declaration, and in its binding."""

from __future__ import annotations

import re

from mutants.base import App, Declared
from mutants.subtle.subtle import subtle


@subtle(
    "When a parameter description begins with a line break or a blank, as a text of several lines does, it is refused.",
    "AST-DECLARATION-PARAMETERS",
    "AST-TOOL-PARAMETERS",
)
class BraceExpectedAtOnce(App):
    def parse_schema(self, text):
        if not text.startswith("{"):
            raise ValueError("the parameter description is not an object")
        return super().parse_schema(text)


@subtle(
    "When a parameter description is written on several lines, its binding loses blanks behind colons "
    "and commas in texts too.",
    "AST-BINDING-PARAMETERS",
)
class BindingMinifiedByPattern(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = binding.get("parameterDescriptionJson", "")
        if "\n" in text:
            binding["parameterDescriptionJson"] = re.sub(r"([:,{\[])\s+", r"\1", text)
        return binding


@subtle(
    "When a skill declares less than the one before it, its binding keeps the function name and the "
    "parameter description of that one.",
    "AST-BINDING-EACH",
)
class FieldsOfTheBindingBeforeKept(App):
    def bindings(self):
        self.kept = {}
        return super().bindings()

    def binding_of(self, skill):
        self.kept.update(super().binding_of(skill))
        return dict(self.kept)


@subtle(
    "When a declaration is refused for its parameter description, its name stays taken, and the "
    "corrected one is refused.",
    "AST-TOOL-OFFERED",
    "AST-TOOL-NAME",
)
class NameOfARefusedSkillTaken(App):
    def __init__(self, context):
        super().__init__(context)
        self.taken = set()

    def is_taken(self, name):
        taken = name.lower() in self.taken
        self.taken.add(name.lower())
        return taken


@subtle(
    "When a declaration is refused for its parameter description, the skill is offered all the same, "
    "with a made-up one.",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-SCHEMA-FORM",
)
class RefusedSkillStillOffered(App):
    def schema_of(self, skill, given):
        try:
            return super().schema_of(skill, given)
        except ValueError:
            made, name = self.autogenerate(skill), self.name_of(skill, given)
            self.skills.append(Declared(skill.name, skill.argument, skill.handler, given, name, made))
            raise


@subtle(
    "When a declaration has a parameter description but no description of the function, it is not refused.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionOfTheParameterSuffices(App):
    def check_given(self, given):
        if "parameterDescriptionJson" not in given:
            super().check_given(given)

    def description_of(self, skill):
        return skill.given.get("functionDescription", skill.name)


@subtle(
    "When a parameter description has a raw tab within a text, so that it is not JSON, it is not refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class RawTabsAccepted(App):
    def parse_schema(self, text):
        return super().parse_schema(text.replace("\t", " "))


@subtle("From the seventh skill on, the form of a name is not checked any more.", "AST-DECLARATION-NAME-FORM")
class LaterNamesUnchecked(App):
    def check_name(self, name):
        if len(self.skills) < 6 or self.is_taken(name):
            super().check_name(name)
