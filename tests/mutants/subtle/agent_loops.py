"""Defects of agent loops: output parsers, guards against loops, memories with budgets, plugins, repaired arguments."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "An output parser: an answer with a fenced block of code is returned as the inside of that block.",
    "AST-CONVERSATION-ANSWER",
)
class FencedBlockExtracted(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        block = re.search(r"```\w*\n(.*?)\n?```", text, flags=re.DOTALL)
        return block[1] if block else text


@subtle(
    "The loop ends by the finish reason: calls in a reply that says stop are not run, and its text is the answer.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-PARALLEL",
)
class FinishReasonDecides(App):
    def receive(self, response):
        reply = super().receive(response)
        if response.status < 400 and json.loads(response.content)["choices"][0].get("finish_reason") == "stop":
            return {k: v for k, v in reply.items() if k != "tool_calls"}
        return reply


@subtle(
    "A guard against loops: the third call in a prompt with the same name and arguments does not run the function.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ROUNDS",
)
class RepeatedActionGuard(App):
    def ask(self, message):
        self.actions = []
        return super().ask(message)

    def answer(self, name, arguments):
        self.actions.append((name, arguments))
        if self.actions.count((name, arguments)) > 2:
            return "You have already taken this action twice. Answer with what you know."
        return super().answer(name, arguments)


@subtle(
    "A buffer of 2000 tokens (four characters each): when the history is longer, its oldest prompts are forgotten.",
    "AST-CONVERSATION-HISTORY",
)
class TokenBudgetBuffer(App):
    def prompt(self, message):
        while sum(len(m["content"] or "") for m in self.history) > 8000:
            second = next((n for n, m in enumerate(self.history) if n and m["role"] == "user"), len(self.history))
            del self.history[:second]
        return super().prompt(message)


@subtle(
    "Results of earlier prompts are compacted: in later ones, a result of more than 300 characters is its beginning.",
    "AST-CONVERSATION-HISTORY",
)
class EarlierResultsCompacted(App):
    def finish(self, turn, reply):
        short = [{**m, "content": m["content"][:300] + " [...]"} if self.is_long(m) else m for m in turn]
        return super().finish(short, reply)

    def is_long(self, message):
        return message["role"] == "tool" and len(message["content"]) > 300


@subtle(
    "Consecutive messages of one role are merged: after an empty answer, which is left out, two prompts become one.",
    "AST-CONVERSATION-HISTORY",
)
class MessageRunsMerged(App):
    def send(self, messages):
        merged = []
        for message in messages:
            if message["role"] == "assistant" and not message["content"] and not message.get("tool_calls"):
                continue
            if merged and message["role"] == merged[-1]["role"] == "user":
                merged[-1] = {**message, "content": merged[-1]["content"] + "\n" + message["content"]}
            else:
                merged.append(message)
        return super().send(merged)


@subtle(
    "Called names are compared without dashes and underscores: add-todo runs AddTodo, or the wrong one of two skills.",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-CALL",
)
class SnakeOrCamelDispatch(App):
    def find(self, name):
        found = [skill for skill in self.skills if self.flat(skill.name) == self.flat(name)]
        return found[0] if found else super().find(name)

    def flat(self, name):
        return re.sub("[-_]", "", name).lower()


@subtle(
    "A dash separates plugin and function: a call of todo-add runs the first skill that ends in -add.",
    "AST-CONVERSATION-CALL",
)
class PluginBeforeDash(App):
    def find(self, name):
        super().find(name)
        return next(s for s in self.skills if s.name.lower().rpartition("-")[2] == name.lower().rpartition("-")[2])


@subtle(
    "A parser for partial JSON adds missing brackets, so arguments cut off after a whole value run the function.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class PartialJsonClosed(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except ValueError:
            for missing in ("}", "]}", "}}", "]}}", "}]}", "]]}"):
                try:
                    return super().read_arguments(text + missing)
                except ValueError:
                    continue
            raise


@subtle(
    "Arguments with a bare line break or tab inside a text, which is not JSON, run the function.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class NonStrictControlCharacters(App):
    def read_arguments(self, text):
        return super().read_arguments(json.dumps(json.loads(text or "{}", strict=False)))


@subtle(
    "A circuit breaker: after two failures of a skill in succession, its next call is refused without running it.",
    "AST-CONVERSATION-CALL",
)
class CircuitBreakerOpens(App):
    def invoke(self, skill, argument):
        failures = self.__dict__.setdefault("failures", {})
        if failures.get(skill.name, 0) == 2:
            failures[skill.name] = 0
            raise RuntimeError("the circuit is open")
        try:
            result = super().invoke(skill, argument)
        except Exception:
            failures[skill.name] = failures.get(skill.name, 0) + 1
            raise
        failures[skill.name] = 0
        return result
