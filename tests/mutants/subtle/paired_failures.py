"""Failures that are told wrongly only where two ordinary things come together."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "A function that fails in the second call of a reply, or a later one, is told with nothing.",
    "AST-CONVERSATION-FAILURE",
)
class SecondFailureMute(App):
    def answers(self, calls):
        self.done = 0
        return super().answers(calls)

    def answer(self, name, arguments):
        self.done += 1
        return super().answer(name, arguments)

    def word_failure(self, name, error):
        return "" if self.done > 1 else super().word_failure(name, error)


@subtle("A function that fails after it has succeeded is told with what it returned then.", "AST-CONVERSATION-FAILURE")
class FailureServedStale(App):
    def invoke(self, skill, argument):
        stale = self.__dict__.setdefault("stale", {})
        try:
            stale[skill.name] = super().invoke(skill, argument)
        except Exception:
            if skill.name not in stale:
                raise
        return stale[skill.name]


@subtle(
    "An unknown function that is called after the first round ends the prompt in an error.", "AST-CONVERSATION-UNKNOWN"
)
class LateStrangerFatal(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def answers(self, calls):
        self.rounds += 1
        known = [skill.name.lower() for skill in self.skills]
        if self.rounds > 1 and any(call["function"]["name"].lower() not in known for call in calls):
            raise LookupError("there is no such function")
        return super().answers(calls)


@subtle(
    "On Azure, a function that fails ends the prompt in an error if others are called beside it.",
    "AST-CONVERSATION-FAILURE",
)
class AzureBesideFailureFatal(App):
    def answers(self, calls):
        self.beside = len(calls) > 1
        return super().answers(calls)

    def word_failure(self, name, error):
        if self.on_azure and self.beside:
            raise error
        return super().word_failure(name, error)


@subtle(
    "After a function has failed, its next success in the same prompt is told as a failure.", "AST-CONVERSATION-RESULT"
)
class GrudgeAfterFailure(App):
    def prompt(self, message):
        self.grudges = set()
        return super().prompt(message)

    def word_failure(self, name, error):
        self.grudges.add(name.lower())
        return super().word_failure(name, error)

    def answer(self, name, arguments):
        grudge = name.lower() in self.grudges
        told = super().answer(name, arguments)
        return f"The function {name} failed." if grudge else told


@subtle(
    "A call of a skill with malformed arguments runs it with those of its last call, if there was one.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class MalformedRerunsLast(App):
    def answer(self, name, arguments):
        last = self.__dict__.setdefault("last", {})
        try:
            self.read_arguments(arguments)
            last[name] = arguments
        except (TypeError, ValueError):
            arguments = last.get(name, arguments)
        return super().answer(name, arguments)


@subtle(
    "A bare JSON list in place of the arguments is taken as the argument by a skill of an array.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class BareListTaken(App):
    def argument_of(self, skill, arguments):
        if isinstance(arguments, list):
            if skill.argument.type != "array":
                raise TypeError("the arguments are not an object")
            return arguments
        return super().argument_of(skill, arguments)

    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except TypeError:
            if text.lstrip().startswith("["):
                return json.loads(text)
            raise


@subtle("In an app of one skill, a call of an unknown function runs the skill.", "AST-CONVERSATION-UNKNOWN")
class SoloistStandsIn(App):
    def find(self, name):
        return self.skills[0] if len(self.skills) == 1 else super().find(name)


@subtle("If one of several calls has malformed arguments, none of them is run.", "AST-CONVERSATION-PARALLEL")
class MalformedSpoilsBatch(App):
    spoilt = False

    def answers(self, calls):
        self.spoilt = False
        for call in calls:
            try:
                self.read_arguments(call["function"]["arguments"])
            except (TypeError, ValueError):
                self.spoilt = len(calls) > 1
        return super().answers(calls)

    def invoke(self, skill, argument):
        if self.spoilt:
            raise ValueError("the calls could not be read")
        return super().invoke(skill, argument)
