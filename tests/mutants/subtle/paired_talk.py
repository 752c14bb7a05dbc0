"""Conversations that go wrong only where two ordinary things come together."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


def rounds_in(turn):
    """Count the rounds of calls in a turn."""
    return sum("tool_calls" in message for message in turn)


@subtle("From the second round of calls on, the text beside the calls is not repeated.", "AST-CONVERSATION-REPLAY")
class SecondAsideHushed(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def replay(self, reply, answers):
        said, *rest = super().replay(reply, answers)
        self.rounds += 1
        return [{**said, "content": None} if self.rounds > 1 else said, *rest]


@subtle("A prompt that is repeated later is taken out of the history, with its answer.", "AST-CONVERSATION-HISTORY")
class EchoedTurnMerged(App):
    def prompt(self, message):
        kept, dropping = [], False
        for entry in self.history:
            if entry["role"] == "user":
                dropping = entry["content"] == message
            if not dropping:
                kept.append(entry)
        self.history = kept
        return super().prompt(message)


@subtle("A refusal clears the history before it.", "AST-CONVERSATION-HISTORY")
class RefusalForgetsElders(App):
    def finish(self, turn, reply):
        if reply.get("refusal"):
            self.history = []
        return super().finish(turn, reply)


@subtle("A prompt that ends in a fault of the service clears the conversation before it.", "AST-CONVERSATION-HISTORY")
class FaultWipesElders(App):
    def fail(self, response):
        self.history = []
        return super().fail(response)


@subtle(
    "After a fault of the service that follows calls, the calls stay in the history unanswered.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-MESSAGES",
)
class MidTurnDangler(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if messages[-1]["role"] == "tool":
                last = max(place for place, message in enumerate(messages) if "tool_calls" in message)
                self.history = messages[: last + 1]
            raise


@subtle(
    "An answer that is cut off after calls is completed with the last result.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-CONVERSATION-ANSWER",
)
class CutAnswerPadded(App):
    cut = False

    def receive(self, response):
        message = super().receive(response)
        self.cut = b'"length"' in response.content
        return message

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return f"{text} {turn[-1]['content']}" if self.cut and turn[-1]["role"] == "tool" else text


@subtle("After two rounds or more, texts beside the calls are returned with the answer.", "AST-CONVERSATION-ANSWER")
class AsidesHeapedUp(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        asides = [message["content"] for message in turn if "tool_calls" in message and message["content"]]
        return "\n".join([*asides, text]) if rounds_in(turn) > 1 else text


@subtle("A turn whose answer is the one before it again is not kept.", "AST-CONVERSATION-HISTORY")
class SameReplyUnkept(App):
    def finish(self, turn, reply):
        before = list(self.history)
        text = super().finish(turn, reply)
        if before and before[-1]["content"] == text:
            self.history = before
        return text


@subtle("A long prompt (over 2000 characters) that is not the first is cut.", "AST-CONVERSATION-ANSWER")
class EncorePromptCapped(App):
    def prompt(self, message):
        return super().prompt(message[:2000] if self.history else message)
