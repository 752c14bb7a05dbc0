"""Faults of the service that are hidden, or cost more than the prompt in which they happen."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

from mutants.base import App
from mutants.mutant import mutant

RETRY, ERROR, RECOVERY = "AST-CONVERSATION-RETRY", "AST-CONVERSATION-ERROR", "AST-CONVERSATION-RECOVERY"


def made_up(text):
    return {"role": "assistant", "content": text}


@mutant(
    "A refused request is answered with an excuse.",
    fails={RETRY: ["*"], ERROR: ["*"], RECOVERY: ["*"], "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-*"]},
)
class MakesUpAResponse(App):
    def fail(self, response):
        return made_up("Sorry, something went wrong.")


class StatusApp(App):
    """An app that makes up a response for some statuses."""

    def fail(self, response):
        return made_up("Please try again later.") if response.status in self.hidden else super().fail(response)


@mutant(
    "Too many requests are hidden.",
    fails={
        RETRY: ["passing-fault-429*"],
        ERROR: ["standing-fault-429-raised"],
        "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-429"],
    },
)
class HidesTooManyRequests(StatusApp):
    hidden = (429,)


@mutant("Faults of the service are hidden.", fails={RETRY: ["passing-fault-500*"], ERROR: ["refusal-500-*"]})
class HidesServerFaults(StatusApp):
    hidden = (500,)


@mutant("A wrong key is hidden.", fails={ERROR: ["refusal-401-raised"]})
class HidesAWrongKey(StatusApp):
    hidden = (401,)


@mutant("Bad requests are hidden.", fails={ERROR: ["refusal-400-*"], RECOVERY: ["*"]})
class HidesBadRequests(StatusApp):
    hidden = (400,)


@mutant(
    "After a call a refused request is hidden: the function's result is the response.",
    fails={
        RETRY: ["passing-fault-*-after-a-call"],
        ERROR: ["refusal-*-after-a-call-raised"],
        RECOVERY: ["*after-a-call*"],
    },
)
class ReturnsTheResultInstead(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if messages[-1]["role"] == "tool":
                return made_up(messages[-1]["content"])
            raise


@mutant(
    "A prompt that failed is posted again as a whole, its calls included.",
    fails={RETRY: ["*after-a-call"]},
)
class PostsTheWholePromptAgain(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            return super().ask(message)


@mutant(
    "A request that failed runs its calls again when it is sent again.",
    fails={
        RETRY: ["*after-a-call"],
        ERROR: ["*after-a-call-raised"],
        RECOVERY: ["*after-a-call"],
        "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-*"],
    },
)
class RunsCallsAgainWithARetry(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            calls = [call for message in messages for call in message.get("tool_calls", ())]
            self.answers(calls)
            raise


@mutant(
    "A prompt that failed stays in the history with its unanswered calls.",
    fails={"AST-SERVICE-MESSAGES": ["prompt-after-a-refusal-after-a-call"]},
)
class KeepsUnansweredCalls(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            self.history = [message for message in messages if message["role"] != "tool"]
            raise


@mutant("After a failure no prompt is taken.", fails={RECOVERY: ["*"]})
class RefusesPromptsAfterAFailure(App):
    failed = False

    def send(self, messages):
        if self.failed:
            raise RuntimeError("the assistant is in a failed state")
        self.failed = True
        reply = super().send(messages)
        self.failed = False
        return reply
