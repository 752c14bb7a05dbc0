"""Defects of .NET: Newtonsoft.Json, System.Text.Json, composite formats, cultures, binding expressions."""

from __future__ import annotations

import json
import re
from datetime import datetime

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "Newtonsoft reads ISO times inside a list or object argument as dates, and hands them over as month/day/year.",
    "AST-CONVERSATION-ARGUMENT",
)
class NewtonsoftDateTokensNested(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return self.dated(value) if isinstance(value, list | dict) else value

    def dated(self, value):
        if isinstance(value, list):
            return [self.dated(item) for item in value]
        if isinstance(value, dict):
            return {k: self.dated(v) for k, v in value.items()}
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
            try:
                return datetime.fromisoformat(value).strftime("%m/%d/%Y %H:%M:%S")
            except ValueError:
                return value
        return value


@subtle(
    "Newtonsoft skips comments, so arguments with // or /* */ before, between or after members are accepted.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class NewtonsoftCommentsSkipped(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except ValueError:
            return super().read_arguments(
                re.sub(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', r"\1", text, flags=re.DOTALL)
            )


@subtle(
    "Integers in a list or object argument are cast to Int32 unchecked, so those beyond 32 bits wrap around.",
    "AST-CONVERSATION-ARGUMENT",
)
class UncheckedInt32Elements(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return self.cast(value) if isinstance(value, list | dict) else value

    def cast(self, value):
        if isinstance(value, list):
            return [self.cast(item) for item in value]
        if isinstance(value, dict):
            return {k: self.cast(v) for k, v in value.items()}
        if isinstance(value, int) and not isinstance(value, bool):
            return (value + 2**31) % 2**32 - 2**31
        return value


@subtle(
    "Members are matched to the argument ignoring case, the last one winning: a later TASK replaces task.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class CaseInsensitiveLastMember(App):
    def argument_of(self, skill, arguments):
        name = skill.argument.name.lower()
        return next((v for k, v in reversed(arguments.items()) if k.lower() == name), None)


@subtle(
    "System.Text.Json ignores members with default values when writing: 0 and false vanish from objects in a result.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class WhenWritingDefaultOmits(App):
    def word_result(self, result):
        return super().word_result(self.written(result))

    def written(self, value):
        if isinstance(value, list):
            return [self.written(item) for item in value]
        if isinstance(value, dict):
            return {k: self.written(v) for k, v in value.items() if not (isinstance(v, int | float) and not v)}
        return value


@subtle(
    "AutoResolve takes what is between two percent signs in a parameter description for a setting, and removes it.",
    "AST-TOOL-PARAMETERS",
)
class AutoResolvedPercentPairs(App):
    def parse_schema(self, text):
        return super().parse_schema(re.sub(r'%([^%"]+)%', lambda m: self.settings.get(m[1], ""), text))


@subtle(
    "An integer that a function returns is formatted by the culture, with separators between thousands.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class CultureGroupedThousands(App):
    def word_result(self, result):
        whole = isinstance(result, int) and not isinstance(result, bool)
        return f"{result:,}" if whole else super().word_result(result)


@subtle(
    "Newtonsoft reads numbers such as .5, +1 and 010, so that a parameter description with one is not refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class NewtonsoftSloppyNumbers(App):
    def parse_schema(self, text):
        try:
            return super().parse_schema(text)
        except json.JSONDecodeError:
            text = re.sub(r"([:\[,]\s*-?)\.(?=\d)", r"\g<1>0.", text)
            text = re.sub(r"([:\[,]\s*)\+(?=\d)", r"\1", text)
            return super().parse_schema(re.sub(r"([:\[,]\s*-?)0+(?=\d)", r"\1", text))
