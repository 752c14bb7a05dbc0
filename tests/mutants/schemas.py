"""Parameter descriptions that are changed on their way to the model, or made up wrongly."""

# ruff: noqa: ARG002, RUF012  # a wrong step may not need all that it is given; tables are only read
from __future__ import annotations

import json
from math import ceil

from mutants.base import App
from mutants.binding_texts import strip_nulls
from mutants.kinds import asks, skills_told
from mutants.mutant import mutant
from mutants.tools import SERVICE

GIVEN, OBJECT, TYPE = "AST-TOOL-PARAMETERS", "AST-SCHEMA-OBJECT", "AST-SCHEMA-TYPE"
EXAMPLE = {"AST-CONVERSATION-EXAMPLE": ["todo-assistant"]}


def declares_type(*types):
    """Ask whether a case talks to the model with a schema that is made up for an argument of some type."""

    def question(case):
        made_up = [one for one in skills_told(case) if not given(one)]
        return asks(case) and any(one.argument.type in types for one in made_up)

    return question


def given(declaration):
    """Return the parameter description that is given."""
    return next((text for word, text in declaration.trigger.items() if "parameter" in word.lower()), None)


def offers_made_up(case):
    return declares_type("string", "integer", "number", "boolean", "array", "object")(case)


def offers_given(case):
    return asks(case) and any(map(given, skills_told(case)))


# Given


class GivenApp(App):
    """An app that changes a parameter description that is given."""

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        return self.change(schema) if isinstance(schema, dict) else schema


