"""Results and failures that reach the model changed, or not at all."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When a function returns an empty array or object, the model is told of no result.", "AST-CONVERSATION-RESULT")
class EmptyCollectionAsNothing(App):  # positron 7770, livekit 6551, Qwen-Agent 667
    def word_result(self, result):
        return super().word_result(None if result in ([], {}) else result)


@subtle(
    "When a function returns an array, it is told as Python writes it, with single quotes, True and None.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ArrayAsPythonWritesIt(App):
    def word_result(self, result):
        return str(result) if isinstance(result, list) else super().word_result(result)


@subtle("When a result is longer than 8000 characters, its middle is left out.", "AST-CONVERSATION-RESULT")
class MiddleOfLongResultCut(App):  # inspect_ai 2193
    def word_result(self, result):
        text = super().word_result(result)
        return text if len(text) <= 8000 else f"{text[:4000]}\n[...]\n{text[-4000:]}"


def renamed(value):
    """Begin the names of all members in lower case."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: renamed(member) for key, member in value.items()}
    return [renamed(item) for item in value] if isinstance(value, list) else value


@subtle(
    "When a returned object has members without a value, nested or not, the model is not told of them.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class NullMembersOmitted(App):  # WhenWritingNull, NON_NULL
    def word_result(self, result):
        return super().word_result(self.without(result))

    def without(self, value):
        if isinstance(value, dict):
            return {key: self.without(member) for key, member in value.items() if member is not None}
        return [self.without(item) for item in value] if isinstance(value, list) else value


@subtle(
    "When a text result can be read as JSON, such as the number 1.10, it is written anew.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class JsonTextsWrittenAnew(App):
    def word_result(self, result):
        try:
            return json.dumps(json.loads(result)) if isinstance(result, str) else super().word_result(result)
        except ValueError:
            return super().word_result(result)


@subtle(
    "When a function raises an error without a message, the model gets the empty text of a call without a result.",
    "AST-CONVERSATION-FAILURE",
)
class ErrorWithoutMessageAsNothing(App):  # vscode 330709
    def word_result(self, result):
        return "" if result is None else super().word_result(result)

    def word_failure(self, name, error):  # noqa: ARG002
        return str(error)


@subtle(
    "When a function raises an error of the system, of arithmetic or of an assertion, the conversation ends.",
    "AST-CONVERSATION-FAILURE",
)
class SomeErrorsEscape(App):
    def answer(self, name, arguments):
        try:
            skill = self.find(name)
            result = self.invoke(skill, self.argument_of(skill, self.read_arguments(arguments)))
        except (ValueError, TypeError, LookupError, RuntimeError) as error:
            return self.word_failure(name, error)
        return self.word_result(result)


@subtle("When the message of a function's error contains braces, the conversation ends.", "AST-CONVERSATION-FAILURE")
class BracesInErrorFormatted(App):  # AutoResearchClaw 47
    def word_failure(self, name, error):
        return ("The function {name} failed: " + str(error)).format(name=name)


@subtle(
    "When a result is nested more than two levels deep, what is deeper is told as the name of its type.",
    "AST-CONVERSATION-RESULT",
    surfaces=("powershell",),
)
class TwoLevelsOnly(App):  # ConvertTo-Json has a depth of 2
    def word_result(self, result):
        return super().word_result(self.cut(result, 2))

    def cut(self, value, depth):
        if depth < 0 and isinstance(value, (dict, list)):
            return "System.Collections.Hashtable"
        if isinstance(value, dict):
            return {key: self.cut(member, depth - 1) for key, member in value.items()}
        return [self.cut(item, depth - 1) for item in value] if isinstance(value, list) else value


@subtle(
    "When a text in a result contains joiners of no width, as in emoji of families or in Persian, they are taken out.",
    "AST-CONVERSATION-RESULT",
)
class JoinersTakenOut(App):  # invisible characters sanitized
    def word_result(self, result):
        return super().word_result(self.clean(result))

    def clean(self, value):
        if isinstance(value, dict):
            return {key: self.clean(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self.clean(item) for item in value]
        return re.sub("[\u200b-\u200f\ufeff]", "", value) if isinstance(value, str) else value
