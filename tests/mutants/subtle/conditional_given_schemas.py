"""What given parameter descriptions lose, gain or change."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def rewritten(value, change):
    """Return a JSON value with a change made to each of its objects, the inmost first."""
    if isinstance(value, list):
        return [rewritten(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    return change({key: rewritten(item, change) for key, item in value.items()})


@subtle(
    "When a keyword's value is null, zero, false or an empty text, the keyword is lost.",
    "AST-TOOL-PARAMETERS",
)
class KeywordsWithFalsyValues(App):
    def parse_schema(self, text):
        def change(found):
            return {key: value for key, value in found.items() if value or isinstance(value, (dict, list))}

        return rewritten(super().parse_schema(text), change)


@subtle(
    "When a property has values of its own in a list or an object, such as enum or items, they are told as a text.",
    "AST-TOOL-PARAMETERS",
    surfaces=("powershell",),
)
class SchemaToTwoLevels(App):
    def parse_schema(self, text):
        return self.limit(super().parse_schema(text), 2)

    def limit(self, value, depth):
        if not isinstance(value, (dict, list)):
            return value
        if depth < 0:
            return " ".join(map(str, value)) if isinstance(value, list) else f"@{value}"
        if isinstance(value, list):
            return [self.limit(item, depth - 1) for item in value]
        return {key: self.limit(item, depth - 1) for key, item in value.items()}


@subtle("When an object has more than 20 properties, the model is told of the first 20.", "AST-TOOL-PARAMETERS")
class TwentyProperties(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        if isinstance(schema.get("properties"), dict):
            schema["properties"] = dict([*schema["properties"].items()][:20])


@subtle(
    "When a schema has definitions, the references to them are resolved, and the definitions are left out.",
    "AST-TOOL-PARAMETERS",
)
class DefinitionsInlined(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict) or not isinstance(schema.get("$defs"), dict):
            return schema
        definitions = schema.pop("$defs")

        def change(found):
            return definitions.get(str(found.get("$ref", "")).removeprefix("#/$defs/"), found)

        return rewritten(schema, change)


@subtle("When an enum holds both 1 and true, or both 0 and false, it loses the later of them.", "AST-TOOL-PARAMETERS")
class EqualValuesOfEnum(App):
    def parse_schema(self, text):
        def change(found):
            values = found.get("enum")
            if isinstance(values, list):
                found["enum"] = [value for place, value in enumerate(values) if value not in values[:place]]
            return found

        return rewritten(super().parse_schema(text), change)


@subtle(
    "When a property may be of several types, such as string and null, the model is told of the first only.",
    "AST-TOOL-PARAMETERS",
)
class FirstOfSeveralTypes(App):
    def parse_schema(self, text):
        def change(found):
            if isinstance(found.get("type"), list) and found["type"]:
                found["type"] = found["type"][0]
            return found

        schema = super().parse_schema(text)
        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
            schema["properties"] = rewritten(schema["properties"], change)
        return schema


@subtle(
    "When a property is an object itself and says nothing of other members, they are forbidden.",
    "AST-TOOL-PARAMETERS",
)
class InnerObjectsClosed(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        for inner in dict(schema.get("properties", {})).values():
            if isinstance(inner, dict) and inner.get("type") == "object":
                inner.setdefault("additionalProperties", False)


@subtle(
    "When a text inside the schema has a blank after a comma or a colon, the binding contains it without the blank.",
    "AST-BINDING-PARAMETERS",
    surfaces=("javascript",),
)
class BlanksInBindingsSchema(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = re.sub(r"([,:])\s+", r"\1", binding["parameterDescriptionJson"])
        return binding


@subtle(
    "When the schema itself has other keywords than the most common ones, such as $defs or anyOf, they are lost.",
    "AST-TOOL-PARAMETERS",
)
class UncommonKeywordsAtRoot(App):
    known = ("type", "properties", "required", "description", "additionalProperties", "title")

    def check_schema(self, schema):
        super().check_schema(schema)
        for keyword in [*schema]:
            if keyword not in self.known:
                del schema[keyword]
