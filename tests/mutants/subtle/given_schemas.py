"""Keywords of a given parameter description that get lost or are replaced by others."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import walk

PARAMETERS = "AST-TOOL-PARAMETERS"


class GivenApp(App):
    """An app that changes every object within a given parameter description; the root is one of them."""

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        return walk(schema, self.change) if isinstance(schema, dict) else schema


class LosingApp(GivenApp):
    """An app that loses keywords whose values are not schemas."""

    def change(self, part):
        return {key: value for key, value in part.items() if not self.loses(key, value)}


@subtle("In a given parameter description, the keyword format is lost.", PARAMETERS)
class LosesFormat(LosingApp):
    def loses(self, key, value):
        return key == "format" and isinstance(value, str)


@subtle("In a given parameter description, a title is lost.", PARAMETERS)
class LosesTitle(LosingApp):
    def loses(self, key, value):
        return key == "title" and isinstance(value, str)


@subtle("In a given parameter description, the list of examples is lost.", PARAMETERS)
class LosesExamples(LosingApp):
    def loses(self, key, value):
        return key == "examples" and isinstance(value, list)


@subtle("In a given parameter description, an empty list of required properties is lost.", PARAMETERS)
class LosesEmptyRequired(LosingApp):
    def loses(self, key, value):
        return key == "required" and value == []


@subtle("In a given parameter description, a limit of 0 is taken for none.", PARAMETERS)
class LosesZeroLimits(LosingApp):
    def loses(self, key, value):
        return key.startswith(("min", "max", "exclusive")) and value == 0


@subtle("In a given parameter description, a default of false is taken for none.", PARAMETERS)
class LosesFalseDefaults(LosingApp):
    def loses(self, key, value):
        return key == "default" and value is False


@subtle("In a given parameter description, a constant of null is lost.", PARAMETERS)
class LosesNullConstants(LosingApp):
    def loses(self, key, value):
        return key == "const" and value is None


@subtle("In a given parameter description, texts that are empty are lost.", PARAMETERS)
class LosesEmptyTexts(LosingApp):
    def loses(self, key, value):
        return value == ""


@subtle("In a given parameter description, keywords that begin with x- are lost.", PARAMETERS)
class LosesExtensions(LosingApp):
    def loses(self, key, value):
        return key.startswith("x-") and not isinstance(value, dict)


@subtle("In a given parameter description, the keyword that names the dialect is lost.", PARAMETERS)
class LosesTheDialect(LosingApp):
    def loses(self, key, value):
        return key == "$schema" and isinstance(value, str)


@subtle("In a given parameter description, patterns of property names are lost.", PARAMETERS)
class LosesPatternProperties(LosingApp):
    def loses(self, key, value):
        return key == "patternProperties"


@subtle("In a given parameter description, conditions are lost, such as if and dependentRequired.", PARAMETERS)
class LosesConditions(LosingApp):
    def loses(self, key, value):
        return key in {"if", "then", "else", "not", "dependentRequired"} and isinstance(value, dict)


@subtle(
    "In a given parameter description, an empty schema, which accepts anything, is taken for none and lost.", PARAMETERS
)
class LosesFreeProperties(LosingApp):
    def loses(self, key, value):
        return value == {} and key not in {"properties", "items"}


@subtle(
    "In a given parameter description, that no more properties are allowed is lost within an inner object.", PARAMETERS
)
class OpensInnerObjects(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict):
            return schema
        inner = walk(schema, lambda part: {key: part[key] for key in part if (key, part[key]) != CLOSED})
        return {**inner, **{key: schema[key] for key in schema if key == CLOSED[0]}}


CLOSED = ("additionalProperties", False)


@subtle("In a given parameter description, a constant becomes the only value of an enumeration.", PARAMETERS)
class EnumeratesConstants(GivenApp):
    def change(self, part):
        if "const" not in part or "enum" in part or isinstance(part["const"], dict):
            return part
        return {("enum" if key == "const" else key): ([part[key]] if key == "const" else part[key]) for key in part}


@subtle("In a given parameter description, that exactly one schema fits becomes that any one does.", PARAMETERS)
class TakesAnyForOne(GivenApp):
    def change(self, part):
        return {("anyOf" if key == "oneOf" and isinstance(part[key], list) else key): part[key] for key in part}


@subtle("In a given parameter description, a limit that is itself excluded becomes one that is included.", PARAMETERS)
class IncludesExcludedLimits(GivenApp):
    def change(self, part):
        limits = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
        return {limits.get(key, key) if isinstance(part[key], int | float) else key: part[key] for key in part}


@subtle("In a given parameter description, definitions are put where older drafts have them.", PARAMETERS)
class MovesDefinitions(App):
    def parse_schema(self, text):
        return super().parse_schema(text.replace('"$defs"', '"definitions"').replace("#/$defs/", "#/definitions/"))


@subtle(
    "In a given parameter description, a reference is replaced by what it refers to, unless that refers to itself.",
    PARAMETERS,
)
class ReplacesReferences(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
        plain = {f"#/$defs/{key}": one for key, one in definitions.items() if "$ref" not in json.dumps(one)}
        return walk(schema, lambda part: plain.get(part["$ref"], part) if isinstance(part.get("$ref"), str) else part)


@subtle("In a given parameter description, a type in a list of one is taken out of it.", PARAMETERS)
class UnwrapsTypes(GivenApp):
    def change(self, part):
        kind = part.get("type")
        return {**part, "type": kind[0]} if isinstance(kind, list) and len(kind) == 1 else part


@subtle("In a given parameter description, of alternatives, the one that is null is dropped.", PARAMETERS)
class DropsTheNullAlternative(GivenApp):
    def change(self, part):
        options = part.get("anyOf")
        return (
            {**part, "anyOf": [one for one in options if one != {"type": "null"}]}
            if isinstance(options, list)
            else part
        )


@subtle(
    "In a given parameter description, a schema that only combines another one with nothing is replaced by it.",
    PARAMETERS,
)
class MergesSingleCombinations(GivenApp):
    def change(self, part):
        parts = part.get("allOf")
        if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], dict):
            return part
        return {**{key: part[key] for key in part if key != "allOf"}, **parts[0]}


@subtle("In a given parameter description, a schema that is true becomes an empty one.", PARAMETERS)
class EmptiesTrueSchemas(GivenApp):
    def change(self, part):
        return {key: {} if key in {"items", "not"} and value is True else value for key, value in part.items()}


@subtle(
    "In a given parameter description, an object with required properties is closed, though it was open.",
    PARAMETERS,
)
class ClosesObjects(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        closes = isinstance(schema, dict) and "required" in schema
        return {"additionalProperties": False, **schema} if closes else schema


@subtle(
    "In a given parameter description, all properties of a closed object are required, though none was.",
    PARAMETERS,
)
class RequiresEverything(GivenApp):
    def change(self, part):
        closed = part.get("additionalProperties") is False and isinstance(part.get("properties"), dict)
        return {"required": list(part["properties"]), **part} if closed else part
