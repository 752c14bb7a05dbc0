"""Tools that bear another name than they should, or cannot be called by it."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import re

from mutants.base import App
from mutants.mutant import mutant

NAME, SETTING = "AST-TOOL-NAME", "AST-TOOL-NAME-SETTING"
FALLBACK, OFFERED = "AST-TOOL-NAME-FALLBACK", "AST-TOOL-OFFERED"


@mutant(
    "The tool always bears the function's own name.",
    fails={
        NAME: ["*"],
        OFFERED: ["tools-named-with-zeros"],
        SETTING: ["*"],
        "AST-DECLARATION-NAME-FORM": ["name-refused-*"],
        "AST-DECLARATION-NAME-UNIQUE": ["*"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
        "AST-CONVERSATION-CALL": ["called-by-name-*"],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class IgnoresTheFunctionName(App):
    def name_of(self, skill, given):
        return skill.name


@mutant(
    "A name is cut to sixty characters, to be on the safe side.",
    fails={NAME: ["tool-named-in-64-characters"], SETTING: ["name-from-setting-makes-64-characters"]},
)
class CutsLongNames(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name[:60] if len(name) <= 64 else name


@mutant(
    "Dashes become underscores.",
    fails={
        NAME: ["tool-named-with-dashes-and-digits"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
        "AST-CONVERSATION-CALL": ["called-by-name-that-ends-like-another"],
    },
)
class ReplacesDashes(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given).replace("-", "_")


@mutant(
    "Names are put in the style of C#.",
    fails={
        NAME: ["tool-named-with-underscores"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class DropsUnderscores(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name.replace("_", "") if name.islower() else name


@mutant(
    "What stands before the last dash of a call's name is taken for the name of a plugin.",
    fails={"AST-CONVERSATION-CALL": ["called-by-name-that-ends-like-another"]},
)
class TakesAPluginsNameAway(App):
    def find(self, name):
        own = name.rpartition("-")[2]
        return super().find(own if own in [skill.name for skill in self.skills] else name)


@mutant(
    "The tool bears the name that is given, and is called by the function's own.",
    fails={
        NAME: [
            "called-by-given-name",
            "name-accepted-that-is-the-own-one-of-*",
            "tool-named-for-function-with-long-name",
        ],
        SETTING: ["name-from-setting-*"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
        "AST-CONVERSATION-CALL": ["called-by-name-*"],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class FindsByTheFunctionsOwnName(App):
    def find(self, name):
        return next(skill for skill in self.skills if skill.function == name)


@mutant(
    "Without a function name, the tool bears a name that is made up.",
    fails={
        FALLBACK: ["*"],
        "AST-DECLARATION-NAME-FORM": ["own-name-refused-for-65-characters"],
        "AST-DECLARATION-NAME-UNIQUE": ["own-name-refused-when-taken", "name-refused-when-it-is-a-functions-own"],
    },
)
class MakesUpAName(App):
    def name_of(self, skill, given):
        return super().name_of(skill, {"functionName": f"skill_{skill.name}", **given})


@mutant(
    "Without a function name, the tool is not found when it is called.",
    fails={FALLBACK: ["called-by-function-name"]},
)
class FindsGivenNamesOnly(App):
    def find(self, name):
        return next(skill for skill in self.skills if skill.name == name and "functionName" in skill.given)


@mutant(
    "Settings in a name are not resolved, so that it is refused.",
    fails={
        SETTING: ["name-from-setting-*"],
        "AST-DECLARATION-NAME-UNIQUE": ["name-refused-when-taken-through-setting-*"],
        "AST-DECLARATION-NAME-FORM": ["name-refused-when-setting-makes-*-too-long"],
    },
)
class LeavesSettingsUnresolved(App):
    def resolve(self, name):
        return name


@mutant(
    "A setting is resolved only where it is the whole name.",
    fails={
        SETTING: ["name-from-setting-in-part", "name-from-setting-makes-64-characters"],
        "AST-DECLARATION-NAME-FORM": [
            "name-refused-when-setting-makes-it-too-long",
            "name-refused-when-setting-brings-a-dot",
        ],
    },
)
class ResolvesWholeSettingsOnly(App):
    def resolve(self, name):
        return super().resolve(name) if name.startswith("%") else name.replace("%", "")


@mutant(
    "A name that every object has as a member is taken.",
    fails={"AST-CONVERSATION-CALL": ["called-by-name-of-a-member-of-every-object"]},
)
class TakesMembersForSkills(App):
    def is_taken(self, name):
        return name in {"constructor", "toString"} or super().is_taken(name)


@mutant("Zeros before a number do not count in names.", fails={OFFERED: ["tools-named-with-zeros"]})
class ComparesNumbersInNames(App):
    def is_taken(self, name):
        shorter, *others = (re.sub("0(?=[0-9])", "", one.lower()) for one in (name, *(s.name for s in self.skills)))
        return shorter in others
