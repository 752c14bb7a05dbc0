"""What goes wrong only with particular JSON values as arguments or results."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a result is or contains an object with a null in it, the model is sent it without that member.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class NullsInResult(App):
    def word_result(self, result):
        return super().word_result(self.stripped(result))

    def stripped(self, value):
        if isinstance(value, list):
            return [self.stripped(item) for item in value]
        if isinstance(value, dict):
            return {key: self.stripped(item) for key, item in value.items() if item is not None}
        return value


@subtle(
    "When a result is a list of one item, the model is sent the item.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class ListOfOneUnrolled(App):
    def word_result(self, result):
        if isinstance(result, list) and len(result) == 1:
            return super().word_result(result[0])
        return super().word_result(result)


@subtle(
    "When a call gives null for the argument, the function gets an empty value of its type.",
    "AST-CONVERSATION-ARGUMENT",
)
class NullBecomesEmpty(App):
    empty = (("string", ""), ("integer", 0), ("number", 0), ("boolean", False))

    def argument_of(self, skill, arguments):
        default = dict(self.empty).get(skill.argument.type)
        value = arguments.get(skill.argument.name, ...)
        return default if value is None else None if value is ... else value


@subtle(
    "When an array or object argument contains a number with a fraction, the function gets a text in its place.",
    "AST-CONVERSATION-ARGUMENT",
)
class FractionsInsideArgument(App):
    def read_arguments(self, text):
        super().read_arguments(text)
        return json.loads(text or "{}", parse_float=str)

    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return float(value) if skill.argument.type == "number" and value is not None else value


@subtle(
    "When a result contains an integer beyond 2 to the 53rd, the model is sent a rounded one.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class LargeIntegersOfResult(App):
    def word_result(self, result):
        if result is None or isinstance(result, str):
            return super().word_result(result)
        return json.dumps(json.loads(json.dumps(result), parse_int=lambda digits: int(float(digits))))


@subtle(
    "When a text result stands in quotation marks, the model is sent it without them.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class QuotesAroundResult(App):
    def word_result(self, result):
        return super().word_result(result.strip('"') or result if isinstance(result, str) else result)


@subtle(
    "When a call has another argument that differs from the function's in case only, the later of them is taken.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class ArgumentInOtherCase(App):
    def argument_of(self, skill, arguments):
        return {key.lower(): value for key, value in arguments.items()}.get(skill.argument.name.lower())


@subtle(
    "When a result is an object with a body, the model is sent the body alone.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class BodyOfResult(App):
    def word_result(self, result):
        return super().word_result(result.get("body", result) if isinstance(result, dict) else result)


@subtle(
    "When the arguments of a call are cut off inside a text, they are completed, and the function runs with a part.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class CutOffArgumentsRepaired(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except json.JSONDecodeError:
            return super().read_arguments(f'{text}"}}')
