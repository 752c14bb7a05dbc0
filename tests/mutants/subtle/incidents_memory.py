"""Incidents in which the conversation was remembered wrongly, some prompts after the cause."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a prompt fails before any call, the history goes back to before the last prompt that made calls.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class IncidentRollbackToStaleSavepoint(App):
    savepoint = 0

    def replay(self, reply, answers):
        self.savepoint = len(self.history)
        return super().replay(reply, answers)

    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            del self.history[self.savepoint :]
            raise


@subtle(
    "When results are refused after two rounds or three calls, a rollback of three messages leaves calls open.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-MESSAGES",
)
class IncidentRollbackOfThreeMessages(App):
    def ask(self, message):
        self.written = [self.prompt(message)]
        try:
            return super().ask(message)
        except RuntimeError:
            self.history += self.written[:-3]
            raise

    def replay(self, reply, answers):
        said = super().replay(reply, answers)
        self.written += said
        return said


@subtle(
    "When a prompt is the same as the one before, what was said about that one is forgotten.",
    "AST-CONVERSATION-HISTORY",
)
class IncidentRepeatedPromptReplacesFirst(App):
    def finish(self, turn, reply):
        prompts = [number for number, message in enumerate(self.history) if message["role"] == "user"]
        if prompts and self.history[prompts[-1]] == turn[0]:
            del self.history[prompts[-1] :]
        return super().finish(turn, reply)


@subtle(
    "When an answer is the same as an earlier one of the conversation, it is not remembered again.",
    "AST-CONVERSATION-HISTORY",
)
class IncidentSameAnswerRememberedOnce(App):
    def finish(self, turn, reply):
        known = [message["content"] for message in self.history if message["role"] == "assistant"]
        text = super().finish(turn, reply)
        if text in known:
            self.history.pop()
        return text


@subtle(
    "When a conversation outgrows 24,000 bytes, two messages are dropped as a turn, though it has calls and results.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
)
class IncidentTurnTakenForTwoMessages(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        while len(json.dumps(self.history)) > 24_000 and len(self.history) > 2:
            del self.history[:2]
        return text


@subtle(
    "When an answer is refused, the exchange before it is taken out of the history.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-CUT-SHORT",
)
class IncidentRefusalRemovesExchangeBefore(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if reply.get("refusal"):
            del self.history[-4:-2]
        return text


@subtle(
    "When a reply had a text beside its calls, later prompts are sent without that text.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
)
class IncidentArchiveWithoutTextBesideCalls(App):
    def finish(self, turn, reply):
        return super().finish([{**said, "content": None} if "tool_calls" in said else said for said in turn], reply)


@subtle(
    "When a prompt called one function twice, later prompts are sent with the last result for both calls.",
    "AST-CONVERSATION-HISTORY",
)
class IncidentArchiveKeyedByFunction(App):
    def finish(self, turn, reply):
        calls = [call for said in turn for call in said.get("tool_calls", [])]
        names = {call["id"]: call["function"]["name"] for call in calls}
        last = {names[said["tool_call_id"]]: said for said in turn if said["role"] == "tool"}
        kept = [
            {**said, "content": last[names[said["tool_call_id"]]]["content"]} if said["role"] == "tool" else said
            for said in turn
        ]
        return super().finish(kept, reply)


@subtle(
    "When a call's arguments were malformed, the third prompt after it and every later one ends in an error.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class IncidentOldArgumentsParsedAgain(App):
    def ask(self, message):
        prompts = [number for number, said in enumerate(self.history) if said["role"] == "user"]
        for said in self.history[: prompts[-2]] if len(prompts) > 2 else []:
            for call in said.get("tool_calls", []):
                json.loads(call["function"]["arguments"] or "{}")
        return super().ask(message)


@subtle(
    "When a prompt repeats one that was answered without calls, the old answer is returned and nothing is sent.",
    "AST-CONVERSATION-ANSWER",
)
class IncidentAnswersCachedByPrompt(App):
    def __init__(self, context):
        super().__init__(context)
        self.known = {}

    def ask(self, message):
        return self.known[message] if message in self.known else super().ask(message)

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if len(turn) == 1:
            self.known[turn[0]["content"]] = text
        return text


@subtle(
    "When a prompt was refused, calls of a later prompt are not run, and the old refusal is returned again.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-CONVERSATION-CALL",
)
class IncidentRefusalSticks(App):
    refused = None

    def send(self, messages):
        reply = super().send(messages)
        self.refused = reply.get("refusal") or self.refused
        if self.refused and not reply["content"]:
            return {"content": None, "refusal": self.refused}
        return reply
