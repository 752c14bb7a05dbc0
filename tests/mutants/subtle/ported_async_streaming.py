"""Slips of a port to asyncio and to streamed answers."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When one of several calls at once fails, results are answered under the ids of others.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT",
)
class ErrorsGatheredLast(App):
    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def answers(self, calls):
        done, errors = [], []
        for call in calls:
            self.failed = False
            text = self.answer(**call["function"])
            (errors if self.failed else done).append(text)
        return [self.tool_message(call, text) for call, text in zip(calls, [*done, *errors], strict=True)]


@subtle(
    "When one of several calls at once fails, those after it are not run (FIRST_EXCEPTION).",
    "AST-CONVERSATION-PARALLEL",
)
class CallsCancelledByAFailure(App):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def invoke(self, skill, argument):
        if self.failed:
            raise RuntimeError("cancelled")
        return super().invoke(skill, argument)

    def answers(self, calls):
        self.failed = False
        return super().answers(calls)


@subtle(
    "When a function has raised, later calls of it are refused as busy (a lock is not released).",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class LockedAfterAFailure(App):
    def invoke(self, skill, argument):
        busy = self.__dict__.setdefault("busy", set())
        if skill.name in busy:
            raise RuntimeError("busy")
        busy.add(skill.name)
        result = super().invoke(skill, argument)
        busy.remove(skill.name)
        return result


@subtle(
    "When an answer has several choices, their texts are joined (deltas are not told apart by index).",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class DeltasOfAllChoices(App):
    def receive(self, response):
        message = super().receive(response)
        if message["content"]:
            choices = json.loads(response.content)["choices"]
            message["content"] = "".join(choice["message"]["content"] or "" for choice in choices)
        return message


@subtle(
    "When the model says something beside its calls, the text is the answer and the functions do not run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-PARALLEL",
)
class TextBeforeCallsEndsTheStream(App):
    def receive(self, response):
        message = super().receive(response)
        return {**message, "tool_calls": []} if message["content"] else message


@subtle(
    "When a text in the arguments contains an unmatched brace, the call fails (braces are counted to see the end).",
    "AST-CONVERSATION-ARGUMENT",
)
class BracesCountedInTexts(App):
    def read_arguments(self, text):
        depth = 0
        for place, letter in enumerate(text):
            depth += (letter == "{") - (letter == "}")
            if letter == "}" and depth == 0:
                return super().read_arguments(text[: place + 1])
        return super().read_arguments(text)


@subtle(
    "When the answer is longer than 512 bytes, a character on the border of two chunks is lost.",
    "AST-CONVERSATION-ANSWER",
)
class ChunksDecodedAlone(App):
    def finish(self, turn, reply):
        data = super().finish(turn, reply).encode()
        return "".join(data[at : at + 512].decode(errors="ignore") for at in range(0, len(data), 512))


@subtle(
    "When a function raises StopIteration, its call and those after it are not answered (it ends the map).",
    "AST-CONVERSATION-FAILURE",
    "AST-SERVICE-MESSAGES",
)
class StopIterationEndsTheMap(App):
    def word_failure(self, name, error):
        if isinstance(error, StopIteration):
            raise error
        return super().word_failure(name, error)

    def answers(self, calls):
        return list(map(self.answer_to, calls))

    def answer_to(self, call):
        return self.tool_message(call, self.answer(**call["function"]))


@subtle(
    "When the last call of a reply has no arguments at all, it is not answered.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-SERVICE-MESSAGES",
)
class FlushedByArguments(App):
    def answers(self, calls):
        last = len(calls) - 1
        return super().answers([call for at, call in enumerate(calls) if at < last or call["function"]["arguments"]])
