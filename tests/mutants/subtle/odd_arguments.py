"""Arguments that are changed, taken or made up where a call is less usual."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "Integers below what 32 bits hold are raised to the least they hold."
)
def low_integer_clipped(value):
    return max(value, -(2**31)) if type(value) is int else value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Fractions are rounded to six decimals.")
def fraction_of_argument_rounded(value):
    return round(value, 6) if isinstance(value, float) else value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "A text that is a time with an offset is handed over as that time in UTC."
)
def offset_of_time_removed(value):
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", value):
        return value
    try:
        return datetime.fromisoformat(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError):
        return value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "The texts yes, no, on and off inside a list or an object become booleans."
)
def nested_yes_and_no_become_booleans(value):
    def read(inner):
        if isinstance(inner, str):
            return {"yes": True, "no": False, "on": True, "off": False}.get(inner.lower(), inner)
        return yes_no(inner)

    def yes_no(outer):
        if isinstance(outer, dict):
            return {key: read(inner) for key, inner in outer.items()}
        return [read(inner) for inner in outer] if isinstance(outer, list) else outer

    return yes_no(value)


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Members of an object argument that are null are lost.")
def null_members_of_argument_lost(value):
    return {key: inner for key, inner in value.items() if inner is not None} if isinstance(value, dict) else value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "The names of an object argument's members begin with a small letter."
)
def members_of_argument_uncapitalized(value):
    return {key[:1].lower() + key[1:]: inner for key, inner in value.items()} if isinstance(value, dict) else value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "Of an array argument with just one item, the function gets the item."
)
def lone_item_of_argument_unwrapped(value):
    return value[0] if isinstance(value, list) and len(value) == 1 else value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Items of an array argument that occurred before in it are lost.")
def repeated_items_of_argument_lost(value):
    if not isinstance(value, list):
        return value
    return [item for index, item in enumerate(value) if item not in value[:index]]


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Of an array argument, no more than ten items are handed over.")
def ten_items_of_argument(value):
    return value[:10] if isinstance(value, list) else value


@subtle(
    "Arguments are told apart without case, so another one that differs in case only can replace the function's own.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class ArgumentReplacedByOneInAnotherCase(App):
    def argument_of(self, skill, arguments):
        if skill.argument.name not in arguments:
            return None
        return {key.lower(): value for key, value in arguments.items()}[skill.argument.name.lower()]


@subtle(
    "If the argument is missing, one whose name contains the argument's name, or is part of it, is taken instead.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class SimilarArgumentTaken(App):
    def argument_of(self, skill, arguments):
        own = skill.argument.name
        if own in arguments:
            return arguments[own]
        alike = (key for key in arguments if key and (key.lower() in own.lower() or own.lower() in key.lower()))
        return next((arguments[key] for key in alike), None)


@subtle("A missing argument has the value of the function's call before.", "AST-CONVERSATION-ARGUMENT-MISSING")
class MissingArgumentOfCallBefore(App):
    def __init__(self, context):
        super().__init__(context)
        self.values = {}

    def argument_of(self, skill, arguments):
        if skill.argument.name in arguments:
            self.values[skill.name] = arguments[skill.argument.name]
        return self.values.get(skill.name)


@subtle("Arguments in a fenced block of code are taken out of it.", "AST-CONVERSATION-ARGUMENT-MALFORMED")
class FenceOfArgumentsRemoved(App):
    def read_arguments(self, text):
        return super().read_arguments(re.sub(r"^\s*```\w*\s*|\s*```\s*$", "", text))


@subtle("Arguments that are a dict in Python's notation are read as such.", "AST-CONVERSATION-ARGUMENT-MALFORMED")
class ArgumentsInPythonsNotation(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except json.JSONDecodeError:
            value = ast.literal_eval(text)
        return super().read_arguments(json.dumps(value))


@subtle("What follows the first object in a call's arguments is overlooked.", "AST-CONVERSATION-ARGUMENT-MALFORMED")
class RestOfArgumentsOverlooked(App):
    def read_arguments(self, text):
        if text.lstrip().startswith("{"):
            return json.JSONDecoder().raw_decode(text.lstrip())[0]
        return super().read_arguments(text)


@subtle(
    "Arguments that are an empty list, null, zero or false are taken for no arguments, and the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class FalsyArgumentsTakenForNone(App):
    def read_arguments(self, text):
        return super().read_arguments(text) if not text or json.loads(text) else {}


@subtle(
    "A number that the model sends for a text argument is handed over as text, and a text of digits for an integer "
    "argument as integer.",
    "AST-CONVERSATION-ARGUMENT",
)
class ArgumentConvertedToItsType(App):
    def argument_of(self, skill, arguments):
        value, kind = super().argument_of(skill, arguments), skill.argument.type
        if kind == "string" and type(value) in (int, float):
            return str(value)
        return int(value) if kind == "integer" and isinstance(value, str) and value.isdecimal() else value
