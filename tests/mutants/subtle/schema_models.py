"""Defects of classes that stand for schemas: OpenAPI 3.0 models, converters for other providers, dereferencing."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class Converted(App):
    """A given schema passes `convert`, object by object, from the inside."""

    def parse_schema(self, text):
        return self.walk(super().parse_schema(text))

    def walk(self, value):
        if isinstance(value, list):
            return [self.walk(item) for item in value]
        if isinstance(value, dict):
            return self.convert({k: self.walk(v) for k, v in value.items()})
        return value

    def convert(self, schema):
        return schema


@subtle(
    "A class for schemas is an object, so a schema with a property whose schema is true or false is refused.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-PARAMETERS",
)
class BooleanSubschemaRefused(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        properties = schema.get("properties")
        for subschema in properties.values() if isinstance(properties, dict) else []:
            if isinstance(subschema, bool):
                raise ValueError("a schema is an object")  # noqa: TRY004


@subtle(
    "OpenAPI 3.0's model of a schema does not know contains, prefixItems, dependentRequired and other newer keywords.",
    "AST-TOOL-PARAMETERS",
)
class OpenApiThreeZeroModel(Converted):
    newer = frozenset({
        "contains", "minContains", "maxContains", "prefixItems", "dependentRequired", "dependentSchemas", "if", "then",
        "else", "propertyNames", "unevaluatedProperties", "unevaluatedItems", "contentEncoding", "contentMediaType",
    })  # fmt: skip

    def convert(self, schema):
        return {k: v for k, v in schema.items() if k not in self.newer or not ({"type", "description"} & set(schema))}


@subtle(
    "Another provider knows no const: each one in a given schema is sent as an enum of one value.",
    "AST-TOOL-PARAMETERS",
)
class ConstAsSingleEnum(Converted):
    def convert(self, schema):
        if "const" not in schema or isinstance(schema["const"], dict):
            return schema
        return {**{k: v for k, v in schema.items() if k != "const"}, "enum": [schema["const"]]}


@subtle(
    "Another provider wants enumerations of texts: numbers in an enum of a given schema become texts.",
    "AST-TOOL-PARAMETERS",
)
class NumericEnumStringified(Converted):
    def convert(self, schema):
        values = schema.get("enum")
        if not isinstance(values, list):
            return schema
        plain = [str(v) if isinstance(v, int | float) and not isinstance(v, bool) else v for v in values]
        return {**schema, "enum": plain}


@subtle(
    "Keywords with the value that they have by default (minItems 0, uniqueItems false, required []) are left out.",
    "AST-TOOL-PARAMETERS",
)
class DefaultKeywordsElided(Converted):
    usual = (("minItems", 0), ("minLength", 0), ("minProperties", 0), ("uniqueItems", False), ("required", []),
             ("additionalProperties", True), ("deprecated", False), ("readOnly", False))  # fmt: skip

    def convert(self, schema):
        return {
            k: v
            for k, v in schema.items()
            if not any(
                k == key and v is not None and v == value and type(v) is type(value) for key, value in self.usual
            )
        }


@subtle(
    "A reference stands alone: keywords beside a $ref, such as its description or default, are dropped.",
    "AST-TOOL-PARAMETERS",
)
class RefSiblingsDropped(Converted):
    def convert(self, schema):
        return {"$ref": schema["$ref"]} if isinstance(schema.get("$ref"), str) and "type" not in schema else schema


@subtle("An allOf, anyOf or oneOf of a single schema is merged into the schema that has it.", "AST-TOOL-PARAMETERS")
class SingleCombinationMerged(Converted):
    def convert(self, schema):
        for word in ("allOf", "anyOf", "oneOf"):
            parts = schema.get(word)
            if isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], dict):
                return {**{k: v for k, v in schema.items() if k != word}, **parts[0]}
        return schema
