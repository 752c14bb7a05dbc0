"""Defects that PowerShell is known for: depth, unrolled lists, names without case, interpolation, Out-String."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@subtle(
    "ConvertTo-Json -Depth 2: what lies deeper than two levels in a result is told as a text @{a=1}.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ConvertToJsonDefaultDepth(App):
    def word_result(self, result):
        return super().word_result(self.shallow(result, 0))

    def shallow(self, value, depth):
        if depth > 2 and isinstance(value, dict):
            return "@{" + "; ".join(f"{k}={v}" for k, v in value.items()) + "}"
        if depth > 2 and isinstance(value, list):
            return " ".join(map(str, value))
        if isinstance(value, list):
            return [self.shallow(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {k: self.shallow(v, depth + 1) for k, v in value.items()}
        return value


@subtle(
    "The pipeline unrolls lists: a list of one element inside an argument arrives as that element.",
    "AST-CONVERSATION-ARGUMENT",
)
class PipelineUnrollsSingletons(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if isinstance(value, list):
            return [self.unroll(item) for item in value]
        return self.unroll(value)

    def unroll(self, value):
        if isinstance(value, list):
            items = [self.unroll(item) for item in value]
            return items[0] if len(items) == 1 else items
        if isinstance(value, dict):
            return {k: self.unroll(v) for k, v in value.items()}
        return value


@subtle(
    "Lists of one element in the schemas of properties (an enum of one, one type, one example) become the element.",
    "AST-TOOL-PARAMETERS",
)
class UnrolledSubschemaLists(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        inner = schema.get("properties") if isinstance(schema, dict) else None
        return {**schema, "properties": self.unroll(inner)} if isinstance(inner, dict) else schema

    def unroll(self, value):
        if isinstance(value, list):
            return self.unroll(value[0]) if len(value) == 1 else [self.unroll(item) for item in value]
        return {k: self.unroll(v) for k, v in value.items()} if isinstance(value, dict) else value


@subtle(
    "Names in a hashtable have no case: of two properties of a schema that differ in case only, one is lost.",
    "AST-TOOL-PARAMETERS",
)
class HashtableMergesCase(App):
    def parse_schema(self, text):
        return self.merged(super().parse_schema(text))

    def merged(self, value):
        if isinstance(value, list):
            return [self.merged(item) for item in value]
        if isinstance(value, dict):
            last = {k.lower(): k for k in value}
            return {k: self.merged(v) for k, v in value.items() if last[k.lower()] == k}
        return value


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "A description in double quotes: $price, $5 and the like are variables that nobody has set, and vanish."
)
def unset_dollar_variables(text):
    return re.sub(r"\$\w+", "", text)


@subtle(
    "Backticks in a text result are escapes: `n becomes a line break, `t a tab, and other backticks vanish.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class BacktickEscapesExpanded(App):
    def word_result(self, result):
        told = super().word_result(result)
        if not isinstance(result, str):
            return told
        known = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
        return re.sub("`(.?)", lambda m: known.get(m[1], m[1]), told, flags=re.DOTALL)


@subtle(
    'A list of one element is as true as its element, so [0], [false], [""] and [null] count as none.',
    "AST-CONVERSATION-RESULT-VALUE",
)
class FalsySingletonResult(App):
    def word_result(self, result):
        empty = isinstance(result, list) and len(result) == 1 and not result[0]
        return super().word_result(None if empty else result)


@altering("binding_of", "AST-BINDING-DESCRIPTION", surfaces=("powershell",))(
    "Windows PowerShell's ConvertTo-Json escapes ' & < and >, and the escapes stay in the description of a binding."
)
def windows_convert_escapes(binding):
    text = binding["functionDescription"]
    return {**binding, "functionDescription": re.sub("['&<>]", lambda m: f"\\u{ord(m[0]):04x}", text)}


@subtle(
    'A list of one is its element, so a parameter description whose root has the type ["object"] is accepted.',
    "AST-DECLARATION-SCHEMA-FORM",
)
class UnrolledRootType(App):
    def check_schema(self, schema):
        if isinstance(schema, dict) and schema.get("type") == ["object"]:
            return
        super().check_schema(schema)
