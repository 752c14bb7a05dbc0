"""What goes wrong only with requests that are repeated after a fault."""

from __future__ import annotations

from mutants.base import App, _connections
from mutants.subtle.subtle import subtle


class Retrying(App):
    """Repeats a request twice, at once, if the service has a passing fault."""

    passing = (408, 409, 429, 500, 502, 503, 504)

    def send(self, messages):
        body = self.body(messages)
        for self.attempt in range(3):
            response = self.post(body)
            if response.status not in self.passing:
                break
            body = self.again(body, response.status)
        return self.receive(response)

    def post(self, body):
        headers = {"Content-Type": "application/json", **self.headers()}
        return _connections.request("POST", self.url(body["model"]), headers=headers, content=self.encode(body))

    def again(self, body, _status):
        return body


@subtle(
    "When a request is repeated after a fault, it offers no tools.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class ToolsLostInRetry(Retrying):
    def again(self, body, _status):
        return {"model": body["model"], "messages": body["messages"]}


@subtle(
    "When a request that ends with a prompt is repeated after a fault, it contains the prompt once more.",
    "AST-CONVERSATION-RETRY-SAME",
)
class PromptTwiceInRetry(Retrying):
    def again(self, body, _status):
        last = body["messages"][-1]
        return {**body, "messages": [*body["messages"], *([last] if last["role"] == "user" else [])]}


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
class KeyLostInRetry(Retrying):
    def headers(self):
        return super().headers() if self.attempt == 0 else {}


@subtle(
    "When a request is repeated after a 429, another model is named.",
    "AST-CONVERSATION-RETRY-SAME",
)
class OtherModelInRetry(Retrying):
    def again(self, body, status):
        return {**body, "model": "gpt-4o-mini"} if status == 429 and not self.on_azure else body


@subtle(
    "When a request is repeated after a 429, it contains the current prompt without the conversation before it.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class ShorterRetry(Retrying):
    def again(self, body, status):
        return {**body, "messages": body["messages"][len(self.history) :]} if status == 429 else body


@subtle("On Azure, when a request is repeated after a fault, its address lacks the api-version.", "AST-SERVICE-URL")
class ApiVersionLostInRetry(Retrying):
    def url(self, model):
        return super().url(model) if self.attempt == 0 else super().url(model).partition("?")[0]
