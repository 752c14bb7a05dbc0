"""Slips in values: arguments and results that pass through a library with ideas of its own."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import unquote_plus

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the model sends something else for an argument of type string, the function gets it printed as a text.",
    "AST-CONVERSATION-ARGUMENT",
)
class TextsMadeOfAnything(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return str(value) if skill.argument.type == "string" and value is not None else value


@subtle(
    "When another argument has the same name but for its case, the function gets the last of the two.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class ArgumentNamesIgnoringCase(App):
    def argument_of(self, skill, arguments):
        return {name.lower(): value for name, value in arguments.items()}.get(skill.argument.name.lower())


@subtle(
    "When a list or object contains the text of a date and time, the function gets it in another format.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-inprocess",),
)
class NestedDatesReformatted(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value if isinstance(value, str) else self.dated(value)

    def dated(self, value):
        if isinstance(value, dict):
            return {key: self.dated(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.dated(item) for item in value]
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?", value):
            return datetime.fromisoformat(value[:19]).strftime("%m/%d/%Y %H:%M:%S")
        return value


@subtle(
    "When a text argument has a plus sign or a percent code, it is decoded as if it came from a form.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("javascript", "python"),
)
class FormDecodedArguments(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return unquote_plus(value) if isinstance(value, str) else value


@subtle(
    "When a function changes the list or object that it gets, an equal call later gets the changed one from a cache.",
    "AST-CONVERSATION-ARGUMENT",
)
class ArgumentsParsedOnce(App):
    def __init__(self, context):
        super().__init__(context)
        self.parsed = {}

    def read_arguments(self, text):
        if text not in self.parsed:
            self.parsed[text] = super().read_arguments(text)
        return self.parsed[text]


@subtle(
    "When a result has a member called error, even null, the model is told of a failure instead of the result.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-RESULT",
)
class ErrorMemberMeansFailure(App):
    def word_result(self, result):
        if isinstance(result, dict) and "error" in result:
            return f"The function failed: {result['error']}"
        return super().word_result(result)


@subtle(
    "When a result has a member called result, the model is sent that member alone.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-RESULT",
)
class ResultMemberUnwrapped(App):
    def word_result(self, result):
        if isinstance(result, dict):
            result = result.get("result", result)
        return super().word_result(result)


@subtle(
    "When a function returns a list of one item, the pipeline unrolls it, and the model is sent the item.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class SingleItemUnrolled(App):
    def word_result(self, result):
        return super().word_result(result[0] if isinstance(result, list) and len(result) == 1 else result)


@subtle(
    "When a result is nested more than three deep, what is deeper is sent as a printed text, as ConvertTo-Json does.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class ResultsToDepthTwo(App):
    def word_result(self, result):
        return super().word_result(self.cut(result, 2))

    def cut(self, value, depth):
        if not isinstance(value, dict | list):
            return value
        if depth < 0:
            return str(value)
        if isinstance(value, list):
            return [self.cut(item, depth - 1) for item in value]
        return {key: self.cut(item, depth - 1) for key, item in value.items()}


@subtle(
    "When a function returns nothing, the model is sent the result of the call before, which was not reset.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-RESULT-NONE",
)
class StaleResultForNone(App):
    def __init__(self, context):
        super().__init__(context)
        self.output = None

    def word_result(self, result):
        if result is not None:
            self.output = result
        return super().word_result(self.output)
