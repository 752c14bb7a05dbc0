"""Slips in calls: which function is found, how often it runs, and how its failure is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a skill's name is the own name of another skill's function, a call of it runs that other function.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-UNKNOWN",
)
class OwnNamesFoundFirst(App):
    def find(self, name):
        own = [skill for skill in self.skills if skill.function.lower() == name.lower()]
        return own[0] if own else super().find(name)


@subtle(
    "When a skill's name begins with that of a skill declared before, a call of it runs the earlier one.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-UNKNOWN",
    surfaces=("javascript",),
)
class NamesFoundByBeginning(App):
    def find(self, name):
        found = [skill for skill in self.skills if name.lower().startswith(skill.name.lower())]
        return found[0] if found else super().find(name)


@subtle(
    "When one of several calls in a reply fails, all of them are run once more.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-FAILURE",
)
class BatchRunAgainAfterFailure(App):
    def answers(self, calls):
        self.failed = False
        answers = super().answers(calls)
        return super().answers(calls) if self.failed and len(calls) > 1 else answers

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)


@subtle(
    "When a call has arguments that the function does not have, the repeated message lacks them.",
    "AST-CONVERSATION-REPLAY",
    surfaces=("csharp-isolated",),
)
class ReplayOfKnownArguments(App):
    def replay(self, reply, answers):
        calls = [{**call, "function": self.known(**call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def known(self, name, arguments):
        try:
            argument, given = self.find(name).argument.name, self.read_arguments(arguments)
        except (LookupError, TypeError, ValueError):
            return {"name": name, "arguments": arguments}
        return {"name": name, "arguments": json.dumps({argument: given[argument]} if argument in given else {})}


@subtle(
    "When the same call comes a third time in a row, as in polling, it is taken for a loop and not run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ROUNDS",
)
class PollingTakenForLoop(App):
    def __init__(self, context):
        super().__init__(context)
        self.recent = []

    def answer(self, name, arguments):
        self.recent = [*self.recent[-2:], (name, arguments)]
        if len(self.recent) == 3 and len(set(self.recent)) == 1:
            return self.word_failure(name, RuntimeError("the same call again"))
        return super().answer(name, arguments)


@subtle(
    "When a function raises a connection or timeout error, it is run again, as if the service had failed.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-FAILURE",
    surfaces=("python", "powershell"),
)
class FunctionErrorsTakenForServiceFaults(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except (ConnectionError, TimeoutError):
            return super().invoke(skill, argument)


@subtle(
    "When a function raises a type error, it is run again with the text of its argument.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-FAILURE",
)
class TypeErrorsCalledAgainWithText(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except TypeError:
            return super().invoke(skill, json.dumps(argument))


@subtle(
    "When a function raises a lookup error, the model is told that it succeeded without a result.",
    "AST-CONVERSATION-FAILURE",
)
class LookupErrorMeansNothingFound(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except LookupError:
            return None


@subtle(
    "When the text of a function's error has a percent sign, the wording of the failure fails, and so does the prompt.",
    "AST-CONVERSATION-FAILURE",
    surfaces=("python", "java"),
)
class PercentSignInErrors(App):
    def word_failure(self, name, error):
        return f"The function %s failed: {error}" % name


@subtle(
    "When a call fails, the model is told the time of the failure, so that no two conversations are the same.",
    "AST-CONVERSATION-REPEATABLE",
)
class FailuresTellTheTime(App):
    def word_failure(self, name, error):
        return f"{super().word_failure(name, error)} ({datetime.now(UTC).isoformat()})"
