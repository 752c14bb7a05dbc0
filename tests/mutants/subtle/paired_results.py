"""Results that are told wrongly only where two ordinary things come together."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "A result that counts as false (0, false, an empty list) is told as none from the second call of a reply on.",
    "AST-CONVERSATION-RESULT",
)
class SecondFalsyVoid(App):
    def answers(self, calls):
        self.told = 0
        return super().answers(calls)

    def word_result(self, result):
        self.told += 1
        return super().word_result(None if self.told > 1 and not result else result)


@subtle("On Azure, lists in a result's lists are told as one.", "AST-CONVERSATION-RESULT-VALUE")
class AzureInnerListsSpilled(App):
    def word_result(self, result):
        if self.on_azure and isinstance(result, list):
            result = [item for part in result for item in (part if isinstance(part, list) else [part])]
        return super().word_result(result)


@subtle("From the second round on, a long result (over 2000 characters) is cut.", "AST-CONVERSATION-RESULT-VALUE")
class LateResultClipped(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def answers(self, calls):
        self.rounds += 1
        return super().answers(calls)

    def word_result(self, result):
        return super().word_result(result)[: 2000 if self.rounds > 1 else None]


@subtle(
    "A function that returns nothing after it has returned something is told with what it returned before.",
    "AST-CONVERSATION-RESULT-NONE",
)
class NothingEchoesFormer(App):
    def invoke(self, skill, argument):
        former = self.__dict__.setdefault("former", {})
        result = super().invoke(skill, argument)
        if result is None:
            return former.get(skill.name)
        former[skill.name] = result
        return result


@subtle(
    "A boolean result of a function that is called beside others is told as Python writes it.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class BesideBooleanPythonic(App):
    def answers(self, calls):
        self.beside = len(calls) > 1
        return super().answers(calls)

    def word_result(self, result):
        return str(result) if self.beside and isinstance(result, bool) else super().word_result(result)


@subtle(
    "After a function has failed, members that are null are missing from the results.", "AST-CONVERSATION-RESULT-VALUE"
)
class NullsSiftedAfterFailure(App):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def word_result(self, result):
        if self.failed and isinstance(result, dict):
            result = {name: value for name, value in result.items() if value is not None}
        return super().word_result(result)


@subtle(
    "The text result of a skill that takes an object or array is told in ASCII, other characters as question marks.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class CollectionTakerAscii(App):
    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        if isinstance(result, str) and skill.argument.type in ("array", "object"):
            return result.encode("ascii", "replace").decode()
        return result


@subtle("In a later prompt, numbers with a fraction are told with two digits of it.", "AST-CONVERSATION-RESULT-VALUE")
class EncoreFractionRounded(App):
    def word_result(self, result):
        if self.history:
            result = json.loads(json.dumps(result), parse_float=lambda text: round(float(text), 2))
        return super().word_result(result)
