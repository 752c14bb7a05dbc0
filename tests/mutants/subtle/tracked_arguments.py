"""Arguments, as the parsers and validators of all languages change them."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def each(node, change):
    """Change every leaf of a JSON value."""
    if isinstance(node, dict):
        return {key: each(value, change) for key, value in node.items()}
    return [each(item, change) for item in node] if isinstance(node, list) else change(node)


def without_nulls(node):
    """Leave out the members that are null."""
    if isinstance(node, dict):
        return {key: without_nulls(value) for key, value in node.items() if value is not None}
    return [without_nulls(item) for item in node] if isinstance(node, list) else node


@subtle("When a text argument has a backslash before an n, the function gets a new line.", "AST-CONVERSATION-ARGUMENT")
class BackslashSequencesDecodedTwice(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value.replace("\\n", "\n").replace("\\t", "\t") if isinstance(value, str) else value


@subtle(
    "When an object or array argument has an integer beyond 2 to the 53rd in it, it is rounded.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("java",),
)
class GsonRoundsNestedLongs(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if not isinstance(value, dict | list):
            return value
        return each(value, lambda leaf: int(float(leaf)) if type(leaf) is int else leaf)


@subtle("When an object argument has a member null, the function gets it without.", "AST-CONVERSATION-ARGUMENT")
class OptionalNullsOmitted(App):
    def argument_of(self, skill, arguments):
        return without_nulls(super().argument_of(skill, arguments))


@subtle(
    "When a call lacks the argument and has one other, the function gets that.", "AST-CONVERSATION-ARGUMENT-MISSING"
)
class SingleInputToolTakesAny(App):
    def argument_of(self, skill, arguments):
        return next(iter(arguments.values())) if len(arguments) == 1 else super().argument_of(skill, arguments)


@subtle(
    "When a call has two arguments whose names differ in case only, the function gets the last.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    surfaces=("csharp-isolated",),
)
class CaselessPropertiesLastWins(App):
    def argument_of(self, skill, arguments):
        lowered = {name.lower(): value for name, value in arguments.items()}
        return lowered.get(skill.argument.name.lower())


@subtle(
    "When an object or array argument has a moment of time in it, milliseconds are added.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("typescript",),
)
class ReviverMakesDates(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return each(value, self.revived) if isinstance(value, dict | list) else value

    def revived(self, leaf):
        moment = isinstance(leaf, str) and re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z", leaf)
        return f"{moment[1]}.000Z" if moment else leaf


@subtle(
    "When the argument is 0, false or empty, the function gets the object of all arguments.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("javascript",),
)
class FalsyArgumentYieldsAll(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value if value or isinstance(value, dict | list) else arguments


@subtle(
    "When an integer argument needs more than 32 bits, its upper bits are lost.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("java",),
)
class IntValueOfLong(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return (value + 2**31) % 2**32 - 2**31 if type(value) is int else value


@subtle(
    "When an argument has typographic quotation marks, the call fails.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ARGUMENT",
)
class JsonRepairStraightensQuotes(App):
    def read_arguments(self, text):
        return super().read_arguments(re.sub("[“”„]", '"', text))


@subtle("When an argument has two slashes in it, as an address has, the call fails.", "AST-CONVERSATION-ARGUMENT")
class CommentsStrippedBeforeParsing(App):
    def read_arguments(self, text):
        return super().read_arguments(re.sub(r"//[^\n]*", "", text))


@subtle(
    "When the model writes its arguments on several lines, the call fails.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ARGUMENT",
)
class RawNewlinesEscapedEverywhere(App):
    def read_arguments(self, text):
        return super().read_arguments(text.replace("\n", "\\n"))
