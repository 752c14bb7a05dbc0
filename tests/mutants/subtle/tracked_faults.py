"""Faults of the service, and what retries and fallbacks make of them."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class ServiceBusyError(RuntimeError):
    """What may pass."""


class Patient(App):
    """Sends a request a second time after a fault that may pass."""

    def send(self, messages):
        try:
            return super().send(messages)
        except ServiceBusyError:
            return self.send_again(messages)

    def send_again(self, messages):
        return super().send(messages)

    def fail(self, response):
        if response.status in {408, 409, 429} or response.status >= 500:
            raise ServiceBusyError(response.status)
        return super().fail(response)


@subtle("When a request is repeated on Azure OpenAI, its address has no api-version.", "AST-SERVICE-URL")
class ApiVersionLostByRetry(Patient):
    query = True

    def send_again(self, messages):
        self.query = False
        try:
            return super().send_again(messages)
        finally:
            self.query = True

    def url(self, model):
        return super().url(model) if self.query else super().url(model).partition("?")[0]


@subtle("When a request is repeated, the prompt is in it once more.", "AST-CONVERSATION-RETRY-SAME")
class RetryAppendsPromptAgain(Patient):
    def send_again(self, messages):
        return super().send_again([*messages, next(said for said in reversed(messages) if said["role"] == "user")])


@subtle("When a request is repeated, it names a fallback model.", "AST-CONVERSATION-RETRY-SAME")
class RouterFallsBackToOtherModel(Patient):
    fallen = False

    def send_again(self, messages):
        self.fallen = True
        try:
            return super().send_again(messages)
        finally:
            self.fallen = False

    def model(self):
        return "gpt-4o-mini" if self.fallen else super().model()


@subtle(
    "When the service refuses a prompt because of its content filter, an apology is made up.", "AST-CONVERSATION-ERROR"
)
class FilteredPromptApologisedFor(App):
    def fail(self, response):
        if b"content_filter" in response.content or b"content management policy" in response.content:
            return {"content": "I'm sorry, but I can't assist with that request."}
        return super().fail(response)


@subtle("When two prompts on end have ended in errors, every later one does.", "AST-CONVERSATION-RECOVERY")
class CircuitBreakerNeverCloses(App):
    def __init__(self, context):
        super().__init__(context)
        self.errors = 0

    def ask(self, message):
        if self.errors >= 2:
            raise RuntimeError("the circuit is open")
        try:
            text = super().ask(message)
        except RuntimeError:
            self.errors += 1
            raise
        self.errors = 0
        return text


@subtle("When a conversation has had ten rounds of calls in all its prompts, it fails.", "AST-CONVERSATION-ROUNDS")
class RecursionLimitSpansPrompts(App):
    def __init__(self, context):
        super().__init__(context)
        self.rounds = 0

    def answers(self, calls):
        self.rounds += 1
        if self.rounds > 10:
            raise RuntimeError("the recursion limit is reached")
        return super().answers(calls)


@subtle(
    "When a prompt failed after calls, the calls stay in the history without their results.",
    "AST-CONVERSATION-RECOVERY",
)
class CheckpointBeforeResults(App):
    def __init__(self, context):
        super().__init__(context)
        self.pending = []

    def replay(self, reply, answers):
        said, *results = super().replay(reply, answers)
        self.pending = [said]
        return [said, *results]

    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            self.history += [self.prompt(message), *self.pending] if self.pending else []
            raise
        finally:
            self.pending = []
