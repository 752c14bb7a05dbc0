"""Slips with faults of the service: what is tried again, what is swallowed, and what stays behind."""

from __future__ import annotations

import json
from itertools import takewhile

from mutants.base import App
from mutants.subtle.subtle import subtle


class ServiceError(RuntimeError):
    """What the service answers instead of a completion."""

    def __init__(self, status, content):
        super().__init__(f"the service answers {status}: {content.decode()}")
        self.status = status


class Telling(App):
    """An app whose errors tell their status."""

    def fail(self, response):
        raise ServiceError(response.status, response.content)


def is_temporary(error):
    return error.status == 429 or error.status >= 500


@subtle(
    "When a gateway fault (502 to 504) follows a call, the whole prompt is tried again, and the function runs twice.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class GatewayFaultRunsPromptAgain(Telling):
    def ask(self, message):
        try:
            return super().ask(message)
        except ServiceError as error:
            if error.status not in (502, 503, 504):
                raise
        return super().ask(message)


@subtle(
    "When the service refuses a prompt because of its content filter, an apology is returned as the model's answer.",
    "AST-CONVERSATION-ERROR",
)
class ContentFilterTurnedIntoAnswer(App):
    def fail(self, response):
        try:
            code = json.loads(response.content)["error"]["code"]
        except (ValueError, LookupError, TypeError):
            code = None
        if code == "content_filter":
            return {"role": "assistant", "content": "I am sorry, but I cannot help with that."}
        return super().fail(response)


@subtle(
    "When a later prompt ends in a server fault, the answer to the prompt before is returned again.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
)
class StaleAnswerOnFault(Telling):
    def ask(self, message):
        try:
            self.fresh = super().ask(message)
        except ServiceError as error:
            if not is_temporary(error) or not hasattr(self, "fresh"):
                raise
        return self.fresh


@subtle(
    "When three prompts of an app have ended in errors, ever, all later ones do, as the circuit breaker never resets.",
    "AST-CONVERSATION-RECOVERY",
)
class BreakerCountsForever(App):
    def __init__(self, context):
        super().__init__(context)
        self.failures = 0

    def ask(self, message):
        if self.failures >= 3:
            raise RuntimeError("the circuit is open")
        try:
            return super().ask(message)
        except Exception:
            self.failures += 1
            raise


@subtle(
    "When a request with results is repeated after a fault, the results of its last round are in it twice.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-SERVICE-MESSAGES",
)
class ResultsTwiceOnRetry(Telling):
    def send(self, messages):
        try:
            return super().send(messages)
        except ServiceError as error:
            if not is_temporary(error):
                raise
        results = list(takewhile(lambda message: message["role"] == "tool", reversed(messages)))
        return super().send([*messages, *reversed(results)])


@subtle(
    "When a request is repeated after a fault, the tools are missing, as they were popped for the first attempt.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
    surfaces=("typescript",),
)
class ToolsPoppedBeforeRetry(Telling):
    def send(self, messages):
        self.extras = {"tools": super().tools()}
        try:
            return super().send(messages)
        except ServiceError as error:
            if not is_temporary(error):
                raise
        return super().send(messages)

    def tools(self):
        return self.extras.pop("tools", [])
