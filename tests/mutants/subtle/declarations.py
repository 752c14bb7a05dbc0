"""Declarations that are accepted though they should be refused, or named otherwise than they say."""

from __future__ import annotations

import ast
import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle

FORM, SETTING = "AST-DECLARATION-SCHEMA-FORM", "AST-TOOL-NAME-SETTING"
FALLBACK = "AST-TOOL-NAME-FALLBACK"


class ReadingApp(App):
    """An app that repairs a parameter description when it can't be read as an object."""

    def parse_schema(self, text):
        try:
            schema = super().parse_schema(text)
        except ValueError:
            return super().parse_schema(self.repair(text))
        return schema if isinstance(schema, dict) else super().parse_schema(self.repair(text))


@subtle("A comma before a closing brace of a parameter description is forgiven.", FORM)
class ForgivesCommas(ReadingApp):
    def repair(self, text):
        return re.sub(r",(?=\s*[}\]])", "", text)


@subtle("Comments in a parameter description are forgiven.", FORM)
class ForgivesComments(ReadingApp):
    def repair(self, text):
        return re.sub(r"/\*.*?\*/|^\s*//.*$", "", text, flags=re.DOTALL | re.MULTILINE)


@subtle("A parameter description that is JSON within JSON is read twice.", FORM)
class ForgivesQuoting(ReadingApp):
    def repair(self, text):
        return json.loads(text) if text.startswith('"{') else text


@subtle("A parameter description may be followed by anything.", FORM)
class ForgivesWhatFollows(ReadingApp):
    def repair(self, text):
        return text[: json.JSONDecoder().raw_decode(text)[1]] if text.startswith("{") else text


@subtle("A parameter description in single quotes is read as Python.", FORM)
class ForgivesSingleQuotes(ReadingApp):
    def repair(self, text):
        return json.dumps(ast.literal_eval(text)) if text.startswith("{'") else text


@subtle("A parameter description without a type is accepted if it has properties.", FORM)
class ForgivesAMissingType(App):
    def check_schema(self, schema):
        if not isinstance(schema, dict) or not ("type" not in schema and "properties" in schema):
            super().check_schema(schema)


@subtle("A parameter description that may be null as well is accepted as an object's.", FORM)
class ForgivesNull(App):
    def check_schema(self, schema):
        if not (isinstance(schema, dict) and schema.get("type") == ["object", "null"]):
            super().check_schema(schema)


@subtle("The type of a parameter description is compared without case.", FORM)
class ForgivesCapitals(App):
    def check_schema(self, schema):
        if not (isinstance(schema, dict) and str(schema.get("type")).lower() == "object"):
            super().check_schema(schema)


@subtle("A name that a setting makes too long is accepted.", "AST-DECLARATION-NAME-FORM")
class ChecksNamesBeforeSettings(App):
    def check_name(self, name):
        if self.is_taken(name):
            raise ValueError(f"{name!r} is taken")

    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        if "%" not in given.get("functionName", ""):
            super().check_name(name)
        return name


@subtle("A name that a setting made does not count as taken.", "AST-DECLARATION-NAME-UNIQUE")
class ComparesNamesBeforeSettings(App):
    def is_taken(self, name):
        written = [skill.name for skill in self.skills if "%" not in skill.given.get("functionName", "")]
        return name.lower() in map(str.lower, written)


@subtle("Only the first setting in a name is filled in, and the second placeholder is dropped.", SETTING)
class FillsInOneSetting(App):
    def resolve(self, name):
        first = re.sub("%([^%]+)%", lambda match: self.settings[match[1]], name, count=1)
        return re.sub("%([^%]+)%", "", first)


@subtle("The names of settings are taken to have capitals only.", SETTING)
class RaisesTheNamesOfSettings(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1].upper(), match[1]), name)


@subtle("A setting that is empty is not filled in: its own name is.", SETTING)
class PassesOverEmptySettings(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1]) or match[1], name)


@subtle("A function's own name loses the ending Function.", FALLBACK)
class DropsTheWordFunction(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given) if "functionName" in given else skill.name.removesuffix("Function")


@subtle("A function's own name loses the ending Async.", FALLBACK)
class DropsTheWordAsync(App):
    def name_of(self, skill, given):
        return super().name_of(skill, given) if "functionName" in given else skill.name.removesuffix("Async")


@subtle("Words of a function's own name that are joined by underscores are written as one with capitals.", FALLBACK)
class JoinsWordsOfFunctions(App):
    def name_of(self, skill, given):
        joined = re.sub("_([a-z])", lambda match: match[1].upper(), skill.name)
        return super().name_of(skill, given) if "functionName" in given else joined


@subtle("Of several dashes or underscores in a row in a name one is left.", "AST-TOOL-NAME")
class JoinsDashes(App):
    def name_of(self, skill, given):
        return re.sub("([-_])[-_]+", r"\1", super().name_of(skill, given))


@subtle("A name that begins with a digit gets an underscore before it.", "AST-TOOL-NAME")
class PadsNamesThatBeginWithDigits(App):
    def name_of(self, skill, given):
        return re.sub(r"^(?=\d)", "_", super().name_of(skill, given))


@subtle("Underscores at the ends of a name are dropped.", "AST-TOOL-NAME")
class TrimsUnderscores(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name.strip("_") or name
