"""Slips with schemas that are given: text spliced, searched and rewritten instead of parsed."""

from __future__ import annotations

import json
import re

from mutants.pipeline import Catalogue, Intake, Pipeline, in_ascii, rendered
from mutants.subtle.subtle import subtle


def rewritten(value, change):
    """Return a schema of which every object, from the innermost outwards, is changed."""
    if isinstance(value, dict):
        return change({key: rewritten(member, change) for key, member in value.items()})
    return [rewritten(item, change) for item in value] if isinstance(value, list) else value


@subtle(
    "When a schema's text holds a character beyond U+FFFF, such as an emoji, another one reaches the model.",
    "AST-TOOL-PARAMETERS",
)
class EmojiEscapedAsOne(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            return re.sub(r"[^\x00-\x7f]", lambda found: f"\\u{ord(found[0]):04x}", text)


@subtle("When a text in a schema holds several spaces in a row, the model is given one.", "AST-TOOL-PARAMETERS")
class SpacesInSchemasJoined(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            return in_ascii(" ".join(text.split()))


@subtle(
    "When the texts of an enum or a list of required members are not in alphabetical order, the model is "
    "given them sorted.",
    "AST-TOOL-PARAMETERS",
)
class ListsInSchemasSorted(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            def canonical(value):
                listed = {
                    key: sorted(item)
                    for key, item in value.items()
                    if isinstance(item, list) and all(isinstance(one, str) for one in item)
                }
                return value | listed

            return rendered(rewritten(schema, canonical))


@subtle("When a schema names its dialect or its own URI, the model is not given these keywords.", "AST-TOOL-PARAMETERS")
class DialectsDropped(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            return rendered({key: value for key, value in schema.items() if key not in ("$schema", "$id")})


@subtle(
    "When a schema requires all of its properties, it is closed although it does not say so.", "AST-TOOL-PARAMETERS"
)
class CompleteSchemasClosed(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            if set(schema.get("required", ())) >= set(schema.get("properties", ())) != set():
                return rendered({"additionalProperties": False, **schema})
            return in_ascii(text)


@subtle("When a schema is not that of an object, but one within it is, it is accepted.", "AST-DECLARATION-SCHEMA-FORM")
class ObjectsFoundAnywhere(Pipeline):
    class IntakeType(Intake):
        def given(self, text, draft):
            json.loads(text, parse_constant=int)
            if not re.match(r"\s*\{", text) or not re.search(r'"type"\s*:\s*"object"', text):
                raise ValueError("a parameter description is an object schema")
            return in_ascii(text)


@subtle(
    "When a schema's text holds an escape or a letter that needs one, as in a pattern, the model is "
    "given another text or none.",
    "AST-TOOL-PARAMETERS",
)
class SchemasAsReplacements(Pipeline):
    class CatalogueType(Catalogue):
        def render(self, draft):
            return re.sub(
                '(?<="parameters":)null',
                draft.parameters,
                self.tool % (rendered(draft.name), rendered(self.description(draft)), "null"),
            )


@subtle(
    "When a schema's text holds a percent sign, no request can be sent.",
    "AST-TOOL-PARAMETERS",
    "AST-CONVERSATION-ANSWER",
)
class SchemasAsTemplates(Pipeline):
    class CatalogueType(Catalogue):
        def render(self, draft):
            function = '{"name":%s,"description":%s,"parameters":' + draft.parameters + "}"
            return (
                '{"type":"function","function":'
                + function % (rendered(draft.name), rendered(self.description(draft)))
                + "}"
            )


@subtle(
    "When a given schema has no properties, the model is given a property for the argument all the same.",
    "AST-TOOL-PARAMETERS",
)
class EmptyPropertiesMadeUp(Pipeline):
    class IntakeType(Intake):
        def given(self, text, draft):
            spliced = super().given(text, draft)
            made_up = json.loads(self.made_up(draft.skill.argument))["properties"]
            schema = json.loads(text)
            return spliced if schema.get("properties") else rendered(schema | {"properties": made_up})


@subtle(
    "When two given schemas have properties of the same names, the second skill is told with the first one's schema.",
    "AST-TOOL-PARAMETERS",
)
class SchemasKeptByProperties(Pipeline):
    class IntakeType(Intake):
        def __init__(self, app):
            super().__init__(app)
            self.kept = {}

        def splice(self, text, schema):
            return self.kept.setdefault(tuple(schema.get("properties", ())), in_ascii(text))


@subtle(
    "When a text in a schema holds a decimal number, such as 2.50, the model is given the text with the "
    "number shortened.",
    "AST-TOOL-PARAMETERS",
)
class DecimalsShortened(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            return in_ascii(re.sub(r"\d+\.\d+(?![\d.eE])", lambda found: f"{float(found[0]):g}", text))


@subtle(
    "When a text in a schema holds the word True, False or None, the model is given it translated to JSON.",
    "AST-TOOL-PARAMETERS",
)
class PythonWordsTranslated(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            words = {"True": "true", "False": "false", "None": "null"}
            return in_ascii(re.sub(r"\b(True|False|None)\b", lambda found: words[found[0]], text))


@subtle(
    "When a property's keyword has the value 0, false or an empty text or list, the model is not given it.",
    "AST-TOOL-PARAMETERS",
)
class FalsyKeywordsDroppedToo(Pipeline):
    class IntakeType(Intake):
        def splice(self, text, schema):
            properties = {
                name: {key: value for key, value in member.items() if value or key == "items"}
                if isinstance(member, dict)
                else member
                for name, member in schema.get("properties", {}).items()
            }
            return rendered(schema | ({"properties": properties} if "properties" in schema else {}))
