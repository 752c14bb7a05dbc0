"""Requests, retries and what is told of failures, wrong in less usual exchanges."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "A request is repeated twice after faults, and the second time it ends with the prompt or result once more.",
    "AST-CONVERSATION-RETRY-SAME",
)
class SecondRepetitionHasLastMessageTwice(App):
    attempts = 0

    def send(self, messages):
        self.attempts = 0
        return self.attempt(messages)

    def attempt(self, messages):
        self.attempts += 1
        try:
            return super().send([*messages, messages[-1]] if self.attempts > 2 else messages)
        except RuntimeError as error:
            if self.attempts > 2 or not re.search("answers (408|409|429|5)", str(error)):
                raise
        return self.attempt(messages)


@subtle("A 504 of the service is returned as a response that asks for patience.", "AST-CONVERSATION-ERROR")
class PatienceFor504(App):
    def fail(self, response):
        if response.status == 504:
            return {"content": "This takes longer than usual. Please try again later."}
        return super().fail(response)


@subtle(
    "A reply with status 200 whose body is an error has the error's message returned as the response.",
    "AST-CONVERSATION-ERROR",
)
class ErrorWithStatus200Returned(App):
    def receive(self, response):
        if response.status < 400:
            body = json.loads(response.content)
            if isinstance(body, dict) and "error" in body and "choices" not in body:
                return {"content": body["error"]["message"]}
        return super().receive(response)


@subtle(
    "After a 401 on OpenAI, keys are sent as Azure OpenAI takes them for the rest of the conversation.",
    "AST-SERVICE-KEY",
    "AST-CONVERSATION-RECOVERY",
)
class KeyOfAzureAfter401(App):
    denied = False

    def fail(self, response):
        self.denied = self.denied or response.status == 401
        return super().fail(response)

    def headers(self):
        if self.denied and not self.on_azure:
            return {"api-key": self.settings["OPENAI_API_KEY"]}
        return super().headers()


@subtle(
    "After a 429, the rest of the conversation is sent to the default model.",
    "AST-MODEL-GIVEN",
    "AST-CONVERSATION-RECOVERY",
    editions=("2024-04-14",),
)
class DefaultModelAfter429(App):
    limited = False

    def fail(self, response):
        self.limited = self.limited or response.status == 429
        return super().fail(response)

    def model(self):
        return self.default_model if self.limited else super().model()


@subtle("After a function that raised an error, the next request forbids calls.", "AST-TOOL-CALLABLE")
class NoCallsRightAfterAFailure(App):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def body(self, messages):
        body = super().body(messages)
        if self.failed and "tools" in body:
            body["tool_choice"] = "none"
        self.failed = False
        return body


@subtle(
    "Once the messages take 1000 tokens, what they leave of 2000 is sent as max_tokens, in the end hardly anything.",
    "AST-TOOL-CALLABLE",
)
class MaxTokensLeftByMessages(App):
    def body(self, messages):
        used = sum(len(message["content"] or "") for message in messages) // 4
        body = super().body(messages)
        return body if used < 1000 else {**body, "max_tokens": max(1, 2000 - used)}


@subtle("If a prompt mentions JSON, an answer in JSON is demanded.", "AST-TOOL-CALLABLE")
class JsonDemandedIfMentioned(App):
    def body(self, messages):
        body = super().body(messages)
        prompts = [message["content"] for message in messages if message["role"] == "user"]
        return {**body, "response_format": {"type": "json_object"}} if "JSON" in prompts[-1] else body


@subtle(
    "A request whose characters beyond ASCII are all of Western Europe is sent in their code page, not in UTF-8.",
    "AST-SERVICE-BODY",
    "AST-CONVERSATION-ANSWER",
    "AST-TOOL-DESCRIPTION",
)
class WesternRequestsInCodePage(App):
    def encode(self, body):
        text = json.dumps(body, ensure_ascii=False)
        try:
            return text.encode("cp1252")
        except UnicodeEncodeError:
            return json.dumps(body).encode()


@subtle(
    "After a 502, 503 or 504 in a later request for a prompt, the prompt is begun again, and its functions run again.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class PromptBegunAgainAfterGatewayFault(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError as error:
            if not re.search("answers 50[234]", str(error)):
                raise
        return super().ask(message)


@subtle(
    "From the second prompt on, a fault of the service (500 and above) has the response before returned again.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
)
class ResponseBeforeReturnedForFault(App):
    def fail(self, response):
        if response.status >= 500 and self.history:
            return {"content": self.history[-1]["content"]}
        return super().fail(response)


@subtle(
    "If the declared model or deployment is not found, the default one is asked.",
    "AST-CONVERSATION-ERROR",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class DefaultModelIfNotFound(App):
    missing = False

    def fail(self, response):
        self.missing = response.status == 404
        return super().fail(response)

    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if not self.missing or not any("model" in skill.given for skill in self.skills):
                raise
        return super().send(messages)

    def model(self):
        return self.default_model if self.missing else super().model()


@subtle(
    "A 413 or a context that is too long makes the app repeat the prompt without the conversation before it.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-ERROR",
)
class ConversationForgottenIfTooLong(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError as error:
            if not self.history or not re.search("answers 413|context_length_exceeded", str(error)):
                raise
        self.history = []
        return super().ask(message)
