"""Described parameters that lose or change a keyword on the way."""

from __future__ import annotations

import re
import unicodedata

from mutants.subtle.altering import altering
from mutants.subtle.walking import leaves, walk

PARAMETERS = "AST-TOOL-PARAMETERS"

parsing = altering("parse_schema", PARAMETERS)


def dropping(*keywords):
    """Return a change that drops members of every object."""
    return lambda schema: walk(schema, lambda one: {key: value for key, value in one.items() if key not in keywords})


def swapping(keyword, change):
    """Return a change of what every object says under a keyword."""
    return lambda schema: walk(schema, lambda one: {**one, keyword: change(one[keyword])} if keyword in one else one)


@parsing("A comment in a schema is dropped.")
def drops_comments_of_schemas(schema):
    return dropping("$comment")(schema)


@parsing("A member called __proto__ is lost, as in JavaScript.")
def loses_proto(schema):
    return dropping("__proto__")(schema)


@parsing("What depends on other members is dropped from a schema.")
def drops_dependencies(schema):
    return dropping("dependentRequired", "dependentSchemas", "if", "then", "else")(schema)


@parsing("How names of members must look is dropped from a schema.")
def drops_rules_for_names(schema):
    return dropping("patternProperties", "propertyNames")(schema)


@parsing("The encoding and kind of a text's content are dropped from a schema.")
def drops_contents(schema):
    return dropping("contentEncoding", "contentMediaType")(schema)


@parsing("A keyword of one's own, which begins with x-, is dropped from a schema.")
def drops_own_keywords(schema):
    return walk(schema, lambda one: {key: value for key, value in one.items() if not key.startswith("x-")})


@parsing("A limit, default or constant that is zero, false or null is dropped from a schema.")
def drops_what_is_nothing(schema):
    keys = {"default", "const", "minimum", "maximum", "minLength", "minItems", "deprecated", "readOnly"}
    return walk(schema, lambda one: {key: value for key, value in one.items() if value or key not in keys})


@parsing("An enumeration loses its null.")
def drops_null_from_enumerations(schema):
    return swapping("enum", lambda values: [one for one in values if one is not None])(schema)


@parsing("An enumeration of one value becomes a constant.")
def makes_constants(schema):
    def change(one):
        values = one.get("enum")
        if not isinstance(values, list) or len(values) != 1:
            return one
        return {**{key: value for key, value in one.items() if key != "enum"}, "const": values[0]}

    return walk(schema, change)


@parsing("Numbers in an enumeration become texts.")
def writes_enumerations(schema):
    return swapping("enum", lambda values: [str(one) if type(one) in (int, float) else one for one in values])(schema)


@parsing("A title that only repeats the name of its property is dropped.")
def drops_repeated_titles(schema):
    def change(one):
        for name, inner in one.items():
            title = inner.get("title") if isinstance(inner, dict) else None
            if isinstance(title, str) and title.lower() == name.replace("_", " ").lower():
                inner.pop("title")
        return one

    return walk(schema, change)


@parsing("Of all examples, only the first is kept.")
def keeps_first_examples(schema):
    return swapping("examples", lambda values: values[:1])(schema)


@parsing("A limit beyond 64 bits is lowered to what they hold.")
def lowers_large_limits(schema):
    return leaves(schema, lambda one: min(one, 2**63 - 1) if type(one) is int else one)


@parsing("Fractions in a schema are rounded to two digits.")
def rounds_fractions_of_schemas(schema):
    return leaves(schema, lambda one: round(one, 2) if isinstance(one, float) else one)


@parsing("References to definitions are written in the newer way, the definitions are not.")
def renames_references(schema):
    return swapping("$ref", lambda text: text.replace("#/definitions/", "#/$defs/"))(schema)


@parsing("A type that may be null becomes nullable.")
def makes_nullable(schema):
    def change(one):
        types = one.get("type")
        if not isinstance(types, list) or "null" not in types or len(types) != 2:
            return one
        return {**one, "type": next(kind for kind in types if kind != "null"), "nullable": True}

    return walk(schema, change)


@parsing("A list of one type becomes the type itself.")
def unwraps_single_types(schema):
    return swapping("type", lambda kind: kind[0] if isinstance(kind, list) and len(kind) == 1 else kind)(schema)


@parsing("An allOf of one schema becomes that schema.")
def merges_single_schemas(schema):
    def change(one):
        parts = one.get("allOf")
        if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], dict):
            return one
        return {**{key: value for key, value in one.items() if key != "allOf"}, **parts[0]}

    return walk(schema, change)


@parsing("A oneOf becomes an anyOf.")
def loosens_choices(schema):
    return walk(schema, lambda one: {("anyOf" if key == "oneOf" else key): value for key, value in one.items()})


@parsing("Names that are required but not described are not required any more.")
def forgives_what_is_not_described(schema):
    def change(one):
        names, known = one.get("required"), one.get("properties")
        if not isinstance(names, list) or not isinstance(known, dict):
            return one
        return {**one, "required": [name for name in names if name in known]}

    return walk(schema, change)


@parsing("An empty list of required names is dropped.")
def drops_empty_required(schema):
    return walk(schema, lambda one: {key: value for key, value in one.items() if (key, value) != ("required", [])})


@parsing("A property whose schema is true gets an empty schema.")
def opens_true_schemas(schema):
    opened = lambda known: {name: {} if one is True else one for name, one in known.items()}  # noqa: E731
    return swapping("properties", lambda known: opened(known) if isinstance(known, dict) else known)(schema)


@parsing("Additional properties of any kind are written as true.")
def writes_empty_as_true(schema):
    return swapping("additionalProperties", lambda one: True if one == {} else one)(schema)


@parsing("An object within a schema gets properties if it has none.")
def adds_empty_properties(schema):
    return walk(schema, lambda one: {**one, "properties": {}} if one.get("type") == "object" and len(one) == 1 else one)


@parsing("Names of properties are composed, letters with separate accents.")
def composes_names_of_properties(schema):
    return walk(schema, lambda one: {unicodedata.normalize("NFC", key): value for key, value in one.items()})


@parsing("A property without a name is dropped.")
def drops_nameless_properties(schema):
    return dropping("")(schema)


@parsing("A property whose name begins with an underscore is taken for private.")
def drops_private_properties(schema):
    return walk(schema, lambda one: {key: value for key, value in one.items() if not re.match("_[^_]", key)})


@parsing("A pattern is closed at both ends.")
def closes_patterns(schema):
    return swapping("pattern", lambda text: f"^{text.strip('^$')}$" if isinstance(text, str) else text)(schema)


@parsing("Blanks at the ends of descriptions within a schema are dropped.")
def strips_descriptions_of_schemas(schema):
    return swapping("description", lambda text: text.strip() if isinstance(text, str) else text)(schema)
