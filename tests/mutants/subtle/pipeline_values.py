"""Slips with the value of an argument and with the words for a result."""

from __future__ import annotations

import ast
import json
import re

from mutants.pipeline import Desk, Outcome, Pipeline, parsed, rendered
from mutants.subtle.subtle import subtle


@subtle(
    "When a call lacks an argument of type object, the function gets an empty object.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class EmptyObjectsForMissing(Pipeline):
    class DeskType(Desk):
        def argument(self, draft, arguments):
            return arguments.get(draft.skill.argument.name, {} if draft.skill.argument.type == "object" else None)


@subtle("When an argument of type number is a large integer, it loses its last digits.", "AST-CONVERSATION-ARGUMENT")
class NumbersThroughFloats(Pipeline):
    class DeskType(Desk):
        def argument(self, draft, arguments):
            value = super().argument(draft, arguments)
            if draft.skill.argument.type == "number" and isinstance(value, int) and not isinstance(value, bool):
                return float(value)
            return value


@subtle(
    "When an integer needs more than 32 bits, the C# function is not run, and the model is told of an overflow.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class IntegersOfThirtyTwoBits(Pipeline):
    class DeskType(Desk):
        def argument(self, draft, arguments):
            value = super().argument(draft, arguments)
            if draft.skill.argument.type == "integer" and isinstance(value, int) and not -(2**31) <= value < 2**31:
                raise OverflowError("too large for an Int32")
            return value


@subtle(
    "When the value for an array or object argument is a text of JSON, the function gets what the text describes.",
    "AST-CONVERSATION-ARGUMENT",
)
class TextsDecodedForObjects(Pipeline):
    class DeskType(Desk):
        def argument(self, draft, arguments):
            value = super().argument(draft, arguments)
            if draft.skill.argument.type in ("array", "object") and isinstance(value, str):
                try:
                    return parsed(value)
                except ValueError:
                    return value
            return value


@subtle(
    "When the value for a string argument is not a text, the function gets it as text.", "AST-CONVERSATION-ARGUMENT"
)
class OthersAsText(Pipeline):
    class DeskType(Desk):
        def argument(self, draft, arguments):
            value = super().argument(draft, arguments)
            if draft.skill.argument.type == "string" and value is not None:
                return value if isinstance(value, str) else rendered(value)
            return value


@subtle(
    "When a call's arguments are a Python dict's text, in single quotes, the function runs with them.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class SingleQuotesUnpacked(Pipeline):
    class DeskType(Desk):
        def unpack(self, text):
            try:
                return super().unpack(text)
            except ValueError:
                arguments = ast.literal_eval(text)
                if not isinstance(arguments, dict):
                    raise
                return arguments


@subtle(
    "When the argument is called input and its value is an object, the function gets nothing or a member of it.",
    "AST-CONVERSATION-ARGUMENT",
)
class InputsUnwrapped(Pipeline):
    class DeskType(Desk):
        def unpack(self, text):
            arguments = super().unpack(text)
            inner = arguments.get("input")
            return inner if isinstance(inner, dict) else arguments


@subtle(
    "When a text argument holds a sequence that looks like an escape, such as C:\\new, the function gets it unescaped.",
    "AST-CONVERSATION-ARGUMENT",
)
class TextsUnescapedTwice(Pipeline):
    class DeskType(Desk):
        def argument(self, draft, arguments):
            value = super().argument(draft, arguments)
            if isinstance(value, str):
                return value.replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
            return value


@subtle(
    "When an object in a result has a member that is null, the model is not told the member.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class NullMembersLeftOut(Pipeline):
    class DeskType(Desk):
        def word_value(self, value):
            if isinstance(value, dict):
                value = {key: member for key, member in value.items() if member is not None}
            return super().word_value(value)


@subtle(
    "When an integer in a result is larger than 2 to the 53rd, the model is told it rounded.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class BigIntegersRounded(Pipeline):
    class DeskType(Desk):
        def word_value(self, value):
            if isinstance(value, str):
                return value
            return rendered(json.loads(rendered(value), parse_int=lambda digits: int(float(digits))))


@subtle(
    "When a result is a text of digits, such as 00501 or 1.10, the model is told the number.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class DigitsTakenForNumbers(Pipeline):
    class DeskType(Desk):
        def word_value(self, value):
            if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", value):
                value = float(value) if "." in value else int(value)
            return super().word_value(value)


@subtle(
    "When a result is an object with a member called error, the model is told this member only.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ErrorMembersTaken(Pipeline):
    class DeskType(Desk):
        def run(self, call):
            outcome = super().run(call)
            if isinstance(outcome.value, dict) and outcome.value.get("error"):
                return Outcome(False, f"{call.name}: {outcome.value['error']}")
            return outcome


@subtle(
    "When a PowerShell function returns a list of one item, the model is told the item instead.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class SingleItemsUnrolledToo(Pipeline):
    class DeskType(Desk):
        def word_value(self, value):
            return super().word_value(value[0] if isinstance(value, list) and len(value) == 1 else value)


@subtle(
    "When a text result has lines that end otherwise than in a line feed, or ends in one, the model is "
    "told other line ends.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ResultLinesUnified(Pipeline):
    class DeskType(Desk):
        def word_value(self, value):
            return "\n".join(value.splitlines()) if isinstance(value, str) else super().word_value(value)
