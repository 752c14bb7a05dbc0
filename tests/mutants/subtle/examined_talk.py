"""Conversations that are sent, kept or answered wrongly once they are longer or their prompts are unusual."""

from __future__ import annotations

import json
from urllib.parse import unquote_plus

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a prompt equals the assistant's last answer, it is not sent.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-HISTORY",
)
class EchoedAnswerNotSent(App):
    def send(self, messages):
        kept = [
            m
            for m, before in zip(messages, [None, *messages], strict=False)
            if not (
                before and m["role"] == "user" and before["role"] == "assistant" and before["content"] == m["content"]
            )
        ]
        return super().send(kept)


@subtle("When a prompt stands between double quotes, the model is sent it without them.", "AST-CONVERSATION-ANSWER")
class QuotedPromptReadAsJson(App):
    def prompt(self, message):
        try:
            text = json.loads(message)
        except ValueError:
            text = message
        return super().prompt(text if isinstance(text, str) else message)


@subtle(
    "When a prompt holds a plus or a percent sign before two digits, the model is sent a blank or another letter.",
    "AST-CONVERSATION-ANSWER",
    surfaces=("typescript", "csharp-inprocess"),
)
class QueryDecodedPromptTwice(App):
    def prompt(self, message):
        return super().prompt(unquote_plus(message))


@subtle(
    "When calls were made more than two prompts ago, they and their results are no longer sent.",
    "AST-CONVERSATION-HISTORY",
)
class OldToolTrafficForgotten(App):
    def send(self, messages):
        starts = [i for i, message in enumerate(messages) if message["role"] == "user"]
        recent = starts[-3] if len(starts) > 2 else 0
        return super().send(
            [m for i, m in enumerate(messages) if i >= recent or not (m["role"] == "tool" or m.get("tool_calls"))]
        )


@subtle(
    "When a conversation has more than 12,000 letters, its oldest prompts and answers are no longer sent.",
    "AST-CONVERSATION-HISTORY",
)
class LetterBudgetForHistory(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        while sum(len(m["content"] or "") for m in self.history) > 12_000:
            later = [i for i, m in enumerate(self.history) if m["role"] == "user" and i]
            self.history = self.history[later[0] :] if later else []
        return text


@subtle(
    "When an answer begins or ends in blanks or breaks, the next prompt is sent with it trimmed.",
    "AST-CONVERSATION-HISTORY",
)
class AnswerTrimmedInHistoryOnly(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1] = {**self.history[-1], "content": text.strip()}
        return text


@subtle(
    "When the model gives the same answer to two prompts, the second answer is missing from the conversation.",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedAnswerKeptOnce(App):
    def finish(self, turn, reply):
        known = [m["content"] for m in self.history if m["role"] == "assistant" and "tool_calls" not in m]
        text = super().finish(turn, reply)
        if text in known:
            self.history.pop()
        return text


@subtle(
    "When a later prompt is sent, the calls of earlier prompts are repeated without their arguments.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
)
class EarlierArgumentsBlanked(App):
    def finish(self, turn, reply):
        blank = [
            {**m, "tool_calls": [{**c, "function": {**c["function"], "arguments": "{}"}} for c in m["tool_calls"]]}
            if "tool_calls" in m
            else m
            for m in turn
        ]
        return super().finish(blank, reply)


@subtle(
    "When a result is longer than 500 characters, later prompts are sent with its beginning only.",
    "AST-CONVERSATION-HISTORY",
)
class EarlierResultsShortened(App):
    def finish(self, turn, reply):
        short = [{**m, "content": m["content"][:500]} if m["role"] == "tool" else m for m in turn]
        return super().finish(short, reply)


@subtle(
    "When a model says something beside its calls, that text is put before the answer that is returned.",
    "AST-CONVERSATION-ANSWER",
)
class AsidesJoinedToAnswer(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return "\n".join([m["content"] for m in turn if m.get("tool_calls") and m["content"]] + [text])


@subtle(
    "When the model says something beside the calls of a second round, that text is not repeated to it.",
    "AST-CONVERSATION-REPLAY",
)
class AsideOfSecondRoundDropped(App):
    def ask(self, message):
        self.round = 0
        return super().ask(message)

    def replay(self, reply, answers):
        self.round += 1
        return super().replay(reply if self.round == 1 else {**reply, "content": None}, answers)


@subtle(
    "When the arguments of a call hold an integer beyond 2^53, the call is repeated with it rounded.",
    "AST-CONVERSATION-REPLAY",
)
class RepeatedCallRoundsIntegers(App):
    def rounded(self, text):
        try:
            return json.dumps(json.loads(text, parse_int=lambda digits: int(float(digits))))
        except (ValueError, OverflowError):
            return text

    def replay(self, reply, answers):
        calls = [
            {**c, "function": {**c["function"], "arguments": self.rounded(c["function"]["arguments"])}}
            for c in reply["tool_calls"]
        ]
        return super().replay({**reply, "tool_calls": calls}, answers)
