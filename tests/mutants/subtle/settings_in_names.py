"""Names, settings, models and declarations that no pool or outline has."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "Settings are filled into the name of the first skill only; a later name refers to its setting in vain.",
    "AST-TOOL-NAME-SETTING",
)
class SettingOfFirstSkillOnly(App):
    def resolve(self, name):
        return super().resolve(name) if not self.skills else name.replace("%", "")


@subtle(
    "What a setting stood for in a name is remembered by the setting alone, so a second name that refers to it is the "
    "first one's, and is refused as taken.",
    "AST-TOOL-NAME-SETTING",
    "AST-DECLARATION-PARAMETERS",
)
class NamesRememberedBySetting(App):
    def resolve(self, name):
        known = self.__dict__.setdefault("known", {})
        found = re.search("%([^%]+)%", name)
        return known.setdefault(found[1], super().resolve(name)) if found else name


@subtle(
    "A setting that occurs twice in a name is replaced once.", "AST-TOOL-NAME-SETTING", "AST-DECLARATION-PARAMETERS"
)
class RepeatedSettingReplacedOnce(App):
    def resolve(self, name):
        for setting in dict.fromkeys(re.findall("%([^%]+)%", name)):
            name = name.replace(f"%{setting}%", self.settings[setting], 1)
        return name.replace("%", "")


@subtle(
    "Two settings right beside each other in a name are read as one text between percent signs.",
    "AST-TOOL-NAME-SETTING",
)
class AdjacentSettingsMissed(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%(?!%)", lambda match: self.settings[match[1]], name).replace("%", "")


@subtle(
    "The settings that names refer to are read from the first app's, and kept for the apps that follow.",
    "AST-TOOL-NAME-SETTING",
)
class SettingsOfFirstApp(App):
    kept = {}  # noqa: RUF012

    def resolve(self, name):
        def value(match):
            return type(self).kept.setdefault((self.on_azure, match[1]), self.settings[match[1]])

        return re.sub("%([^%]+)%", value, name)


@subtle("The ending latest or preview of a model's name is dropped.", "AST-MODEL-GIVEN", editions=("2024-04-14",))
class AliasOfModelCut(App):
    def model(self):
        return re.sub("-(latest|preview)$", "", super().model())


@subtle(
    "A model whose name begins with o and a digit, or is a gpt-5, gets max_tokens, which the service refuses.",
    "AST-SERVICE-BODY",
    editions=("2024-04-14",),
)
class ReasoningModelsGetMaxTokens(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "max_tokens": 4096}


@subtle(
    "A model that reasons, as o3-mini, is not told the texts beside calls of earlier rounds.",
    "AST-CONVERSATION-REPLAY",
    editions=("2024-04-14",),
)
class ReasoningModelsForgetTexts(App):
    def replay(self, reply, answers):
        if re.match(r"o\d|gpt-5", self.model()):
            reply = {**reply, "content": None}
        return super().replay(reply, answers)


@subtle(
    "A model of the family gpt-4-turbo, gpt-4-32k or o is asked by the default's name.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class UnknownModelsReplaced(App):
    known = re.compile(
        r"gpt-3\.5-turbo.*|gpt-4|gpt-4-\d{4}|gpt-4o.*|gpt-4\.1.*|ft:.*|.*[A-Z_].*|my-chat|gpt-35-turbo|1234|d+"
    )

    def model(self):
        model = super().model()
        return model if self.known.fullmatch(model) else self.default_model


@subtle(
    "A skill whose function's own name begins or ends with an underscore is named without it.",
    "AST-TOOL-NAME-FALLBACK",
)
class UnderscoresOfOwnNameDropped(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given) if "functionName" in given else skill.name.strip("_")


@subtle("A function's own name that begins with a digit gets an underscore before it.", "AST-TOOL-NAME-FALLBACK")
class OwnNameWithDigitMarked(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given or not name[0].isdigit() else f"_{name}"


@subtle(
    "Words of a function's own name that are joined by double underscores or dashes lose one.", "AST-TOOL-NAME-FALLBACK"
)
class JoinsOfOwnNameSimplified(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given else re.sub("([_-])[_-]+", r"\1", name)


@subtle("A function's own name of more than 40 characters is cut.", "AST-TOOL-NAME-FALLBACK")
class LongOwnNameCut(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given else name[:40]
