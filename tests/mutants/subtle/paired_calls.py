"""Calls and their arguments that go wrong only where two ordinary things come together."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "A call of a later prompt that equals one of an earlier prompt is answered from memory.", "AST-CONVERSATION-CALL"
)
class OldCallRecalled(App):
    def prompt(self, message):
        self.past = {**getattr(self, "past", {}), **getattr(self, "present", {})}
        self.present = {}
        return super().prompt(message)

    def answer(self, name, arguments):
        if (name, arguments) not in self.past:
            self.present[name, arguments] = super().answer(name, arguments)
            return self.present[name, arguments]
        return self.past[name, arguments]


@subtle("From the second round on, the results of several calls go to one another's ids.", "AST-CONVERSATION-PARALLEL")
class LateIdsRotated(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def answers(self, calls):
        self.rounds += 1
        told = super().answers(calls)
        ids = [call["id"] for call in calls]
        if self.rounds > 1:
            ids = [*ids[1:], ids[0]]
        return [{**message, "tool_call_id": own} for message, own in zip(told, ids, strict=True)]


@subtle(
    "In a later prompt, two calls of one function in one reply are both answered with the last result.",
    "AST-CONVERSATION-PARALLEL",
)
class EncoreTwinsShare(App):
    def answers(self, calls):
        told = super().answers(calls)
        if self.history:
            by_name = {call["function"]["name"]: message["content"] for call, message in zip(calls, told, strict=True)}
            for call, message in zip(calls, told, strict=True):
                message["content"] = by_name[call["function"]["name"]]
        return told


@subtle(
    "A call that lacks its argument gets that of a call before it in the same reply.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class SiblingFillsGap(App):
    def answers(self, calls):
        self.given = {}
        return super().answers(calls)

    def argument_of(self, skill, arguments):
        self.given.update(arguments)
        return super().argument_of(skill, self.given)


@subtle("A missing array or object is made an empty one.", "AST-CONVERSATION-ARGUMENT-MISSING")
class CollectionGapEmpty(App):
    def argument_of(self, skill, arguments):
        empty = {"array": [], "object": {}}.get(skill.argument.type)
        return arguments.get(skill.argument.name, empty)


@subtle(
    "A skill that takes an object gets all the arguments if there are extra ones.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class ObjectWithBaggage(App):
    def argument_of(self, skill, arguments):
        if skill.argument.type == "object" and len(arguments) > 1:
            return arguments
        return super().argument_of(skill, arguments)


@subtle("A text argument that is a number is parsed from the second call of a reply on.", "AST-CONVERSATION-ARGUMENT")
class SecondCallDigitsParsed(App):
    def answers(self, calls):
        self.calls = 0
        return super().answers(calls)

    def argument_of(self, skill, arguments):
        self.calls += 1
        value = super().argument_of(skill, arguments)
        if self.calls > 1 and isinstance(value, str) and value.strip().isdigit() and value.isascii():
            return int(value)
        return value


@subtle("A null that is given for a text argument becomes an empty text.", "AST-CONVERSATION-ARGUMENT")
class TextNullBlanked(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return "" if value is None and skill.argument.type == "string" else value


@subtle("On Azure, extra arguments are missing from the call that is repeated to the model.", "AST-CONVERSATION-REPLAY")
class AzureExtrasScrubbed(App):
    def replay(self, reply, answers):
        said, *rest = super().replay(reply, answers)
        if self.on_azure:
            said["tool_calls"] = [self.scrub(call) for call in said["tool_calls"]]
        return [said, *rest]

    def scrub(self, call):
        try:
            skill = self.find(call["function"]["name"])
            arguments = self.read_arguments(call["function"]["arguments"])
        except (LookupError, TypeError, ValueError):
            return call
        kept = {name: value for name, value in arguments.items() if name == skill.argument.name}
        if not kept:
            return call
        return {**call, "function": {**call["function"], "arguments": json.dumps(kept)}}
