"""Declarations that are refused for no reason, or accepted without one."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.kinds import declares, gives, gives_both, lacks, refuses
from mutants.mutant import OWN, mutant

SCHEMA_FORM = "AST-DECLARATION-SCHEMA-FORM"
NAME_FORM = "AST-DECLARATION-NAME-FORM"


@mutant("Nothing is ever accepted.", fails={OWN: [declares]})
class RefusesEverything(App):
    def check_given(self, given):
        raise ValueError("no")


@mutant("Nothing is ever refused.", fails={OWN: [refuses]})
class AcceptsEverything(App):
    def declare(self, skill, given):
        try:
            super().declare(skill, given)
        except ValueError:
            self.skills = self.skills.copy()


@mutant(
    "The attribute of isolated C# has the in-process one's name, as it ships.",
    surfaces=["csharp-isolated"],
    editions=["2024-04-14"],
    fails={"AST-DECLARATION-CONSTRUCT": ["isolated-construct-named-as-documented"]},
)
class NamesTheConstructAsShipped(App):
    def construct_of(self, context):
        return "AssistantSkillTrigger"


@mutant(
    "The construct is called after the input binding, a slip of the documentation in one place only.",
    surfaces=["csharp-isolated", "csharp-inprocess", "java", "python"],
    fails={
        "AST-DECLARATION-CONSTRUCT": [
            "construct-named-as-documented",
            "isolated-construct-named-as-documented",
            "generic-construct-named-as-documented",
            "attribute-named-as-documented",
        ]
    },
)
class NamesTheConstructAfterAnother(App):
    def construct_of(self, context):
        return "AssistantQueryInput"


@mutant("A declaration without a function name is refused.", fails={OWN: [lacks("functionname")]})
class DemandsTheName(App):
    required = ("functionName", "functionDescription")


@mutant(
    "The same, where the name is a property in the code or in function.json.",
    surfaces=["typescript"],
    fails={OWN: [lacks("functionname")]},
)
class DemandsTheNameAmongTheProperties(App):
    required = ("functionName", "functionDescription")


@mutant(
    "A declaration without a description of its parameter is refused.", fails={OWN: [lacks("parameterdescriptionjson")]}
)
class DemandsTheParameterDescription(App):
    def autogenerate(self, skill):
        raise ValueError("no parameterDescriptionJson")


@mutant(
    "A declaration is refused that gives both a name and a parameter description.",
    fails={OWN: [gives_both("functionname", "parameterdescriptionjson")]},
)
class TakesNameOrParameters(App):
    def check_given(self, given):
        super().check_given(given)
        if {"functionName", "parameterDescriptionJson"} <= given.keys():
            raise ValueError("a name and a parameter description")


@mutant("A declaration without a model is refused.", editions=["2024-04-14"], fails={OWN: [lacks("model")]})
class DemandsTheModel(App):
    required = ("functionDescription", "model")


@mutant(
    "The model is unknown as a parameter, as in the Python library from 1.24 on.",
    editions=["2024-04-14"],
    fails={OWN: [gives("model")]},
)
class DoesNotKnowTheModel(App):
    fields = ("functionName", "functionDescription", "parameterDescriptionJson")


@mutant(
    "Parameters are spelled as everywhere else in Python, though the documentation spells one differently.",
    editions=["2025-05-15"],
    fails={OWN: [gives("parameterdescriptionjson"), "parameters-made-up-for-empty-text"]},
)
class SpellsEveryParameterInSnakeCase(App):
    def read(self, trigger):
        strange = [word for word in trigger if not word.islower()]
        if strange:
            raise TypeError(f"unexpected keyword argument {strange[0]!r}")
        return super().read(trigger)


@mutant(
    "Elements of the annotation are spelled as in the other edition.",
    surfaces=["java"],
    editions=["2024-04-14"],
    fails={OWN: [declares]},
)
class SpellsTheElementsLikeJavaMethods(App):
    def read(self, trigger):
        strange = [word for word in trigger if word[0].isupper()]
        if strange:
            raise TypeError(f"cannot find symbol {strange[0]}()")
        return super().read(trigger)


@mutant(
    "A missing description of the function goes unnoticed, as in the Python library.",
    fails={"AST-DECLARATION-DESCRIPTION-REQUIRED": ["description-omitted*"]},
)
class AcceptsAMissingDescription(App):
    required = ()


@mutant(
    "Only the first skill is looked at.",
    fails={"AST-DECLARATION-DESCRIPTION-REQUIRED": ["description-omitted-from-*-skill"]},
)
class ChecksTheFirstDescriptionOnly(App):
    def check_given(self, given):
        if not self.skills:
            super().check_given(given)


# The parameter description


@mutant(
    "A parameter description is taken on trust and only looked at when it is used.",
    fails={SCHEMA_FORM: ["parameter-description-refused-*"]},
)
class LeavesTheParameterDescriptionUnread(App):
    def schema_of(self, skill, given):
        try:
            return super().schema_of(skill, given)
        except ValueError:
            return given["parameterDescriptionJson"]


@mutant(
    "Any JSON will do.",
    fails={
        SCHEMA_FORM: [
            "parameter-description-refused-list",
            "parameter-description-refused-empty-list",
            "parameter-description-refused-empty-object",
            "parameter-description-refused-zero",
            "parameter-description-refused-text",
            "parameter-description-refused-string-schema",
            "parameter-description-refused-string-of-a-dialect",
            "parameter-description-refused-array-schema",
            "parameter-description-refused-whole-tool",
            "parameter-description-refused-for-third-skill",
            "parameter-description-refused-object-or-null",
            "parameter-description-refused-untyped",
            "parameter-description-refused-type-in-capitals",
            "parameter-description-refused-json-in-json",
        ]
    },
)
class AcceptsAnyJsonAsSchema(App):
    def check_schema(self, schema):
        pass


@mutant(
    "Any JSON object will do.",
    fails={
        SCHEMA_FORM: [
            "parameter-description-refused-empty-object",
            "parameter-description-refused-string-schema",
            "parameter-description-refused-string-of-a-dialect",
            "parameter-description-refused-array-schema",
            "parameter-description-refused-whole-tool",
            "parameter-description-refused-for-third-skill",
            "parameter-description-refused-object-or-null",
            "parameter-description-refused-untyped",
            "parameter-description-refused-type-in-capitals",
        ]
    },
)
class AcceptsTheSchemaOfAText(App):
    def check_schema(self, schema):
        if not isinstance(schema, dict):
            raise TypeError("no object")


@mutant(
    "Python's JSON is taken for JSON, with its NaN and infinities.",
    fails={SCHEMA_FORM: ["parameter-description-refused-nan", "parameter-description-refused-*infinity"]},
)
class AcceptsNotANumber(App):
    def parse_schema(self, text):
        return json.loads(text)


@mutant(
    "A schema without properties is refused, though it says all there is to say.",
    fails={
        "AST-TOOL-PARAMETERS": ["parameters-to-model-without-properties", "parameters-to-model-from-text-*"],
        "AST-SERVICE-TOOLS": ["openai-takes-ten-tools"],
    },
)
class DemandsProperties(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        if not schema.get("properties"):
            raise ValueError("no properties")


# Names


@mutant(
    "A name is not held against what OpenAI takes, as in the shipped extension.",
    fails={NAME_FORM: ["name-refused-*", "own-name-refused-for-65-characters"]},
)
class AcceptsAnyName(App):
    name_form = r"(?s).+"


@mutant(
    "The length of a name is not looked at.",
    fails={NAME_FORM: ["*-for-65-characters", "name-refused-when-setting-makes-*-too-long"]},
)
class AcceptsLongNames(App):
    name_form = "[a-zA-Z0-9_-]+"


@mutant(
    "A name may have 63 characters.",
    fails={
        "AST-TOOL-NAME": ["tool-named-in-64-characters"],
        "AST-TOOL-NAME-SETTING": ["name-from-setting-makes-64-characters"],
        NAME_FORM: ["name-refused-for-65-characters", "own-name-refused-for-65-characters"],
    },
)
class RefusesNamesOf64Characters(App):
    name_form = "[a-zA-Z0-9_-]{1,63}"


@mutant(
    r"\w is taken for the letters of ASCII.",
    fails={NAME_FORM: ["name-refused-for-umlaut", "name-refused-for-foreign-digit"]},
)
class AcceptsForeignLetters(App):
    name_form = r"[\w-]{1,64}"


@mutant("$ is taken for the end of the text.", fails={NAME_FORM: ["name-refused-for-final-newline"]})
class AcceptsAFinalNewline(App):
    name_form = r"[a-zA-Z0-9_-]{1,64}\n?"


@mutant(
    "Only a name that is given is looked at, not the function's own.",
    fails={NAME_FORM: ["own-name-refused-for-65-characters"]},
)
class ChecksGivenNamesOnly(App):
    def declare(self, skill, given):
        if "functionName" not in given:
            self.name_form = ".+"
        super().declare(skill, given)


@mutant(
    "Two skills may have one name, as in the Python and Node libraries.",
    fails={
        "AST-DECLARATION-NAME-UNIQUE": [
            "name-refused-when-taken-*",
            "name-refused-when-it-is-a-functions-own",
            "own-name-refused-when-taken",
        ]
    },
)
class AcceptsDuplicates(App):
    def is_taken(self, name):
        return False


@mutant(
    "A skill whose name is taken silently takes the place of the other (nodejs library 62).",
    fails={
        "AST-DECLARATION-NAME-UNIQUE": [
            "name-refused-when-taken-*",
            "name-refused-when-it-is-a-functions-own",
            "own-name-refused-when-taken",
        ]
    },
)
class LetsTheLastDuplicateWin(App):
    def is_taken(self, name):
        self.skills = [skill for skill in self.skills if skill.name.lower() != name.lower()]
        return False


@mutant(
    "Names are compared with upper and lower case.",
    fails={"AST-DECLARATION-NAME-UNIQUE": ["name-refused-when-taken-in-another-case"]},
)
class ComparesNamesWithCase(App):
    def is_taken(self, name):
        return name in [skill.name for skill in self.skills]


@mutant(
    "Only the names that are given are compared.",
    fails={"AST-DECLARATION-NAME-UNIQUE": ["own-name-refused-when-taken"]},
)
class ComparesGivenNamesOnly(App):
    def name_of(self, skill, given):
        self.compares = "functionName" in given
        return super().name_of(skill, given)

    def is_taken(self, name):
        return self.compares and super().is_taken(name)
