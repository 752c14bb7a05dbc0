"""Arguments in unusual forms, and functions that change what they get."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the arguments are a JSON text in a JSON text, they are unpacked twice and the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class TwiceEncodedForgiven(App):
    def read_arguments(self, text):
        value = json.loads(text or "{}")
        return super().read_arguments(value if isinstance(value, str) else text)


@subtle(
    "When the model lays its arguments out over several lines, the call fails as malformed.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ARGUMENT",
)
class LineBreaksEscaped(App):
    def read_arguments(self, text):
        return super().read_arguments(text.replace("\n", "\\n"))


@subtle(
    "When an object argument has a single member of the argument's own name, the function gets that member.",
    "AST-CONVERSATION-ARGUMENT",
)
class ArgumentUnwrappedTwice(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value[skill.argument.name] if isinstance(value, dict) and list(value) == [skill.argument.name] else value


@subtle(
    "When a call lacks its object argument but has others, the function gets the others as one object.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class OthersTakenForTheObject(App):
    def argument_of(self, skill, arguments):
        whole = skill.argument.type == "object" and skill.argument.name not in arguments and arguments
        return arguments if whole else super().argument_of(skill, arguments)


@subtle(
    "When an extra argument differs from the argument only in case and stands first, the function gets its value.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    "AST-CONVERSATION-ARGUMENT",
)
class FirstIgnoringCase(App):
    def argument_of(self, skill, arguments):
        return next((value for name, value in arguments.items() if name.lower() == skill.argument.name.lower()), None)


@subtle(
    "When a nested text of an object or array argument is an ISO time, it arrives reformatted.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-inprocess", "csharp-isolated"),
)
class NestedTimesReformatted(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if not isinstance(value, (dict, list)):
            return value
        return json.loads(re.sub(r'"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z?"', r'"\2/\3/\1 \4"', json.dumps(value)))


@subtle(
    "When an object has two members whose names differ only in case, the call fails.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    surfaces=("powershell",),
)
class MembersDifferingInCase(App):
    def read_arguments(self, text):
        def members(pairs):
            if len({name.lower() for name, _ in pairs}) < len(pairs):
                raise ValueError("the dictionary has keys that differ only in case")
            return dict(pairs)

        super().read_arguments(text)
        return json.loads(text or "{}", object_pairs_hook=members)
