"""Arguments that do not reach the function as the model wrote them, or reach it when they should not."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.kinds import runs, wanted_calls
from mutants.mutant import OWN, mutant

ARGUMENT, EXTRA = "AST-CONVERSATION-ARGUMENT", "AST-CONVERSATION-ARGUMENT-EXTRA"
MISSING, MALFORMED = "AST-CONVERSATION-ARGUMENT-MISSING", "AST-CONVERSATION-ARGUMENT-MALFORMED"


class ArgumentApp(App):
    """An app that changes the argument at the last moment."""

    def argument_of(self, skill, arguments):
        return self.change(super().argument_of(skill, arguments))


@mutant(
    "Every argument is handed over as a text.",
    fails={OWN: [lambda case: any(not isinstance(call["argument"], str) for call in wanted_calls(case))]},
)
class HandsOverTexts(ArgumentApp):
    def change(self, value):
        return value if value is None or isinstance(value, str) else json.dumps(value)


@mutant(
    "The whole object is handed over, not the argument in it.",
    fails={OWN: [runs], MISSING: ["*"], ARGUMENT: ["*"]},
)
class HandsOverTheObject(App):
    def argument_of(self, skill, arguments):
        return arguments


@mutant(
    "The first argument is handed over, whatever its name.",
    fails={
        EXTRA: ["argument-among-others-last", "argument-among-those-described"],
        MISSING: ["argument-missing-from-other-arguments", "argument-missing-of-type-object"],
    },
)
class HandsOverTheFirstArgument(App):
    def argument_of(self, skill, arguments):
        return next(iter(arguments.values()), None)


@mutant(
    "The argument is looked for by its name in the style of JavaScript.",
    editions=["2025-05-15"],
    fails={ARGUMENT: ["argument-named-with-underscores"]},
)
class LooksForCamelCase(App):
    def argument_of(self, skill, arguments):
        head, *tail = skill.argument.name.split("_")
        return arguments.get("".join([head, *map(str.capitalize, tail)]))


@mutant("Arguments that the function does not have are an error.", fails={EXTRA: ["*"]})
class RefusesOtherArguments(App):
    def argument_of(self, skill, arguments):
        if len(arguments) > 1:
            raise TypeError("unexpected keyword argument")
        return super().argument_of(skill, arguments)


@mutant(
    "Commas before closing brackets are left out wherever they stand, in texts too.",
    fails={ARGUMENT: ["argument-unchanged-text-with-commas-before-brackets"]},
)
class LeavesOutCommas(App):
    def read_arguments(self, text):
        return super().read_arguments(re.sub(r",\s*([\]}])", r"\1", text))


@mutant(
    "An argument is looked for among the members that every object has too.",
    fails={MISSING: ["argument-missing-called-constructor"]},
)
class FindsMembersOfObjects(App):
    def argument_of(self, skill, arguments):
        return {"constructor": "function Object()", **arguments}.get(skill.argument.name)


@mutant("A text is trimmed.", fails={ARGUMENT: ["argument-unchanged-several-lines", "argument-unchanged-long-text"]})
class TrimsTexts(ArgumentApp):
    def change(self, value):
        return value.strip() if isinstance(value, str) else value


@mutant(
    "A text loses what is not ASCII.",
    fails={OWN: [lambda case: not str(wanted_calls(case)).isascii()]},
)
class HandsOverAscii(ArgumentApp):
    def change(self, value):
        return json.loads(json.dumps(value, ensure_ascii=False).encode("ascii", "replace"))


@mutant("A text that looks like a number becomes one.", fails={ARGUMENT: ["argument-unchanged-text-of-a-number"]})
class ReadsNumbersInTexts(ArgumentApp):
    def change(self, value):
        return int(value) if isinstance(value, str) and value.isdigit() else value


@mutant(
    "A text that is JSON is read.",
    fails={ARGUMENT: ["argument-unchanged-text-of-json"]},
)
class ReadsJsonInTexts(ArgumentApp):
    def change(self, value):
        return json.loads(value) if isinstance(value, str) and value.startswith("{") else value


@mutant(
    "What is false is taken for missing.",
    fails={
        ARGUMENT: [
            "argument-unchanged-empty-text*",
            "argument-unchanged-zero*",
            "argument-unchanged-false*",
            "argument-unchanged-empty-list",
            "argument-unchanged-empty-object",
        ],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class TakesFalsyForMissing(ArgumentApp):
    def change(self, value):
        return value or None


@mutant(
    "True is handed over as 1, and false as 0.",
    fails={
        ARGUMENT: ["argument-unchanged-true", "argument-unchanged-false*"],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class HandsOverBooleansAsNumbers(ArgumentApp):
    def change(self, value):
        return int(value) if isinstance(value, bool) else value


@mutant("Every number is a double.", fails={ARGUMENT: ["argument-unchanged-big-integer"]})
class ReadsDoubles(App):
    def read_arguments(self, text):
        arguments = super().read_arguments(text)
        return {name: float(one) if type(one) is int else one for name, one in arguments.items()}


@mutant(
    "Integers have 32 bits.",
    fails={
        ARGUMENT: [
            "argument-unchanged-largest-safe-integer",
            "argument-unchanged-big-integer",
            "argument-unchanged-negative-integer",
        ]
    },
)
class ReadsShortIntegers(ArgumentApp):
    def change(self, value):
        return value % 2**31 if type(value) is int else value


@mutant("Every number is an integer.", fails={ARGUMENT: ["argument-unchanged-fraction"]})
class ReadsIntegers(ArgumentApp):
    def change(self, value):
        return int(value) if isinstance(value, float) and abs(value) < 1e6 else value


@mutant("Numbers have seven digits.", fails={ARGUMENT: ["argument-unchanged-huge-number"]})
class ReadsSingles(ArgumentApp):
    def change(self, value):
        return float(f"{value:.6e}") if isinstance(value, float) else value


@mutant(
    "Nulls within a value are dropped.",
    fails={ARGUMENT: ["argument-unchanged-nested-lists", "argument-unchanged-nested-object"]},
)
class DropsNulls(ArgumentApp):
    def change(self, value):
        if isinstance(value, dict):
            return {key: self.change(one) for key, one in value.items() if one is not None}
        return [self.change(one) for one in value if one is not None] if isinstance(value, list) else value


# What is missing or malformed


@mutant("Null is handed over as a word.", fails={ARGUMENT: ["argument-null"], MISSING: ["*"]})
class HandsOverNullAsAWord(ArgumentApp):
    def change(self, value):
        return "null" if value is None else value


@mutant("A missing argument becomes an empty text.", fails={MISSING: ["*"]})
class MakesUpAMissingArgument(App):
    def argument_of(self, skill, arguments):
        return arguments.get(skill.argument.name, "")


class StrictApp(App):
    """An app from which an error of some kind escapes."""

    def answer(self, name, arguments):
        self.escape(name, arguments)
        return super().answer(name, arguments)


@mutant("A missing argument ends the conversation in an error.", fails={MISSING: ["*"]})
class RaisesForAMissingArgument(StrictApp):
    def escape(self, name, arguments):
        text = arguments or "{}"
        if text.startswith("{") and text.endswith("}") and "}{" not in text:
            json.loads(text)[self.find(name).argument.name] if self.known(name) else None

    def known(self, name):
        return any(skill.name == name for skill in self.skills)


@mutant(
    "Arguments that are not JSON end the conversation in an error (extension issue 63).",
    fails={
        MALFORMED: [
            "arguments-malformed-cut-off",
            "arguments-malformed-no-json",
            "arguments-malformed-beside-good-ones",
            "prompt-after-malformed-arguments",
        ]
    },
)
class RaisesForBrokenArguments(StrictApp):
    def escape(self, name, arguments):
        json.loads(arguments or "{}")


@mutant(
    "Arguments that are not an object end the conversation in an error.",
    fails={MALFORMED: ["arguments-malformed-as-list", "arguments-malformed-as-text"]},
)
class RaisesForArgumentsThatAreNoObject(StrictApp):
    def escape(self, name, arguments):
        if arguments[:1] in {"[", '"'}:
            raise AttributeError("no attribute 'get'")


@mutant("With malformed arguments the function is run with none.", fails={MALFORMED: ["*"]})
class RunsWithoutArguments(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except (TypeError, ValueError):
            return {}


@mutant(
    "Arguments that are cut off are completed.",
    fails={
        MALFORMED: [
            "arguments-malformed-cut-off",
            "arguments-malformed-beside-good-ones",
            "prompt-after-malformed-arguments",
        ]
    },
)
class CompletesArguments(App):
    def read_arguments(self, text):
        return super().read_arguments(text + '"}' if text.startswith("{") and not text.endswith("}") else text)


@mutant(
    "Of malformed arguments the model is told what a call without a result gets.",
    fails={MALFORMED: ["arguments-malformed-[acn][!b]*"]},
)
class TellsMalformedArgumentsAsDone(App):
    def word_failure(self, name, error):
        return (
            self.word_result(None) if isinstance(error, ValueError | TypeError) else super().word_failure(name, error)
        )
