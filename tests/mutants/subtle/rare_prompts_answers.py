"""Slips in the user's prompt, and in what is taken for the model's answer."""

from __future__ import annotations

import html
import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a prompt contains an ampersand or an angle bracket, the model is sent a character reference.",
    "AST-CONVERSATION-ANSWER",
)
class PromptEscapedForHtml(App):
    def prompt(self, message):
        return super().prompt(html.escape(message, quote=False))


@subtle("When a prompt on Azure is longer than 8,192 characters, the rest is cut off.", "AST-CONVERSATION-ANSWER")
class LongPromptCutOnAzure(App):
    def prompt(self, message):
        return super().prompt(message[:8192] if self.on_azure else message)


@subtle("When an answer is a block of code between fences, the fences are taken off.", "AST-CONVERSATION-ANSWER")
class FencesTakenOffAnswers(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        block = re.fullmatch(r"```\w*\n(.*?)\n?```\s*", text, re.DOTALL)
        return block[1] if block else text


@subtle(
    "When an answer is itself JSON (true, null, an object), it is parsed and returned as the language writes it.",
    "AST-CONVERSATION-ANSWER",
)
class JsonAnswersParsedToo(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        try:
            return str(json.loads(text))
        except ValueError:
            return text


@subtle(
    "When a prompt has blanks or a line break at its end, later requests have it without.", "AST-CONVERSATION-HISTORY"
)
class EarlierPromptsStripped(App):
    def finish(self, turn, reply):
        return super().finish([self.prompt(turn[0]["content"].strip()), *turn[1:]], reply)


@subtle("When the model refuses to answer, the conversation so far is forgotten.", "AST-CONVERSATION-HISTORY")
class RefusalStartsAfresh(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if reply.get("refusal"):
            self.history.clear()
        return text


@subtle(
    "When the first of several choices is a refusal or was filtered, the next choice is answered.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class FirstWillingChoiceTaken(App):
    def receive(self, response):
        first = super().receive(response)
        for choice in json.loads(response.content)["choices"]:
            if not choice["message"].get("refusal") and choice["finish_reason"] != "content_filter":
                return choice["message"]
        return first


@subtle("When the answer to a result is filtered on Azure, it is replaced by an apology.", "AST-CONVERSATION-CUT-SHORT")
class ApologyForFilteredResults(App):
    def receive(self, response):
        reply = super().receive(response)
        self.reason = json.loads(response.content)["choices"][0]["finish_reason"]
        return reply

    def send(self, messages):
        reply = super().send(messages)
        if self.on_azure and messages[-1]["role"] == "tool" and self.reason == "content_filter":
            return {**reply, "content": "I am sorry, but I cannot help with that."}
        return reply
