"""Conversations that go wrong later: in a third round, a second prompt, after an error, with an unusual reply."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When a prompt is the same as an earlier one, it is not sent again.", "AST-CONVERSATION-ANSWER")
class SamePromptSkipped(App):
    def body(self, messages):
        seen, kept = set(), []
        for message in messages:
            if message["role"] != "user" or message["content"] not in seen:
                kept.append(message)
            if message["role"] == "user":
                seen.add(message["content"])
        return super().body(kept)


@subtle(
    "When the model calls the same with the same arguments in two rounds running, it is taken for a loop.",
    "AST-CONVERSATION-ROUNDS",
)
class SameCallIsLoop(App):
    def ask(self, message):
        self.last = None
        return super().ask(message)

    def answers(self, calls):
        asked = [call["function"] for call in calls]
        if asked == self.last:
            raise RuntimeError("the model goes round in circles")
        self.last = asked
        return super().answers(calls)


@subtle("When calls come in several rounds, only the last reply with calls keeps its text.", "AST-CONVERSATION-REPLAY")
class EarlierTextDropped(App):
    def body(self, messages):
        last = max((at for at, message in enumerate(messages) if "tool_calls" in message), default=0)
        return super().body(
            [
                {**message, "content": None} if "tool_calls" in message and at < last else message
                for at, message in enumerate(messages)
            ]
        )


@subtle(
    "When a prompt ends in an error, the two messages before it are taken out of the history as well.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class RollsBackTooFar(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except Exception:
            del self.history[-2:]
            raise


@subtle(
    "When a call had malformed arguments, every later prompt ends in an error.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-HISTORY",
)
class HistoryReadStrictly(App):
    def ask(self, message):
        for past in self.history:
            for call in past.get("tool_calls", []):
                json.loads(call["function"]["arguments"] or "{}")
        return super().ask(message)


@subtle(
    "When a request of a later prompt is repeated after a fault, it leaves out the earlier prompts.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class RepeatsWithoutHistory(App):
    def fail(self, response):
        if response.status >= 429:
            raise ConnectionError(response.status)
        return super().fail(response)

    def send(self, messages):
        try:
            return super().send(messages)
        except ConnectionError:
            return super().send(messages[len(self.history) :])


@subtle(
    "When the service refuses the request with the results, the last result is returned as the answer.",
    "AST-CONVERSATION-ERROR",
    "AST-CONVERSATION-RETRY",
)
class ResultForAnswer(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if messages[-1]["role"] != "tool":
                raise
            return {"content": messages[-1]["content"]}


@subtle(
    "When a prompt has ended in an error, the app takes itself for busy and refuses the next.",
    "AST-CONVERSATION-RECOVERY",
)
class BusyAfterError(App):
    busy = False

    def ask(self, message):
        if self.busy:
            raise RuntimeError("another prompt is being answered")
        self.busy = True
        text = super().ask(message)
        self.busy = False
        return text


@subtle(
    "When the service filters the rest of an answer, an apology is returned in place of what there is.",
    "AST-CONVERSATION-CUT-SHORT",
)
class FilteredAnswerApologised(App):
    def receive(self, response):
        message = super().receive(response)
        if json.loads(response.content)["choices"][0]["finish_reason"] == "content_filter":
            return {**message, "content": "I am sorry, I cannot help with that."}
        return message


@subtle(
    "When a reply with calls says that it finished with stop, as forced calls do, the calls are overlooked.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-CALL",
)
class CallsNeedTheirReason(App):
    def receive(self, response):
        message = super().receive(response)
        if json.loads(response.content)["choices"][0]["finish_reason"] == "stop":
            return {"role": "assistant", "content": message["content"]}
        return message


@subtle(
    "When the first of several choices calls a skill and another has a text, the text is the response.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class ChoiceWithTextPreferred(App):
    def receive(self, response):
        first = super().receive(response)
        choices = [choice["message"] for choice in json.loads(response.content)["choices"]]
        return next((message for message in choices if message["content"]), first)


@subtle(
    "When a call fails that is not the last of its reply, a note is put between the answers.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-PARALLEL",
)
class NoteBetweenAnswers(App):
    def answers(self, calls):
        messages = []
        for answer in super().answers(calls):
            messages.append(answer)
            if answer["content"].startswith("The function") and " failed: " in answer["content"]:
                messages.append({"role": "system", "content": "Tell the user that the function failed."})
        return messages
