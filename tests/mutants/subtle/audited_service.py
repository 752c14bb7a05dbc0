"""Requirement by requirement: faults, endings, apps one after another, and requests that the service refuses."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


class Repeating(RetryingApp):
    """An app that repeats a request once after a temporary fault; `repeated` says whether it is doing so."""

    statuses = frozenset({408, 409, 429, *range(500, 600)})
    repeated = False

    def send_once(self, messages, attempt):
        self.repeated = attempt > 0
        try:
            return super().send_once(messages, attempt)
        finally:
            self.repeated = False


@subtle(
    "When the request with results meets a temporary fault, the calls that had failed are run again before it is sent.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class FailedCallsGetAnotherChance(Repeating):
    def answer(self, name, arguments):
        self.failing = getattr(self, "failing", [])
        told = super().answer(name, arguments)
        if told.startswith(f"The function {name} failed"):
            self.failing.append((name, arguments))
        return told

    def ask(self, message):
        self.failing = []
        return super().ask(message)

    def again(self, messages):
        failing, self.failing = self.failing, []
        for name, arguments in failing:
            self.answer(name, arguments)
        return messages


@subtle(
    "A request that is repeated after a temporary fault lacks the prompts before the present one.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class LimitsShrinkTheHistory(Repeating):
    def again(self, messages):
        since = max(index for index, message in enumerate(messages) if message["role"] == "user")
        return messages[since:]


@subtle(
    "When the service refuses a later prompt, the response to the one before is returned.",
    "AST-CONVERSATION-ERROR",
)
class FormerAnswerInPlaceOfErrors(App):
    def fail(self, response):
        if not self.history:
            return super().fail(response)
        return {"content": self.history[-1]["content"]}


@subtle(
    "After two prompts in succession that ended in an error, the next ends in an error without a request.",
    "AST-CONVERSATION-RECOVERY",
)
class BreakerStaysOpen(App):
    errors = 0

    def ask(self, message):
        if self.errors >= 2:
            self.errors = 0
            raise RuntimeError("the circuit is open")
        self.errors += 1
        text = super().ask(message)
        self.errors = 0
        return text


@subtle(
    "A prompt that ended in an error is sent again before the first prompt of the next app.",
    "AST-CONVERSATION-ISOLATED",
    "AST-CONVERSATION-REPEATABLE",
)
class UnansweredPromptsBequeathed(App):
    unanswered: ClassVar[list[dict[str, Any]]] = []

    def __init__(self, context):
        super().__init__(context)
        self.history = [*self.unanswered]
        self.unanswered.clear()

    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            self.unanswered[:] = [self.prompt(message)]
            raise


@subtle(
    "A failure is told with a number that counts the failures of all apps.",
    "AST-CONVERSATION-REPEATABLE",
)
class FailuresNumberedForEver(App):
    told: ClassVar[list[str]] = []

    def word_failure(self, name, error):
        self.told.append(name)
        return f"{super().word_failure(name, error)} (failure {len(self.told)})"


@subtle(
    "An answer that ends before its first word is replaced by the last result that was told.",
    "AST-CONVERSATION-CUT-SHORT",
)
class ResultInPlaceOfNothing(App):
    def send(self, messages):
        reply = super().send(messages)
        if not reply["content"] and not reply.get("tool_calls") and not reply.get("refusal"):
            results = [message["content"] for message in messages if message["role"] == "tool"]
            return {**reply, "content": results[-1] if results else reply["content"]}
        return reply


@subtle(
    "An answer that is cut off is said to end there, in words that the model never said.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-CONVERSATION-ANSWER",
)
class CutsExplainedInTheAnswer(App):
    def receive(self, response):
        message = super().receive(response)
        choice = json.loads(response.content)["choices"][0]
        if choice.get("finish_reason") == "length" and message.get("content"):
            return {**message, "content": f"{message['content']} The answer ends here, as it reached its limit."}
        return message


@subtle(
    "If another choice of an answer has calls and the first has none, the other is followed.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class ChoicesWithCallsPreferred(App):
    def receive(self, response):
        first = super().receive(response)
        messages = [choice["message"] for choice in json.loads(response.content)["choices"]]
        return next((message for message in [first, *messages] if message.get("tool_calls")), first)


@subtle(
    "On Azure OpenAI, a request that is repeated after a fault has its key as a bearer token.",
    "AST-SERVICE-KEY",
    "AST-CONVERSATION-RETRY",
)
class BearersOnRepetition(Repeating):
    def headers(self):
        headers = super().headers()
        return {"Authorization": f"Bearer {headers['api-key']}"} if self.repeated and self.on_azure else headers


@subtle(
    "An app without skills posts to the older completions address from its second prompt on.",
    "AST-SERVICE-URL",
    "AST-CONVERSATION-HISTORY",
    "AST-TOOL-NONE",
)
class SkilllessLaterCompletions(App):
    def url(self, model):
        url = super().url(model)
        return url if self.skills or not self.history else url.replace("/chat/completions", "/completions")


@subtle(
    "On Azure OpenAI, a prompt of more than 4,000 characters goes to a deployment for long contexts.",
    "AST-SERVICE-MODEL",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class LongPromptsElsewhere(App):
    def body(self, messages):
        body = super().body(messages)
        prompt = [message["content"] for message in messages if message["role"] == "user"][-1]
        return body | ({"model": f"{body['model']}-32k"} if self.on_azure and len(prompt) > 4000 else {})


@subtle(
    "After a failure in a reply of several calls, a system message about it comes before the other results.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-PARALLEL",
)
class FailuresNotedAmongResults(App):
    def answers(self, calls):
        messages = []
        for answer in super().answers(calls):
            messages.append(answer)
            if answer["content"].startswith("The function ") and " failed: " in answer["content"] and len(calls) > 1:
                messages.append({"role": "system", "content": "A function has failed."})
        return messages


@subtle(
    "A parameter description that allows no additional properties makes its tool strict, whatever it requires.",
    "AST-SERVICE-TOOLS",
)
class ClosedSchemasAreStrict(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        return function | ({"strict": True} if skill.schema.get("additionalProperties") is False else {})


@subtle(
    "The room for an answer shrinks with the conversation, until it is too small for one.",
    "AST-SERVICE-BODY",
    "AST-TOOL-CALLABLE",
)
class RoomLeftByTheConversation(App):
    def body(self, messages):
        body = super().body(messages)
        return body | {"max_tokens": 4096 - len(json.dumps(messages)) // 2}
