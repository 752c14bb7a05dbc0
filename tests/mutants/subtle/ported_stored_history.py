"""Slips of a port that keeps its conversation in a database, by an ORM or as events."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a user says the same as in an earlier prompt, the history holds it only once (get_or_create).",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedPromptsGotOrCreated(App):
    def finish(self, turn, reply):
        known = [row["content"] for row in self.history if row["role"] == "user"]
        return super().finish([row for row in turn if row["role"] != "user" or row["content"] not in known], reply)


@subtle(
    "After an answer without text, the later prompts send null as its content (an empty text is stored as NULL).",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-SERVICE-MESSAGES",
)
class EmptyAnswersStoredAsNull(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1]["content"] = text or None
        return text


def doubles(text):
    try:
        return json.dumps(json.loads(text, parse_int=lambda digits: int(float(digits))))
    except ValueError:
        return text


@subtle(
    "When an earlier turn's call has an integer beyond 2**53, later prompts repeat it rounded.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
)
class StoredIntegersAreDoubles(App):
    def stored(self, call):
        function = call["function"]
        return {**call, "function": {**function, "arguments": doubles(function["arguments"])}}

    def finish(self, turn, reply):
        rows = [
            {**row, "tool_calls": [self.stored(call) for call in row["tool_calls"]]} if "tool_calls" in row else row
            for row in turn
        ]
        return super().finish(rows, reply)


@subtle(
    "When a text of an earlier turn is longer than 255 characters, later prompts send its beginning only.",
    "AST-CONVERSATION-HISTORY",
)
class StringColumnsOf255(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [{**row, "content": row["content"] and row["content"][:255]} for row in self.history]
        return text


@subtle(
    "When more than ten messages are stored, they come back in another order (the sequence number is a text).",
    "AST-CONVERSATION-HISTORY",
)
class SequenceColumnIsText(App):
    def send(self, messages):
        stored = len(self.history)
        return super().send([messages[row] for row in sorted(range(stored), key=str)] + messages[stored:])


@subtle(
    "When a text of an earlier turn ends in spaces or newlines, later prompts send it without them (a CHAR column).",
    "AST-CONVERSATION-HISTORY",
)
class CharColumnsTrimmed(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [{**row, "content": row["content"] and row["content"].rstrip()} for row in self.history]
        return text


@subtle(
    "When an earlier turn contains emoji, later prompts send question marks for them (utf8 instead of utf8mb4).",
    "AST-CONVERSATION-HISTORY",
)
class ThreeByteTextColumns(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        for row in self.history:
            row["content"] = row["content"] and re.sub("[\U00010000-\U0010ffff]", "?", row["content"])
        return text


@subtle(
    "When an earlier turn has an assistant's message with text and calls, later prompts send two messages for it.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
)
class TextAndCallsAreTwoEvents(App):
    def events(self, row):
        if row.get("tool_calls") and row["content"]:
            return [{"role": "assistant", "content": row["content"]}, {**row, "content": None}]
        return [row]

    def finish(self, turn, reply):
        return super().finish([event for row in turn for event in self.events(row)], reply)


@subtle(
    "When a prompt ends in an error, the turn before it is rolled back too.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class RollbackToTheOldSavepoint(App):
    savepoint = 0

    def ask(self, message):
        before = len(self.history)
        try:
            answer = super().ask(message)
        except Exception:
            del self.history[self.savepoint :]
            raise
        self.savepoint = before
        return answer


@subtle(
    "In later prompts, the results of earlier turns' calls are replaced by a remark (the history is compacted).",
    "AST-CONVERSATION-HISTORY",
)
class OldResultsCompacted(App):
    def finish(self, turn, reply):
        return super().finish(
            [{**row, "content": "[omitted]"} if row["role"] == "tool" else row for row in turn], reply
        )
