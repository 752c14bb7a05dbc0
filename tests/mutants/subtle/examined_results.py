"""Results that do not reach the model as the function returned them, for values that functions do return."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def nested(change, value, *, inner=False):
    """Apply a change to what lies within a JSON value, from the inside."""
    if isinstance(value, dict):
        value = {key: nested(change, part, inner=True) for key, part in value.items()}
    elif isinstance(value, list):
        value = [nested(change, part, inner=True) for part in value]
    return change(value) if inner else value


@subtle(
    "When a function returns a list of one item, the model is sent the item alone.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class PipelineUnrollsOneItem(App):
    def word_result(self, result):
        return super().word_result(result[0] if isinstance(result, list) and len(result) == 1 else result)


@subtle(
    "When a function returns an object with a null member, the model is sent it without that member.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("java",),
)
class NullMembersOmittedFromResult(App):
    def word_result(self, result):
        if isinstance(result, dict):
            result = {key: value for key, value in result.items() if value is not None}
        return super().word_result(result)


@subtle(
    "When a fraction needs seventeen digits, the model is sent fifteen.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("csharp-inprocess",),
)
class ResultFractionFifteenDigits(App):
    def word_result(self, result):
        def change(value):
            return float(f"{value:.15g}") if isinstance(value, float) else value

        return super().word_result(change(nested(change, result)))


@subtle(
    "When a function returns an object with a member named error, even null, the model is sent a failure instead.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("typescript",),
)
class ErrorMemberTakenForFailure(App):
    def word_result(self, result):
        if isinstance(result, dict) and "error" in result:
            return f"The function failed: {result['error']}"
        return super().word_result(result)


@subtle(
    "When two calls of a reply have the same long result, the second is answered with a reference to the first.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-PARALLEL",
)
class EqualResultsAbbreviated(App):
    def answers(self, calls):
        seen, messages = set(), []
        for message in super().answers(calls):
            known = message["content"] in seen and len(message["content"]) > 40
            seen.add(message["content"])
            messages.append({**message, "content": "As above."} if known else message)
        return messages


@subtle(
    "When a list or object holds true or false, the model is sent the texts True or False.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class NestedTruthAsText(App):
    def word_result(self, result):
        return super().word_result(nested(lambda v: str(v) if isinstance(v, bool) else v, result))


@subtle(
    "When a function returns a text within a Markdown fence, the model is sent what is between the fences.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class FencedResultUnwrapped(App):
    def word_result(self, result):
        if isinstance(result, str):
            result = re.sub(r"^```\w*\n(.*?)\n```\s*$", r"\1", result, flags=re.DOTALL)
        return super().word_result(result)


@subtle(
    "When the second call of one reply or a later one returns an empty text, the result of the call before is sent.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-PARALLEL",
)
class EmptyTextTakesPrecedingResult(App):
    def answers(self, calls):
        self.result = ""
        return super().answers(calls)

    def word_result(self, result):
        self.result = super().word_result(result) or self.result
        return self.result
