"""Calls read wrongly: which skill is meant, and which argument it gets."""

from __future__ import annotations

import json
import re
from datetime import datetime

from mutants.base import App
from mutants.subtle.subtle import subtle


def changed(value, change):
    """Copy a JSON value, every text of it changed."""
    if isinstance(value, dict):
        return {key: changed(member, change) for key, member in value.items()}
    if isinstance(value, list):
        return [changed(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


@subtle(
    "When a text in the argument is a date with a time, the function gets it in another notation.",
    "AST-CONVERSATION-ARGUMENT",
)
class DatesRewritten(App):  # Newtonsoft's DateParseHandling
    def argument_of(self, skill, arguments):
        return changed(super().argument_of(skill, arguments), self.rewritten)

    def rewritten(self, text):
        if not re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
            return text
        try:
            return datetime.fromisoformat(text).isoformat()
        except ValueError:
            return text


@subtle(
    "When a whole number in the arguments is greater than 2 to the 53rd, the function gets a neighbour of it.",
    "AST-CONVERSATION-ARGUMENT",
)
class IntegersThroughDouble(App):  # langchain4j 5754, hermes-agent 55314
    def read_arguments(self, text):
        super().read_arguments(text)
        return json.loads(text or "{}", parse_int=lambda digits: int(float(digits)))


@subtle(
    "When the argument is a whole number beyond 32 bits, the call fails.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-isolated", "java"),
)
class ThirtyTwoBitsOnly(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if type(value) is int and not -(2**31) <= value < 2**31:
            raise OverflowError("the value was too large for an Int32")
        return value


@subtle(
    "When the arguments have an escaped quote or an emoji as two escapes, these are undone before parsing.",
    "AST-CONVERSATION-ARGUMENT",
)
class EscapesUndoneByHand(App):
    def read_arguments(self, text):
        return super().read_arguments(re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text))


@subtle(
    "When the text of an argument begins or ends with white space, the function gets it without.",
    "AST-CONVERSATION-ARGUMENT",
)
class ArgumentStripped(App):  # pydantic's str_strip_whitespace
    def argument_of(self, skill, arguments):
        return changed(super().argument_of(skill, arguments), str.strip)


@subtle(
    "When something follows the object in a call's arguments, the function runs with the object.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class FirstOfSeveralObjects(App):  # streamed arguments of two calls run together
    def read_arguments(self, text):
        arguments, _ = json.JSONDecoder().raw_decode((text or "{}").lstrip())
        return super().read_arguments(json.dumps(arguments))


@subtle(
    "When a call's arguments are null, [] or another empty value, the function runs without an argument.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class EmptyValuesForgiven(App):
    def read_arguments(self, text):
        arguments = json.loads(text or "{}") or {}
        if not isinstance(arguments, dict):
            raise TypeError("the arguments are not an object")
        return arguments


@subtle(
    "When a call has one argument and it is of another name, the function gets it.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class OnlyValueTaken(App):  # langchain's tools of a single input
    def argument_of(self, skill, arguments):
        if len(arguments) == 1:
            return next(iter(arguments.values()))
        return super().argument_of(skill, arguments)


@subtle(
    "When the called name is the beginning of a skill's name, that skill runs, even before the one of the exact name.",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-CALL",
)
class SkillFoundByBeginning(App):
    def find(self, name):
        found = [skill for skill in self.skills if skill.name.lower().startswith(name.lower())]
        return found[0] if found else super().find(name)


@subtle(
    "When the name of a skill contains a dash, what stands before it is taken for a plugin, and no skill is found.",
    "AST-CONVERSATION-CALL",
)
class DashSplitsName(App):  # semantic-kernel's separator of plugin and function
    def find(self, name):
        return super().find(name.split("-", 1)[-1])
