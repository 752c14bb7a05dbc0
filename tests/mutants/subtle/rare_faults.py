"""Slips when the service fails or refuses: in the request that is sent again, in what is returned, in what remains."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class BusyError(RuntimeError):
    """The service may answer the next time."""


class Retrying(App):
    """Sends a request again, at most twice, after a passing fault."""

    busy = (408, 409, 429, 500, 502, 503)
    attempt = 0

    def fail(self, response):
        if response.status in self.busy:
            raise BusyError(f"the service answers {response.status}")
        return super().fail(response)

    def send(self, messages):
        for self.attempt in range(2):
            try:
                return super().send(messages)
            except BusyError:
                messages = self.again(messages)
        self.attempt = 2
        return super().send(messages)

    def again(self, messages):
        return messages


@subtle(
    "When a request with the result of a call meets a passing fault, it is repeated without the call and its result.",
    "AST-CONVERSATION-RETRY-SAME",
)
class RepeatedWithoutTheCall(Retrying):
    def again(self, messages):
        last = max(i for i, message in enumerate(messages) if message["role"] == "user")
        return messages[: last + 1]


@subtle(
    "When a request is repeated for the second time, only its last prompt and what follows is sent.",
    "AST-CONVERSATION-RETRY-SAME",
)
class SecondRepetitionWithoutHistory(Retrying):
    def again(self, messages):
        last = max(i for i, message in enumerate(messages) if message["role"] == "user")
        return messages[last:] if self.attempt == 1 else messages


@subtle(
    "When a request of an app with several skills is repeated, it offers the first skill only.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class RepeatedWithTheFirstSkill(Retrying):
    def tools(self):
        return super().tools()[:1] if self.attempt else super().tools()


@subtle(
    "When the service answers 502, 503 or 504 after a call, the whole prompt is begun again and its "
    "functions run again.",
    "AST-CONVERSATION-RETRY",
)
class PromptBegunAgainAfterGatewayFaultToo(Retrying):
    busy = (502, 503, 504)

    def send(self, messages):
        return App.send(self, messages)

    def ask(self, message):
        try:
            return super().ask(message)
        except BusyError:
            return super().ask(message)


@subtle(
    "When the service answers with a status of 4xx that is not in a list (402, 405, 410, 413, 451), its "
    "message is returned as an answer.",
    "AST-CONVERSATION-ERROR",
)
class UnlistedRefusalsReadAsAnswers(App):
    def fail(self, response):
        if response.status >= 500 or response.status in (400, 401, 403, 404, 408, 409, 422, 429):
            return super().fail(response)
        return {"role": "assistant", "content": response.content.decode()}


@subtle(
    "When the service answers with a status above 504 (507, 529), the prompt ends with an empty answer.",
    "AST-CONVERSATION-ERROR",
)
class StatusesAbove504Empty(App):
    def fail(self, response):
        return {"role": "assistant", "content": ""} if response.status > 504 else super().fail(response)


@subtle(
    "When the service times out (408, 504) on a later prompt, the answer before is returned again.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
)
class TimeoutAnsweredFromHistory(App):
    def fail(self, response):
        if response.status in (408, 504) and self.history:
            return {"role": "assistant", "content": self.history[-1]["content"]}
        return super().fail(response)


@subtle(
    "When the service fails after two rounds of calls, the last result is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class LastResultReturnedAsAnswer(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            last = max(i for i, message in enumerate(messages) if message["role"] == "user")
            if sum("tool_calls" in message for message in messages[last:]) < 2:
                raise
            return {"role": "assistant", "content": messages[-1]["content"]}


@subtle(
    "When two prompts in a row ended in an error, every later one does, though the service works again.",
    "AST-CONVERSATION-RECOVERY",
)
class CircuitNeverCloses(App):
    errors = 0

    def ask(self, message):
        if self.errors > 1:
            raise RuntimeError("the service is down")
        try:
            text = super().ask(message)
        except Exception:
            self.errors += 1
            raise
        self.errors = 0
        return text


@subtle(
    "When the service has once answered 400, the skills are not offered any more.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-RECOVERY",
)
class SkillsWithdrawnOnceRefused(App):
    refused = False

    def fail(self, response):
        self.refused = self.refused or response.status == 400
        return super().fail(response)

    def tools(self):
        return [] if self.refused else super().tools()
