"""Names of skills: how they are cleaned, resolved and found again."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When a name has a space before or behind it, that is removed instead of refused.", "AST-DECLARATION-NAME-FORM")
class NamePaddingSwallowed(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given).strip()


@subtle(
    "When a skill's name has a dash, what stands before it is taken for a plugin, and its calls fail.",
    "AST-CONVERSATION-CALL",
)
class PluginPrefixSplitAtDash(App):
    def find(self, name):
        return super().find(name.rpartition("-")[2])


@subtle(
    "When a skill has the name that is another function's own, a call of it runs the other function.",
    "AST-CONVERSATION-CALL",
)
class OwnNameWinsOverToolName(App):
    def find(self, name):
        named = super().find(name)
        return next((skill for skill in self.skills if skill.function.lower() == name.lower()), named)


@subtle(
    "When the model calls a skill with an underscore or dash too many or too few, it runs.", "AST-CONVERSATION-UNKNOWN"
)
class CallRepairForgivesSeparators(App):
    def find(self, name):
        try:
            return super().find(name)
        except LookupError:
            bare = {re.sub("[_-]", "", skill.name).lower(): skill for skill in self.skills}
            return bare[re.sub("[_-]", "", name).lower()]


@subtle("When the model calls multi_tool_use.parallel, the call is left unanswered.", "AST-CONVERSATION-UNKNOWN")
class ParallelWrapperSkipped(App):
    def answers(self, calls):
        return super().answers([call for call in calls if not call["function"]["name"].startswith("multi_tool_use.")])


@subtle("When a function name has two settings in it, they are taken for one.", "AST-TOOL-NAME-SETTING")
class PercentPairMatchedGreedily(App):
    def resolve(self, name):
        return re.sub("%(.+)%", lambda match: self.settings[match[1]], name)


@subtle(
    "When the setting in a function name has two underscores in its own, it is not found.",
    "AST-TOOL-NAME-SETTING",
    surfaces=("csharp-inprocess",),
)
class ConfigurationSectionsHideSetting(App):
    def resolve(self, name):
        sections = {setting.replace("__", ":"): value for setting, value in self.settings.items()}
        return re.sub("%([^%]+)%", lambda match: sections[match[1]], name)


@subtle(
    "When two skills are called by names that begin alike, the first that begins so is taken.",
    "AST-CONVERSATION-CALL",
)
class ToolFoundByPrefix(App):
    def find(self, name):
        super().find(name)
        return next(skill for skill in self.skills if name.lower().startswith(skill.name.lower()))
