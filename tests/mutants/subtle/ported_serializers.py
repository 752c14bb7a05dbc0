"""Slips of a port to another JSON serializer, with options."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from types import MappingProxyType

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a list or object argument has fractions in it, the function gets them as Decimal (parse_float).",
    "AST-CONVERSATION-ARGUMENT",
)
class NestedFractionsAreDecimals(App):
    def read_arguments(self, text):
        super().read_arguments(text)
        arguments = json.loads(text or "{}", parse_float=Decimal)
        return {name: float(value) if isinstance(value, Decimal) else value for name, value in arguments.items()}


def renamed(value, rename):
    if isinstance(value, dict):
        return {rename(key): renamed(member, rename) for key, member in value.items()}
    return [renamed(item, rename) for item in value] if isinstance(value, list) else value


@subtle(
    "When an object argument has names in camel case, the function gets them in snake case.",
    "AST-CONVERSATION-ARGUMENT",
)
class MembersInSnakeCase(App):
    def argument_of(self, skill, arguments):
        return renamed(
            super().argument_of(skill, arguments), lambda key: re.sub("(?<=[a-z])([A-Z])", r"_\1", key).lower()
        )


def without_metadata(value):
    if isinstance(value, dict):
        return {
            key: without_metadata(member)
            for key, member in value.items()
            if key not in ("$id", "$ref", "$type", "$values")
        }
    return [without_metadata(item) for item in value] if isinstance(value, list) else value


@subtle(
    "When an object argument has members such as $id or $ref, the function does not get them (Json.NET's metadata).",
    "AST-CONVERSATION-ARGUMENT",
)
class MetadataMembersDropped(App):
    def argument_of(self, skill, arguments):
        return without_metadata(super().argument_of(skill, arguments))


@subtle(
    "When a text argument is itself JSON of an object or list, the function gets that instead of the text.",
    "AST-CONVERSATION-ARGUMENT",
)
class JsonTextsParsed(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if isinstance(value, str) and value[:1] in ("{", "["):
            try:
                return json.loads(value)
            except ValueError:
                pass
        return value


@subtle(
    "When a text result is itself JSON, it is sent as the serializer writes it ('1.50' becomes 1.5, white space goes).",
    "AST-CONVERSATION-RESULT-VALUE",
)
class JsonTextResultsNormalised(App):
    def word_result(self, result):
        try:
            return json.dumps(json.loads(result))
        except (TypeError, ValueError):
            return super().word_result(result)


@subtle(
    "When a function returns True after 1 has been returned (or 0 and False), the former is sent (a cache by value).",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ResultsCachedByValue(App):
    def word_result(self, result):
        if isinstance(result, (list, dict)):
            return super().word_result(result)
        return self.__dict__.setdefault("worded", {}).setdefault(result, super().word_result(result))


def integers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for item in value for found in integers(item)]
    return [value] if isinstance(value, int) else []


@subtle(
    "When a result has an integer beyond 64 bits, the model is told of a failure (orjson).",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ResultsOf64Bits(App):
    def word_result(self, result):
        if any(not -(2**63) <= number < 2**64 for number in integers(result)):
            return self.word_failure("", OverflowError("Integer exceeds 64-bit range"))
        return super().word_result(result)


@subtle(
    "When a call lacks the argument but has another, the function gets the other (bound by position).",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class BoundByPosition(App):
    def argument_of(self, skill, arguments):
        return arguments.get(skill.argument.name, next(iter(arguments.values()), None))


@subtle(
    "When a result is a list of objects, their members without a value (null) are not sent (exclude_none).",
    "AST-CONVERSATION-RESULT-VALUE",
)
class NullMembersExcluded(App):
    def word_result(self, result):
        if isinstance(result, list):
            result = [
                {k: v for k, v in row.items() if v is not None} if isinstance(row, dict) else row for row in result
            ]
        return super().word_result(result)


@subtle(
    "When a text argument is a word such as yes, on or null, the function gets a boolean or null (it is read as YAML).",
    "AST-CONVERSATION-ARGUMENT",
)
class WordsReadAsYaml(App):
    words = MappingProxyType(
        {**dict.fromkeys(("true", "yes", "on"), True), **dict.fromkeys(("false", "no", "off"), False), "null": None}
    )

    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return self.words.get(value.lower(), value) if isinstance(value, str) else value
