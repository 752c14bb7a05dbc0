"""Slips in tools: which are offered when, under which settings, and with what description."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When two skills have the same description, only the later one is offered, as tools are keyed by it.",
    "AST-TOOL-OFFERED",
)
class ToolsKeyedByDescription(App):
    def tools(self):
        return list({tool["function"]["description"]: tool for tool in super().tools()}.values())


@subtle(
    "When an app has more than twenty skills, only the first page of twenty is offered.",
    "AST-TOOL-OFFERED",
    surfaces=("java",),
)
class FirstPageOfTools(App):
    def tools(self):
        return super().tools()[:20]


@subtle(
    "When an app has no skills, tool_choice is sent without tools, which the service refuses.",
    "AST-TOOL-NONE",
    surfaces=("csharp-isolated",),
)
class ToolChoiceWithoutTools(App):
    def body(self, messages):
        return {**super().body(messages), "tool_choice": "auto"}


@subtle(
    "When a prompt has taken five rounds of calls, the model is forbidden to call another skill.",
    "AST-TOOL-CALLABLE",
    "AST-CONVERSATION-ROUNDS",
)
class AnswerForcedAfterFiveRounds(App):
    def body(self, messages):
        rounds = 0
        for message in messages:
            rounds = 0 if message["role"] == "user" else rounds + ("tool_calls" in message)
        return {**super().body(messages), **({"tool_choice": "none"} if rounds >= 5 and self.skills else {})}


@subtle(
    "When a description has two percent signs, as in 10% or 20%, the text between is taken for a setting and refused.",
    "AST-TOOL-DESCRIPTION",
    "AST-DECLARATION-PARAMETERS",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class EveryFieldResolved(App):
    def read(self, trigger):
        given = super().read(trigger)
        return {field: self.resolve(text) if "escription" in field else text for field, text in given.items()}


@subtle(
    "When a description contains braces, they are taken for placeholders, and the declaration is refused or changed.",
    "AST-TOOL-DESCRIPTION",
)
class DescriptionsFormatted(App):
    def read(self, trigger):
        given = super().read(trigger)
        if "functionDescription" in given:
            given["functionDescription"] = given["functionDescription"].format(**self.settings)
        return given


@subtle(
    "When a description mentions a word such as $filter, it is expanded as a variable and vanishes.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("powershell",),
)
class VariablesInDescriptions(App):
    def description_of(self, skill):
        return re.sub(r"\$([A-Za-z_]\w*)", lambda match: self.settings.get(match[1], ""), super().description_of(skill))


@subtle(
    "When a description is longer than 1024 characters, it is cut off there.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("javascript",),
)
class DescriptionsCutAtOneKilobyte(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text if len(text) <= 1024 else text[:1021] + "..."


@subtle(
    "When a skill has failed, it is not offered again for the rest of the prompt.",
    "AST-TOOL-EVERY-ROUND",
    "AST-TOOL-OFFERED",
)
class FailedSkillWithdrawn(App):
    def ask(self, message):
        self.failed = set()
        return super().ask(message)

    def word_failure(self, name, error):
        self.failed.add(name.lower())
        return super().word_failure(name, error)

    def tools(self):
        return [tool for tool in super().tools() if tool["function"]["name"].lower() not in self.failed]
