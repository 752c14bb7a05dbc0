"""Declarations: the stages that a skill passes, and the catalogue of those that did."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from mutants.pipeline.json_text import in_ascii, parsed, rendered


@dataclass(frozen=True)
class Draft:
    """A declaration on its way through the intake."""

    skill: Any
    fields: Any = ()  # by function.json's names
    name: str = ""
    parameters: str = ""  # JSON text


class Intake:
    """Turns a skill into an entry of the catalogue, stage by stage, or raises."""

    spellings = MappingProxyType(
        {
            word.lower(): word
            for word in (
                "functionName",
                "functionDescription",
                "parameterDescriptionJson",
                "model",
                "type",
                "direction",
                "name",
            )
        }
    )
    stages = ("spell", "prune", "describe", "title", "shape")
    properties = MappingProxyType({"array": {"type": "array", "items": {}}})

    def __init__(self, app):
        self.app = app
        self.settings = app.settings

    def admit(self, skill):
        draft = Draft(skill)
        for stage in self.stages:
            draft = getattr(self, stage)(draft)
        return draft

    def spell(self, draft):
        given = draft.skill.trigger.items()
        return replace(draft, fields={self.spelling(word): value for word, value in given})

    def spelling(self, word):
        return self.spellings[word.replace("_", "").lower()]

    def prune(self, draft):
        return replace(draft, fields={word: value for word, value in draft.fields.items() if value not in (None, "")})

    def describe(self, draft):
        if not draft.fields.get("functionDescription", "").strip():
            raise ValueError("a skill needs a description of its function")
        return draft

    def title(self, draft):
        name = self.resolved(draft.fields.get("functionName", draft.skill.name))
        self.check_name(name)
        return replace(draft, name=name)

    def resolved(self, text):
        return re.sub("%([^%]+)%", lambda found: self.settings[found[1]], text)

    def check_name(self, name):
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", name):
            raise ValueError(f"{name!r} cannot be a tool's name")

    def shape(self, draft):
        text = draft.fields.get("parameterDescriptionJson")
        return replace(
            draft, parameters=self.made_up(draft.skill.argument) if text is None else self.given(text, draft)
        )

    def given(self, text, draft):
        schema = parsed(text)
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise ValueError("a parameter description is an object schema")
        return self.splice(text, schema)

    def splice(self, text, schema):
        """Return the JSON text that goes into requests for a given schema."""
        return in_ascii(text)

    def made_up(self, argument):
        described = {self.property_name(argument): self.property_of(argument)}
        return rendered({"type": "object", "properties": described, "required": list(described)})

    def property_name(self, argument):
        return argument.name

    def property_of(self, argument):
        return self.properties.get(argument.type, {"type": argument.type})


class Catalogue:
    """The skills of an app by the names of their tools, in the order of declaration."""

    tool = '{"type":"function","function":{"name":%s,"description":%s,"parameters":%s}}'
    type = "AssistantSkillTrigger"
    directions = MappingProxyType({"2024-04-14": "out", "2025-05-15": "in"})
    listed = ("functionName", "functionDescription", "parameterDescriptionJson", "model")

    def __init__(self, app):
        self.app = app
        self.entries = {}
        self.memo = None

    def key(self, name):
        return name.lower()

    def add(self, draft):
        key = self.key(draft.name)
        if key in self.entries:
            raise ValueError(f"{draft.name} is taken")
        self.entries[key] = draft
        self.memo = None

    def find(self, name):
        return self.entries.get(self.key(name))

    def model(self):
        named = [draft.fields["model"] for draft in self.entries.values() if "model" in draft.fields]
        return named[0] if named else self.app.default_model

    def tools(self):
        """Return the members of the list of tools, as JSON text; empty without skills."""
        if self.memo is None:
            self.memo = ",".join(self.render(draft) for draft in self.entries.values())
        return self.memo

    def render(self, draft):
        return self.tool % (rendered(draft.name), rendered(self.description(draft)), draft.parameters)

    def description(self, draft):
        return draft.fields["functionDescription"]

    def manifest(self):
        return {draft.skill.name: [self.binding(draft)] for draft in self.entries.values()}

    def binding(self, draft):
        fixed = {"type": self.type, "direction": self.directions[self.app.edition], "name": draft.skill.argument.name}
        return fixed | {word: draft.fields[word] for word in self.listed if word in draft.fields}
