"""Values, names and sizes in a given parameter description that are changed on their way to the model."""

from __future__ import annotations

import json
import re
import unicodedata

from mutants.base import App
from mutants.subtle.given_schemas import PARAMETERS, GivenApp
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import cut_below, leaves


class ValueApp(App):
    """An app that changes the values in a given parameter description."""

    def parse_schema(self, text):
        schema = super().parse_schema(text)
        return leaves(schema, self.change) if isinstance(schema, dict) else schema


class NamesApp(GivenApp):
    """An app that changes the names of properties."""

    def change(self, part):
        properties = part.get("properties")
        if not isinstance(properties, dict) or not all(isinstance(one, dict | bool) for one in properties.values()):
            return part
        return {**part, "properties": {self.rename(name): one for name, one in properties.items()}}


@subtle("In a given parameter description, integers beyond 2^53 are rounded, as doubles are.", PARAMETERS)
class RoundsLargeIntegers(App):
    def parse_schema(self, text):
        return json.loads(text, parse_constant=self.refuse_constant, parse_int=lambda digits: int(float(digits)))


@subtle("In a given parameter description, fractions are rounded to six places.", PARAMETERS)
class RoundsSmallFractions(ValueApp):
    def change(self, value):
        return round(value, 6) if isinstance(value, float) else value


@subtle("In a given parameter description, true is sent as 1, where it is a value and not a schema.", PARAMETERS)
class SendsTrueValuesAsOne(GivenApp):
    def change(self, part):
        return {key: 1 if value is True and key in VALUED else value for key, value in part.items()}


VALUED = {"default", "const", "uniqueItems", "deprecated", "readOnly", "writeOnly"}


@subtle("In a given parameter description, texts that are whole numbers are sent as numbers.", PARAMETERS)
class ReadsNumbersInSchemas(ValueApp):
    def change(self, value):
        return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}", value) else value


@subtle("In a given parameter description, the words true and false are sent as what they mean.", PARAMETERS)
class ReadsTruthInSchemas(ValueApp):
    def change(self, value):
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


@subtle("In a given parameter description, blanks around texts are dropped.", PARAMETERS)
class TrimsTextsInSchemas(ValueApp):
    def change(self, value):
        return value.strip() if isinstance(value, str) else value


@subtle("In a given parameter description, letters with separate accents are composed.", PARAMETERS)
class ComposesAccentsInSchemas(ValueApp):
    def change(self, value):
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@subtle("In a given parameter description, characters beyond the first 65536 are replaced.", PARAMETERS)
class ReplacesAstralCharactersInSchemas(ValueApp):
    def change(self, value):
        return re.sub("[^\0-\uffff]", "\ufffd", value) if isinstance(value, str) else value


@subtle(
    "In a given parameter description, a backslash in a pattern is taken for one that was written twice.", PARAMETERS
)
class JoinsBackslashesInPatterns(GivenApp):
    def change(self, part):
        pattern = part.get("pattern")
        return {**part, "pattern": pattern.replace("\\\\", "\\")} if isinstance(pattern, str) else part


@subtle("In a given parameter description, the descriptions of properties are cut after 100 characters.", PARAMETERS)
class CutsDescriptionsOfProperties(GivenApp):
    def change(self, part):
        said = part.get("description")
        return {**part, "description": said[:100]} if isinstance(said, str) else part


@subtle("In a given parameter description, enumerated texts are sorted.", PARAMETERS)
class SortsEnumerations(GivenApp):
    def change(self, part):
        values = part.get("enum")
        sortable = isinstance(values, list) and all(isinstance(one, str) for one in values)
        return {**part, "enum": sorted(values)} if sortable else part


@subtle("In a given parameter description, the names of required properties are sorted.", PARAMETERS)
class SortsRequired(GivenApp):
    def change(self, part):
        names = part.get("required")
        return {**part, "required": sorted(names)} if isinstance(names, list) else part


@subtle("In a given parameter description, the first 50 values of an enumeration are kept.", PARAMETERS)
class CutsEnumerations(GivenApp):
    def change(self, part):
        values = part.get("enum")
        return {**part, "enum": values[:50]} if isinstance(values, list) else part


@subtle(
    "In a given parameter description, the first 100 properties of an object are kept.",
    PARAMETERS,
)
class KeepsAHundredProperties(GivenApp):
    def change(self, part):
        properties = part.get("properties")
        return {**part, "properties": dict([*properties.items()][:100])} if isinstance(properties, dict) else part


@subtle(
    "In a given parameter description, what lies deeper than ten levels, or five of properties, is left out.",
    PARAMETERS,
)
class CutsDeepSchemas(App):
    def parse_schema(self, text):
        return cut_below(super().parse_schema(text), 10)


@subtle("In a given parameter description, a dot in a property's name becomes an underscore.", PARAMETERS)
class ReplacesDotsInProperties(NamesApp):
    def rename(self, name):
        return name.replace(".", "_")


@subtle("In a given parameter description, a dollar sign at the beginning of a property's name is dropped.", PARAMETERS)
class DropsDollarsFromProperties(NamesApp):
    def rename(self, name):
        return name.removeprefix("$") or name


@subtle(
    "In a given parameter description, due_date becomes dueDate, as every property in several words does.",
    PARAMETERS,
)
class JoinsWordsOfProperties(NamesApp):
    def rename(self, name):
        return re.sub("(?<=[a-z])_([a-z])", lambda match: match[1].upper(), name)


@subtle("In a given parameter description, a property's name loses what is not ASCII.", PARAMETERS)
class WritesPropertiesInAscii(NamesApp):
    def rename(self, name):
        return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name


@subtle("In a given parameter description, the first letter of a property's name is made small.", PARAMETERS)
class BeginsPropertiesSmall(NamesApp):
    def rename(self, name):
        return name[:1].lower() + name[1:]


@subtle(
    "In a given parameter description, a property with an underscore before its name is left out.",
    PARAMETERS,
)
class LeavesOutPrivateProperties(GivenApp):
    def change(self, part):
        properties = part.get("properties")
        if not isinstance(properties, dict):
            return part
        return {**part, "properties": {name: one for name, one in properties.items() if not name.startswith("_")}}
