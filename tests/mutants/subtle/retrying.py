"""An app that sends a request again after some faults; what it then sends is for its subclasses to get wrong."""

from __future__ import annotations

from mutants.base import App


class FaultError(RuntimeError):
    """The service answered with a fault."""

    def __init__(self, status, text):
        super().__init__(f"the service answers {status}: {text}")
        self.status = status


class RetryingApp(App):
    """Conforms, for it sends the same request once more after one of the usual faults."""

    statuses = frozenset({408, 409, 429, 500, 502, 503, 504})
    attempts = 2
    attempt = 0

    def fail(self, response):
        raise FaultError(response.status, response.content.decode())

    def send(self, messages):
        for attempt in range(self.attempts):
            self.attempt = attempt
            try:
                return self.send_once(messages, attempt)
            except FaultError as fault:
                if attempt == self.attempts - 1 or fault.status not in self.statuses:
                    return self.give_up(messages, fault)
        raise AssertionError

    def send_once(self, messages, attempt):
        return super().send(messages if attempt == 0 else self.again(messages))

    def again(self, messages):
        """Return what is sent again."""
        return messages

    def give_up(self, messages, fault):  # noqa: ARG002
        raise fault
