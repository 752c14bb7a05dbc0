"""Apps that try again after a fault, and go wrong only where two ordinary things come together."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


class Retrying(RetryingApp):
    """Tries a request three times, as the official clients do; `attempt` is the number of the present one."""

    statuses = frozenset({408, 409, 429, *range(500, 600)})
    attempts = 3
    attempt = 0

    def send_once(self, messages, attempt):
        self.attempt = attempt
        try:
            return super().send_once(messages, attempt)
        finally:
            self.attempt = 0


@subtle("A request with results that is tried again has its functions run again.", "AST-CONVERSATION-RETRY")
class RetryRerunsLastRound(Retrying):
    calls: tuple = ()

    def answers(self, calls):
        self.calls = calls
        return super().answers(calls)

    def again(self, messages):
        if messages[-1]["role"] != "tool":
            return messages
        return [*messages[: -len(self.calls)], *App.answers(self, self.calls)]


@subtle(
    "On Azure, a request that is tried again goes to the default deployment.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class AzureRetryElsewhere(Retrying):
    def model(self):
        return self.default_model if self.on_azure and self.attempt else super().model()


@subtle(
    "In a later prompt, a request that is tried again leaves out the conversation before.",
    "AST-CONVERSATION-RETRY-SAME",
)
class RetrySansPast(Retrying):
    def again(self, messages):
        return messages[len(self.history) :]


@subtle(
    "If the service is busy (429) when it is sent results, the last result is the answer.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
)
class BusyToolReplies(Retrying):
    def give_up(self, messages, fault):
        if fault.status == 429 and messages[-1]["role"] == "tool":
            return {"content": messages[-1]["content"]}
        raise fault


@subtle(
    "If the service keeps failing in a later prompt, the answer before is returned again.", "AST-CONVERSATION-ERROR"
)
class OutageEncore(Retrying):
    def give_up(self, _messages, fault):
        if fault.status >= 500 and self.history:
            return {"content": self.history[-1]["content"]}
        raise fault


@subtle("In a later prompt, the prompt is doubled in a request that is tried again.", "AST-CONVERSATION-RETRY-SAME")
class EncorePromptDoubled(Retrying):
    def again(self, messages):
        if self.history and messages[-1]["role"] == "user":
            return [*messages, messages[-1]]
        return messages


@subtle("A turn with calls in which a request was tried again is not kept in the history.", "AST-CONVERSATION-HISTORY")
class RetriedTurnUnkept(Retrying):
    def prompt(self, message):
        self.retried = False
        return super().prompt(message)

    def again(self, messages):
        self.retried = True
        return messages

    def finish(self, turn, reply):
        before = self.history
        text = super().finish(turn, reply)
        if self.retried and len(turn) > 1:
            self.history = before[: len(before) - len(turn) - 1]
        return text


@subtle("On Azure, the key is missing from a request that is tried again.", "AST-SERVICE-KEY")
class AzureRetryKeyless(Retrying):
    def headers(self):
        return {} if self.on_azure and self.attempt else super().headers()
