"""Defects that Java's libraries bring along: Jackson, Gson, org.json, and the language's own texts and numbers."""

from __future__ import annotations

import json
import re
import struct

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "A text result is written by Gson, whose HTML-safe escapes of < > & = and ' remain when the quotes are cut off.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class GsonHtmlSafeLeftovers(App):
    def word_result(self, result):
        told = super().word_result(result)
        return re.sub("[<>&=']", lambda m: f"\\u{ord(m[0]):04x}", told) if isinstance(result, str) else told


@subtle(
    "Jackson's NON_NULL inclusion drops the null members of objects that are rows of a list in a result.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class JacksonNonNullRows(App):
    def word_result(self, result):
        return super().word_result(self.rows(result))

    def rows(self, value, *, in_list=False):
        if isinstance(value, list):
            return [self.rows(item, in_list=True) for item in value]
        if isinstance(value, dict):
            kept = {k: v for k, v in value.items() if not (in_list and v is None)}
            return {k: self.rows(v, in_list=in_list) for k, v in kept.items()}
        return value


@subtle(
    "Jackson's NON_EMPTY inclusion drops empty texts, lists and objects from a given schema, below its root.",
    "AST-TOOL-PARAMETERS",
)
class JacksonNonEmptyMixin(App):
    def parse_schema(self, text):
        return self.full(super().parse_schema(text), root=True)

    def full(self, value, *, root=False):
        if isinstance(value, list):
            return [self.full(item) for item in value]
        if isinstance(value, dict):
            return {k: self.full(v) for k, v in value.items() if v not in ("", [], {}) or (root and k == "properties")}
        return value


@subtle(
    "Jackson does not look at what follows the first JSON value, so arguments with text after the object are accepted.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class JacksonTrailingTokensUnseen(App):
    def read_arguments(self, text):
        text = (text or "{}").lstrip()
        return super().read_arguments(text[: json.JSONDecoder().raw_decode(text)[1]])


@subtle(
    'The parser of org.json takes names without quotation marks, so arguments such as {task: "x"} are accepted.',
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class OrgJsonBareNames(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except ValueError:
            return super().read_arguments(re.sub(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)", r'\1"\2"\3', text))


@subtle(
    "The put of org.json removes a member whose value is null: an object argument, at any depth, loses its nulls.",
    "AST-CONVERSATION-ARGUMENT",
)
class OrgJsonPutNullRemoves(App):
    def argument_of(self, skill, arguments):
        return self.put(super().argument_of(skill, arguments))

    def put(self, value):
        if isinstance(value, list):
            return [self.put(item) for item in value]
        if isinstance(value, dict):
            return {k: self.put(v) for k, v in value.items() if v is not None}
        return value


@subtle(
    "A text result is read line by line and joined again: CRLF becomes LF, and a final line break is lost.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class BufferedReaderLinesJoined(App):
    def word_result(self, result):
        told = super().word_result(result)
        if not isinstance(result, str):
            return told
        return re.sub("\n$", "", re.sub("\r\n?", "\n", told))


@subtle(
    "Numbers in a list argument become a float[] of 32 bits: fractions such as 0.1 are no longer what they were.",
    "AST-CONVERSATION-ARGUMENT",
)
class JavaFloatArrayNarrowing(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if not isinstance(value, list):
            return value
        return [
            struct.unpack("f", struct.pack("f", v))[0] if isinstance(v, float) and abs(v) < 1e38 else v for v in value
        ]


@subtle(
    "Names are compared in lower case of a Turkish locale, where I becomes a dotless i: INFO beside info is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class TurkishLowerCaseUniqueness(App):
    def is_taken(self, name):
        def turkish(text):
            return text.replace("I", "\u0131").lower()

        return turkish(name) in [turkish(skill.name) for skill in self.skills]


@subtle(
    "A binding's parameter description passes through a .properties file, which eats every doubled backslash.",
    "AST-BINDING-PARAMETERS",
    surfaces=("java",),
)
class PropertiesFileBackslashes(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = binding.get("parameterDescriptionJson")
        return {**binding, "parameterDescriptionJson": text.replace("\\\\", "\\")} if text else binding
