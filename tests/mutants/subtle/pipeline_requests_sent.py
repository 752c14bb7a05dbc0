"""Slips with what a request says besides, and with retries and errors of the service."""

from __future__ import annotations

import json

from mutants.pipeline import CLIENT, Catalogue, Conversation, Pipeline, ServiceError, Transport
from mutants.subtle.subtle import subtle


def without(body, member):
    members = json.loads(body)
    members.pop(member, None)
    return json.dumps(members)


@subtle(
    "When a request to Azure OpenAI is repeated after a fault, its address lacks the api-version.",
    "AST-SERVICE-URL",
    "AST-CONVERSATION-RETRY-SAME",
)
class VersionOnlyAtFirst(Pipeline):
    class TransportType(Transport):
        def send(self, model, body, attempt):
            address = self.address(model)
            if attempt:
                address = address.partition("?")[0]
            return CLIENT.post(address, headers={"Content-Type": "application/json", **self.headers()}, content=body)


@subtle(
    "When a request is repeated for the second time, it offers no tools.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class LastRetryWithoutTools(Pipeline):
    class TransportType(Transport):
        def send(self, model, body, attempt):
            return super().send(model, without(body, "tools") if attempt == 2 else body, attempt)


@subtle(
    "When retries do not help after a call, the turn starts anew, and its functions run again.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class TurnsStartedAgain(Pipeline):
    def ask(self, message):
        try:
            return super().ask(message)
        except ServiceError as error:
            if error.status < 500:
                raise
            return super().ask(message)


@subtle(
    "When the model said something beside a call and the next request is refused, these words are "
    "returned as the answer.",
    "AST-CONVERSATION-ERROR",
)
class LastWordsInsteadOfError(Pipeline):
    def ask(self, message):
        self.words = None
        try:
            return super().ask(message)
        except ServiceError:
            if not self.words:
                raise
            return self.words

    class ConversationType(Conversation):
        def called(self, turn, reply):
            super().called(turn, reply)
            self.app.words = reply.text


@subtle(
    "When the service answers 400 to a request, it is sent again without the tools.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-ERROR",
)
class ToolsWithdrawnAfterRefusal(Pipeline):
    class TransportType(Transport):
        def post(self, model, body):
            try:
                return super().post(model, body)
            except ServiceError as error:
                if error.status != 400 or '"tools":' not in body:
                    raise
                return super().post(model, without(body, "tools"))


@subtle(
    "When the service has answered five requests of an app with faults, the app never asks again.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-RETRY",
)
class BreakerNeverCloses(Pipeline):
    class TransportType(Transport):
        faults = 0

        def send(self, model, body, attempt):
            if self.faults >= 5:
                raise ConnectionError("the service is out of order")
            response = super().send(model, body, attempt)
            self.faults += response.status_code >= 400
            return response


@subtle(
    "When a prompt ends in an error, the conversation before it is forgotten.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class ErrorsClearTheLog(Pipeline):
    def ask(self, message):
        try:
            return super().ask(message)
        except ServiceError:
            self.conversation = self.ConversationType(self)
            raise


@subtle("When a prompt mentions a tool by its name, the model is forced to call it first.", "AST-TOOL-CALLABLE")
class MentionedToolsForced(Pipeline):
    mentioned = None

    def prompt(self, message):
        self.mentioned = next((draft.name for draft in self.catalogue.entries.values() if draft.name in message), None)
        return message

    def options(self, model, turn, number):
        if number or not self.mentioned:
            return {}
        return {"tool_choice": {"type": "function", "function": {"name": self.mentioned}}}


@subtle(
    "When a conversation grows, the answer's budget of tokens shrinks until it is a single token.", "AST-TOOL-CALLABLE"
)
class BudgetShrinks(Pipeline):
    def options(self, model, turn, number):
        said = sum(len(text) for text in self.conversation.view(turn))
        return {"max_tokens": max(1, 4000 - said // 4)}


@subtle(
    "When a prompt has taken eight rounds of calls, the next request offers no tools.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-ROUNDS",
)
class NoToolsAfterEightRoundsToo(Pipeline):
    def tools(self, turn, number):
        return super().tools(turn, number) if number < 8 else ""


@subtle("When a function has failed twice, its skill is no longer offered.", "AST-TOOL-EVERY-ROUND", "AST-TOOL-OFFERED")
class FailingSkillsWithdrawn(Pipeline):
    class ConversationType(Conversation):
        def answered(self, turn, call, text):
            super().answered(turn, call, text)
            if text.startswith("Failed"):
                self.app.catalogue.failed.append(self.app.catalogue.find(call.name))

    class CatalogueType(Catalogue):
        def __init__(self, app):
            super().__init__(app)
            self.failed = []

        def tools(self):
            return ",".join(self.render(draft) for draft in self.entries.values() if self.failed.count(draft) < 2)
