"""Rarer keywords of a given parameter description, and values of keywords, that get lost or are changed."""

from __future__ import annotations

import json

from mutants.subtle.given_schemas import PARAMETERS, GivenApp
from mutants.subtle.subtle import subtle


class WithoutKeywordsApp(GivenApp):
    """An app that loses some keywords wherever they stand."""

    lost: frozenset[str] = frozenset()

    def change(self, part):
        return {key: value for key, value in part.items() if key not in self.lost or isinstance(value, dict)}


@subtle("In a given parameter description, the keyword multipleOf is lost.", PARAMETERS)
class LosesMultiples(WithoutKeywordsApp):
    lost = frozenset({"multipleOf"})


@subtle("In a given parameter description, it is lost that items are unique.", PARAMETERS)
class LosesUniqueness(WithoutKeywordsApp):
    lost = frozenset({"uniqueItems"})


@subtle("In a given parameter description, the encoding of a content is lost.", PARAMETERS)
class LosesContentEncodings(WithoutKeywordsApp):
    lost = frozenset({"contentEncoding", "contentMediaType"})


@subtle("In a given parameter description, it is lost what is only read or only written.", PARAMETERS)
class LosesDirectionsOfValues(WithoutKeywordsApp):
    lost = frozenset({"readOnly", "writeOnly"})


@subtle("In a given parameter description, the keyword deprecated is lost.", PARAMETERS)
class LosesDeprecations(WithoutKeywordsApp):
    lost = frozenset({"deprecated"})


@subtle("In a given parameter description, it is lost how often an array contains something.", PARAMETERS)
class LosesNumbersOfContains(WithoutKeywordsApp):
    lost = frozenset({"minContains", "maxContains"})


@subtle("In a given parameter description, the items at the beginning of an array are lost.", PARAMETERS)
class LosesPrefixItems(WithoutKeywordsApp):
    lost = frozenset({"prefixItems"})


@subtle("In a given parameter description, the number of an object's members is lost.", PARAMETERS)
class LosesNumbersOfMembers(WithoutKeywordsApp):
    lost = frozenset({"minProperties", "maxProperties"})


@subtle("In a given parameter description, comments are lost.", PARAMETERS)
class LosesComments(WithoutKeywordsApp):
    lost = frozenset({"$comment"})


@subtle("In a given parameter description, the identifier of the schema is lost.", PARAMETERS)
class LosesIdentifiers(WithoutKeywordsApp):
    lost = frozenset({"$id"})


@subtle("In a given parameter description, what stands beside a reference is lost, as in draft 7.", PARAMETERS)
class LosesWhatStandsBesideReferences(GivenApp):
    def change(self, part):
        return {"$ref": part["$ref"]} if isinstance(part.get("$ref"), str) else part


@subtle("In a given parameter description, the schema of further properties becomes true.", PARAMETERS)
class OpensSchemasOfFurtherProperties(GivenApp):
    def change(self, part):
        return {**part, "additionalProperties": True} if isinstance(part.get("additionalProperties"), dict) else part


class EnumeratingApp(GivenApp):
    """An app that changes the choices of a given parameter description."""

    def change(self, part):
        choices = part.get("enum")
        return {**part, "enum": self.choose(choices)} if isinstance(choices, list) else part


@subtle("In a given parameter description, null is lost among the choices.", PARAMETERS)
class DropsNullFromChoices(EnumeratingApp):
    def choose(self, choices):
        return [choice for choice in choices if choice is not None]


@subtle("In a given parameter description, choices that are not texts become texts.", PARAMETERS)
class WritesChoicesAsTexts(EnumeratingApp):
    def choose(self, choices):
        return [choice if isinstance(choice, str | None) else json.dumps(choice) for choice in choices]


@subtle("In a given parameter description, choices that differ by case or blanks only are merged.", PARAMETERS)
class MergesNearChoices(EnumeratingApp):
    def choose(self, choices):
        return list({str(choice).strip().lower(): choice for choice in reversed(choices)}.values())[::-1]


@subtle("In a given parameter description, a property that may not be there is left out.", PARAMETERS)
class DropsFalseSchemas(GivenApp):
    def change(self, part):
        properties = part.get("properties")
        if not isinstance(properties, dict):
            return part
        return {**part, "properties": {key: one for key, one in properties.items() if one is not False}}


@subtle("In a given parameter description, it is lost that an undescribed property is required.", PARAMETERS)
class FiltersRequired(GivenApp):
    def change(self, part):
        required, properties = part.get("required"), part.get("properties", {})
        if not isinstance(required, list) or not isinstance(properties, dict):
            return part
        return {**part, "required": [name for name in required if name in properties]}


@subtle("In a given parameter description, a pattern comes to speak about the whole text.", PARAMETERS)
class AnchorsPatterns(GivenApp):
    def change(self, part):
        pattern = part.get("pattern")
        if not isinstance(pattern, str) or pattern.startswith("^"):
            return part
        return {**part, "pattern": f"^(?:{pattern})$"}


@subtle("In a given parameter description, texts are limited to 4,096 characters.", PARAMETERS)
class LowersLimits(GivenApp):
    def change(self, part):
        limit = part.get("maxLength")
        return {**part, "maxLength": min(limit, 4096)} if isinstance(limit, int) else part


@subtle("In a given parameter description, empty titles and descriptions are left out.", PARAMETERS)
class DropsEmptyAnnotations(GivenApp):
    def change(self, part):
        return {key: one for key, one in part.items() if not (key in {"title", "description"} and one == "")}


@subtle("In a given parameter description, a number that is a multiple of one becomes an integer.", PARAMETERS)
class WritesWholeNumbersAsIntegers(GivenApp):
    def change(self, part):
        return {**part, "type": "integer"} if part.get("type") == "number" and part.get("multipleOf") == 1 else part


@subtle("In a given parameter description, what is escaped in a reference is written out.", PARAMETERS)
class WritesReferencesOut(GivenApp):
    def change(self, part):
        reference = part.get("$ref")
        if not isinstance(reference, str):
            return part
        return {**part, "$ref": reference.replace("~1", "/").replace("~0", "~").replace("%20", " ")}


@subtle("In a given parameter description, formats that draft 2020-12 does not name are lost.", PARAMETERS)
class LosesUnknownFormats(GivenApp):
    def change(self, part):
        return {key: one for key, one in part.items() if not (key == "format" and str(one).endswith("-id"))}


@subtle("In a given parameter description, a null that comes first among several types is lost.", PARAMETERS)
class LosesLeadingNull(GivenApp):
    def change(self, part):
        types = part.get("type")
        return {**part, "type": types[1:]} if isinstance(types, list) and types[:1] == ["null"] else part


@subtle("In a given parameter description, more than three examples are cut off.", PARAMETERS)
class CutsExamples(GivenApp):
    def change(self, part):
        return {**part, "examples": part["examples"][:3]} if isinstance(part.get("examples"), list) else part


@subtle("In a given parameter description, a default that is an object is lost.", PARAMETERS)
class LosesDefaultsThatAreObjects(GivenApp):
    def change(self, part):
        return {key: one for key, one in part.items() if not (key == "default" and isinstance(one, dict) and one)}
