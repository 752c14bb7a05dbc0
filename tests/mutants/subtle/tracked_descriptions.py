"""Descriptions of functions, on their way to the model and to the binding."""

from __future__ import annotations

import html
import inspect
import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the description has two percent signs, it is taken for a setting's name and the declaration is refused.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("csharp-inprocess",),
)
class AutoResolveReadsDescription(App):
    def check_given(self, given):
        super().check_given(given)
        self.resolve(given["functionDescription"])


@subtle("When the description has doubled braces, the model is given single ones.", "AST-TOOL-DESCRIPTION")
class TemplateEngineHalvesBraces(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("{{", "{").replace("}}", "}")


@subtle("When the description has indented lines, the model is given them without the indent.", "AST-TOOL-DESCRIPTION")
class DocstringCleaningDedents(App):
    def description_of(self, skill):
        return inspect.cleandoc(super().description_of(skill))


@subtle("When a line of the description is Args: or Returns:, it is cut off there.", "AST-TOOL-DESCRIPTION")
class GriffeStopsAtArgsSection(App):
    def description_of(self, skill):
        return re.split(r"\n+[ \t]*(?:Args|Arguments|Parameters|Returns|Raises):", super().description_of(skill))[0]


@subtle(
    "When the description has an entity such as &lt; in it, the model is given the character.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("csharp-isolated",),
)
class XmlCommentEntitiesDecoded(App):
    def description_of(self, skill):
        return html.unescape(super().description_of(skill))


@subtle(
    "When the description's lines end as on Windows, the model is given them without carriage returns.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("java",),
)
class LineReaderEatsCarriageReturns(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("\r\n", "\n")


@subtle("When the description has signs such as ½ or ™, the model is given them spelled out.", "AST-TOOL-DESCRIPTION")
class CompatibilityFormApplied(App):
    def description_of(self, skill):
        return unicodedata.normalize("NFKC", super().description_of(skill))


@subtle("When two skills have the same description, only the last of them is offered.", "AST-TOOL-OFFERED")
class IndexKeyedByDescription(App):
    def tools(self):
        return list({tool["function"]["description"]: tool for tool in super().tools()}.values())


@subtle(
    "When a property of the declared schema is not required, the description gets a sentence about it.",
    "AST-TOOL-DESCRIPTION",
)
class SignatureAppendedToDescription(App):
    def description_of(self, skill):
        told = super().description_of(skill)
        properties = skill.schema.get("properties", {})
        optional = [name for name in properties if name not in skill.schema.get("required", [*properties])]
        return f"{told} Optional: {', '.join(optional)}." if optional else told
