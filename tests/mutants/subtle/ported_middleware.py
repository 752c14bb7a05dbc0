"""Slips of a port that adds a pipeline, caches, budgets, loop guards, retries and circuit breakers."""

from __future__ import annotations

import json
from contextlib import suppress

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


@subtle(
    "In the second and later prompts, a function runs as often as there have been prompts (a hook is added by each).",
    "AST-CONVERSATION-ONCE",
)
class HookAddedByEachPrompt(App):
    hooks = 0

    def ask(self, message):
        self.hooks += 1
        return super().ask(message)

    def invoke(self, skill, argument):
        return [super(type(self), self).invoke(skill, argument) for _ in range(self.hooks)][-1]


@subtle(
    "When a user says the same again, the cached answer is returned and the model is not asked.",
    "AST-CONVERSATION-ANSWER",
)
class RepeatedPromptsAnsweredFromCache(App):
    def ask(self, message):
        cache = self.__dict__.setdefault("cache", {})
        if message not in cache:
            cache[message] = super().ask(message)
        return cache[message]


@subtle(
    "When a conversation has had more than six rounds of calls in all, the prompt fails (the count is never reset).",
    "AST-CONVERSATION-ROUNDS",
)
class RoundsCountedForTheConversation(App):
    rounds = 0

    def answers(self, calls):
        self.rounds += 1
        if self.rounds > 6:
            raise RuntimeError("too many rounds")
        return super().answers(calls)


@subtle(
    "When the conversation is long, the request leaves the answer only a token or a few.",
    "AST-TOOL-CALLABLE",
)
class WhatTheBudgetLeaves(App):
    def body(self, messages):
        spent = len(json.dumps(messages)) // 4
        return {**super().body(messages), "max_completion_tokens": max(1, 1000 - spent)}


@subtle(
    "When the conversation has more than twelve messages, the oldest turns are left out.", "AST-CONVERSATION-HISTORY"
)
class WindowOfTwelve(App):
    def send(self, messages):
        recent = messages[-12:]
        while recent[0]["role"] != "user" and len(messages) > 12 and any(row["role"] == "user" for row in recent):
            recent = recent[1:]
        return super().send(recent if recent[0]["role"] == "user" else messages)


@subtle(
    "When the model repeats a call in the next round (polls), its function is not run and the model is told so.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ROUNDS",
)
class SameCallInTheNextRound(App):
    def ask(self, message):
        self.last = []
        return super().ask(message)

    def answers(self, calls):
        last, self.last = self.last, [call["function"] for call in calls]
        fresh = iter(super().answers([call for call in calls if call["function"] not in last]))
        return [
            self.tool_message(call, "already called") if call["function"] in last else next(fresh) for call in calls
        ]


@subtle(
    "When a request is repeated after a fault, it has no tools (degraded mode).",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class RetriedWithoutTools(RetryingApp):
    def tools(self):
        return [] if self.attempt else super().tools()


@subtle(
    "When the service keeps answering with a fault, the prompt ends in an empty answer (retry_error_callback).",
    "AST-CONVERSATION-ERROR",
)
class EmptyAnswerAfterRetries(RetryingApp):
    def give_up(self, messages, fault):
        lasts = fault.status in self.statuses
        return {"role": "assistant", "content": ""} if lasts else super().give_up(messages, fault)


@subtle(
    "When a second round of one prompt is hit by a fault, it is repeated without the earlier results.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-RESULT",
)
class FirstBodyKept(RetryingApp):
    def ask(self, message):
        self.first = None
        return super().ask(message)

    def body(self, messages):
        self.first = self.first or messages
        return super().body(self.first if self.attempt else messages)


@subtle(
    "When two prompts have ended in errors, all later ones do (a circuit breaker that never closes).",
    "AST-CONVERSATION-RECOVERY",
)
class CircuitStaysOpen(App):
    errors = 0

    def ask(self, message):
        if self.errors >= 2:
            raise RuntimeError("the circuit is open")
        try:
            return super().ask(message)
        except Exception:
            self.errors += 1
            raise


@subtle(
    "When the service refuses a later prompt with 400, it is sent again without the history (taken for too long).",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class HistoryClearedByA400(App):
    def fail(self, response):
        self.status = response.status
        super().fail(response)

    def send(self, messages):
        self.status = 200
        try:
            return super().send(messages)
        except RuntimeError:
            if self.status != 400 or not self.history:
                raise
        turn, self.history = messages[len(self.history) :], []
        return super().send(turn)


@subtle(
    "When a function raises a connection error or a timeout, it is run again (the retries are around it as well).",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-FAILURE",
)
class FunctionsRetried(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except OSError:
            return super().invoke(skill, argument)


@subtle(
    "When a function raises a KeyError, the model is told that it succeeded (one suppress around look-up and call).",
    "AST-CONVERSATION-FAILURE",
)
class KeyErrorsSuppressed(App):
    def invoke(self, skill, argument):
        with suppress(KeyError):
            return super().invoke(skill, argument)
