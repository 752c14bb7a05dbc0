"""What goes wrong only with particular texts."""

from __future__ import annotations

import html
import inspect
import re
import unicodedata
from string import Template
from urllib.parse import unquote

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a description has two percent signs, what stands between them is taken for a setting, and it is refused.",
    "AST-TOOL-DESCRIPTION",
    "AST-BINDING-DESCRIPTION",
)
class PercentSignsInDescription(App):
    def read(self, trigger):
        given = super().read(trigger)
        return {**given, "functionDescription": self.resolve(given.get("functionDescription", ""))}


@subtle(
    "When a description has compatibility characters such as ² or ½, the model is given plain ones in their place.",
    "AST-TOOL-DESCRIPTION",
)
class CompatibilityCharactersReplaced(App):
    def description_of(self, skill):
        return unicodedata.normalize("NFKC", super().description_of(skill))


@subtle(
    "When an answer has Windows line ends or a line end at its end, they are changed or lost in what is returned.",
    "AST-CONVERSATION-ANSWER",
)
class LineEndsOfAnswer(App):
    def finish(self, turn, reply):
        return "\n".join(super().finish(turn, reply).splitlines())


@subtle(
    "When a prompt has two dollar signs in a row or names a setting after one, it is sent as a filled-in template.",
    "AST-CONVERSATION-ANSWER",
)
class PromptTakenForTemplate(App):
    def prompt(self, message):
        return super().prompt(Template(message).safe_substitute(self.settings))


@subtle(
    "When a text result contains an HTML entity, the model is sent the character that it stands for.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class EntitiesInResult(App):
    def word_result(self, result):
        return super().word_result(html.unescape(result) if isinstance(result, str) else result)


@subtle(
    "When an earlier prompt or answer contains an emoji, later requests repeat it with a question mark in its place.",
    "AST-CONVERSATION-HISTORY",
)
class HistoryInThreeByteCharacters(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        for message in self.history:
            message["content"] = message["content"] and re.sub("[^\0-\uffff]", "?", message["content"])
        return text


@subtle(
    "When a description has indented lines, or blanks before it, the model is given it without them.",
    "AST-TOOL-DESCRIPTION",
)
class DescriptionTakenForDocstring(App):
    def description_of(self, skill):
        return inspect.cleandoc(super().description_of(skill))


@subtle(
    "When a prompt contains tabs, non-breaking spaces or zero-width joiners, it is sent without them.",
    "AST-CONVERSATION-ANSWER",
)
class UnprintableCharactersOfPrompt(App):
    def prompt(self, message):
        return super().prompt("".join(sign for sign in message if sign.isprintable() or sign in "\r\n"))


@subtle(
    "When a prompt contains a percent-encoded address, it is sent decoded.",
    "AST-CONVERSATION-ANSWER",
)
class AddressInPromptDecoded(App):
    def prompt(self, message):
        return super().prompt(unquote(message))
