"""Schemas that are taken for those of another skill, and made-up ones that are too strict."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

PARAMETERS = "AST-TOOL-PARAMETERS"
MADE_UP = "AST-SCHEMA"


@subtle("Schemas are kept by their $id, so that the second of the same is never read.", PARAMETERS)
class KeepsSchemasByIdentifier(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        mine = schema.get("$id", "")
        return next((one.schema for one in self.skills if mine and one.schema.get("$id") == mine), schema)


@subtle("A skill without a described parameter takes over the description of the skill before.", MADE_UP, PARAMETERS)
class TakesOverSchemas(App):
    def schema_of(self, skill, given):
        before = self.skills[-1] if self.skills else None
        if before and "parameterDescriptionJson" in before.given and "parameterDescriptionJson" not in given:
            return before.schema
        return super().schema_of(skill, given)


@subtle("Made-up schemas are kept by the argument's name, whatever its type.", MADE_UP)
class KeepsSchemasByArgument(App):
    def autogenerate(self, skill):
        known = [one for one in self.skills if "parameterDescriptionJson" not in one.given]
        same = [one.schema for one in known if one.argument.name == skill.argument.name]
        return same[0] if same else super().autogenerate(skill)


class Limited(App):
    """Adds a limit to what it makes up."""

    limits: dict[str, dict[str, object]] = {}  # noqa: RUF012

    def property_of(self, skill):
        return {**super().property_of(skill), **self.limits.get(skill.argument.type, {})}


@subtle("A made-up text must not be empty.", MADE_UP)
class WantsLetters(Limited):
    limits = {"string": {"minLength": 1}}  # noqa: RUF012


@subtle("A made-up text has at most 255 characters.", MADE_UP)
class WantsShortTexts(Limited):
    limits = {"string": {"maxLength": 255}}  # noqa: RUF012


@subtle("A made-up integer has 32 bits.", MADE_UP)
class WantsSmallIntegers(Limited):
    limits = {"integer": {"minimum": -(2**31), "maximum": 2**31 - 1}}  # noqa: RUF012


@subtle("A made-up number is not negative.", MADE_UP)
class ForbidsNegativeNumbers(Limited):
    limits = {"number": {"minimum": 0}}  # noqa: RUF012


@subtle("A made-up object is closed, though no member of it is known.", MADE_UP)
class ClosesUnknownObjects(Limited):
    limits = {"object": {"additionalProperties": False}}  # noqa: RUF012


@subtle("A made-up array holds at least one element.", MADE_UP)
class WantsElements(Limited):
    limits = {"array": {"minItems": 1}}  # noqa: RUF012


@subtle("A made-up property of an argument in capitals is named in small letters.", MADE_UP)
class RespellsArguments(App):
    def autogenerate(self, skill):
        name = skill.argument.name.lower() if skill.argument.name.isupper() else skill.argument.name
        return {"type": "object", "properties": {name: self.property_of(skill)}}
