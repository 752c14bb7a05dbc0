"""What goes wrong only with particular statuses of the service."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the service answers with a status that is not listed, such as 413 or 504, an empty answer is returned.",
    "AST-CONVERSATION-ERROR",
)
class StatusesListed(App):
    listed = (400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503)

    def receive(self, response):
        if response.status in self.listed:
            return self.fail(response)
        choices = json.loads(response.content).get("choices") or [{"message": {"content": ""}}]
        return choices[0]["message"]


@subtle(
    "When the service refuses a request with 400, it is sent again without tools.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-RETRY-SAME",
)
class ToolsBlamedForRefusal(App):
    blamed = False

    def fail(self, response):
        self.blamed = response.status == 400 and not self.blamed
        return super().fail(response)

    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if not self.blamed:
                raise
            return super().send(messages)

    def tools(self):
        return [] if self.blamed else super().tools()


@subtle(
    "When the service is busy (429) after a call, the function's result is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class ResultInPlaceOfAnswer(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError as error:
            if "answers 429" in str(error) and messages[-1]["role"] == "tool":
                return {"content": messages[-1]["content"]}
            raise


@subtle(
    "When OpenAI refuses the key (401), the request is sent again with the key in Azure's header.",
    "AST-SERVICE-KEY",
)
class KeyInOtherHeader(App):
    refused = False

    def fail(self, response):
        self.refused = response.status == 401 and not self.refused
        return super().fail(response)

    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if not self.refused:
                raise
            return super().send(messages)

    def headers(self):
        if self.refused and not self.on_azure:
            return {"api-key": self.settings["OPENAI_API_KEY"]}
        return super().headers()


@subtle(
    "When a gateway answers a fault with a page instead of JSON, the page is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class PageReturnedAsAnswer(App):
    def fail(self, response):
        try:
            json.loads(response.content)
        except ValueError:
            return {"content": response.content.decode()}
        return super().fail(response)


@subtle(
    "When the service has once answered 401 or 403, every later prompt ends in an error without being sent.",
    "AST-CONVERSATION-RECOVERY",
)
class LockedOutForGood(App):
    locked = False

    def ask(self, message):
        if self.locked:
            raise RuntimeError("the key does not work")
        return super().ask(message)

    def fail(self, response):
        self.locked = response.status in (401, 403)
        return super().fail(response)


@subtle(
    "When the service answers 404, the model is taken to be retired, and the request goes to another one.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEFAULT",
    editions=("2024-04-14",),
)
class OtherModelAfter404(App):
    replaced = False

    def fail(self, response):
        self.replaced = response.status == 404 and not self.replaced
        return super().fail(response)

    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if not self.replaced:
                raise
            return super().send(messages)

    def model(self):
        return "gpt-4o-mini" if self.replaced else super().model()


@subtle(
    "On Azure, every refusal with 400 is taken for the content filter, and a fixed sentence is returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class AzureRefusalExplained(App):
    def fail(self, response):
        if self.on_azure and response.status == 400:
            return {"content": "Your request was filtered. Please rephrase it."}
        return super().fail(response)
