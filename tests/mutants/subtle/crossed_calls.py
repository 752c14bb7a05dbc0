"""Calls that come together with others, after others, or in unusual words."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class Failing(App):
    """Remembers the failures that the model was told of."""

    failures = ()

    def word_failure(self, name, error):
        self.failures += (super().word_failure(name, error),)
        return self.failures[-1]


@subtle(
    "When one of several calls of a reply is malformed, none of them is run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class AllArgumentsReadFirst(App):
    def answers(self, calls):
        try:
            for call in calls:
                self.read_arguments(call["function"]["arguments"])
        except (ValueError, TypeError) as error:
            return [self.tool_message(call, self.word_failure(call["function"]["name"], error)) for call in calls]
        return super().answers(calls)


@subtle(
    "When a call fails before another succeeds, the two are answered under each other's ids.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-FAILURE",
)
class FailuresAnsweredLast(Failing):
    def answers(self, calls):
        contents = [self.answer(**call["function"]) for call in calls]
        contents.sort(key=lambda content: content in self.failures)
        return [self.tool_message(call, content) for call, content in zip(calls, contents, strict=True)]


@subtle(
    "When an unknown function is called beside a known one, its call is left out, and the model is not told.",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-REPLAY",
)
class UnknownBesideKnownDropped(App):
    def replay(self, reply, answers):
        names = {skill.name.lower() for skill in self.skills}
        calls = [call for call in reply["tool_calls"] if call["function"]["name"].lower() in names] or reply[
            "tool_calls"
        ]
        ids = {call["id"] for call in calls}
        kept = [answer for answer in answers if answer["tool_call_id"] in ids]
        return super().replay({**reply, "tool_calls": calls}, kept)


@subtle(
    "When one of several calls has no result, it is not answered.",
    "AST-CONVERSATION-RESULT-NONE",
    "AST-SERVICE-MESSAGES",
)
class NoResultBesideOthers(App):
    def word_result(self, result):
        return "" if result is None else super().word_result(result)

    def answers(self, calls):
        answers = super().answers(calls)
        return [answer for answer in answers if answer["content"]] or answers


@subtle(
    "When a call failed once, the same call is not run again, and the failure is repeated.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ROUNDS",
)
class FailureRemembered(Failing):
    def __init__(self, context):
        super().__init__(context)
        self.failed = {}

    def answer(self, name, arguments):
        if (name, arguments) in self.failed:
            return self.failed[name, arguments]
        content = super().answer(name, arguments)
        if content in self.failures:
            self.failed[name, arguments] = content
        return content


@subtle(
    "When the model calls unknown functions for the third time in a conversation, the prompt ends in an error.",
    "AST-CONVERSATION-UNKNOWN",
)
class ThreeStrikes(App):
    strikes = 0

    def word_failure(self, name, error):
        self.strikes += isinstance(error, LookupError) and "there is no function" in str(error)
        if self.strikes == 3:
            raise RuntimeError("the model keeps inventing functions")
        return super().word_failure(name, error)


@subtle(
    "When the model, having seen results, calls again and says something beside it, the calls are not run.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-ANSWER",
)
class TextEndsLaterRound(App):
    def send(self, messages):
        reply = super().send(messages)
        ends = reply["content"] and messages[-1]["role"] == "tool"
        return {**reply, "tool_calls": []} if ends else reply
