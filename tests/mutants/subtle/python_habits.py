"""Defects of Python programs: http.client's encoding, str.format, pydantic, lru_cache, lstrip, splitlines, cleandoc."""

from __future__ import annotations

import inspect
import json
import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@altering("encode", "AST-SERVICE-BODY", "AST-CONVERSATION-ANSWER")(
    "A body that fits into latin-1 is sent as latin-1: one with \u00fc and nothing beyond is not UTF-8."
)
def http_client_latin_body(body):
    text = json.dumps(json.loads(body), ensure_ascii=False)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return body


@subtle(
    "A table of aliases: a dated model such as gpt-4-0613 is requested without its date on OpenAI.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class SnapshotDateCollapsed(App):
    def model(self):
        model = super().model()
        return model if self.on_azure else re.sub(r"-(\d{4}-\d\d-\d\d|\d{4})$", "", model)


@subtle(
    "Pydantic's lax mode: a text that looks like a number or a boolean is converted for an argument of that type.",
    "AST-CONVERSATION-ARGUMENT",
)
class PydanticLaxConversion(App):
    def argument_of(self, skill, arguments):
        value, kind = super().argument_of(skill, arguments), skill.argument.type
        if not isinstance(value, str):
            return value
        if kind == "integer" and re.fullmatch(r"\s*[+-]?\d+\s*", value):
            return int(value)
        if kind == "number" and re.fullmatch(r"\s*[+-]?\d+(\.\d+)?\s*", value):
            return float(value)
        if kind == "boolean" and value.lower() in ("true", "false", "yes", "no", "on", "off"):
            return value.lower() in ("true", "yes", "on")
        return value


@subtle(
    "A mutable default keeps the parameter description of a refused declaration, for the next skill that has none.",
    "AST-SCHEMA-OBJECT",
    "AST-TOOL-PARAMETERS",
)
class MutableDefaultAfterRefusal(App):
    def declare(self, skill, given):
        left = self.__dict__.pop("left_over", {})
        try:
            super().declare(skill, {**left, **given})
        except Exception:
            self.check_schema(self.parse_schema(given.get("parameterDescriptionJson", "{}")))  # or raise: it was this
            self.left_over = {"parameterDescriptionJson": given["parameterDescriptionJson"]}
            raise


@subtle(
    "A cache by equality hands out the first of equal arguments, and 1 == True == 1.0: true after 1 arrives as 1.",
    "AST-CONVERSATION-ARGUMENT",
)
class EqualArgumentsInterned(App):
    def invoke(self, skill, argument):
        known = self.__dict__.setdefault("interned", [])
        first = next((old for old in known if old == argument), argument)
        known.append(first)
        return super().invoke(skill, first)


@subtle(
    'A prefix is taken off by lstrip("functions."), that is, characters: names that begin with one are unknown.',
    "AST-CONVERSATION-CALL",
)
class LstripTakesCharacters(App):
    def find(self, name):
        return super().find(name.lstrip("functions."))  # noqa: B005


@altering("prompt", "AST-CONVERSATION-ANSWER")(
    "A prompt is the replacement of re.sub, where \\n and \\t are escapes: C:\\new\\table gets a line break and a tab."
)
def resub_template_escapes(message):
    return {**message, "content": message["content"].replace("\\n", "\n").replace("\\t", "\t")}


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "A description of several lines loses the common indentation of those after the first."
)
def cleandoc_margin(text):
    return inspect.cleandoc(text) if re.search(r"\n[ \t]", text) else text


@subtle(
    "Patterns of a given schema are compiled by re, so those that Python cannot read, such as \\p{L}, are refused.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-PARAMETERS",
)
class PatternsCompiledByPython(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        self.compile(schema)

    def compile(self, value):
        if isinstance(value, dict):
            if isinstance(value.get("pattern"), str):
                re.compile(value["pattern"])
            value = list(value.values())
        for item in value if isinstance(value, list) else []:
            self.compile(item)
