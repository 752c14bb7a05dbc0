"""What goes wrong only with requests that are repeated after a fault."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


@subtle(
    "When a request is repeated after a fault, it offers no tools.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class ToolsLostInRetry(RetryingApp):
    def tools(self):
        return [] if self.attempt else super().tools()


@subtle(
    "When a request that ends with a prompt is repeated after a fault, it contains the prompt once more.",
    "AST-CONVERSATION-RETRY-SAME",
)
class PromptTwiceInRetry(RetryingApp):
    def again(self, messages):
        return [*messages, *(message for message in messages[-1:] if message["role"] == "user")]


@subtle(
    "When the service is unavailable (503) after a call, the prompt starts over, and its functions run again.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class PromptStartsOver(App):
    def ask(self, message):
        for attempt in range(3):
            try:
                return super().ask(message)
            except ConnectionError:
                if attempt == 2:
                    raise
        return None

    def fail(self, response):
        if response.status == 503:
            raise ConnectionError("the service is unavailable")
        return super().fail(response)


@subtle("When a request is repeated after a fault, it lacks the key.", "AST-SERVICE-KEY")
class KeyLostInRetry(RetryingApp):
    def headers(self):
        return super().headers() if self.attempt == 0 else {}


@subtle(
    "When a request is repeated after a 429, another model is named.",
    "AST-CONVERSATION-RETRY-SAME",
)
class OtherModelInRetry(RetryingApp):
    statuses = frozenset({429})

    def model(self):
        return "gpt-4o-mini" if self.attempt and not self.on_azure else super().model()


@subtle(
    "When a request is repeated after a 429, it contains the current prompt without the conversation before it.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class ShorterRetry(RetryingApp):
    statuses = frozenset({429})

    def again(self, messages):
        return messages[len(self.history) :]


@subtle("On Azure, when a request is repeated after a fault, its address lacks the api-version.", "AST-SERVICE-URL")
class ApiVersionLostInRetry(RetryingApp):
    def url(self, model):
        return super().url(model) if self.attempt == 0 else super().url(model).partition("?")[0]
