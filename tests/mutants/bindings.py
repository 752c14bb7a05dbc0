"""Bindings that are not what function.json should hold."""

# ruff: noqa: ARG002, RUF012  # a wrong step may not need all that it is given; tables are only read
from __future__ import annotations

import json

from mutants.base import App
from mutants.kinds import gives
from mutants.mutant import OWN, mutant

FUNCTION_NAME = "AST-BINDING-FUNCTION-NAME"
DESCRIPTION = "AST-BINDING-DESCRIPTION"
PARAMETERS = "AST-BINDING-PARAMETERS"


class BindingApp(App):
    """An app whose bindings are changed at the last moment."""

    def binding_of(self, skill):
        return self.change(super().binding_of(skill))


@mutant(
    "The type has an s too many (Python library 1.20.0b2).",
    fails={"AST-BINDING-TYPE": ["type-in-binding", "type-in-every-binding"]},
)
class MisspellsTheType(App):
    type = "assistantSkillsTrigger"


@mutant(
    "The same where the page's table names the type.",
    surfaces=["powershell"],
    fails={
        "AST-BINDING-TYPE": ["type-in-binding", "type-in-every-binding", "type-*-refused"],
        "AST-BINDING-TYPE-SPELLING": ["type-in-binding-exactly"],
    },
)
class MisspellsTheDocumentedType(App):
    type = "assistantSkillsTrigger"


@mutant(
    "The type begins in lower case, as in all that ships.",
    surfaces=["javascript"],
    fails={"AST-BINDING-TYPE-SPELLING": ["type-in-binding-exactly"]},
)
class WritesTheTypeInLowerCamelCase(App):
    type = "assistantSkillTrigger"


@mutant(
    "The direction is that of the other edition.",
    surfaces=["powershell"],
    fails={
        "AST-BINDING-DIRECTION": ["direction-in-binding", "direction-in-every-binding", "other-direction-refused"],
    },
)
class TakesTheOtherDirection(App):
    directions = {"2024-04-14": "in", "2025-05-15": "out"}


@mutant("The direction is both.", fails={"AST-BINDING-DIRECTION": ["direction-in-*"]})
class TakesBothDirections(App):
    directions = dict.fromkeys(App.directions, "inout")


@mutant(
    "Only the first function's direction is set.",
    fails={"AST-BINDING-DIRECTION": ["direction-in-*every-binding"]},
)
class SetsTheFirstDirectionOnly(App):
    def binding_of(self, skill):
        later = {} if skill is self.skills[0] else {"direction": "inout"}
        return super().binding_of(skill) | later


