"""Slips in telling the model what a function returned."""

from __future__ import annotations

import ctypes

from mutants.base import App
from mutants.subtle.subtle import subtle


def rewritten(node, change):
    """Return a JSON value with every value in it changed."""
    if isinstance(node, list):
        return change([rewritten(one, change) for one in node])
    if isinstance(node, dict):
        return change({key: rewritten(value, change) for key, value in node.items()})
    return change(node)


@subtle("When a result is a fraction of more than six digits, it is rounded to six.", "AST-CONVERSATION-RESULT-VALUE")
class SixDigitsOfResults(App):
    def word_result(self, result):
        return f"{result:g}" if isinstance(result, float) else super().word_result(result)


@subtle(
    "When an integer anywhere in a result is beyond 32 bits (milliseconds since 1970), it overflows.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class IntegersOverflowIn32Bits(App):
    def word_result(self, result):
        wrap = lambda one: ctypes.c_int32(one).value if type(one) is int else one  # noqa: E731
        return super().word_result(rewritten(result, wrap))


@subtle("When a list in a result has more than 25 items, the others are left out.", "AST-CONVERSATION-RESULT-VALUE")
class ListsOfResultsCutAt25(App):
    def word_result(self, result):
        return super().word_result(rewritten(result, lambda one: one[:25] if isinstance(one, list) else one))


@subtle("When an object in a result has a member that is null, the member is lost.", "AST-CONVERSATION-RESULT-VALUE")
class NullMembersOfResultsLost(App):
    def word_result(self, result):
        def kept(one):
            return {key: value for key, value in one.items() if value is not None} if isinstance(one, dict) else one

        return super().word_result(rewritten(result, kept))


@subtle(
    "When a result equals one of an earlier prompt, the model is told only that it is the same as before.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-RESULT",
)
class EqualResultsMentionedOnly(App):
    def tool_message(self, call, content):
        said = super().tool_message(call, content)
        if content in [one["content"] for one in self.history if one["role"] == "tool"]:
            return {**said, "content": "The same as before."}
        return said


@subtle(
    "When a result is longer than 800 characters, later prompts are sent with its beginning only.",
    "AST-CONVERSATION-HISTORY",
)
class LongResultsKeptShort(App):
    def finish(self, turn, reply):
        kept = [{**said, "content": said["content"][:800]} if said["role"] == "tool" else said for said in turn]
        return super().finish(kept, reply)


@subtle(
    "When a result in PowerShell is nested more than three objects deep, what is deeper becomes a text.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class ResultsTwoLevelsDeep(App):
    def word_result(self, result):
        return super().word_result(self.shallow(result, 2))

    def shallow(self, node, depth):
        if not isinstance(node, (dict, list)):
            return node
        if depth < 0:
            return str(node)
        if isinstance(node, list):
            return [self.shallow(one, depth - 1) for one in node]
        return {key: self.shallow(value, depth - 1) for key, value in node.items()}
