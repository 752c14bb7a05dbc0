"""Slips in a skill's name: its making, its check, its use."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When a name has two underscores or dashes in a row, one of them is lost.", "AST-TOOL-NAME")
class RunsOfSeparatorsCollapsed(App):
    def name_of(self, skill, given):
        return re.sub("([_-])[_-]+", r"\1", super().name_of(skill, given))


@subtle(
    "When a skill has the name of one that was declared earlier than the last, it is not refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class ComparedWithTheLastNameOnly(App):
    def is_taken(self, name):
        return name.lower() in [skill.name.lower() for skill in self.skills[-1:]]


@subtle(
    "When a declared name is the own name of an earlier skill that declared none, it is not refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class ComparedWithDeclaredNamesOnly(App):
    def is_taken(self, name):
        return name.lower() in [skill.name.lower() for skill in self.skills if "functionName" in skill.given]


@subtle(
    "When a name contains one of the characters between Z and a (brackets, backslash, circumflex), it is not refused.",
    "AST-DECLARATION-NAME-FORM",
)
class RangeFromCapitalToSmall(App):
    name_form = "[0-9A-z-]{1,64}"


@subtle(
    "When an earlier skill got a name from a setting, a second skill of that name is not refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class ComparedBeforeSettings(App):
    def is_taken(self, name):
        return name.lower() in [skill.given.get("functionName", skill.function).lower() for skill in self.skills]


@subtle(
    "When two names differ only in dashes and underscores, a call of the second runs the first.",
    "AST-CONVERSATION-CALL",
)
class DashesFoundAsUnderscores(App):
    def find(self, name):
        fold = lambda word: word.lower().replace("-", "_")  # noqa: E731
        found = [skill for skill in self.skills if fold(skill.name) == fold(name)]
        return found[0] if found else super().find(name)


@subtle(
    "When a function without a declared name has dashes in its own, the tool has underscores.", "AST-TOOL-NAME-FALLBACK"
)
class OwnDashesMadeUnderscores(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given) if "functionName" in given else skill.name.replace("-", "_")
