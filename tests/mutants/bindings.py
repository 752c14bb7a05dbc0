"""Mutants of the bindings: their types, directions and names, and which functions have one."""

# ruff: noqa: RUF012  # a wrong step may not need all that it is given; tables are only read
from __future__ import annotations

from mutants.base import App
from mutants.kinds import gives
from mutants.mutant import OWN, mutant


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
        "AST-BINDING-DIRECTION": ["direction-in-binding", "direction-in-every-binding", "*-direction-refused"],
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
        "AST-BINDING-NAME": ["binding-named-in-two-words", "binding-named-in-final-capitals", "binding-named-each"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class NamesTheBindingInSnakeCase(BindingApp):
    def change(self, binding):
        words = ("_" + letter.lower() if letter.isupper() else letter for letter in binding["name"])
        return {**binding, "name": "".join(words)}


@mutant(
    "The underscore that keeps an argument's name apart from a keyword is left out of its binding's.",
    surfaces=["python"],
    editions=["2025-05-15"],
    fails={"AST-BINDING-NAME": ["binding-named-with-underscores"]},
)
class LeavesOutTheFinalUnderscore(BindingApp):
    def change(self, binding):
        return {**binding, "name": binding["name"].rstrip("_")}


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
    fails={"AST-BINDING-DIRECTION": ["*-direction-refused"]},
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
