"""Defects that JavaScript programmers know: replace, stringify, flat, revivers, truthiness, code units."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@altering("prompt", "AST-CONVERSATION-ANSWER")(
    "A prompt is put in by String.replace, where $$ stands for $, and $& or $' for parts of what was matched."
)
def replace_dollar_patterns(message):
    slot = {"$$": "$", "$&": "{prompt}", "$'": "", "$`": ""}
    return {**message, "content": re.sub(r"\$[$&'`]", lambda m: slot[m[0]], message["content"])}


@subtle(
    "JSON.stringify(result, Object.keys(result)): members of inner objects survive only if the outer has their name.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ReplacerArrayWhitelist(App):
    def word_result(self, result):
        return super().word_result(self.only(result, set(result)) if isinstance(result, dict) else result)

    def only(self, value, names):
        if isinstance(value, list):
            return [self.only(item, names) for item in value]
        if isinstance(value, dict):
            return {k: self.only(v, names) for k, v in value.items() if k in names}
        return value


@subtle("A list of lists that a function returns is flattened by one level.", "AST-CONVERSATION-RESULT-VALUE")
class ArrayFlatResult(App):
    def word_result(self, result):
        if isinstance(result, list):
            result = [item for part in result for item in (part if isinstance(part, list) else [part])]
        return super().word_result(result)


@subtle(
    "Texts in a list argument that look like numbers, such as 007 or 1e3, become numbers.", "AST-CONVERSATION-ARGUMENT"
)
class UnaryPlusOnElements(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return [self.plus(item) for item in value] if isinstance(value, list) else value

    def plus(self, item):
        if isinstance(item, str) and re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?", item):
            number = float(item)
            return int(number) if number.is_integer() else number
        return item


@subtle(
    "A reviver (key, value) => value || undefined deletes 0, false, null and empty texts from an object argument.",
    "AST-CONVERSATION-ARGUMENT",
)
class ReviverDropsFalsyMembers(App):
    def argument_of(self, skill, arguments):
        return self.revive(super().argument_of(skill, arguments))

    def revive(self, value):
        if isinstance(value, list):
            return [self.revive(item) for item in value]
        if isinstance(value, dict):
            return {k: self.revive(v) for k, v in value.items() if v or isinstance(v, list | dict)}
        return value


@subtle(
    "A text result is encoded through a buffer of 1023 code units, so a character beyond the BMP may break.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class CodeUnitChunkBorders(App):
    def word_result(self, result):
        units = super().word_result(result).encode("utf-16-le", "surrogatepass")
        pieces = [units[start : start + 2046] for start in range(0, len(units), 2046)]
        return "".join(piece.decode("utf-16-le", "replace") for piece in pieces)


@subtle(
    "Promise.all keeps one reason: if several calls of a reply fail, all but the first failure are told as nothing.",
    "AST-CONVERSATION-FAILURE",
)
class OnlyFirstRejectionTold(App):
    def answers(self, calls):
        self.failed = 0
        return super().answers(calls)

    def word_failure(self, name, error):
        self.failed = getattr(self, "failed", 0) + 1
        return super().word_failure(name, error) if self.failed == 1 else ""


@subtle(
    "The ids of a reply's calls are sorted as texts (call_10 before call_2), and given to the results in that order.",
    "AST-CONVERSATION-PARALLEL",
)
class LexicallySortedIds(App):
    def answers(self, calls):
        told = super().answers(calls)
        ids = sorted(message["tool_call_id"] for message in told)
        return [{**message, "tool_call_id": own} for message, own in zip(told, ids, strict=True)]
