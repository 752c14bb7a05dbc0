"""What goes wrong with the service: rare statuses, codes of Azure OpenAI, retries that differ, what is lost then."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


def code_of(response):
    """Return the code of an error that the service answers with."""
    try:
        return json.loads(response.content)["error"]["code"]
    except (ValueError, KeyError, TypeError):
        return None


class PassingError(RuntimeError):
    """A fault of the service that may pass."""


class Retrying(App):
    """Sends a request again after a fault that may pass."""

    passing = (408, 409, 429, 500, 502, 503, 504)
    attempts = 3

    def fail(self, response):
        if response.status in self.passing:
            raise PassingError(f"the service answers {response.status}")
        return super().fail(response)

    def send(self, messages):
        for attempt in range(1, self.attempts):
            self.attempt = attempt
            try:
                return super().send(self.sent(messages))
            except PassingError:
                continue
        self.attempt = self.attempts
        return super().send(self.sent(messages))

    def sent(self, messages):
        return messages


@subtle(
    "When the service answers with a status outside the usual ones, such as 413 or 504, the error is the answer.",
    "AST-CONVERSATION-ERROR",
)
class UnusualStatusWordsAreAnswer(App):
    def fail(self, response):
        if response.status in {400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503}:
            return super().fail(response)
        return {"content": response.content.decode()}


@subtle(
    "When Azure OpenAI refuses a prompt with the code content_filter, an answer is made up.",
    "AST-CONVERSATION-ERROR",
    surfaces=("csharp-isolated", "csharp-inprocess", "java"),
)
class AzureFilteredPromptApologizes(App):
    def fail(self, response):
        if self.on_azure and code_of(response) == "content_filter":
            return {"content": "I'm sorry, I can't help with that."}
        return super().fail(response)


@subtle(
    "When a request with a declared model is answered by 429, it is repeated with the default model.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-GIVEN",
    surfaces=("csharp-isolated", "java"),
    editions=("2024-04-14",),
)
class RateLimitFallsBackToDefaultModel(Retrying):
    passing = (429,)

    def model(self):
        return super().model() if self.attempt == 1 else self.default_model


@subtle(
    "When a request is answered by 408 or 504, the prompt is started afresh, and its functions run again.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
    surfaces=("javascript", "typescript"),
)
class GatewayTimeoutStartsPromptAfresh(App):
    def fail(self, response):
        if response.status in {408, 504}:
            raise PassingError(f"the service answers {response.status}")
        return super().fail(response)

    def ask(self, message):
        try:
            return super().ask(message)
        except PassingError:
            return super().ask(message)


@subtle(
    "When a request fails twice with a fault that may pass, the third attempt has no tools.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class ThirdAttemptWithoutTools(Retrying):
    def tools(self):
        return super().tools() if self.attempt < self.attempts else []


@subtle(
    "When a request on Azure OpenAI is repeated in a later prompt, the conversation before it is left out.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class AzureRepeatsLaterPromptAlone(Retrying):
    def sent(self, messages):
        return messages[len(self.history) :] if self.on_azure and self.attempt > 1 else messages


@subtle(
    "When the api-version in the settings is a preview, it is sent without that word.",
    "AST-SERVICE-URL",
    surfaces=("powershell", "csharp-inprocess"),
)
class AzurePreviewVersionTakenForDate(App):
    def url(self, model):
        return super().url(model).removesuffix("-preview")


@subtle(
    "When the service refuses a request of a later prompt, the answer to the earlier one is returned.",
    "AST-CONVERSATION-ERROR",
    surfaces=("powershell", "python"),
)
class EarlierAnswerCoversRefusal(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            if not self.history:
                raise
            return self.history[-1]["content"]


@subtle(
    "When the service has refused the key once, later requests are sent without one.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-KEY",
)
class UnauthorizedOnceForgetsKey(App):
    is_refused = False

    def fail(self, response):
        self.is_refused = response.status == 401
        return super().fail(response)

    def headers(self):
        return {} if self.is_refused else super().headers()


@subtle(
    "When a prompt ends in an error after calls, the next one is sent without the conversation before it.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
    surfaces=("typescript", "java"),
)
class ErrorAfterCallsStartsNewThread(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            self.history = self.history if messages[-1]["role"] == "user" else []
            raise
