"""Results that are changed, lost or given to the wrong call in less usual situations."""

from __future__ import annotations

import json
from itertools import groupby

from mutants.base import App
from mutants.subtle.subtle import subtle


def walk(value, change):
    """Return JSON with everything in it changed, the innermost first."""
    if isinstance(value, dict):
        return change({key: walk(inner, change) for key, inner in value.items()})
    return change([walk(inner, change) for inner in value] if isinstance(value, list) else value)


@subtle("Fractions in results are told with six significant digits.", "AST-CONVERSATION-RESULT-VALUE")
class SixDigitsOfResult(App):
    def word_result(self, result):
        return super().word_result(walk(result, lambda it: float(f"{it:g}") if isinstance(it, float) else it))


@subtle(
    "Integers that a double cannot hold are told as texts inside a list or an object.", "AST-CONVERSATION-RESULT-VALUE"
)
class LargeIntegersOfResultQuoted(App):
    def word_result(self, result):
        return super().word_result(walk(result, lambda it: str(it) if type(it) is int and abs(it) > 2**53 else it))


@subtle("Members of a result that are null are lost.", "AST-CONVERSATION-RESULT-VALUE")
class NullMembersOfResultLost(App):
    def word_result(self, result):
        def without(value):
            return {key: it for key, it in value.items() if it is not None} if isinstance(value, dict) else value

        return super().word_result(walk(result, without))


@subtle("An empty object as result is told as if there were no result.", "AST-CONVERSATION-RESULT-VALUE")
class EmptyObjectToldAsNone(App):
    def word_result(self, result):
        return super().word_result(None if result == {} else result)


@subtle("Of a list as result, no more than fifty items are told.", "AST-CONVERSATION-RESULT-VALUE")
class FiftyItemsOfResult(App):
    def word_result(self, result):
        return super().word_result(result[:50] if isinstance(result, list) else result)


@subtle(
    "A text result that looks like a whole number is told as one, so leading zeros and a plus sign are lost.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class DigitsOfResultToldAsNumber(App):
    def word_result(self, result):
        if isinstance(result, str):
            try:
                return str(int(result))
            except ValueError:
                pass
        return super().word_result(result)


@subtle(
    "Of calls in one reply that are equal in name and arguments, only the first is run, and its result answers all.",
    "AST-CONVERSATION-PARALLEL",
)
class EqualCallsRunOnce(App):
    def answers(self, calls):
        results = {}
        for call in calls:
            key = json.dumps(call["function"], sort_keys=True)
            if key not in results:
                results[key] = self.answer(**call["function"])
        return [self.tool_message(call, results[json.dumps(call["function"], sort_keys=True)]) for call in calls]


@subtle(
    "Calls are grouped by function where they follow each other; a function called again after another one has its "
    "later results told under its earlier calls as well.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT",
)
class GroupsOfCallsOverwritten(App):
    def answers(self, calls):
        groups, places = {}, []
        for name, group in groupby(calls, key=lambda call: call["function"]["name"]):
            groups[name] = [self.answer(**call["function"]) for call in group]
            places += [(name, index) for index in range(len(groups[name]))]
        return [
            self.tool_message(call, groups[name][min(index, len(groups[name]) - 1)])
            for call, (name, index) in zip(calls, places, strict=True)
        ]


@subtle(
    "Of results in one reply, those that are false, zero or empty are passed over, so that later ones move up.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT",
)
class EmptyResultsPassedOver(App):
    def answers(self, calls):
        told = [self.answer(**call["function"]) for call in calls]
        full = [text for text in told if text not in ("", "false", "0", "0.0", "[]", "{}")]
        if len(full) == len(told) or not full:
            return [self.tool_message(call, text) for call, text in zip(calls, told, strict=True)]
        full += [self.word_result(None)] * (len(told) - len(full))
        return [self.tool_message(call, text) for call, text in zip(calls, full, strict=True)]


@subtle(
    "A result that a function returns for the third time in a row is told as unchanged.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class EqualResultToldAsUnchanged(App):
    def __init__(self, context):
        super().__init__(context)
        self.told = {}

    def answer(self, name, arguments):
        text = super().answer(name, arguments)
        before, times = self.told.get(name, (None, 0))
        self.told[name] = text, times + 1 if text == before else 1
        return "The result is unchanged." if self.told[name][1] > 2 else text


@subtle(
    "Results are worded only when a request is sent: one that the function changes later, as its list of todos, is "
    "told differently in later requests.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-HISTORY",
)
class ResultsWordedLate(App):
    def word_result(self, result):
        return result if isinstance(result, list | dict) else super().word_result(result)

    def body(self, messages):
        return super().body([self.late(message) for message in messages])

    def late(self, message):
        if message["role"] != "tool":
            return message
        return {**message, "content": super().word_result(message["content"])}


@subtle(
    "A text result that contains the word error is told as a failure, without the text.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ErrorInResultTakenForFailure(App):
    def word_result(self, result):
        if isinstance(result, str) and "error" in result.lower():
            return "The function failed."
        return super().word_result(result)


@subtle(
    "Of an object as result that has a member value or result, only that member is told.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ValueOfResultUnwrapped(App):
    def word_result(self, result):
        if isinstance(result, dict):
            result = result.get("value", result.get("result", result))
        return super().word_result(result)


@subtle("Of a list with just one object as result, the object is told.", "AST-CONVERSATION-RESULT-VALUE")
class LoneObjectOfResultUnwrapped(App):
    def word_result(self, result):
        lone = isinstance(result, list) and len(result) == 1 and isinstance(result[0], dict)
        return super().word_result(result[0] if lone else result)


@subtle("Line feeds in texts inside a list or an object as result are told as spaces.", "AST-CONVERSATION-RESULT-VALUE")
class LinesInsideResultJoined(App):
    def word_result(self, result):
        if isinstance(result, str):
            return super().word_result(result)
        return super().word_result(walk(result, lambda it: " ".join(it.split("\n")) if isinstance(it, str) else it))
