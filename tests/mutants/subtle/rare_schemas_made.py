"""Slips in the parameter description that is made up when none is declared."""

from __future__ import annotations

import sys

from mutants.base import App
from mutants.subtle.subtle import subtle


class Constraining(App):
    """Adds to the property of an argument of one type."""

    kind = ""
    extra = ()

    def property_of(self, skill):
        made = super().property_of(skill)
        return {**made, **dict(self.extra)} if skill.argument.type == self.kind else made


@subtle("When an argument's name ends with an underscore (from_, id_), the property has none.", "AST-SCHEMA-OBJECT")
class FinalUnderscoreOff(App):
    def autogenerate(self, skill):
        return {"type": "object", "properties": {skill.argument.name.rstrip("_"): self.property_of(skill)}}


@subtle("When an integer argument is not described, the schema refuses integers beyond 32 bits.", "AST-SCHEMA-TYPE")
class MadeUpIntegersOf32Bits(Constraining):
    kind = "integer"
    extra = (("minimum", -(2**31)), ("maximum", 2**31 - 1))


@subtle(
    "When a number argument is not described, the smallest positive number is taken for the least: zero "
    "and less are refused.",
    "AST-SCHEMA-TYPE",
)
class LeastNumberIsPositive(Constraining):
    kind = "number"
    extra = (("minimum", sys.float_info.min), ("maximum", sys.float_info.max))


@subtle(
    "When an array argument is not described, the schema refuses an array with the same item twice.", "AST-SCHEMA-TYPE"
)
class ArraysTakenForSets(Constraining):
    kind = "array"
    extra = (("uniqueItems", True),)


@subtle("When an object argument is not described, the schema closes it, so that it must be empty.", "AST-SCHEMA-TYPE")
class MadeUpObjectsClosed(Constraining):
    kind = "object"
    extra = (("properties", {}), ("additionalProperties", False))


@subtle("When a string argument is not described, the schema refuses a text of several lines.", "AST-SCHEMA-TYPE")
class MadeUpTextsOfOneLine(Constraining):
    kind = "string"
    extra = (("pattern", "^.*$"),)


@subtle("When a parameter description is empty, the description of the skill before is used again.", "AST-SCHEMA-EMPTY")
class EmptyDescriptionKeepsTheLast(App):
    def __init__(self, context):
        super().__init__(context)
        self.last = None

    def read(self, trigger):
        given = super().read(trigger)
        empty = any(value == "" and word.lower().endswith("json") for word, value in trigger.items())
        if empty and self.last:
            given["parameterDescriptionJson"] = self.last
        self.last = given.get("parameterDescriptionJson", self.last)
        return given


@subtle(
    "When an integer argument is not described in Java, the model is told that it is a number.",
    "AST-SCHEMA-TYPE",
    surfaces=("java",),
)
class JavaIntegersAreNumbers(App):
    def property_of(self, skill):
        return {"type": "number"} if skill.argument.type == "integer" else super().property_of(skill)


@subtle(
    "When a second skill's argument is not described, the schema requires the argument of the first skill.",
    "AST-SCHEMA-OBJECT",
    "AST-SCHEMA-TYPE",
)
class ArgumentOfTheFirstRequired(App):
    def autogenerate(self, skill):
        first = self.skills[0].argument.name if self.skills else skill.argument.name
        return {**super().autogenerate(skill), "required": [first]}
