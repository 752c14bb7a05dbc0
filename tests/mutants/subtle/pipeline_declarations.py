"""Slips with what is declared and with the bindings made of it."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace

from mutants.pipeline import Catalogue, Intake, Pipeline
from mutants.subtle.subtle import subtle


@subtle(
    "When a description has indented lines or blank ones at its ends, the model is given it cleaned like a docstring.",
    "AST-TOOL-DESCRIPTION",
)
class DescriptionsCleaned(Pipeline):
    class CatalogueType(Catalogue):
        def description(self, draft):
            return inspect.cleandoc(super().description(draft))


@subtle(
    "When the bindings are read before the last skill is declared, later skills never appear in them.",
    "AST-BINDING-EACH",
)
class ManifestMadeOnce(Pipeline):
    class CatalogueType(Catalogue):
        made = None

        def manifest(self):
            if self.made is None:
                self.made = super().manifest()
            return {name: [dict(binding) for binding in made] for name, made in self.made.items()}


@subtle(
    "When a description holds a backslash, the binding contains it without the backslash.", "AST-BINDING-DESCRIPTION"
)
class DescriptionsUnescaped(Pipeline):
    class CatalogueType(Catalogue):
        def binding(self, draft):
            text = draft.fields["functionDescription"]
            return super().binding(draft) | {"functionDescription": re.sub(r"\\(.)", r"\1", text)}


@subtle(
    "When a type or direction other than the documented one is given, it reaches the binding.",
    "AST-BINDING-TYPE",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell", "javascript", "typescript"),
)
class GivenTypesWin(Pipeline):
    class CatalogueType(Catalogue):
        listed = (*Catalogue.listed, "type", "direction")


@subtle(
    "When a Java function has no declared name, its tool is named after the binding instead of the function.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=("java",),
)
class ToolsNamedAfterBindings(Pipeline):
    class IntakeType(Intake):
        def title(self, draft):
            fields = draft.fields
            name = self.resolved(fields.get("functionName") or fields.get("name") or draft.skill.name)
            self.check_name(name)
            return replace(draft, name=name)


@subtle(
    "When a Python keyword is spelled in camel case, as edition 2025 spells parameterDescriptionJson, it is lost.",
    "AST-TOOL-PARAMETERS",
    "AST-BINDING-PARAMETERS",
    editions=("2025-05-15",),
)
class CamelKeywordsLost(Pipeline):
    class IntakeType(Intake):
        def spell(self, draft):
            given = {word: value for word, value in draft.skill.trigger.items() if word.islower()}
            return replace(draft, fields={self.spelling(word): value for word, value in given.items()})


@subtle(
    "When a parameter description holds two slashes, as in a URL, the binding's text ends or breaks there.",
    "AST-BINDING-PARAMETERS",
)
class CommentsStrippedFromBindings(Pipeline):
    class CatalogueType(Catalogue):
        def binding(self, draft):
            binding = super().binding(draft)
            if "parameterDescriptionJson" in binding:
                binding["parameterDescriptionJson"] = re.sub("//.*", "", binding["parameterDescriptionJson"])
            return binding


@subtle(
    "When a parameter description is spread over lines, the binding's text is joined without its "
    "indentation, in its texts too.",
    "AST-BINDING-PARAMETERS",
)
class BindingTextsCompacted(Pipeline):
    class CatalogueType(Catalogue):
        def binding(self, draft):
            binding = super().binding(draft)
            if "\n" in binding.get("parameterDescriptionJson", ""):
                text = re.sub(r"\s*([{}\[\],:])\s*", r"\1", binding["parameterDescriptionJson"])
                binding["parameterDescriptionJson"] = text
            return binding
