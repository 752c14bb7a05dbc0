"""Defects of configuration in YAML, and of HTTP clients with their retries and caches."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


class ThroughYaml(App):
    """What a given schema holds goes through YAML 1.1, text by text."""

    def parse_schema(self, text):
        return self.loaded(super().parse_schema(text))

    def loaded(self, value):
        if isinstance(value, list):
            return [self.loaded(item) for item in value]
        if isinstance(value, dict):
            return {k: self.loaded(v) for k, v in value.items()}
        return self.plain(value) if isinstance(value, str) else value

    def plain(self, text):
        return text


@subtle("A folded scalar: single line breaks in the texts of a given schema become spaces.", "AST-TOOL-PARAMETERS")
class FoldedScalarInSchema(ThroughYaml):
    def plain(self, text):
        return re.sub(r"(?<=\S)\n(?=\S)", " ", text)


@subtle(
    "Arguments that are not JSON are read as YAML, so that lines of `name: value` run the function.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class YamlMappingForArguments(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except ValueError:
            pairs = [re.fullmatch(r"\s*([A-Za-z_]\w*):[ \t]+(\S.*)", line) for line in text.strip().splitlines()]
            if not pairs or not all(pairs):
                raise
            return {pair[1]: pair[2].strip("\"'") for pair in pairs}


@subtle(
    "On Azure OpenAI, the body's length is counted in characters, so a body with others than ASCII loses its end.",
    "AST-SERVICE-BODY",
    "AST-CONVERSATION-ANSWER",
)
class ContentLengthInCharacters(App):
    def encode(self, body):
        text = json.dumps(body, ensure_ascii=False)
        return text.encode("utf-8", "replace")[: len(text)] if self.on_azure else super().encode(body)


@subtle(
    "What is sent again after a fault has only the last twenty messages, since the rest was read from a stream.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-SERVICE-MESSAGES",
)
class HalfSpooledRetry(RetryingApp):
    def again(self, messages):
        return messages[-20:]


@subtle(
    "A fault after at least two rounds of calls starts the prompt anew, so that its functions run again.",
    "AST-CONVERSATION-RETRY",
)
class LateFaultRestartsTurn(App):
    def ask(self, message):
        for attempt in range(2):
            self.rounds = 0
            try:
                return super().ask(message)
            except RuntimeError as error:
                if attempt or self.rounds < 2 or not re.search(r"answers (429|5\d\d)", str(error)):
                    raise
        raise AssertionError

    def replay(self, reply, answers):
        self.rounds += 1
        return super().replay(reply, answers)


@subtle(
    "Requests are idempotent by the text of their prompt: one that is repeated word for word is answered from memory.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-HISTORY",
)
class IdempotencyKeyOfPrompt(App):
    def ask(self, message):
        known = self.__dict__.setdefault("idempotent", {})
        if message not in known:
            known[message] = super().ask(message)
        return known[message]


@subtle(
    "When the service fails with a status from 500 up, the last answer is given again.",
    "AST-CONVERSATION-ERROR",
)
class StaleIfServerError(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError as error:
            if re.search(r"answers 5\d\d", str(error)) and self.history:
                return self.history[-1]["content"]
            raise


@subtle(
    "Only the common statuses count as failures: the message of a 402, 410, 413, 451 or 504 is given as the answer.",
    "AST-CONVERSATION-ERROR",
)
class UnlistedStatusSpoken(App):
    def fail(self, response):
        if response.status in (400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503):
            return super().fail(response)
        body = json.loads(response.content or b"{}")
        error = body.get("error", body) if isinstance(body, dict) else body
        return {"role": "assistant", "content": error.get("message", "") if isinstance(error, dict) else str(error)}
