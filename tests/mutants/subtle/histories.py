"""Conversations of which something is forgotten or changed later on."""

from __future__ import annotations

import html

from mutants.base import App
from mutants.subtle.subtle import subtle

HISTORY = "AST-CONVERSATION-HISTORY"


def begins(messages):
    """List where the prompts stand."""
    return [index for index, message in enumerate(messages) if message["role"] == "user"]


class RememberingApp(App):
    """An app that remembers a turn otherwise than it was."""

    def finish(self, turn, reply):
        before = len(self.history)
        text = super().finish(turn, reply)
        self.history[before:] = self.remember(self.history[before:])
        return text


class RewordingApp(RememberingApp):
    """An app that remembers some messages in other words."""

    def remember(self, turn):
        return [self.reword(message) if self.concerns(message) else message for message in turn]


@subtle("From the fourth prompt on, the first one and what belongs to it is forgotten.", HISTORY)
class KeepsThreePrompts(App):
    def send(self, messages):
        starts = begins(messages)
        return super().send(messages[starts[-3] :] if len(starts) > 3 else messages)


@subtle("From the eighth prompt on, what lies between the first and the last few is forgotten.", HISTORY)
class ForgetsTheMiddle(App):
    def send(self, messages):
        starts = begins(messages)
        return super().send([*messages[: starts[1]], *messages[starts[-4] :]] if len(starts) > 7 else messages)


@subtle("Of more than 20 messages the oldest turns are forgotten.", HISTORY)
class KeepsTwentyMessages(App):
    def send(self, messages):
        fitting = [start for start in begins(messages) if len(messages) - start <= 20]
        return super().send(messages[fitting[0] if fitting else 0 :])


@subtle("Of more than 10000 characters the oldest turns are forgotten.", HISTORY)
class KeepsTenThousandCharacters(App):
    def send(self, messages):
        def length(start):
            return sum(len(message["content"] or "") for message in messages[start:])

        starts = begins(messages)
        return super().send(messages[next((one for one in starts if length(one) <= 10000), starts[-1]) :])


@subtle("A turn in which a function raised is forgotten.", HISTORY)
class ForgetsFailedTurns(RememberingApp):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def remember(self, turn):
        failed, self.failed = self.failed, False
        return [] if failed else turn


@subtle("After a request that was refused, the conversation begins anew.", HISTORY, "AST-CONVERSATION-RECOVERY")
class ForgetsAfterRefusals(App):
    def fail(self, response):
        self.history = []
        return super().fail(response)


@subtle("When a prompt is repeated, its earlier turn is forgotten.", HISTORY)
class ForgetsRepeatedPrompts(App):
    def prompt(self, message):
        asked = super().prompt(message)
        if asked in self.history:
            start = self.history.index(asked)
            end = next((one for one in begins(self.history) if one > start), len(self.history))
            del self.history[start:end]
        return asked


@subtle("A prompt that equals the one before it gets the same response, without the model.", "AST-CONVERSATION-ANSWER")
class AnswersRepeatedPrompts(App):
    def ask(self, message):
        starts = begins(self.history)
        if starts and self.history[starts[-1]]["content"] == message:
            return self.history[-1]["content"]
        return super().ask(message)


@subtle("A response that equals an earlier one is not remembered again.", HISTORY)
class RemembersResponsesOnce(RememberingApp):
    def remember(self, turn):
        return turn[:-1] if turn[-1] in self.history[: -len(turn)] else turn


@subtle("Responses are remembered without blanks around them.", HISTORY)
class TrimsRememberedResponses(RewordingApp):
    def concerns(self, message):
        return message["role"] == "assistant" and bool(message["content"])

    def reword(self, message):
        return {**message, "content": message["content"].strip()}


@subtle("Prompts are remembered without blanks around them.", HISTORY)
class TrimsRememberedPrompts(RewordingApp):
    def concerns(self, message):
        return message["role"] == "user"

    def reword(self, message):
        return {**message, "content": message["content"].strip()}


@subtle("A response of more than 2000 characters is remembered by its beginning.", HISTORY)
class ShortensRememberedResponses(RewordingApp):
    def concerns(self, message):
        return message["role"] == "assistant" and len(message["content"] or "") > 2000

    def reword(self, message):
        return {**message, "content": message["content"][:2000]}


@subtle("A result of more than 500 characters is remembered by its beginning.", HISTORY)
class ShortensRememberedResults(RewordingApp):
    def concerns(self, message):
        return message["role"] == "tool" and len(message["content"]) > 500

    def reword(self, message):
        return {**message, "content": message["content"][:500]}


@subtle("A response with the signs of HTML is remembered escaped.", HISTORY)
class EscapesRememberedResponses(RewordingApp):
    def concerns(self, message):
        return message["role"] == "assistant" and bool(message["content"])

    def reword(self, message):
        return {**message, "content": html.escape(message["content"], quote=False)}


@subtle("A response that is empty is not remembered, nor is its prompt.", HISTORY)
class ForgetsEmptyResponses(RememberingApp):
    def remember(self, turn):
        return turn if turn[-1]["content"] else []


@subtle("A prompt that is blank is not remembered, nor is its response.", HISTORY)
class ForgetsBlankPrompts(RememberingApp):
    def remember(self, turn):
        return turn if turn[0]["content"].strip() else []


@subtle("Of a turn with several rounds of calls the last round is remembered.", HISTORY)
class RemembersTheLastRound(RememberingApp):
    def remember(self, turn):
        rounds = [index for index, message in enumerate(turn) if "tool_calls" in message]
        return [turn[0], *turn[rounds[-1] :]] if rounds else turn


@subtle(
    "Of a turn with calls only the prompt and the response are remembered, once there are three such turns.",
    HISTORY,
)
class ForgetsOlderCalls(App):
    def send(self, messages):
        starts = begins(messages)
        old = starts[-3] if len(starts) > 2 else 0
        kept = [one for one in messages[:old] if one["role"] != "tool" and "tool_calls" not in one]
        return super().send([*kept, *messages[old:]])


@subtle("A text beside a call is forgotten when the turn is over.", HISTORY)
class ForgetsTextBesideCalls(RewordingApp):
    def concerns(self, message):
        return bool(message.get("tool_calls") and message["content"])

    def reword(self, message):
        return {**message, "content": None}


@subtle("Arguments of more than 200 characters are forgotten when the turn is over.", HISTORY)
class ForgetsLongArguments(RewordingApp):
    def concerns(self, message):
        return "tool_calls" in message

    def reword(self, message):
        return {**message, "tool_calls": [self.shorten(call) for call in message["tool_calls"]]}

    def shorten(self, call):
        function = call["function"]
        return call if len(function["arguments"]) <= 200 else {**call, "function": {**function, "arguments": "{}"}}


@subtle("A turn in which the model called a function that is not a skill is forgotten.", HISTORY)
class ForgetsTurnsWithUnknownCalls(RememberingApp):
    def remember(self, turn):
        names = {call["function"]["name"].lower() for one in turn for call in one.get("tool_calls", ())}
        return turn if names <= {skill.name.lower() for skill in self.skills} else []
