"""Mutants of bindings that are read again."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given; tables are only read
from __future__ import annotations

import json

from mutants.base import App
from mutants.mutant import mutant


@mutant(
    "Bindings that were read are gone.",
    fails={"AST-BINDING-REPEATABLE": ["bindings-read-*"]},
)
class ForgetsBindingsThatWereRead(App):
    read_before = False

    def bindings(self):
        again, self.read_before = self.read_before, True
        return {} if again else super().bindings()


@mutant(
    "The bindings can be read only once (Python library from 1.21).",
    fails={"AST-BINDING-REPEATABLE": ["bindings-read-*"]},
)
class RaisesForTheSecondReading(App):
    read_before = False

    def bindings(self):
        if self.read_before:
            raise ValueError("the functions are registered already")
        self.read_before = True
        return super().bindings()


class ChangesWhatIsReadAgain(App):
    """An app whose bindings have changed when they are read for the second time."""

    reading = 0

    def bindings(self):
        self.reading += 1
        return super().bindings()

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return binding if self.reading < 2 else {**binding, **self.change(binding)}  # the second


@mutant("The second reading gives another direction.", fails={"AST-BINDING-REPEATABLE": ["bindings-read-*"]})
class TurnsTheDirectionRound(ChangesWhatIsReadAgain):
    def change(self, binding):
        return {"direction": "inout"}


@mutant("The second reading gives another type.", fails={"AST-BINDING-REPEATABLE": ["bindings-read-*"]})
class ForgetsTheTypeInTheSecondReading(ChangesWhatIsReadAgain):
    def change(self, binding):
        return {"type": "genericTrigger"}


@mutant(
    "The second reading escapes the parameter description once more.",
    fails={"AST-BINDING-REPEATABLE": ["bindings-read-*"]},
)
class EscapesParametersOnceMore(ChangesWhatIsReadAgain):
    def change(self, binding):
        key = "parameterDescriptionJson"
        return {key: json.dumps(binding[key])} if key in binding else {}


@mutant(
    "The second reading lacks the function names of all functions but the first.",
    fails={"AST-BINDING-REPEATABLE": ["bindings-read-*"]},
)
class ForgetsNamesInTheSecondReading(ChangesWhatIsReadAgain):
    def change(self, binding):
        return {} if binding["name"] == self.skills[0].argument.name else {"functionName": None}


@mutant(
    "A function that has failed in a conversation is gone from the bindings.",
    fails={"AST-BINDING-REPEATABLE": ["bindings-read-after-a-conversation"]},
)
class DropsFunctionsThatFailed(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.failed = (*getattr(self, "failed", ()), skill.function)
            raise

    def bindings(self):
        failed = getattr(self, "failed", ())
        return {name: bindings for name, bindings in super().bindings().items() if name not in failed}
