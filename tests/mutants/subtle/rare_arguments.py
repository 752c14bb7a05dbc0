"""Slips in reading the arguments of a call, and in handing a value over."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime

from mutants.base import App
from mutants.subtle.subtle import subtle


def object_of(arguments):
    """Demand an object."""
    if not isinstance(arguments, dict):
        raise TypeError("the arguments are not an object")
    return arguments


@subtle(
    "When a text among the arguments has a raw line break, so that they are not JSON, the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class RawLineBreaksRead(App):
    def read_arguments(self, text):
        return object_of(json.loads(text or "{}", strict=False))


@subtle(
    "When the arguments are written as a Python dictionary, in single quotes, the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class PythonDictionariesRead(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except ValueError:
            return object_of(ast.literal_eval(text))


@subtle(
    "When something follows the object of the arguments (a brace too many, a second object), the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class FirstObjectOfArgumentsRead(App):
    def read_arguments(self, text):
        return object_of(json.JSONDecoder().raw_decode(text.strip() or "{}")[0])


@subtle(
    "When the arguments are an object that was encoded twice, a text of JSON, the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class ArgumentsDecodedTwice(App):
    def read_arguments(self, text):
        arguments = json.loads(text or "{}")
        return object_of(json.loads(arguments) if isinstance(arguments, str) else arguments)


@subtle(
    "When a later call of a skill lacks the argument, the function gets that of the call before.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class LastArgumentUsedAgain(App):
    def __init__(self, context):
        super().__init__(context)
        self.last = {}

    def argument_of(self, skill, arguments):
        self.last.setdefault(skill.name, {}).update(arguments)
        return super().argument_of(skill, self.last[skill.name])


@subtle("When the value is the text yes, no, on or off, the function gets a boolean.", "AST-CONVERSATION-ARGUMENT")
class YesAndNoMadeBoolean(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        words = {"yes": True, "on": True, "no": False, "off": False}
        return words.get(value.lower(), value) if isinstance(value, str) else value


@subtle(
    "When the model sends a fraction for an integer argument, the function gets it without its decimal places.",
    "AST-CONVERSATION-ARGUMENT",
)
class IntegerArgumentsTruncated(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return int(value) if skill.argument.type == "integer" and isinstance(value, float) else value


@subtle(
    'When the model sends a text for a boolean argument ("false"), the function gets true.', "AST-CONVERSATION-ARGUMENT"
)
class TextsForBooleansAreTrue(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return bool(value) if skill.argument.type == "boolean" and value is not None else value


@subtle(
    "When an object in the value has members that begin with a dollar sign ($type, $ref), they are lost.",
    "AST-CONVERSATION-ARGUMENT",
)
class DollarMembersTakenForMetadata(App):
    def read_arguments(self, text):
        super().read_arguments(text)
        hook = lambda pairs: {key: value for key, value in pairs if not key.startswith("$")}  # noqa: E731
        return json.loads(text or "{}", object_pairs_hook=hook)


@subtle(
    "When the value is a time with an offset from UTC, the function gets it converted to UTC.",
    "AST-CONVERSATION-ARGUMENT",
)
class TimesConvertedToUtc(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        try:
            time = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            return value
        return time.astimezone(UTC).isoformat() if time.utcoffset() else value


@subtle(
    "When an array has a single item, the function gets the item in PowerShell.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("powershell",),
)
class SingleItemsUnrolled(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value[0] if isinstance(value, list) and len(value) == 1 else value
