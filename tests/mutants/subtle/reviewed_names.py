"""Slips in names: how they are resolved from settings, checked, compared and made up."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a function name contains two settings, the text from the first percent sign to the last is taken for one.",
    "AST-TOOL-NAME-SETTING",
    surfaces=("csharp-isolated",),
)
class GreedyPercentSigns(App):
    def resolve(self, name):
        return re.sub("%(.+)%", lambda match: self.settings[match[1]], name)


@subtle(
    "When the name of a setting has small letters, it is looked up in capitals and not found.",
    "AST-TOOL-NAME-SETTING",
    surfaces=("powershell",),
)
class SettingNamesInCapitals(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings[match[1].upper()], name)


@subtle(
    "When a setting within a function name is empty, it counts as unset and stays in the name, which is then refused.",
    "AST-TOOL-NAME-SETTING",
)
class EmptySettingCountsAsUnset(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1]) or match[0], name)


@subtle(
    "When a function name begins or ends with white space, it is trimmed and accepted instead of refused.",
    "AST-DECLARATION-NAME-FORM",
    surfaces=("typescript",),
)
class NamesTrimmedBeforeTheCheck(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given).strip()


@subtle(
    "When a name contains a bracket, backslash, caret or backtick, it is accepted, as A-z spans more than letters.",
    "AST-DECLARATION-NAME-FORM",
    surfaces=("java",),
)
class LettersFromCapitalAToSmallZ(App):
    name_form = "[A-z0-9_-]{1,64}"


@subtle(
    "When a name begins with a digit, an underscore or a dash, it is refused although it is valid.",
    "AST-TOOL-NAME",
    "AST-DECLARATION-PARAMETERS",
    surfaces=("javascript",),
)
class NamesBeginWithALetter(App):
    name_form = "[a-zA-Z][a-zA-Z0-9_-]{0,63}"


@subtle(
    "When a name is a part of an earlier skill's name, it is refused, since it is sought in a text of all names.",
    "AST-TOOL-NAME",
    "AST-TOOL-OFFERED",
    surfaces=("csharp-isolated",),
)
class TakenNamesInOneText(App):
    def is_taken(self, name):
        return name.lower() in ",".join(skill.name.lower() for skill in self.skills)


@subtle(
    "When a function without a declared name is called SomethingAsync, the tool is called Something.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class AsyncSuffixCutOff(App):
    def name_of(self, skill, given):
        return self.resolve(given.get("functionName", skill.name.removesuffix("Async")))


@subtle(
    "When a declaration was refused for its schema, its name stays taken, and the corrected one is refused.",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-PARAMETERS",
)
class RefusedDeclarationKeepsItsName(App):
    def __init__(self, context):
        super().__init__(context)
        self.names = set()

    def is_taken(self, name):
        taken = name.lower() in self.names
        self.names.add(name.lower())
        return taken
