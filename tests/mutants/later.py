"""Defects that show only in later skills, rounds and prompts, for long texts, or on Azure OpenAI."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.mutant import mutant

HISTORY, SAME = "AST-CONVERSATION-HISTORY", "AST-CONVERSATION-RETRY-SAME"


# Later skills, rounds and prompts, and Azure OpenAI


@mutant(
    "On Azure OpenAI the history is forgotten.",
    fails={HISTORY: ["whole-conversation-on-azure"], SAME: ["repeated-request-after-503"]},
)
class ForgetsTheConversationOnAzure(App):
    def prompt(self, message):
        if self.on_azure:
            self.history = []
        return super().prompt(message)


@mutant(
    "From the third prompt on the history begins with the second.", fails={HISTORY: ["prompts-of-one-*", "whole-*"]}
)
class ForgetsTheFirstOfThreePrompts(App):
    prompts = 0

    def prompt(self, message):
        self.prompts += 1
        if self.prompts > 2:  # the third
            later = [number for number, one in enumerate(self.history) if one["role"] == "user"][1]
            self.history = self.history[later:]
        return super().prompt(message)


@mutant(
    "On Azure OpenAI the calls of a prompt before are dropped.",
    fails={HISTORY: ["whole-conversation-on-azure"], SAME: ["repeated-request-after-503"]},
)
class ForgetsCallsOnAzure(App):
    def finish(self, turn, reply):
        said = turn if not self.on_azure else [one for one in turn if one["role"] == "user"]
        return super().finish(said, reply)


@mutant(
    "The third skill's description is cut at its first line.",
    fails={"AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"]},
)
class CutsTheThirdDescription(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text.splitlines()[0] if self.skills.index(skill) == 2 else text  # the third


@mutant(
    "The parameters of later skills lose their definitions.",
    fails={"AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"]},
)
class DropsDefinitionsOfLaterSkills(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        if skill is self.skills[0]:
            return function
        bare = {key: value for key, value in function["parameters"].items() if key not in {"$defs", "title"}}
        return {**function, "parameters": bare}


@mutant(
    "After about fifty messages the assistant stops, and leaves calls unanswered (shipped extension).",
    fails={"AST-CONVERSATION-PARALLEL": ["fifty-calls-answered"]},
)
class StopsAfterFiftyMessages(App):
    def send(self, messages):
        reply = super().send(messages)
        return {"role": "assistant", "content": "That is enough."} if len(messages) > 50 else reply


@mutant(
    "The arguments of a later round are repeated as nothing.",
    fails={
        "AST-CONVERSATION-REPLAY": ["text-beside-a-call-repeated"],
        HISTORY: ["whole-conversation-on-*"],
    },
)
class ForgetsArgumentsOfLaterRounds(App):
    rounds = 0

    def ask(self, message):
        self.rounds = 0
        return super().ask(message)

    def replay(self, reply, answers):
        self.rounds += 1
        if self.rounds > 1 or self.history:
            for call in reply["tool_calls"]:
                call["function"]["arguments"] = "{}"
        return super().replay(reply, answers)


# What a function gets


@mutant(
    "A date in a text is written as .NET shows it (shipped extension).",
    fails={
        "AST-CONVERSATION-ARGUMENT": ["argument-unchanged-text-of-a-date"],
    },
)
class ReformatsDates(App):
    def invoke(self, skill, argument):
        found = (
            re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z", argument) if isinstance(argument, str) else None
        )
        return super().invoke(skill, "{1}/{2}/{0} {3}".format(*found.groups()) if found else argument)


@mutant(
    "A missing argument is 0 or false (shipped extension).",
    fails={
        "AST-CONVERSATION-ARGUMENT-MISSING": ["argument-missing-of-type-integer", "argument-missing-of-type-boolean"],
    },
)
class HandsOverDefaults(App):
    def argument_of(self, skill, arguments):
        defaults = {"integer": 0, "number": 0.0, "boolean": False}
        return arguments.get(skill.argument.name, defaults.get(skill.argument.type))


@mutant("A text of null is taken for null.", fails={"AST-CONVERSATION-ARGUMENT": ["argument-unchanged-text-of-null"]})
class TakesTheTextOfNullForNull(App):
    def argument_of(self, skill, arguments):
        argument = super().argument_of(skill, arguments)
        return None if argument == "null" else argument


@mutant("A long text is cut.", fails={"AST-CONVERSATION-ARGUMENT": ["argument-unchanged-long-text"]})
class CutsLongArguments(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, argument[:16_000] if isinstance(argument, str) else argument)


@mutant("A long prompt is cut.", fails={"AST-CONVERSATION-ANSWER": ["prompt-answered-long"]})
class CutsLongPrompts(App):
    def prompt(self, message):
        return super().prompt(message[:16_000])
