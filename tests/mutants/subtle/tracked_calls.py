"""Calls: how they are told apart, run, failed and repeated to the model."""

from __future__ import annotations

import json
from collections import Counter
from itertools import starmap
from operator import itemgetter

from mutants.base import App
from mutants.subtle.subtle import subtle


class Retelling(App):
    """Repeats the model's calls with arguments that went through `retold`."""

    def replay(self, reply, answers):
        calls = [{**call, "function": self.retold(**call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def retold(self, name, arguments):
        return {"name": name, "arguments": arguments}


@subtle(
    "When a reply makes the very calls of the one before, none is run.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-CALL",
)
class RepeatedUsageForbidden(App):
    def __init__(self, context):
        super().__init__(context)
        self.previous = []

    def answers(self, calls):
        previous, self.previous = self.previous, [call["function"] for call in calls]
        if previous == self.previous:
            return [self.tool_message(call, "I tried reusing the same input, I must stop.") for call in calls]
        return super().answers(calls)


@subtle("When one of several calls fails, those behind it are not run.", "AST-CONVERSATION-PARALLEL")
class GatherCancelsSiblings(App):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def answers(self, calls):
        self.failed = False
        return [
            self.tool_message(call, "cancelled" if self.failed else self.answer(**call["function"])) for call in calls
        ]


@subtle(
    "When one function is called twice in a reply, it gets the later arguments both times.", "AST-CONVERSATION-PARALLEL"
)
class ClosureBindsLastArguments(App):
    def answers(self, calls):
        latest = {call["function"]["name"]: call["function"]["arguments"] for call in calls}
        named = [(call, call["function"]["name"]) for call in calls]
        return [self.tool_message(call, self.answer(name, latest[name])) for call, name in named]


@subtle(
    "When the ids of a reply's calls are not in order, results are told under others' ids.", "AST-CONVERSATION-PARALLEL"
)
class ResultsZippedWithSortedIds(App):
    def answers(self, calls):
        contents = [self.answer(**call["function"]) for call in calls]
        ordered = sorted(calls, key=itemgetter("id"))
        return list(starmap(self.tool_message, zip(ordered, contents, strict=True)))


@subtle(
    "When one of several calls is of no skill, none of them is run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-UNKNOWN",
)
class UnknownToolSpoilsBatch(App):
    def answers(self, calls):
        try:
            for call in calls:
                self.find(call["function"]["name"])
        except LookupError as error:
            return [self.tool_message(call, self.word_failure(call["function"]["name"], error)) for call in calls]
        return super().answers(calls)


@subtle(
    "When a function fails for the second time in a prompt, the prompt ends in an error.", "AST-CONVERSATION-FAILURE"
)
class ToolRetriesExceeded(App):
    def __init__(self, context):
        super().__init__(context)
        self.failures = Counter()

    def prompt(self, message):
        self.failures.clear()
        return super().prompt(message)

    def word_failure(self, name, error):
        self.failures[name] += 1
        if self.failures[name] > 1:
            raise RuntimeError(f"{name} exceeded its retries") from error
        return super().word_failure(name, error)


@subtle("When a function raises a TypeError, it is called once more by keyword.", "AST-CONVERSATION-ONCE")
class TypeErrorTriesKeywords(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except TypeError:
            return skill.handler(**{skill.argument.name: argument})


@subtle(
    "When a function lacks a file or a right, its error is taken for the app's and ends the prompt.",
    "AST-CONVERSATION-FAILURE",
)
class OperatingSystemErrorsBubble(App):
    def word_failure(self, name, error):
        if isinstance(error, OSError):
            raise error
        return super().word_failure(name, error)


@subtle(
    "When the arguments of a call hold a big integer, it is rounded where they are repeated.", "AST-CONVERSATION-REPLAY"
)
class ReplayThroughDoubles(Retelling):
    def retold(self, name, arguments):
        try:
            parsed = json.loads(arguments, parse_int=lambda digits: int(float(digits)))
        except ValueError:
            return super().retold(name, arguments)
        return super().retold(name, json.dumps(parsed))


@subtle("When a call has arguments that the function has not, they are not repeated.", "AST-CONVERSATION-REPLAY")
class ReplayOfValidatedArguments(Retelling):
    def retold(self, name, arguments):
        try:
            known, parsed = self.find(name).argument.name, self.read_arguments(arguments)
        except (ValueError, TypeError, LookupError):
            return super().retold(name, arguments)
        return super().retold(name, json.dumps({known: parsed[known]}) if known in parsed else arguments)


@subtle("When a call's arguments are an empty text, an object is repeated in place of a text.", "AST-SERVICE-MESSAGES")
class EmptyArgumentsRetoldAsObject(Retelling):
    def retold(self, name, arguments):
        return super().retold(name, arguments or {})
