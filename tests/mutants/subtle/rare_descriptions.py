"""Slips in what the model, or the binding, is given as a skill's description."""

from __future__ import annotations

import html
import re
import unicodedata
from string import Template

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "From the second skill on, character references in a description (&amp;, &lt;) are resolved.",
    "AST-TOOL-DESCRIPTION",
)
class LaterReferencesResolved(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return html.unescape(text) if self.skills.index(skill) else text


@subtle(
    "When a description contains a backslash before n or t (C:\\new), both become a line break or a tab.",
    "AST-TOOL-DESCRIPTION",
)
class WrittenEscapesTakenForEscapes(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("\\n", "\n").replace("\\t", "\t")


@subtle(
    "When a description contains two dollar signs in a row, one of them is lost to a template.", "AST-TOOL-DESCRIPTION"
)
class DoubledDollarHalved(App):
    def description_of(self, skill):
        return Template(super().description_of(skill)).safe_substitute()


@subtle(
    "When a description names an existing setting between percent signs, its value is filled in.",
    "AST-TOOL-DESCRIPTION",
)
class SettingsInDescriptionsFilledIn(App):
    def description_of(self, skill):
        value = lambda match: self.settings.get(match[1], match[0])  # noqa: E731
        return re.sub("%([^%]+)%", value, super().description_of(skill))


@subtle(
    "When a description contains invisible characters (a joiner in an emoji, a mark of direction, a soft "
    "hyphen), they are lost.",
    "AST-TOOL-DESCRIPTION",
)
class InvisibleCharactersDropped(App):
    def description_of(self, skill):
        return "".join(c for c in super().description_of(skill) if unicodedata.category(c) != "Cf")


@subtle(
    "When a description contains a character beyond the basic plane (an emoji), the binding has a "
    "replacement character for it.",
    "AST-BINDING-DESCRIPTION",
)
class BindingKnowsTheBasicPlaneOnly(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = "".join(c if c < "\U00010000" else "\ufffd" for c in binding["functionDescription"])
        return {**binding, "functionDescription": text}


@subtle("When a description begins or ends with a quotation mark, the mark is taken off.", "AST-TOOL-DESCRIPTION")
class OuterQuotesTaken(App):
    def description_of(self, skill):
        return super().description_of(skill).strip("\"'")


@subtle(
    "When a description contains a blank and a number sign, the rest is taken for a comment and lost.",
    "AST-TOOL-DESCRIPTION",
)
class NumberSignStartsAComment(App):
    def description_of(self, skill):
        return re.split(r"\s#", super().description_of(skill))[0]
