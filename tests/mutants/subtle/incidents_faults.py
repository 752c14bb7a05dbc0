"""Incidents in which the service had a fault, and the app did the wrong thing about it."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


class FaultError(RuntimeError):
    """A response other than a good one."""

    def __init__(self, response):
        super().__init__(f"the service answers {response.status}")
        self.status = response.status
        self.text = response.content.decode()


class Faulting(App):
    """Raises what tells the status."""

    def fail(self, response):
        raise FaultError(response)


class Persistent(Faulting):
    """Tries a request three times."""

    passing = (408, 409, 429, 500, 502, 503, 504)

    def send(self, messages):
        for left in (2, 1, 0):
            try:
                return super().send(messages)
            except FaultError as fault:
                if not left or fault.status not in self.passing:
                    return self.give_up(messages, fault)
                messages = self.again(messages, fault)
        return None

    def again(self, messages, fault):
        return messages

    def give_up(self, messages, fault):
        raise fault


def retry_after(response):
    return {name.lower(): value for name, value in response.headers}.get(b"retry-after", b"").decode()


def start_of_turn(messages):
    return max(number for number, message in enumerate(messages) if message["role"] == "user")


@subtle(
    "When every try of a later prompt ends in a 5xx, the answer to the prompt before is returned.",
    "AST-CONVERSATION-ERROR",
)
class IncidentOutageAnsweredFromMemory(Persistent):
    def give_up(self, messages, fault):
        if fault.status >= 500 and self.history:
            return {"content": self.history[-1]["content"]}
        return super().give_up(messages, fault)


@subtle(
    "When a request of a later prompt is repeated after a fault, the conversation before that prompt is left out.",
    "AST-CONVERSATION-RETRY-SAME",
)
class IncidentRepeatWithoutEarlierPrompts(Persistent):
    def again(self, messages, fault):
        return messages[start_of_turn(messages) :]


@subtle(
    "When a fault hits the third or a later request of a prompt, its repetition ends with the first round's results.",
    "AST-CONVERSATION-RETRY-SAME",
)
class IncidentRepeatFromFirstCheckpoint(Persistent):
    def again(self, messages, fault):
        start = start_of_turn(messages)
        said = [number for number, message in enumerate(messages) if number > start and message["role"] == "assistant"]
        return messages[: said[1]] if len(said) > 1 else messages


@subtle(
    "When a 429 asks for a wait of more than 20 seconds, a made-up sentence is returned instead of an error.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
)
class IncidentLongRetryAfterSaysBusy(App):
    def fail(self, response):
        wait = retry_after(response)
        if response.status == 429 and wait.isdigit() and int(wait) > 20:
            return {"content": "I am a little busy now. Please try again in a minute."}
        return super().fail(response)


@subtle(
    "When a fault's Retry-After is a date, the prompt ends in an empty answer instead of an error.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
    surfaces=("csharp-isolated",),
)
class IncidentRetryAfterDateUnread(App):
    def fail(self, response):
        if "GMT" in retry_after(response):
            return {"content": None}
        return super().fail(response)


@subtle(
    "When a request with results meets standing 409s, they count as done, and the last result is the answer.",
    "AST-CONVERSATION-ERROR",
)
class IncidentConflictCountsAsDone(Persistent):
    def give_up(self, messages, fault):
        if fault.status == 409 and messages[-1]["role"] == "tool":
            return {"content": messages[-1]["content"]}
        return super().give_up(messages, fault)


@subtle(
    "When a request with results times out with 408, the prompt starts over, and its functions run again.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class IncidentTimeoutStartsPromptOver(Faulting):
    def ask(self, message):
        try:
            return super().ask(message)
        except FaultError as fault:
            if fault.status != 408:
                raise
            return super().ask(message)


@subtle(
    "When a 503 meets an app whose skills declare a model, the request is repeated with the default model.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class IncidentOverloadFallsBackToCheapModel(Persistent):
    overloaded = False

    def again(self, messages, fault):
        self.overloaded = self.overloaded or fault.status == 503
        return messages

    def model(self):
        return self.default_model if self.overloaded else super().model()

    def finish(self, turn, reply):
        self.overloaded = False
        return super().finish(turn, reply)


@subtle(
    "When Azure answers 404 to a declared model's deployment, the request is repeated with the default deployment.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-DEPLOYMENT",
    surfaces=("csharp-inprocess",),
    editions=("2024-04-14",),
)
class IncidentMissingDeploymentReplaced(Persistent):
    passing = (404,)
    missing = False

    def again(self, messages, fault):
        self.missing = self.on_azure
        return messages

    def model(self):
        return self.default_model if self.missing else super().model()


@subtle(
    "When a request of a prompt had to be repeated, the next prompt is sent without tools to save tokens.",
    "AST-TOOL-EVERY-ROUND",
)
class IncidentLeanAfterRateLimit(Persistent):
    faulted = False
    lean = False

    def ask(self, message):
        self.lean, self.faulted = self.faulted, False
        return super().ask(message)

    def again(self, messages, fault):
        self.faulted = True
        return messages

    def tools(self):
        return [] if self.lean else super().tools()


@subtle(
    "When a request to Azure is repeated after a fault, the key is sent as a bearer token.",
    "AST-SERVICE-KEY",
)
class IncidentAzureRepeatBuildsOtherHeaders(Persistent):
    repeating = False

    def again(self, messages, fault):
        self.repeating = True
        return messages

    def headers(self):
        if self.on_azure and self.repeating:
            self.repeating = False
            return {"Authorization": f"Bearer {self.settings['AZURE_OPENAI_KEY']}"}
        return super().headers()


@subtle(
    "When the service refuses results with 400 in a later prompt, the error's message is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class IncidentLateRefusalReadAloud(Persistent):
    def give_up(self, messages, fault):
        if fault.status == 400 and self.history and messages[-1]["role"] == "tool":
            return {"content": json.loads(fault.text)["error"]["message"]}
        return super().give_up(messages, fault)


@subtle(
    "When a prompt ended in an error, its text is put before the next prompt, in one message.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-RECOVERY",
)
class IncidentUnsentPromptsJoined(App):
    unsent = ""

    def prompt(self, message):
        self.unsent += message
        return super().prompt(self.unsent)

    def ask(self, message):
        answer = super().ask(message)
        self.unsent = ""
        return answer

    def fail(self, response):
        self.unsent += "\n"
        return super().fail(response)


@subtle(
    "When a response to a later prompt has no choices, the answer to the prompt before is returned.",
    "AST-CONVERSATION-ANSWER",
)
class IncidentNoChoicesAnsweredFromMemory(App):
    def receive(self, response):
        if response.status < 400 and not json.loads(response.content)["choices"] and self.history:
            return {"content": self.history[-1]["content"]}
        return super().receive(response)
