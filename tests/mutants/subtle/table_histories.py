"""Defects of a history in a database: rows in Azure tables, keys as text, limited properties, typed columns, etags."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


class Stored(App):
    """After each prompt, its messages become rows; `row` says what of a message comes back."""

    def finish(self, turn, reply):
        before = len(self.history)
        text = super().finish(turn, reply)
        self.history[before:] = [self.row(message) for message in self.history[before:]]
        return text

    def row(self, message):
        content = message["content"]
        return {**message, "content": self.column(content) if isinstance(content, str) else content}

    def column(self, text):
        return text


@subtle(
    "A property holds 32K characters of escaped JSON: long texts of other alphabets lose their end in the history.",
    "AST-CONVERSATION-HISTORY",
)
class EscapedProperty32K(Stored):
    def column(self, text):
        while len(json.dumps(text)) > 32 * 1024:
            text = text[:-100]
        return text


@subtle(
    "Row keys are hexadecimal numbers, read in the order of texts: with more than 16 messages, 10 comes before 2.",
    "AST-CONVERSATION-HISTORY",
    "AST-SERVICE-MESSAGES",
)
class HexadecimalRowKeys(App):
    def prompt(self, message):
        keyed = sorted(enumerate(self.history), key=lambda row: f"{row[0]:x}")
        self.sorted_history = [m for _, m in keyed]
        return super().prompt(message)

    def send(self, messages):
        return super().send([*self.sorted_history, *messages[len(self.history) :]])


@subtle(
    "Results are rows keyed by their call's id: an id that the model uses again replaces the earlier result.",
    "AST-CONVERSATION-HISTORY",
)
class UpsertedByCallId(Stored):
    def row(self, message):
        if message["role"] == "tool":
            for old in self.history:
                if old is message:
                    break
                if old.get("tool_call_id") == message["tool_call_id"]:
                    old["content"] = message["content"]
        return message


@subtle(
    "Empty properties are not stored: an empty text result is null in the requests of later prompts.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
)
class EmptyPropertyUnstored(Stored):
    def row(self, message):
        return {**message, "content": None} if message["role"] == "tool" and not message["content"] else message


@subtle(
    "After a prompt that ended in an error the etag is stale, so the next prompt is answered but not kept.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class StaleEtagAfterError(App):
    stale = False

    def ask(self, message):
        kept = [*self.history]
        try:
            text = super().ask(message)
        except Exception:
            self.stale = True
            raise
        if self.stale:
            self.history, self.stale = kept, False
        return text


@subtle(
    "Columns find out their types: earlier texts such as 007, +49 or 1.50 come back as numbers.",
    "AST-CONVERSATION-HISTORY",
)
class DetectedNumberColumn(Stored):
    def column(self, text):
        if re.fullmatch(r"[+-]?\d{1,15}", text):
            return str(int(text))
        return str(float(text)) if re.fullmatch(r"[+-]?\d{1,12}\.\d{1,6}", text) else text


@subtle(
    "Apostrophes are doubled for a query and stay so: in the history, an earlier prompt's don't is don''t.",
    "AST-CONVERSATION-HISTORY",
)
class OdataDoubledApostrophes(Stored):
    def row(self, message):
        return super().row(message) if message["role"] == "user" else message

    def column(self, text):
        return text.replace("'", "''")


@subtle(
    "A MySQL column of three-byte utf8: in the history, earlier texts end at their first character beyond the BMP.",
    "AST-CONVERSATION-HISTORY",
)
class MysqlThreeByteColumn(Stored):
    def column(self, text):
        return re.split("[\U00010000-\U0010ffff]", text, maxsplit=1)[0]


@subtle(
    "A row is either a text or calls: later prompts repeat an earlier message with calls without its text.",
    "AST-CONVERSATION-REPLAY",
    "AST-CONVERSATION-HISTORY",
)
class RowOfCallsLosesText(Stored):
    def row(self, message):
        return {**message, "content": None} if message.get("tool_calls") else message
