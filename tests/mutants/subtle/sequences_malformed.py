"""Sequences with calls that cannot be run: malformed arguments and unknown functions, before or after good calls."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a call's arguments are malformed and the function was called before, it is run with the arguments of then.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class SeqMalformedRunsWithLastArguments(App):
    def __init__(self, context):
        super().__init__(context)
        self.readable = {}

    def answer(self, name, arguments):
        try:
            self.read_arguments(arguments)
            self.readable[name] = arguments
        except (ValueError, TypeError):
            arguments = self.readable.get(name, arguments)
        return super().answer(name, arguments)


@subtle(
    "When an unknown function is called behind a known one in the same reply, the known one's function is run for it.",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-ONCE",
)
class SeqUnknownRunsFunctionBefore(App):
    def answers(self, calls):
        self.skill = None
        return super().answers(calls)

    def find(self, name):
        for skill in self.skills:
            if skill.name.lower() == name.lower():
                self.skill = skill
        return self.skill or super().find(name)


@subtle(
    "When malformed arguments follow a good call in the same reply, the good call is sent back with an object in place "
    "of its arguments' text.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-REPLAY",
)
class SeqHalfParsedCallsReplayed(App):
    def answers(self, calls):
        told = super().answers(calls)
        texts = [call["function"]["arguments"] for call in calls]
        try:
            for call in calls:
                call["function"]["arguments"] = self.read_arguments(call["function"]["arguments"])
        except (ValueError, TypeError):
            return told
        for call, text in zip(calls, texts, strict=True):
            call["function"]["arguments"] = text
        return told


@subtle(
    "When a reply calls an unknown function before known ones, every result is sent for the call before its own.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-PARALLEL",
)
class SeqUnknownShiftsResults(App):
    def answers(self, calls):
        names = [skill.name.lower() for skill in self.skills]
        known = [call for call in calls if call["function"]["name"].lower() in names]
        unknown = [call for call in calls if call not in known]
        contents = [self.answer(**call["function"]) for call in [*known, *unknown]]
        return [self.tool_message(call, content) for call, content in zip(calls, contents, strict=True)]


@subtle(
    "When arguments are malformed for the second time in a conversation, the function is run with their text.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class SeqSecondMalformedPassedAsText(App):
    lenient = False

    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except (ValueError, TypeError):
            if self.lenient:
                return text
            self.lenient = True
            raise

    def argument_of(self, skill, arguments):
        return arguments if isinstance(arguments, str) else super().argument_of(skill, arguments)


@subtle(
    "When arguments were malformed, those of the following calls of the prompt count as malformed too.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-CALL",
)
class SeqMalformedTextKeptInBuffer(App):
    def prompt(self, message):
        self.buffer = ""
        return super().prompt(message)

    def read_arguments(self, text):
        self.buffer += text
        arguments = super().read_arguments(self.buffer)
        self.buffer = ""
        return arguments


@subtle(
    "When a prompt had a call with malformed arguments, later prompts are sent with that call but without its answer.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class SeqMalformedCallArchivedWithoutResult(App):
    def finish(self, turn, reply):
        run = set()
        for call in [call for said in turn for call in said.get("tool_calls", [])]:
            try:
                json.loads(call["function"]["arguments"] or "{}")
                run.add(call["id"])
            except ValueError:
                continue
        return super().finish([said for said in turn if said["role"] != "tool" or said["tool_call_id"] in run], reply)
