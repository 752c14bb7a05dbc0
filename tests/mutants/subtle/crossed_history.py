"""Conversations that are kept wrongly from one prompt to the next."""

from __future__ import annotations

import json
import os
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the model took several rounds of calls, later prompts are sent with the last round only.",
    "AST-CONVERSATION-HISTORY",
)
class LastRoundKept(App):
    def finish(self, turn, reply):
        rounds = [index for index, message in enumerate(turn) if message.get("tool_calls")]
        return super().finish([turn[0], *turn[rounds[-1] :]] if rounds else turn, reply)


@subtle(
    "When a prompt was refused before, asking it again sends nothing and returns an empty response.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-RECOVERY",
)
class RefusedPromptNotAskedAgain(App):
    refused = ()

    def ask(self, message):
        return "" if message in self.refused else super().ask(message)

    def finish(self, turn, reply):
        if reply.get("refusal"):
            self.refused += (turn[0]["content"],)
        return super().finish(turn, reply)


@subtle(
    "When the model refuses after calling a skill, its call is kept unanswered, and the next prompt is refused.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-SERVICE-MESSAGES",
)
class RefusalLeavesCallOpen(App):
    def finish(self, turn, reply):
        if not reply.get("refusal"):
            return super().finish(turn, reply)
        self.history += turn[:-1] or turn
        return reply["refusal"]


@subtle(
    "When an answer was refused, the conversation before it is forgotten.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-CUT-SHORT",
)
class RefusalEndsConversation(App):
    def finish(self, turn, reply):
        if reply.get("refusal"):
            self.history.clear()
        return super().finish(turn, reply)


@subtle(
    "When the service gives no text after an earlier answer, that earlier answer is returned again.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-CONVERSATION-ANSWER",
)
class LastAnswerInsteadOfNone(App):
    last = ""

    def finish(self, turn, reply):
        self.last = super().finish(turn, {**reply, "content": reply["content"] or reply.get("refusal") or self.last})
        return self.last


@subtle(
    "When a prompt ends in an error after a call, only its last message is taken back; the next one is refused.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-MESSAGES",
)
class OneMessageTakenBack(App):
    def ask(self, message):
        self.history.append(self.prompt(message))
        try:
            for _ in range(self.max_rounds):
                reply = self.send(self.history)
                if not reply.get("tool_calls"):
                    return self.finish([], reply)
                self.history += self.replay(reply, self.answers(reply["tool_calls"]))
        except Exception:
            self.history.pop()
            raise
        raise RuntimeError("no answer")


@subtle(
    "When a prompt is repeated word for word, the earlier one is gone from the conversation.",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedPromptMoved(App):
    def finish(self, turn, reply):
        self.history = [message for message in self.history if message != turn[0]]
        return super().finish(turn, reply)


@subtle(
    "When the final answer is empty, the prompt with all its calls and results is forgotten.",
    "AST-CONVERSATION-HISTORY",
)
class SilentTurnForgotten(App):
    def finish(self, turn, reply):
        before = list(self.history)
        text = super().finish(turn, reply)
        if not text:
            self.history = before
        return text


@subtle(
    "When the user's prompt is JSON, it is sent in another layout than it was written in.", "AST-CONVERSATION-ANSWER"
)
class JsonPromptRewritten(App):
    def prompt(self, message):
        try:
            value = json.loads(message)
        except ValueError:
            value = None
        return super().prompt(json.dumps(value) if isinstance(value, (dict, list)) else message)


@subtle("When the whole answer is in a code fence, it is returned without the fence.", "AST-CONVERSATION-ANSWER")
class FenceTakenOff(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        fenced = re.fullmatch(r"```\w*\n(.*?)\n?```\s*", text, re.DOTALL)
        return fenced[1] if fenced else text


@subtle(
    "When an app's first prompt is that of the app before it, the conversation of that app is continued.",
    "AST-CONVERSATION-ISOLATED",
    "AST-CONVERSATION-REPEATABLE",
)
class ThreadKeptByFirstPrompt(App):
    def ask(self, message):
        if not self.history:
            kept = json.loads(os.environ.get("OPENAI_THREAD", "[]"))
            self.history = kept if kept and kept[0] == self.prompt(message) else []
        text = super().ask(message)
        os.environ["OPENAI_THREAD"] = json.dumps(self.history)
        return text