@mutant(
    "Parameters are made up though they are given.",
    fails={
        GIVEN: ["*"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class IgnoresWhatIsGiven(App):
    def schema_of(self, skill, given):
        super().schema_of(skill, given)
        return self.autogenerate(skill)


@mutant(
    "The first skill's parameters are every skill's.",
    fails={
        GIVEN: ["parameters-to-model-each"],
        OBJECT: ["parameters-made-up-for-each-skill"],
        "AST-SCHEMA-EMPTY": ["parameters-made-up-for-empty-text"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class GivesAllSkillsTheFirstParameters(App):
    def function_of(self, skill):
        return {**super().function_of(skill), "parameters": self.skills[0].schema}


@mutant(
    "What is made up is merged into what is given.",
    fails={
        GIVEN: [
            "parameters-to-model-without-properties",
            "parameters-to-model-from-text-*",
            "parameters-to-model-over-made-up-ones",
            "parameters-to-model-with-definitions",
            "parameters-to-model-with-telling-names*",
            "parameters-to-model-with-50-properties",
        ],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class MergesWhatIsMadeUp(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        made_up = self.autogenerate(skill)["properties"]
        properties = {name: {**made_up.get(name, {}), **one} for name, one in schema.get("properties", {}).items()}
        return {**schema, "properties": {**made_up, **properties}}


@mutant("The parameters' text is sent as it is, a string in the place of an object.", fails={SERVICE: [offers_given]})
class SendsParametersAsText(App):
    def function_of(self, skill):
        text = skill.given.get("parameterDescriptionJson")
        return {**super().function_of(skill), **({"parameters": text} if text else {})}


@mutant(
    "Nulls are stripped from the parameters (Python library).",
    fails={
        GIVEN: ["parameters-to-model-with-nulls"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class StripsNulls(GivenApp):
    change = staticmethod(strip_nulls)


@mutant(
    "Every object is closed, as strict mode wants it.",
    fails={
        GIVEN: ["*"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class ClosesTheObject(GivenApp):
    def change(self, schema):
        return {**schema, "additionalProperties": False, "required": list(schema.get("properties", {}))}


@mutant(
    "Only type and properties are sent on.",
    fails={
        GIVEN: ["parameters-to-model-required-and-closed", "parameters-to-model-with-definitions"],
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class DropsKeywords(GivenApp):
    def change(self, schema):
        return {key: value for key, value in schema.items() if key in {"type", "properties"}}


@mutant(
    "What is inside of an object's property is not sent.",
    fails={GIVEN: ["parameters-to-model-nested", "parameters-to-model-with-telling-names-within"]},
)
class FlattensParameters(GivenApp):
    def change(self, schema):
        flat = {
            name: {**one, "properties": {}} for name, one in schema.get("properties", {}).items() if "properties" in one
        }
        return {**schema, "properties": {**schema["properties"], **flat}} if flat else schema


@mutant("What is not ASCII is replaced in the parameters.", fails={GIVEN: ["parameters-to-model-non-ascii"]})
class WritesParametersInAscii(GivenApp):
    def change(self, schema):
        return json.loads(json.dumps(schema, ensure_ascii=False).encode("ascii", "replace"))


@mutant(
    "Keywords are looked for in names of properties too.", fails={GIVEN: ["parameters-to-model-with-telling-names"]}
)
class MistakesNamesForKeywords(GivenApp):
    def change(self, schema):
        kept = {name: one for name, one in schema.get("properties", {}).items() if name not in {"type", "properties"}}
        return {**schema, **({"properties": kept} if "properties" in schema else {})}


@mutant("Fractions are rounded up.", fails={GIVEN: ["parameters-to-model-with-numbers"]})
class RoundsFractions(GivenApp):
    def change(self, schema):
        return json.loads(json.dumps(schema), parse_float=lambda text: ceil(float(text)))


@mutant("No more than twenty properties are sent.", fails={GIVEN: ["parameters-to-model-with-50-properties"]})
class CutsProperties(GivenApp):
    def change(self, schema):
        kept = list(schema.get("properties", {}).items())[:20]
        return {**schema, **({"properties": dict(kept)} if kept else {})}


@mutant(
    "Parameters are recognised by their first character.",
    fails={GIVEN: ["parameters-to-model-from-text-with-white-space"]},
)
class DemandsABraceAtOnce(App):
    def parse_schema(self, text):
        if text[0] != "{":
            raise ValueError("no object")
        return super().parse_schema(text)


@mutant(
    "Escapes in the parameters' text are undone twice.",
    fails={GIVEN: ["parameters-to-model-from-text-with-escapes"]},
)
class SearchesTheTextForTheType(App):
    def parse_schema(self, text):
        if '"type"' not in text:
            raise ValueError("no type")
        return super().parse_schema(text)


# Made up


@mutant(
    "An empty parameter description is not taken for none (shipped extension).",
    fails={"AST-SCHEMA-EMPTY": ["parameters-made-up-for-empty-text"]},
)
class TakesTheEmptyTextForGiven(App):
    def counts_as_absent(self, value):
        return value is None


@mutant(
    "The property is called input, whatever the argument's name.",
    fails={
        OBJECT: ["*"],
        TYPE: ["*"],
        "AST-SCHEMA-ITEMS": ["*"],
        "AST-SCHEMA-EMPTY": ["*"],
        **EXAMPLE,
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class CallsThePropertyInput(App):
    def autogenerate(self, skill):
        return {"type": "object", "properties": {"input": self.property_of(skill)}}


@mutant(
    "The property is named in the style of Python.",
    fails={
        OBJECT: [
            "parameters-made-up-for-argument-in-two-words",
            "parameters-made-up-for-argument-with-final-capitals",
            "parameters-made-up-for-each-skill",
        ],
        "AST-SCHEMA-EMPTY": ["*"],
        **EXAMPLE,
        "AST-TOOL-EVERY-ROUND": ["later-skills-whole-on-*"],
    },
)
class NamesThePropertyInSnakeCase(App):
    def autogenerate(self, skill):
        name = "".join("_" + letter.lower() if letter.isupper() else letter for letter in skill.argument.name)
        return {"type": "object", "properties": {name: self.property_of(skill)}}


@mutant(
    "An argument whose name is a keyword of JSON Schema is left out.",
    fails={OBJECT: ["parameters-made-up-for-argument-like-a-keyword"]},
)
class LeavesOutKeywords(App):
    def autogenerate(self, skill):
        schema = super().autogenerate(skill)
        return {
            **schema,
            "properties": {name: one for name, one in schema["properties"].items() if name not in {"type", "items"}},
        }


@mutant("The schema is that of the argument, not of an object that has it.", fails={SERVICE: [offers_made_up]})
class DescribesTheBareArgument(App):
    def autogenerate(self, skill):
        return self.property_of(skill)


@mutant("The schema has no properties, which OpenAI refuses.", fails={SERVICE: [offers_made_up]})
class DescribesAnyObject(App):
    def autogenerate(self, skill):
        return {"type": "object"}


@mutant(
    "An array says nothing of its items (shipped extension), which OpenAI refuses.",
    fails={SERVICE: [declares_type("array")], "AST-SCHEMA-ITEMS": ["*"]},
)
class LeavesOutItems(App):
    def property_of(self, skill):
        return {"type": skill.argument.type}


class TypedApp(App):
    """An app that gives the property a type of its own."""

    def property_of(self, skill):
        return {**super().property_of(skill), "type": self.types.get(skill.argument.type, skill.argument.type)}


@mutant(
    "Every argument is a text.",
    fails={TYPE: ["type-made-up-for-[!s]*"], "AST-SCHEMA-EMPTY": ["parameters-made-up-for-empty-text"]},
)
class CallsEverythingAText(TypedApp):
    types = dict.fromkeys(("integer", "number", "boolean", "array", "object"), "string")


@mutant("An object is called a text (shipped extension).", fails={TYPE: ["type-made-up-for-object"]})
class CallsAnObjectAText(TypedApp):
    types = {"object": "string"}


@mutant(
    "An argument is described by its name without underscores.",
    editions=["2025-05-15"],
    fails={TYPE: ["made-up-for-argument-with-underscores"]},
)
class LeavesOutUnderscores(App):
    def autogenerate(self, skill):
        described = super().autogenerate(skill)
        return json.loads(json.dumps(described).replace(skill.argument.name, skill.argument.name.replace("_", "")))


@mutant(
    "A text may be anything.",
    fails={TYPE: ["type-made-up-for-string", "made-up-for-argument-with-underscores"]},
)
class CallsATextAnything(App):
    def property_of(self, skill):
        return {} if skill.argument.type == "string" else super().property_of(skill)


@mutant("Integers and numbers are the same.", fails={TYPE: ["type-made-up-for-integer"]})
class CallsAnIntegerANumber(TypedApp):
    types = {"integer": "number"}


@mutant("Strict mode is switched on, without what it demands.", fails={SERVICE: [offers_made_up, offers_given]})
class SwitchesStrictModeOn(App):
    def function_of(self, skill):
        return {**super().function_of(skill), "strict": True}
