"""Calls that are run, paired, or given their argument wrongly in combinations that few examples have."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def inside(change, value):
    """Apply a change to all scalars within a JSON value, not to the value itself."""
    if isinstance(value, dict):
        return {k: inside(change, v) if isinstance(v, (dict, list)) else change(v) for k, v in value.items()}
    if isinstance(value, list):
        return [inside(change, v) if isinstance(v, (dict, list)) else change(v) for v in value]
    return value


@subtle(
    "When the model uses a call's id again in a later prompt, the function does not run and its old result is sent.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-RESULT",
)
class ReusedIdAnsweredFromMemory(App):
    def answers(self, calls):
        before = {m["tool_call_id"]: m["content"] for m in self.history if m["role"] == "tool"}
        return [
            self.tool_message(c, before[c["id"]] if c["id"] in before else self.answer(**c["function"])) for c in calls
        ]


@subtle(
    "When the model repeats a call that has failed, the function does not run again and the old failure is sent.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-RESULT",
)
class FailedCallNeverTriedAgain(App):
    def answer(self, name, arguments):
        self.failures = getattr(self, "failures", {})
        self.current = (name, arguments)
        return self.failures.get(self.current) or super().answer(name, arguments)

    def word_failure(self, name, error):
        self.failures[self.current] = super().word_failure(name, error)
        return self.failures[self.current]


@subtle(
    "When a reply has more than eight calls, those after the eighth are answered without being run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-CALL",
)
class NinthParallelCallDeferred(App):
    def answers(self, calls):
        late = [self.tool_message(call, "Too many calls at once; call again.") for call in calls[8:]]
        return super().answers(calls[:8]) + late


@subtle(
    "When an unknown function is called before known ones in a reply, the answers stand under the wrong ids.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-UNKNOWN",
)
class UnknownAmongCallsShiftsAnswers(App):
    def answers(self, calls):
        names = [skill.name.lower() for skill in self.skills]
        order = sorted(calls, key=lambda call: call["function"]["name"].lower() not in names)
        texts = [self.answer(**call["function"]) for call in order]
        return [self.tool_message(call, text) for call, text in zip(calls, texts, strict=True)]


@subtle(
    "When two calls of a reply have failed, the calls after them are not run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-CALL",
)
class SecondFailureStopsBatch(App):
    failed = 0

    def answers(self, calls):
        self.failed = 0
        return super().answers(calls)

    def answer(self, name, arguments):
        return "The function was not run." if self.failed > 1 else super().answer(name, arguments)

    def word_failure(self, name, error):
        self.failed += 1
        return super().word_failure(name, error)


@subtle("When a function raises a TimeoutError, it is run a second time for the same call.", "AST-CONVERSATION-ONCE")
class TimedOutSkillRunsAgain(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except TimeoutError:
            return super().invoke(skill, argument)


@subtle(
    "When a function raises an error of the operating system, such as ConnectionError, the prompt ends in it.",
    "AST-CONVERSATION-FAILURE",
)
class ConnectionFaultOfSkillEscapes(App):
    def word_failure(self, name, error):
        if isinstance(error, OSError):
            raise error
        return super().word_failure(name, error)


@subtle(
    "When a call lacks its argument, the function gets that of its previous call.", "AST-CONVERSATION-ARGUMENT-MISSING"
)
class LackingArgumentTakesPreviousOne(App):
    def argument_of(self, skill, arguments):
        self.known = getattr(self, "known", {})
        merged = self.known.setdefault(skill.name, {})
        merged.update(arguments)
        return super().argument_of(skill, merged)


@subtle(
    "When a call has a further argument that differs from the function's in case only, the last of both is taken.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    surfaces=("csharp-isolated",),
)
class CaseBlindArgumentsLastWins(App):
    def argument_of(self, skill, arguments):
        blind = {name.lower(): value for name, value in arguments.items()}
        return blind[skill.argument.name.lower()] if skill.argument.name in arguments else None


@subtle(
    "When an argument holds a list or an object with an instant in it, that text's Z becomes +00:00.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-inprocess",),
)
class NestedInstantsReformatted(App):
    def argument_of(self, skill, arguments):
        def change(value):
            return re.sub(r"^(\d{4}-\d\d-\d\dT[\d:.]+)Z$", r"\1+00:00", value) if isinstance(value, str) else value

        return inside(change, super().argument_of(skill, arguments))


@subtle(
    "When an argument is a list of objects, the keys with underscores in them are camelCased.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("javascript",),
)
class SnakeKeysCamelledInLists(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if not isinstance(value, list):
            return value
        return [
            {re.sub("_([a-z])", lambda m: m[1].upper(), k): v for k, v in part.items()}
            if isinstance(part, dict)
            else part
            for part in value
        ]


@subtle(
    "When an object or a list in an argument holds an integer beyond 32 bits, such as milliseconds, it wraps.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("java",),
)
class NestedMillisecondsWrapped(App):
    def argument_of(self, skill, arguments):
        def change(value):
            whole = isinstance(value, int) and not isinstance(value, bool)
            return (value + 2**31) % 2**32 - 2**31 if whole else value

        return inside(change, super().argument_of(skill, arguments))


@subtle(
    "When an argument is a list of texts, those that look like numbers arrive as numbers.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("powershell",),
)
class DigitsInTextListsBecomeNumbers(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if not isinstance(value, list):
            return value
        return [int(part) if isinstance(part, str) and part.isdecimal() else part for part in value]
