"""Defects of layers in between: redaction, filters against injected prompts, sanitizers, localisation."""

from __future__ import annotations

import re
import unicodedata

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


class FilteredResults(App):
    """A text that a function returns passes `sieve`."""

    def word_result(self, result):
        told = super().word_result(result)
        return self.sieve(told) if isinstance(result, str) else told

    def sieve(self, text):
        return text


@altering("prompt", "AST-CONVERSATION-ANSWER")(
    "Numbers of 13 to 16 digits in a prompt, also in groups, are taken for cards, and masked but for the last four."
)
def card_numbers_masked(message):
    text = re.sub(r"\b\d(?:[ -]?\d){12,15}\b", lambda m: "*" * 12 + m[0][-4:], message["content"])
    return {**message, "content": text}


@subtle(
    "Redaction for the log is done in place: members named token, key, secret or password are masked in the result.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class SecretMembersMaskedInPlace(App):
    def word_result(self, result):
        return super().word_result(self.redact(result))

    def redact(self, value):
        if isinstance(value, list):
            return [self.redact(item) for item in value]
        if isinstance(value, dict):
            secret = re.compile("token|key|secret|password", re.IGNORECASE)
            return {k: "***" if secret.search(k) else self.redact(v) for k, v in value.items()}
        return value


@altering("prompt", "AST-CONVERSATION-ANSWER")(
    "Addresses in a prompt lose their query and fragment, since these may hold credentials."
)
def url_queries_scrubbed(message):
    return {**message, "content": re.sub(r"(https?://[^\s?#]+)[?#]\S*", r"\1", message["content"])}


@subtle(
    "The preview for the log is sent: results of more than 1000 characters end in ... if a reply has several calls.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-PARALLEL",
)
class LogPreviewOfParallelResults(App):
    def answers(self, calls):
        told = super().answers(calls)
        long = {True: lambda text: text[:1000] + "...", False: lambda text: text}
        return [{**m, "content": long[len(calls) > 1 and len(m["content"]) > 1000](m["content"])} for m in told]


@subtle(
    "Against injected prompts: lines of a text result that begin with System:, User: or Assistant: are dropped.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class RoleLinesDropped(FilteredResults):
    def sieve(self, text):
        return re.sub(r"^\s*(system|user|assistant|human|ai)\s*:.*\n?", "", text, flags=re.IGNORECASE | re.MULTILINE)


@subtle(
    "Digits of other scripts (Arabic, Devanagari, full width) in a text argument become 0 to 9.",
    "AST-CONVERSATION-ARGUMENT",
)
class LocalDigitsMapped(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if not isinstance(value, str):
            return value
        return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in value)


@subtle(
    "A guard against formulas: a text result that begins with = + - or @ is told with an apostrophe before it.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class CsvFormulaGuard(FilteredResults):
    def sieve(self, text):
        return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
