"""Requests: what frameworks put into the body beside what they should, and what their encoders make of it."""

from __future__ import annotations

import html
import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When the body has characters beyond ASCII, it is cut off by as many bytes as they add.", "AST-SERVICE-BODY")
class LengthCountedInCharacters(App):
    def encode(self, body):
        text = json.dumps(body, ensure_ascii=False)
        return text.encode()[: len(text)]


@subtle(
    "When a prompt or a description has letters beyond those of Western Europe, question marks are sent.",
    "AST-CONVERSATION-ANSWER",
    "AST-TOOL-DESCRIPTION",
    surfaces=("java",),
)
class PlatformCharsetReplacesLetters(App):
    def encode(self, body):
        return json.dumps(body, ensure_ascii=False).encode("cp1252", "replace").decode("cp1252").encode()


@subtle(
    "When the model has called skills in five rounds of a prompt, they are no longer offered.", "AST-TOOL-EVERY-ROUND"
)
class AutoInvokeAttemptsExhausted(App):
    def body(self, messages):
        body = super().body(messages)
        asked = max(index for index, message in enumerate(messages) if message["role"] == "user")
        rounds = sum("tool_calls" in message for message in messages[asked:])
        return body if rounds < 5 else {key: value for key, value in body.items() if key != "tools"}


@subtle("When a skill has failed, the next request demands that it be called again.", "AST-TOOL-CALLABLE")
class ReaskForcesFailedTool(App):
    def __init__(self, context):
        super().__init__(context)
        self.failed = None

    def word_failure(self, name, error):
        self.failed = name
        return super().word_failure(name, error)

    def body(self, messages):
        body, name = super().body(messages), self.failed
        self.failed = None
        if name not in [skill.name for skill in self.skills]:
            return body
        return {**body, "tool_choice": {"type": "function", "function": {"name": name}}}


@subtle(
    "When the conversation is long, what seems left of 4,096 tokens is allowed for the answer.", "AST-TOOL-CALLABLE"
)
class RemainingWindowAsLimit(App):
    def body(self, messages):
        left = 4096 - len(json.dumps(messages)) // 4
        return {**super().body(messages), "max_completion_tokens": max(1, left)}


@subtle(
    "When the prompt has signs such as & and <, the model is sent entities.",
    "AST-CONVERSATION-ANSWER",
    surfaces=("csharp-isolated",),
)
class PromptEncodedForXml(App):
    def prompt(self, message):
        return super().prompt(html.escape(message, quote=False))


@subtle("When the prompt has doubled braces in it, what is between them is left out.", "AST-CONVERSATION-ANSWER")
class PromptRenderedAsTemplate(App):
    def prompt(self, message):
        return super().prompt(re.sub(r"\{\{.*?\}\}", "", message))


@subtle("When a prompt equals the one before it, it is not sent again.", "AST-CONVERSATION-ANSWER")
class RepeatedPromptDeduplicated(App):
    def send(self, messages):
        asked = [message for message in messages if message["role"] == "user"]
        again = messages[-1]["role"] == "user" and asked[-1] in asked[-2:-1]
        return super().send(messages[:-1] if again else messages)


@subtle(
    "When a conversation is longer than 32,000 bytes, results are kept whose calls are not.", "AST-SERVICE-MESSAGES"
)
class ReducerOrphansResults(App):
    def send(self, messages):
        while len(messages) > 1 and len(json.dumps(messages, ensure_ascii=False)) > 32000:
            messages = messages[1:]
        return super().send(messages)


@subtle("When a prompt took several rounds, only its last round is remembered.", "AST-CONVERSATION-HISTORY")
class ScratchpadKeepsLastRound(App):
    def finish(self, turn, reply):
        said = [index for index, message in enumerate(turn) if message["role"] == "assistant"]
        return super().finish([turn[0], *turn[said[-1] :]] if said else turn, reply)


@subtle(
    "When a conversation has more than ten messages, they are sent in the order of texts.", "AST-CONVERSATION-HISTORY"
)
class MessagesOrderedByTextualRowKey(App):
    def send(self, messages):
        return super().send([messages[index] for index in sorted(range(len(messages)), key=str)])


@subtle(
    "When a message is longer than 32,768 characters, later prompts go with its beginning.", "AST-CONVERSATION-HISTORY"
)
class TableColumnTruncatesMessage(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [{**said, "content": said["content"] and said["content"][:32768]} for said in self.history]
        return text
