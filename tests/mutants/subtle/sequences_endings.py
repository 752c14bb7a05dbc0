"""Sequences that end in a refusal of the model, or in an answer that is cut short or empty."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the answer is empty after calls, the last result is returned in its place.",
    "AST-CONVERSATION-ANSWER",
)
class SeqEmptyAnswerShowsLastResult(App):
    def finish(self, turn, reply):
        if turn[-1]["role"] == "tool" and not reply["content"] and not reply.get("refusal"):
            reply = {**reply, "content": turn[-1]["content"]}
        return super().finish(turn, reply)


@subtle(
    "When the model refuses after calls, later prompts are sent without these calls and their results.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-CUT-SHORT",
)
class SeqRefusalDropsCallsOfTurn(App):
    def finish(self, turn, reply):
        return super().finish(turn[:1] if reply.get("refusal") else turn, reply)


@subtle(
    "When the model refuses after a reply with a text beside its calls, that text is returned instead of the refusal.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-CUT-SHORT",
)
class SeqRefusalGivesWayToNarration(App):
    def finish(self, turn, reply):
        beside = [said["content"] for said in turn if said.get("tool_calls") and said["content"]]
        if reply.get("refusal") and not reply["content"] and beside:
            reply = {**reply, "content": beside[-1]}
        return super().finish(turn, reply)


@subtle(
    "When an answer was cut short, the next prompt's answer is returned with that part before it.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-CUT-SHORT",
)
class SeqCutAnswerGluedToNext(App):
    part = ""

    def receive(self, response):
        reply = super().receive(response)
        self.cut = json.loads(response.content)["choices"][0].get("finish_reason") == "length"
        return reply

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        whole, self.part = self.part + text, text if self.cut else ""
        return whole


@subtle(
    "When the model refuses two prompts one after the other, the second ends in an error.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-CUT-SHORT",
)
class SeqTwoRefusalsEnd(App):
    refused = False

    def finish(self, turn, reply):
        before, self.refused = self.refused, bool(reply.get("refusal"))
        text = super().finish(turn, reply)
        if before and self.refused:
            raise RuntimeError(text)
        return text


@subtle(
    "When the model refuses or answers null after calls, the next prompt is sent with an answer of null before it.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
)
class SeqNullAnswerAfterCallsKept(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if turn[-1]["role"] == "tool":
            self.history[-1]["content"] = reply["content"]
        return text


@subtle(
    "When two replies of a prompt have calls, the first a text beside them, the second is sent back with it too.",
    "AST-CONVERSATION-REPLAY",
    "AST-CONVERSATION-ROUNDS",
)
class SeqFirstTextBesideCallsRepeated(App):
    def prompt(self, message):
        self.text = None
        return super().prompt(message)

    def replay(self, reply, answers):
        self.text = self.text or reply["content"]
        return super().replay({**reply, "content": self.text}, answers)


@subtle(
    "When the answer is empty after calls, the next prompt is sent without the last result before that answer.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
)
class SeqEmptyAnswerTakesResultAway(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if not text and turn[-1]["role"] == "tool":
            del self.history[-2]
        return text


@subtle(
    "When a prompt that the model refused is repeated, nothing is sent and the prompt ends in an error.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-CUT-SHORT",
)
class SeqRefusedPromptNotAskedAgain(App):
    def __init__(self, context):
        super().__init__(context)
        self.refused = set()

    def ask(self, message):
        if message in self.refused:
            raise RuntimeError("the model has refused this before")
        return super().ask(message)

    def finish(self, turn, reply):
        if reply.get("refusal"):
            self.refused.add(turn[0]["content"])
        return super().finish(turn, reply)
