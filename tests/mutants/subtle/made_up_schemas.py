"""Parameters that are made up well for the usual argument, and wrongly for others."""

# ruff: noqa: RUF012  # tables are only read
from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle

TYPE, OBJECT = "AST-SCHEMA-TYPE", "AST-SCHEMA-OBJECT"


class AddingApp(App):
    """An app that says more of an argument of some type than it knows."""

    def property_of(self, skill):
        made_up = super().property_of(skill)
        return {**made_up, **self.more} if skill.argument.type == self.kind else made_up


@subtle("In a made-up schema, a text may have no more than 255 characters.", TYPE)
class LimitsTexts(AddingApp):
    kind = "string"
    more = {"maxLength": 255}


@subtle("In a made-up schema, a text may not span several lines.", TYPE)
class WantsOneLine(AddingApp):
    kind = "string"
    more = {"pattern": "^[^\\r\\n]*$"}


@subtle("In a made-up schema, a text may not begin or end with a blank.", TYPE)
class WantsTrimmedTexts(AddingApp):
    kind = "string"
    more = {"pattern": "^(\\S([\\s\\S]*\\S)?)?$"}


@subtle("In a made-up schema, an integer has to fit 64 bits.", TYPE)
class LimitsIntegersToLongs(AddingApp):
    kind = "integer"
    more = {"minimum": -(2**63), "maximum": 2**63 - 1}


@subtle("In a made-up schema, an integer may not be below -32768.", TYPE)
class LimitsIntegersBelow(AddingApp):
    kind = "integer"
    more = {"minimum": -32768}


@subtle("In a made-up schema, a number may have two decimal places.", TYPE)
class WantsHundredths(AddingApp):
    kind = "number"
    more = {"multipleOf": 0.01}


@subtle("In a made-up schema, a number has to fit a single's range, which ends at 3.4e38.", TYPE)
class LimitsNumbersToSingles(AddingApp):
    kind = "number"
    more = {"minimum": -3.4e38, "maximum": 3.4e38}


@subtle("In a made-up schema, the items of an array are told to be texts.", TYPE)
class TellsItemsAreTexts(AddingApp):
    kind = "array"
    more = {"items": {"type": "string"}}


@subtle("In a made-up schema, the items of an array may be anything but arrays.", TYPE)
class ForbidsArraysInArrays(AddingApp):
    kind = "array"
    more = {"items": {"type": ["string", "number", "boolean", "object", "null"]}}


@subtle("In a made-up schema, the items of an array may not be null.", TYPE)
class ForbidsNullsInArrays(AddingApp):
    kind = "array"
    more = {"items": {"not": {"type": "null"}}}


@subtle("In a made-up schema, an array may have no more than 100 items.", TYPE)
class LimitsArrays(AddingApp):
    kind = "array"
    more = {"maxItems": 100}


@subtle("In a made-up schema, the members of an object may not be null.", TYPE)
class ForbidsNullsInObjects(AddingApp):
    kind = "object"
    more = {"additionalProperties": {"not": {"type": "null"}}}


@subtle("In a made-up schema, the names of an object's members have to be identifiers.", TYPE)
class WantsIdentifiersInObjects(AddingApp):
    kind = "object"
    more = {"propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}}


@subtle("In a made-up schema, an object may have no more than 16 members.", TYPE)
class LimitsObjects(AddingApp):
    kind = "object"
    more = {"maxProperties": 16}


# By the argument's name


class GuessingApp(App):
    """An app that guesses the type by the argument's name."""

    def property_of(self, skill):
        guessed = re.search(self.pattern, skill.argument.name)
        return {"type": self.guess} if guessed else super().property_of(skill)


@subtle("In a made-up schema, an argument whose name begins with is, as issue does, is told to be a boolean.", TYPE)
class GuessesBooleans(GuessingApp):
    pattern, guess = "^is", "boolean"


@subtle("In a made-up schema, an argument whose name ends with Id is told to be a text, though it is an integer.", TYPE)
class GuessesTexts(GuessingApp):
    pattern, guess = "(Id|_id)$", "string"


@subtle(
    "In a made-up schema, an argument whose name ends with count is told to be an integer, though it is a number.", TYPE
)
class GuessesIntegers(GuessingApp):
    pattern, guess = "[cC]ount$", "integer"


class RenamingApp(App):
    """An app that has another name for the property than the argument has."""

    def autogenerate(self, skill):
        return {"type": "object", "properties": {self.rename(skill.argument.name): self.property_of(skill)}}


@subtle("In a made-up schema, an argument called due_date is told as dueDate.", OBJECT)
class JoinsWordsOfArguments(RenamingApp):
    def rename(self, name):
        return re.sub("_([a-z])", lambda match: match[1].upper(), name)


@subtle(
    "In a made-up schema, an argument called userID is told as userId.",
    OBJECT,
)
class LowersAcronyms(RenamingApp):
    def rename(self, name):
        return re.sub("([A-Z])([A-Z]+)", lambda match: match[1] + match[2].lower(), name)


@subtle("In a made-up schema, an argument that begins with a capital is told with a small letter.", OBJECT)
class BeginsArgumentsSmall(RenamingApp):
    def rename(self, name):
        return name[0].lower() + name[1:]


@subtle(
    "In a made-up schema, an underscore at the end of an argument's name is dropped.",
    OBJECT,
)
class DropsTheLastUnderscore(RenamingApp):
    def rename(self, name):
        return name.rstrip("_")


@subtle("In a made-up schema, an argument's name loses its accents.", OBJECT)
class WritesArgumentsInAscii(RenamingApp):
    def rename(self, name):
        return name.encode("ascii", "ignore").decode() or name


@subtle("In a made-up schema, an argument named context is taken for the framework's own, and not told.", OBJECT)
class HidesTheContext(App):
    def autogenerate(self, skill):
        schema = super().autogenerate(skill)
        schema["properties"].pop("context", None)
        return schema


@subtle("In a made-up schema, an argument named type is taken for the schema's own keyword, and not told.", OBJECT)
class MixesUpTheType(App):
    def autogenerate(self, skill):
        flat = {skill.argument.name: self.property_of(skill), "type": "object"}
        return {"type": flat.pop("type"), "properties": flat}
