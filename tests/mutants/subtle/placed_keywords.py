"""Keywords of a given parameter description that get lost where few schemas have any."""

from __future__ import annotations

import unicodedata

from mutants.subtle.given_schemas import PARAMETERS, GivenApp
from mutants.subtle.subtle import subtle


def changed_at(part, keyword, change):
    """Return a schema in which the one under a keyword is changed, if it is an object."""
    inner = part.get(keyword)
    return {**part, keyword: change(inner)} if isinstance(inner, dict) else part


def without(*keywords):
    return lambda schema: {key: value for key, value in schema.items() if key not in keywords}


@subtle("In the schema of a list's items, keywords that are false, 0 or null are lost.", PARAMETERS)
class LosesNothingsOfItems(GivenApp):
    def change(self, part):
        return changed_at(part, "items", lambda items: {k: v for k, v in items.items() if v not in (None, 0)})


@subtle("In the schema of what a list contains, the format is lost.", PARAMETERS)
class LosesFormatOfContained(GivenApp):
    def change(self, part):
        return changed_at(part, "contains", without("format"))


@subtle("In the schema after then, a title is lost.", PARAMETERS)
class LosesTitleAfterThen(GivenApp):
    def change(self, part):
        return changed_at(part, "then", without("title"))


@subtle("In the schema of further members, a default of null is lost.", PARAMETERS)
class LosesNullOfFurtherMembers(GivenApp):
    def change(self, part):
        further = part.get("additionalProperties")
        if isinstance(further, dict) and "default" in further and further["default"] is None:
            return changed_at(part, "additionalProperties", without("default"))
        return part


@subtle("In the schema of the names of members, an empty pattern is lost.", PARAMETERS)
class LosesEmptyPatternOfNames(GivenApp):
    def change(self, part):
        return changed_at(part, "propertyNames", lambda names: {k: v for k, v in names.items() if v != ""})


@subtle("In a schema that stands after not, read-only and write-only are lost.", PARAMETERS)
class LosesAccessAfterNot(GivenApp):
    def change(self, part):
        return changed_at(part, "not", without("readOnly", "writeOnly"))


@subtle("In the schema of packed content, examples are lost.", PARAMETERS)
class LosesExamplesOfPackedContent(GivenApp):
    def change(self, part):
        return changed_at(part, "contentSchema", without("examples"))


@subtle("Of several schemas for the first items of a list, those that are empty are lost.", PARAMETERS)
class LosesEmptyFirstItems(GivenApp):
    def change(self, part):
        first = part.get("prefixItems")
        return {**part, "prefixItems": [one for one in first if one != {}]} if isinstance(first, list) else part


@subtle("In the schemas that depend on a member, what is required is lost.", PARAMETERS)
class LosesRequiredOfDependents(GivenApp):
    def change(self, part):
        return changed_at(
            part,
            "dependentSchemas",
            lambda dependents: {
                name: without("required")(one) if isinstance(one, dict) else one for name, one in dependents.items()
            },
        )


@subtle("A schema for items that nothing evaluated is lost, unless it is true or false.", PARAMETERS)
class LosesUnevaluatedItems(GivenApp):
    def change(self, part):
        return without("unevaluatedItems")(part) if isinstance(part.get("unevaluatedItems"), dict) else part


def rewritten_at(part, keyword, rewrite):
    """Return a schema in which a text that stands after a keyword is written otherwise."""
    return {**part, keyword: rewrite(part[keyword])} if isinstance(part.get(keyword), str) else part


@subtle("In a given parameter description, a title is trimmed.", PARAMETERS)
class TrimsTitles(GivenApp):
    def change(self, part):
        return rewritten_at(part, "title", str.strip)


@subtle("In a given parameter description, letters and their marks in a default are united.", PARAMETERS)
class UnitesMarksOfDefaults(GivenApp):
    def change(self, part):
        return rewritten_at(part, "default", lambda text: unicodedata.normalize("NFC", text))


@subtle("In a given parameter description, line ends in a const become line feeds.", PARAMETERS)
class UnifiesLineEndsOfConstants(GivenApp):
    def change(self, part):
        return rewritten_at(part, "const", lambda text: text.replace("\r\n", "\n"))


@subtle("In a given parameter description, an example that is a fraction is rounded to six digits.", PARAMETERS)
class RoundsExamples(GivenApp):
    def change(self, part):
        examples = part.get("examples")
        if not isinstance(examples, list):
            return part
        return {**part, "examples": [round(one, 6) if isinstance(one, float) else one for one in examples]}


@subtle("In the schema of a list's items, names with an underscore lose it.", PARAMETERS)
class JoinsNamesOfItems(GivenApp):
    def change(self, part):
        items = part.get("items")
        if not isinstance(items, dict) or not isinstance(items.get("properties"), dict):
            return part
        named = {name.replace("snake_case", "snakeCase"): one for name, one in items["properties"].items()}
        return {**part, "items": {**items, "properties": named}}


@subtle("In the schema of an object that a member has, required names are written in lower case.", PARAMETERS)
class LowersRequiredOfMembers(GivenApp):
    def change(self, part):
        properties = part.get("properties")
        if not isinstance(properties, dict):
            return part
        return {**part, "properties": {name: self.lowered(one) for name, one in properties.items()}}

    def lowered(self, schema):
        required = schema.get("required") if isinstance(schema, dict) else None
        return {**schema, "required": [name.lower() for name in required]} if required else schema
