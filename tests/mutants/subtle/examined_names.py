"""Names of tools that are wrong, or taken for each other, only in rare neighbourhoods."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a function name contains the same setting twice, only its first place is filled.", "AST-TOOL-NAME-SETTING"
)
class SettingFilledOnceOfTwice(App):
    def resolve(self, name):
        for word in dict.fromkeys(re.findall("%([^%]+)%", name)):
            name = name.replace(f"%{word}%", self.settings[word], 1)
        return name


@subtle(
    "When a setting in a function name is spelled with small letters, it is not found and the skill is refused.",
    "AST-TOOL-NAME-SETTING",
)
class SettingLookedUpInCapitals(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings[match[1].upper()], name)


@subtle(
    "When two different settings give two skills the same name, the second skill is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class TwinSettingsOneNameAccepted(App):
    def declare(self, skill, given):
        self.declaring = given.get("functionName", skill.name)
        super().declare(skill, given)

    def is_taken(self, name):
        others = self.skills
        if "%" in self.declaring:
            others = [
                o
                for o in others
                if "%" not in o.given.get("functionName", "") or o.given["functionName"] == self.declaring
            ]
        return name.lower() in [other.name.lower() for other in others]


@subtle(
    "When a function's own name differs from a taken name in case only, the skill is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
    surfaces=("python", "javascript"),
)
class OwnNameTakenInOtherCaseAccepted(App):
    def declare(self, skill, given):
        self.own = "functionName" not in given
        super().declare(skill, given)

    def is_taken(self, name):
        return name in [skill.name for skill in self.skills] if self.own else super().is_taken(name)


@subtle(
    "When a function's own name serves and holds a letter that is not ASCII, it is accepted.",
    "AST-DECLARATION-NAME-FORM",
    surfaces=("csharp-isolated",),
)
class OwnIdentifierOfAnyAlphabet(App):
    def name_of(self, skill, given):
        self.own = "functionName" not in given
        return super().name_of(skill, given)

    def check_name(self, name):
        if self.own and re.fullmatch(r"[\w-]{1,64}", name) and not self.is_taken(name):
            return
        super().check_name(name)


@subtle(
    "When the model calls a renamed skill by its function's own name, which is not a tool, the skill runs.",
    "AST-CONVERSATION-UNKNOWN",
)
class OwnNameStillCallable(App):
    def find(self, name):
        try:
            return super().find(name)
        except LookupError:
            return next((skill for skill in self.skills if skill.function == name), None) or super().find(name)


@subtle(
    "When a setting makes a name exactly 64 characters long, the skill is refused.",
    "AST-TOOL-NAME-SETTING",
    "AST-TOOL-NAME",
)
class SixtyFourThroughSettingRefused(App):
    def resolve(self, name):
        found = super().resolve(name)
        if found != name and len(found) >= 64:
            raise ValueError("the name is too long")
        return found


@subtle(
    "When two names agree in their first 32 characters, a call of the second runs the first.", "AST-CONVERSATION-CALL"
)
class DispatchByThirtyTwoLetters(App):
    def find(self, name):
        super().find(name)
        return next(skill for skill in self.skills if skill.name[:32].lower() == name[:32].lower())


@subtle(
    "When two names differ only in a dash and an underscore, a call of either runs the one declared last.",
    "AST-CONVERSATION-CALL",
)
class DashTakenForUnderscoreInDispatch(App):
    def find(self, name):
        super().find(name)
        return {s.name.lower().replace("-", "_"): s for s in self.skills}[name.lower().replace("-", "_")]


@subtle(
    "When a skill's name is the beginning of another's declared before it, a call of it runs that other.",
    "AST-CONVERSATION-CALL",
)
class DispatchByBeginning(App):
    def find(self, name):
        super().find(name)
        return next(skill for skill in self.skills if skill.name.lower().startswith(name.lower()))