@mutant(
    "The binding is named after its type, as by the Node library without a name.",
    fails={
        "AST-BINDING-NAME": ["binding-named-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class NamesTheBindingAfterTheType(BindingApp):
    def change(self, binding):
        return {**binding, "name": "assistantSkillTrigger8d7f6e5c4b"}


@mutant(
    "All bindings have the first one's name.",
    fails={
        "AST-BINDING-NAME": ["binding-named-each"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class NamesAllBindingsAlike(App):
    def binding_of(self, skill):
        return super().binding_of(skill) | {"name": self.skills[0].argument.name}


@mutant(
    "The name of the binding is put in the style of Python.",
    surfaces=["java"],
    fails={
        "AST-BINDING-NAME": ["binding-named-in-two-words", "binding-named-each"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class NamesTheBindingInSnakeCase(BindingApp):
    def change(self, binding):
        words = ("_" + letter.lower() if letter.isupper() else letter for letter in binding["name"])
        return {**binding, "name": "".join(words)}


@mutant(
    "The function name gets lost.",
    fails={
        FUNCTION_NAME: ["function-name-in-binding-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class LosesTheFunctionName(BindingApp):
    def change(self, binding):
        return {key: value for key, value in binding.items() if key != "functionName"}


@mutant(
    "The function's own name stands in the place of the one that is given.",
    fails={
        FUNCTION_NAME: ["function-name-in-binding-another"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class WritesTheFunctionsOwnName(App):
    def binding_of(self, skill):
        return super().binding_of(skill) | {"functionName": skill.function}


@mutant(
    "A function name that equals the function's own is left out, as an attribute's default is by the Maven plugin.",
    fails={
        FUNCTION_NAME: ["function-name-in-binding-the-same"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class LeavesOutANameThatIsTheDefault(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if binding.get("functionName") == skill.function:
            del binding["functionName"]
        return binding


@mutant(
    "The description gets lost, so that nobody can tell whose binding it is.",
    fails={
        DESCRIPTION: ["*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
        "AST-BINDING-ISOLATED": ["bindings-of-this-app-only", "binding-not-of-app-before"],
    },
)
class LosesTheDescription(BindingApp):
    def change(self, binding):
        return {key: value for key, value in binding.items() if key != "functionDescription"}


@mutant(
    "The description loses what is not ASCII.",
    fails={
        DESCRIPTION: ["description-in-binding-non-ascii"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class WritesTheDescriptionInAscii(BindingApp):
    def change(self, binding):
        text = binding["functionDescription"].encode("ascii", "replace").decode()
        return {**binding, "functionDescription": text}


@mutant(
    "The description is escaped as if it stood in a page.",
    fails={
        DESCRIPTION: ["description-in-binding-quotes-and-braces"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class EscapesTheDescription(BindingApp):
    def change(self, binding):
        text = binding["functionDescription"].replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return {**binding, "functionDescription": text}


@mutant(
    "The parameter description gets lost.",
    fails={
        PARAMETERS: ["parameters-in-binding-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class LosesTheParameterDescription(BindingApp):
    def change(self, binding):
        return {key: value for key, value in binding.items() if key != "parameterDescriptionJson"}


@mutant(
    "The parameter description is written as an object (Python library).",
    fails={
        PARAMETERS: ["parameters-in-binding-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class WritesTheParameterDescriptionAsAnObject(App):
    def binding_of(self, skill):
        return super().binding_of(skill) | {"parameterDescriptionJson": skill.schema}


@mutant(
    "The parameter description's nulls are stripped (Python library).",
    fails={
        PARAMETERS: ["parameters-in-binding-with-null"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class StripsNullsFromTheBinding(BindingApp):
    def change(self, binding):
        if "parameterDescriptionJson" in binding:
            bare = strip_nulls(json.loads(binding["parameterDescriptionJson"]))
            binding["parameterDescriptionJson"] = json.dumps(bare)
        return binding


def strip_nulls(value):
    if isinstance(value, dict):
        return {key: strip_nulls(member) for key, member in value.items() if member is not None}
    return [strip_nulls(item) for item in value if item is not None] if isinstance(value, list) else value


@mutant(
    "For an argument that is no text the parameter description is made up, though one is given.",
    fails={
        PARAMETERS: ["parameters-in-binding-for-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class MakesUpWhatIsGiven(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill.argument.type in {"array", "object"} and "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(self.autogenerate(skill))
        return binding


@mutant(
    "All functions get the binding that was declared last, by a variable that a loop has caught.",
    fails={
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
        "AST-BINDING-NAME": ["binding-named-each"],
    },
)
class GivesAllFunctionsTheLastBinding(App):
    def bindings(self):
        return {skill.function: [self.binding_of(self.skills[-1])] for skill in self.skills}


@mutant(
    "Only the first function is written.",
    fails={
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
        "AST-BINDING-REPEATABLE": ["bindings-read-*"],
        "AST-BINDING-NAME": ["binding-named-each"],
        "AST-BINDING-DIRECTION": ["direction-in-*every-binding"],
        "AST-BINDING-TYPE": ["type-in-every-binding"],
    },
)
class WritesTheFirstFunctionOnly(App):
    def bindings(self):
        return dict(list(super().bindings().items())[:1])


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


@mutant(
    "A type that is given stands in the binding, whichever it is.",
    surfaces=["powershell", "javascript"],
    fails={"AST-BINDING-TYPE": ["type-*-refused"]},
)
class WritesAnyTypeThatIsGiven(App):
    def binding_of(self, skill):
        return super().binding_of(skill) | {key: skill.given[key] for key in ("type",) if key in skill.given}


@mutant(
    "A direction that is given stands in the binding, whichever it is.",
    surfaces=["powershell"],
    fails={"AST-BINDING-DIRECTION": ["other-direction-refused"]},
)
class WritesAnyDirectionThatIsGiven(App):
    def binding_of(self, skill):
        given = {key: skill.given[key] for key in ("direction",) if key in skill.given}
        return super().binding_of(skill) | given


@mutant(
    "The properties that are defined in code are refused, as if only functionName and the like were parameters.",
    surfaces=["javascript", "typescript"],
    fails={OWN: [gives("type"), gives("direction")]},
)
class TakesFewerPropertiesInCode(App):
    def check_given(self, given):
        super().check_given(given)
        if strange := sorted(given.keys() - set(self.fields)):
            raise ValueError(f"unknown: {strange}")


@mutant(
    "The name that is given in code is overwritten by one that is made up.",
    surfaces=["javascript", "typescript"],
    fails={"AST-DECLARATION-PARAMETERS": ["properties-defined-in-code"]},
)
class OverwritesTheNameGivenInCode(App):
    def binding_of(self, skill):
        made_up = {"name": "assistantSkillTrigger8d7f6e5c4b"} if "name" in skill.given else {}
        return super().binding_of(skill) | made_up


@mutant(
    "Only the first function has the trigger's type.",
    fails={"AST-BINDING-TYPE": ["type-in-every-binding"]},
)
class SetsTheFirstTypeOnly(App):
    def binding_of(self, skill):
        later = {} if skill is self.skills[0] else {"type": "genericTrigger"}
        return super().binding_of(skill) | later


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
