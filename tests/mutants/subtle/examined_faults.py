"""What goes wrong after faults, refusals, failures and unusual answers."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


class PassingFaultError(RuntimeError):
    """The service may answer the same request later."""


class Retrying(App):
    """Repeats a request once after a passing fault; `again` while it does."""

    again = False

    def send(self, messages):
        try:
            return super().send(messages)
        except PassingFaultError:
            self.again = True
            return super().send(messages)
        finally:
            self.again = False

    def fail(self, response):
        if response.status in (408, 409, 429) or response.status >= 500:
            raise PassingFaultError(response.status)
        super().fail(response)


def error_of(response):
    """Return the error in a response, or an empty object."""
    try:
        return json.loads(response.content).get("error") or {}
    except (ValueError, AttributeError):
        return {}


@subtle(
    "When a request with results is repeated after a fault, it offers no tools.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class LaterRoundRepeatedWithoutTools(Retrying):
    def body(self, messages):
        body = super().body(messages)
        if self.again and messages[-1]["role"] == "tool":
            body.pop("tools", None)
        return body


@subtle(
    "When a request of a second prompt is repeated on Azure, it has that prompt twice.", "AST-CONVERSATION-RETRY-SAME"
)
class AzureRepeatsSecondPromptTwice(Retrying):
    def body(self, messages):
        more = (
            [messages[-1]] if self.again and self.on_azure and self.history and messages[-1]["role"] == "user" else []
        )
        return super().body([*messages, *more])


@subtle(
    "When a request is repeated in a later prompt, it lacks the conversation before.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class RepetitionForgetsEarlierPrompts(Retrying):
    def body(self, messages):
        return super().body(messages[len(self.history) :] if self.again else messages)


@subtle(
    "When the service answers 504 after a call, the whole prompt is run again, and its functions with it.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class GatewayTimeoutRunsPromptAgain(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except PassingFaultError:
            return super().ask(message)

    def fail(self, response):
        if response.status == 504:
            raise PassingFaultError(response.status)
        super().fail(response)


@subtle(
    "When Azure refuses a later prompt with 400, as its content filter does, an apology is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class AzureFilterAnsweredWithApology(App):
    def fail(self, response):
        if self.on_azure and response.status == 400 and self.history:
            return {"content": "I'm sorry, I can't help with that."}
        return super().fail(response)


@subtle(
    "When the service fails after a call in a later prompt, the call's result is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class LastResultStandsInForAnswer(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if self.history and messages[-1]["role"] == "tool":
                return {"content": messages[-1]["content"]}
            raise


@subtle(
    "When two prompts in a row have ended in errors, the next one ends in an error without being sent.",
    "AST-CONVERSATION-RECOVERY",
)
class BreakerOpensAfterTwoErrors(App):
    errors = 0

    def ask(self, message):
        if self.errors > 1:
            raise RuntimeError("the service is down")
        self.errors += 1
        text = super().ask(message)
        self.errors = 0
        return text


@subtle(
    "When the model has refused to answer, the next prompt is sent without the conversation before the refusal.",
    "AST-CONVERSATION-HISTORY",
)
class RefusalResetsTalk(App):
    def finish(self, turn, reply):
        if reply.get("refusal") and not reply["content"]:
            self.history = []
        return super().finish(turn, reply)


@subtle(
    "When an answer of a later prompt has no text, the previous prompt's answer is returned.",
    "AST-CONVERSATION-CUT-SHORT",
)
class TextlessAnswerRepeatsPrevious(App):
    previous = ""

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.previous = reply["content"] or self.previous or text
        return self.previous


@subtle(
    "When a later round's answer has several choices with calls, the calls of all of them are run.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class LaterRoundGathersEveryChoice(App):
    def send(self, messages):
        self.later = messages[-1]["role"] == "tool"
        return super().send(messages)

    def receive(self, response):
        first = super().receive(response)
        if not self.later or not first.get("tool_calls"):
            return first
        found = [choice["message"] for choice in json.loads(response.content)["choices"]]
        return {**first, "tool_calls": [call for message in found for call in message.get("tool_calls") or []]}


@subtle(
    "When more than twenty rounds of calls have been made over all prompts, the next ends in an error.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-ANSWER",
)
class RoundBudgetOfWholeTalk(App):
    rounds = 0

    def answers(self, calls):
        self.rounds += 1
        if self.rounds > 20:
            raise RuntimeError("no answer in 20 rounds")
        return super().answers(calls)


@subtle(
    "When the model makes the same call in three rounds in a row, as to wait for a state, the prompt ends in an error.",
    "AST-CONVERSATION-ROUNDS",
)
class PollingEndsThePrompt(App):
    def ask(self, message):
        self.made = []
        return super().ask(message)

    def answers(self, calls):
        self.made.append([call["function"] for call in calls])
        if len(self.made) > 2 and self.made[-1] == self.made[-2] == self.made[-3]:
            raise RuntimeError("the model is in a loop")
        return super().answers(calls)


@subtle(
    "When the model calls unknown functions in two replies of one conversation, the prompt ends in an error.",
    "AST-CONVERSATION-UNKNOWN",
    surfaces=("python", "typescript"),
)
class SecondInventionEndsPrompt(App):
    invented = 0

    def word_failure(self, name, error):
        if isinstance(error, LookupError) and name.lower() not in [skill.name.lower() for skill in self.skills]:
            self.invented += 1
            if self.invented > 1:
                raise RuntimeError(f"no function {name}") from error
        return super().word_failure(name, error)


@subtle(
    "When the model has called an unknown function, the requests after it offer a tool of that name.",
    "AST-TOOL-OFFERED",
    "AST-CONVERSATION-UNKNOWN",
)
class InventedNameOfferedAfterwards(App):
    def find(self, name):
        self.stubs = getattr(self, "stubs", {})
        try:
            return super().find(name)
        except LookupError:
            empty = {"type": "object", "properties": {}}
            self.stubs[name] = {"name": name, "description": "", "parameters": empty}
            raise

    def tools(self):
        return super().tools() + [
            {"type": "function", "function": stub} for stub in getattr(self, "stubs", {}).values()
        ]


@subtle("When a skill has failed three times, it is no longer offered.", "AST-TOOL-EVERY-ROUND", "AST-TOOL-OFFERED")
class SkillWithdrawnAfterThreeFailures(App):
    def word_failure(self, name, error):
        self.failed = [*getattr(self, "failed", []), name]
        return super().word_failure(name, error)

    def tools(self):
        failed = getattr(self, "failed", [])
        return [tool for tool in super().tools() if failed.count(tool["function"]["name"]) < 3]
