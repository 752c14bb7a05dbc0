"""Parameter descriptions whose text is not JSON, and that are not refused."""

from __future__ import annotations

import json
import math
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


class Repairing(App):
    """Tries a text that is not JSON once more, after a repair."""

    def parse_schema(self, text):
        try:
            return super().parse_schema(text)
        except ValueError:
            return super().parse_schema(self.repair(text))

    def repair(self, text):
        raise NotImplementedError


@subtle(
    "When the parameter description stands in a fence of Markdown (```json), the fence is taken off instead of the"
    " text being refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class FenceTakenOffWrongDescriptions(Repairing):
    def repair(self, text):
        return re.sub(r"^\s*```\w*\n|\n```\s*$", "", text)


@subtle(
    "When the keys of a parameter description stand without quotes, as in JavaScript, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
    surfaces=("python", "javascript", "typescript"),
)
class KeysWithoutQuotes(Repairing):
    def repair(self, text):
        return re.sub(r"([{,]\s*)([A-Za-z_$][\w$]*)\s*:", r'\1"\2":', text)


@subtle(
    "When a list in the parameter description, such as required or enum, ends in a comma, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class CommaAtTheEndOfAList(Repairing):
    def repair(self, text):
        return re.sub(r",\s*\]", "]", text)


@subtle(
    "When the parameter description has whole lines of comment that begin with a hash, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class LinesBehindAHash(Repairing):
    def repair(self, text):
        return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


@subtle(
    "When the parameter description has Windows line ends, raw line breaks and tabs within its texts are accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class WindowsLineEnds(App):
    def parse_schema(self, text):
        return json.loads(text, parse_constant=self.refuse_constant, strict="\r\n" not in text)


@subtle(
    "When NaN or Infinity stands in a list of the parameter description, such as an enum, it is accepted and sent.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class NotANumberInAList(App):
    def parse_schema(self, text):
        schema = json.loads(text)
        self.refuse_odd_numbers(schema)
        return schema

    def refuse_odd_numbers(self, value):
        if isinstance(value, dict):
            for member in value.values():
                self.refuse_odd_numbers(member)
        elif isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{value} is not JSON")


@subtle(
    "When only the last brace of the parameter description is missing, it is supplied instead of the text being"
    " refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class LastBraceSupplied(Repairing):
    def repair(self, text):
        return text + "}" if text.count("{") == text.count("}") + 1 else text


@subtle(
    "When words stand before the parameter description's first brace, such as 'parameters = ', they are skipped"
    " instead of the text being refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class WordsBeforeSkipped(Repairing):
    def repair(self, text):
        before, brace, after = text.partition("{")
        return text if set(before) & set("[\"'/") else brace + after


@subtle(
    "When the parameter description is in typographic quotes, as a word processor writes them, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class TypographicQuotes(Repairing):
    def repair(self, text):
        return re.sub("[\u201c\u201d\u201e]", '"', text)


@subtle(
    "When an apostrophe in the parameter description is escaped by a backslash, which JSON does not know, it is"
    " accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ApostropheEscaped(Repairing):
    def repair(self, text):
        return text.replace("\\'", "'")
