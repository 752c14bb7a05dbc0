"""Declared and made-up parameter descriptions, as the libraries of single languages treat them."""

from __future__ import annotations

import re
from json import JSONDecoder

from mutants.base import App
from mutants.subtle.subtle import subtle

MODEL_ATTRIBUTES = {"schema", "json", "copy", "dict", "fields", "validate"}
INJECTED = {"config", "callbacks", "run_manager"}


def each(node, change):
    """Change every leaf of a JSON value."""
    if isinstance(node, dict):
        return {key: each(value, change) for key, value in node.items()}
    return [each(item, change) for item in node] if isinstance(node, list) else change(node)


@subtle(
    "When a declared schema has an integer beyond 2 to the 53rd, it is rounded.",
    "AST-TOOL-PARAMETERS",
    surfaces=("java",),
)
class GsonReadsBoundsAsDoubles(App):
    def parse_schema(self, text):
        return each(super().parse_schema(text), lambda leaf: int(float(leaf)) if type(leaf) is int else leaf)


@subtle(
    "When a declared schema has a text that is a moment of time, it is rewritten as an American date.",
    "AST-TOOL-PARAMETERS",
    surfaces=("csharp-inprocess",),
)
class NewtonsoftParsesDatesInSchema(App):
    def parse_schema(self, text):
        return each(super().parse_schema(text), self.reformatted)

    def reformatted(self, leaf):
        found = isinstance(leaf, str) and re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z?", leaf)
        return f"{found[2]}/{found[3]}/{found[1]} {found[4]}" if found else leaf


@subtle(
    "When text follows the JSON of a parameter description, it is ignored.",
    "AST-DECLARATION-SCHEMA-FORM",
    surfaces=("java",),
)
class JacksonIgnoresTrailingTokens(App):
    def parse_schema(self, text):
        return JSONDecoder(parse_constant=self.refuse_constant).raw_decode(text.lstrip())[0]


@subtle(
    "When a list in a parameter description ends in a comma, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
    surfaces=("csharp-inprocess",),
)
class NewtonsoftForgivesTrailingComma(App):
    def parse_schema(self, text):
        try:
            return super().parse_schema(text)
        except ValueError:
            return super().parse_schema(re.sub(r",\s*\]", "]", text))


@subtle(
    "When the parameter description is the text null, it counts as absent.",
    "AST-DECLARATION-SCHEMA-FORM",
    surfaces=("csharp-isolated",),
)
class DeserializedNullMeansUndescribed(App):
    def schema_of(self, skill, given):
        if given.get("parameterDescriptionJson", "").strip() == "null":
            return self.autogenerate(skill)
        return super().schema_of(skill, given)


@subtle(
    "When a declared schema forbids additional properties, the tool is made strict, whatever is required.",
    "AST-SERVICE-TOOLS",
    "AST-SCHEMA-SYNTAX",
)
class StrictInferredFromClosedObject(App):
    def function_of(self, skill):
        closed = skill.schema.get("additionalProperties") is False
        return {**super().function_of(skill), **({"strict": True} if closed else {})}


@subtle(
    "When the description is missing and the declared schema has one, the schema's is taken.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionBorrowedFromArgsSchema(App):
    def check_given(self, given):
        if "functionDescription" not in given and "parameterDescriptionJson" in given:
            schema = self.parse_schema(given["parameterDescriptionJson"])
            given["functionDescription"] = schema.get("description", "")
        super().check_given(given)


@subtle(
    "When a skill has the name and the description of another, it takes its place instead of being refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class ReRegistrationReplacesTwin(App):
    def declare(self, skill, given):
        twin = (self.name_of(skill, given), given.get("functionDescription"))
        self.skills = [old for old in self.skills if (old.name, old.given["functionDescription"]) != twin]
        super().declare(skill, given)


@subtle(
    "When the argument's name begins with a capital, the made-up schema has it in lower case.",
    "AST-SCHEMA-OBJECT",
    surfaces=("csharp-isolated",),
)
class NamingPolicyLowersArgument(App):
    def autogenerate(self, skill):
        name = skill.argument.name
        return {"type": "object", "properties": {name[:1].lower() + name[1:]: self.property_of(skill)}}


@subtle(
    "When the argument is an object, the made-up schema allows no members in it.",
    "AST-SCHEMA-TYPE",
)
class StrictModeClosesDictionaries(App):
    def property_of(self, skill):
        made = super().property_of(skill)
        return {**made, "properties": {}, "additionalProperties": False} if made["type"] == "object" else made


@subtle(
    "When the argument is named like a method of a pydantic model, an underscore is added in the made-up schema.",
    "AST-SCHEMA-OBJECT",
)
class ShadowedModelAttributeRenamed(App):
    def autogenerate(self, skill):
        name = skill.argument.name
        shown = f"{name}_" if name in MODEL_ATTRIBUTES else name
        return {"type": "object", "properties": {shown: self.property_of(skill)}}


@subtle(
    "When the argument is called config or callbacks, it is taken for the framework's and left out of the schema.",
    "AST-SCHEMA-OBJECT",
)
class RunnableConfigArgumentHidden(App):
    def autogenerate(self, skill):
        made = super().autogenerate(skill)
        return {**made, "properties": {}} if skill.argument.name in INJECTED else made
