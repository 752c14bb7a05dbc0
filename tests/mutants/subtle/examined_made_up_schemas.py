"""Parameter descriptions that are made up wrongly, for some types, names and neighbours."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When two skills without a parameter description name their arguments alike, both are told the first's type.",
    "AST-SCHEMA-TYPE",
)
class MadeUpCachedByArgumentName(App):
    def autogenerate(self, skill):
        self.made = getattr(self, "made", {})
        return self.made.setdefault(skill.argument.name, super().autogenerate(skill))


@subtle(
    "When an app is on Azure, the made-up schema of an array argument has no items.",
    "AST-SCHEMA-ITEMS",
    "AST-SERVICE-TOOLS",
)
class ItemsForgottenOnAzure(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {"type": made["type"]} if self.on_azure else made


@subtle(
    "When the argument is an integer, the made-up schema admits none beyond 32 bits.",
    "AST-SCHEMA-TYPE",
    surfaces=("python", "typescript"),
)
class IntegersOfThirtyTwoBitsOnly(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {**made, "minimum": -(2**31), "maximum": 2**31 - 1} if made["type"] == "integer" else made


@subtle(
    "When the argument is an object, the made-up schema admits only the empty object.",
    "AST-SCHEMA-TYPE",
    surfaces=("javascript",),
)
class MadeUpRecordClosed(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        closed = {"properties": {}, "additionalProperties": False}
        return {**made, **closed} if made["type"] == "object" else made


@subtle(
    "When the argument is an array, the made-up schema admits no item twice.", "AST-SCHEMA-TYPE", surfaces=("java",)
)
class JavaSetMadeUpForList(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {**made, "uniqueItems": True} if made["type"] == "array" else made


@subtle(
    "When the argument's name is a word of C#, such as event or object, the made-up schema puts an @ before it.",
    "AST-SCHEMA-OBJECT",
    surfaces=("csharp-isolated",),
)
class VerbatimIdentifierInSchema(App):
    words = ("event", "object", "params", "string", "namespace", "decimal", "operator", "base", "lock", "checked")

    def autogenerate(self, skill):
        name = skill.argument.name
        return {"type": "object", "properties": {f"@{name}" if name in self.words else name: self.property_of(skill)}}


@subtle(
    "When the argument's name begins with a capital letter, the made-up schema has a small one.",
    "AST-SCHEMA-OBJECT",
    surfaces=("csharp-inprocess",),
)
class MadeUpNameCamelCased(App):
    def autogenerate(self, skill):
        name = skill.argument.name
        return {"type": "object", "properties": {name[0].lower() + name[1:]: self.property_of(skill)}}


@subtle(
    "When a skill's parameter description is empty or left out after one that is given, it gets the one before.",
    "AST-SCHEMA-OBJECT",
    "AST-SCHEMA-EMPTY",
)
class UndescribedTakesPrecedingSchema(App):
    preceding = None

    def schema_of(self, skill, given):
        if "parameterDescriptionJson" in given:
            self.preceding = super().schema_of(skill, given)
        return self.preceding or super().schema_of(skill, given)


@subtle(
    "When two skills are of one argument type, they share one made-up schema, whose property bears the last's name.",
    "AST-SCHEMA-OBJECT",
)
class OnePrototypeForEachType(App):
    def autogenerate(self, skill):
        self.prototypes = getattr(self, "prototypes", {})
        made = self.prototypes.setdefault(skill.argument.type, {"type": "object"})
        made["properties"] = {skill.argument.name: self.property_of(skill)}
        return made


@subtle("When an argument is called type, items or properties, the made-up schema calls it value.", "AST-SCHEMA-OBJECT")
class KeywordNamedArgumentMisplaced(App):
    def autogenerate(self, skill):
        made = super().autogenerate(skill)
        if skill.argument.name in ("type", "items", "properties", "required", "description"):
            made["properties"] = {"value": self.property_of(skill)}
        return made
