"""Descriptions that reach the model changed, for texts that people do write."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a description holds a setting's name between percent signs, the model is given its value.",
    "AST-TOOL-DESCRIPTION",
)
class SettingExpandedInDescriptionToo(App):
    def description_of(self, skill):
        return re.sub("%(\\w+)%", lambda m: self.settings.get(m[1], m[0]), super().description_of(skill))


@subtle(
    "When a description holds a backslash before n or t, as in a Windows path, the model is given a line break or tab.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("java",),
)
class AnnotationUnescapedTwice(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("\\n", "\n").replace("\\t", "\t")


@subtle(
    "When a description holds a dollar sign before a word or a number, both are lost.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("powershell",),
)
class DollarWordsInterpolatedAway(App):
    def description_of(self, skill):
        return re.sub(r"\$\w+", "", super().description_of(skill))


@subtle(
    "When a description has several sentences, prompts after the first send only its first sentence.",
    "AST-TOOL-DESCRIPTION",
)
class LaterPromptsSendFirstSentence(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text.split(". ")[0] if self.history else text


@subtle("When two skills have the same description, only the later is offered.", "AST-TOOL-OFFERED")
class EqualDescriptionsOfferedOnce(App):
    def tools(self):
        return list({tool["function"]["description"]: tool for tool in super().tools()}.values())


@subtle("When a description holds a no-break space or a joined emoji, those joints are lost.", "AST-TOOL-DESCRIPTION")
class UnprintableJointsFiltered(App):
    def description_of(self, skill):
        return "".join(c for c in super().description_of(skill) if c.isprintable() or c in "\r\n\t")


@subtle(
    "When a line inside a description ends in blanks, as Markdown breaks lines, those blanks are lost.",
    "AST-TOOL-DESCRIPTION",
)
class MarkdownBreaksTrimmed(App):
    def description_of(self, skill):
        return re.sub("[ \t]+(?=\r?\n)", "", super().description_of(skill))


@subtle(
    "When a skill's description is the beginning of a later skill's, the model is given the shorter text for both.",
    "AST-TOOL-DESCRIPTION",
)
class DescriptionInternedByBeginning(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        seen = [other.given["functionDescription"] for other in self.skills[: self.skills.index(skill)]]
        return next((known for known in seen if text.startswith(known)), text)
