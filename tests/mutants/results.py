"""Results that the model is not told, or not as the function returned them."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.kinds import wanted_calls, wanted_results
from mutants.mutant import OWN, mutant

VALUE, NONE = "AST-CONVERSATION-RESULT-VALUE", "AST-CONVERSATION-RESULT-NONE"


def wants(question):
    """Ask whether a case demands some kind of result."""
    return lambda case: any(map(question, wanted_results(case)))


class ResultApp(App):
    """An app that changes the result before it is worded."""

    def word_result(self, result):
        return super().word_result(self.change(result))


@mutant("The result is lost, and the model told that all went well (extension PR 120).", fails={OWN: [wanted_results]})
class LosesTheResult(App):
    def word_result(self, result):
        return "The function call succeeded. Let the user know that you completed the action."


@mutant(
    "A result is cut after a hundred characters.",
    fails={VALUE: ["result-unchanged-one-megabyte", "results-unchanged-after-*"]},
)
class CutsResults(App):
    def word_result(self, result):
        return super().word_result(result)[:100]


@mutant(
    "A result loses what is not ASCII.",
    fails={
        VALUE: [
            "result-unchanged-non-ascii-text",
            "result-unchanged-one-megabyte",
            "result-unchanged-object",
            "results-unchanged-after-*",
        ]
    },
)
class SendsResultsInAscii(App):
    def word_result(self, result):
        value = json.dumps(result, ensure_ascii=False).encode("ascii", "replace").decode()
        return super().word_result(json.loads(value))


@mutant(
    "Results are written as Python writes them.",
    fails={OWN: [wants(lambda result: not isinstance(result, str) and str(result) != json.dumps(result))]},
)
class WritesPython(App):
    def word_result(self, result):
        return super().word_result(None if result is None else str(result))


@mutant("Texts are quoted twice.", fails={OWN: [wants(lambda result: isinstance(result, str))]})
class QuotesTwice(App):
    def word_result(self, result):
        text = super().word_result(result)
        return json.dumps(json.dumps(text)) if isinstance(result, str) else text


@mutant("True is sent as 1.", fails={OWN: [wants(lambda result: result is True)]})
class SendsTrueAsOne(ResultApp):
    def change(self, result):
        return 1 if result is True else result


@mutant("False is sent as 0.", fails={VALUE: ["result-unchanged-false"]})
class SendsFalseAsZero(ResultApp):
    def change(self, result):
        return 0 if result is False else result


@mutant(
    "What is false is taken for no result.",
    fails={VALUE: ["result-unchanged-zero", "result-unchanged-false", "result-unchanged-empty-list"]},
)
class TakesFalsyForNone(ResultApp):
    def change(self, result):
        return result or None


@mutant("Nulls are stripped from a result.", fails={VALUE: ["result-unchanged-list", "result-unchanged-object"]})
class StripsNullsFromResults(ResultApp):
    def change(self, result):
        if isinstance(result, dict):
            return {key: self.change(one) for key, one in result.items() if one is not None}
        return [self.change(one) for one in result if one is not None] if isinstance(result, list) else result


@mutant("Fractions are rounded.", fails={VALUE: ["result-unchanged-fraction"]})
class RoundsResults(ResultApp):
    def change(self, result):
        return round(result, 1) if isinstance(result, float) else result


@mutant("A text that is JSON is read and written anew.", fails={VALUE: ["result-unchanged-text-of-json"]})
class RewritesJsonInResults(ResultApp):
    def change(self, result):
        if isinstance(result, str) and result.startswith("{"):
            return json.dumps(json.loads(result), indent=4)
        return result


def runs_without_result(case):
    """Say whether a case runs a function that returns nothing."""
    silent = {
        one.function
        for one in case.scenario.episode.skills
        if one.returns is None and not one.echoes and (one.raises is None or one.raises_on != "every")
    }
    return any(call["skill"] in silent for call in wanted_calls(case))


@mutant(
    "Without a result the content is null, which the service refuses.",
    fails={"AST-SERVICE-MESSAGES": [runs_without_result]},
)
class SendsNullContent(App):
    def word_result(self, result):
        return None if result is None else super().word_result(result)


@mutant("Without a result the model is told the last one.", fails={NONE: ["result-none-beside-a-result"]})
class TellsTheLastResult(App):
    def word_result(self, result):
        if result is not None:
            self.last = super().word_result(result)
        return self.last

    last = "done"


@mutant(
    "A call without a result is not answered.",
    fails={
        NONE: ["*"],
        "AST-SERVICE-MESSAGES": [runs_without_result],
    },
)
class LeavesACallUnanswered(App):
    def replay(self, reply, answers):
        return super().replay(reply, [answer for answer in answers if answer["content"] != "The function succeeded."])
