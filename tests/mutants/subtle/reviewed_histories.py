"""Slips in conversations: what is remembered of a prompt, and what is returned for it."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a user says the same twice, or the model answers the same twice, the later message is not sent.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-ANSWER",
)
class RepeatedMessagesDropped(App):
    def send(self, messages):
        return super().send([message for index, message in enumerate(messages) if message not in messages[:index]])


@subtle(
    "When a user gives the same prompt again, the earlier answer is returned without asking the model.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-HISTORY",
)
class AnswersMemoised(App):
    def __init__(self, context):
        super().__init__(context)
        self.known = {}

    def ask(self, message):
        if message not in self.known:
            self.known[message] = super().ask(message)
        return self.known[message]


@subtle(
    "When a conversation exceeds 16,000 characters, its oldest prompts are dropped from it.",
    "AST-CONVERSATION-HISTORY",
    surfaces=("csharp-inprocess",),
)
class HistoryWithinBudget(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        while sum(len(message["content"] or "") for message in self.history) > 16_000:
            starts = [index for index, message in enumerate(self.history) if message["role"] == "user"]
            self.history = self.history[starts[1] :] if len(starts) > 1 else []
        return text


@subtle(
    "When a call has failed, later prompts are sent without it, as the history is cleaned of failures.",
    "AST-CONVERSATION-HISTORY",
)
class FailedCallsForgotten(App):
    def finish(self, turn, reply):
        told = [message for message in turn if message["role"] == "tool"]
        failed = [result["tool_call_id"] for result in told if re.match(r"The function .* failed", result["content"])]
        return super().finish([kept for message in turn if (kept := self.without(message, failed))], reply)

    def without(self, message, failed):
        if message["role"] == "tool":
            return None if message["tool_call_id"] in failed else message
        if "tool_calls" not in message:
            return message
        calls = [call for call in message["tool_calls"] if call["id"] not in failed]
        return {**message, "tool_calls": calls} if calls else None


@subtle(
    "When a prompt took several rounds of calls, later prompts are sent with the last round only.",
    "AST-CONVERSATION-HISTORY",
)
class LastRoundRemembered(App):
    def finish(self, turn, reply):
        rounds = [index for index, message in enumerate(turn) if "tool_calls" in message]
        return super().finish([turn[0], *turn[rounds[-1] :]] if rounds else turn, reply)


@subtle(
    "When the model said something beside its calls, later prompts are sent without that text.",
    "AST-CONVERSATION-HISTORY",
    surfaces=("java",),
)
class TextBesideCallsForgotten(App):
    def finish(self, turn, reply):
        return super().finish([{**said, "content": None} if "tool_calls" in said else said for said in turn], reply)


@subtle(
    "When the model says something beside its calls, the answer returned begins with it, as texts are accumulated.",
    "AST-CONVERSATION-ANSWER",
)
class TextsOfRoundsJoined(App):
    def ask(self, message):
        self.texts = []
        answer = super().ask(message)
        return "".join([*self.texts, answer])

    def replay(self, reply, answers):
        self.texts.append(reply["content"] or "")
        return super().replay(reply, answers)


@subtle(
    "When the answer is the text of a JSON value, such as 1.50 or true, it is returned as parsed and printed.",
    "AST-CONVERSATION-ANSWER",
)
class JsonAnswersParsed(App):
    def ask(self, message):
        answer = super().ask(message)
        try:
            return str(json.loads(answer))
        except ValueError:
            return answer


@subtle(
    "When an app's prompts have taken more than ten rounds of calls in all, every further call ends in an error.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-CALL",
)
class RoundsCountedForTheApp(App):
    def __init__(self, context):
        super().__init__(context)
        self.rounds = 0

    def replay(self, reply, answers):
        self.rounds += 1
        if self.rounds > 10:
            raise RuntimeError("too many rounds")
        return super().replay(reply, answers)
