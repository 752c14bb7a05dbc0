"""Answers of the model that end otherwise than usual: cut off, filtered, refused, or with several choices."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle

ANSWER, CALL, HISTORY = "AST-CONVERSATION-ANSWER", "AST-CONVERSATION-CALL", "AST-CONVERSATION-HISTORY"


class ChoosingApp(App):
    """An app that looks at all that the service answers, and not at the first choice's message alone."""

    def receive(self, response):
        message = super().receive(response)
        if response.status >= 400:
            return message
        return self.choose(message, json.loads(response.content)["choices"])


@subtle("A response that was cut off gets three dots.", ANSWER)
class MarksWhatWasCutOff(ChoosingApp):
    def choose(self, message, choices):
        cut = choices[0]["finish_reason"] == "length" and message["content"]
        return {**message, "content": f"{message['content']}..."} if cut else message


@subtle("A response that was cut off is not remembered.", HISTORY)
class ForgetsWhatWasCutOff(ChoosingApp):
    def choose(self, message, choices):
        self.cut = choices[0]["finish_reason"] == "length"
        return message

    def finish(self, turn, reply):
        before = [*self.history]
        text = super().finish(turn, reply)
        self.history = before if self.cut else self.history
        return text


@subtle("A response that the content filter cut off is replaced by a sentence.", ANSWER)
class HidesWhatWasFiltered(ChoosingApp):
    def choose(self, message, choices):
        filtered = choices[0]["finish_reason"] == "content_filter"
        return {**message, "content": "This response was filtered."} if filtered else message


@subtle("Calls beside a text are run only if the answer's finish_reason says that there are calls.", CALL)
class RunsCallsByTheReason(ChoosingApp):
    def choose(self, message, choices):
        if choices[0]["finish_reason"] == "tool_calls" or not message["content"]:
            return message
        return {key: value for key, value in message.items() if key != "tool_calls"}


@subtle("Of several choices the last one is returned.", ANSWER)
class ReturnsTheLastChoice(ChoosingApp):
    def choose(self, message, choices):  # noqa: ARG002
        return choices[-1]["message"]


@subtle("The texts of several choices are joined.", ANSWER)
class JoinsChoices(ChoosingApp):
    def choose(self, message, choices):
        texts = [choice["message"]["content"] for choice in choices if choice["message"]["content"]]
        return {**message, "content": "\n".join(texts)} if len(texts) > 1 else message


@subtle("Calls in any of several choices are run, though the first choice is a text.", ANSWER, CALL)
class RunsCallsOfOtherChoices(ChoosingApp):
    def choose(self, message, choices):
        calling = [choice["message"] for choice in choices if "tool_calls" in choice["message"]]
        return calling[0] if calling else message


class RefusalApp(ChoosingApp):
    """An app that returns the words of a refusal, as it should, and remembers them."""

    def choose(self, message, choices):  # noqa: ARG002
        self.refused = message.get("refusal") is not None
        return self.word_refusal(message) if self.refused else message

    def word_refusal(self, message):
        return {**message, "content": message["refusal"]}


@subtle("A refusal is returned as an apology of the app's own.", ANSWER)
class ApologizesForRefusals(RefusalApp):
    def word_refusal(self, message):
        return {**message, "content": "I am sorry, I cannot help with that."}


@subtle("A refusal is returned as an empty text.", ANSWER)
class ReturnsNothingForRefusals(RefusalApp):
    def word_refusal(self, message):
        return {**message, "content": ""}


@subtle("A prompt that the model refused is forgotten.", HISTORY)
class ForgetsWhatWasRefused(RefusalApp):
    def finish(self, turn, reply):
        before = [*self.history]
        text = super().finish(turn, reply)
        self.history = before if self.refused else self.history
        return text


@subtle("After a refusal the conversation begins anew.", HISTORY)
class BeginsAnewAfterRefusals(RefusalApp):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [] if self.refused else self.history
        return text
