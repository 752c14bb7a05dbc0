"""Prompts and responses that are changed, where they are not quite ordinary."""

from __future__ import annotations

import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle

ANSWER = "AST-CONVERSATION-ANSWER"


class PromptApp(App):
    """An app that changes the prompt."""

    def prompt(self, message):
        return super().prompt(self.change(message))


class ResponseApp(App):
    """An app that changes what is returned, but not what it remembers."""

    def finish(self, turn, reply):
        return self.change(super().finish(turn, reply))


@subtle("A prompt is cut after 4000 characters.", ANSWER)
class CutsPrompts(PromptApp):
    def change(self, text):
        return text[:4000]


@subtle("Line ends of two characters in a prompt become one.", ANSWER)
class UnifiesLineEndsOfPrompts(PromptApp):
    def change(self, text):
        return text.replace("\r\n", "\n")


@subtle("Letters with separate accents in a prompt are composed.", ANSWER)
class ComposesAccentsOfPrompts(PromptApp):
    def change(self, text):
        return unicodedata.normalize("NFC", text)


@subtle("Two braces in a row in a prompt become one.", ANSWER)
class JoinsBracesOfPrompts(PromptApp):
    def change(self, text):
        return text.replace("{{", "{").replace("}}", "}")


@subtle("A prompt that is blank is sent as an empty text.", ANSWER)
class EmptiesBlankPrompts(PromptApp):
    def change(self, text):
        return text if text.strip() else ""


@subtle("A word after a slash at the beginning of a prompt is taken for a command and dropped.", ANSWER)
class TakesSlashesForCommands(PromptApp):
    def change(self, text):
        return re.sub(r"^/\w+ *", "", text)


@subtle("A script element in a prompt is taken for an attack and dropped.", ANSWER)
class DropsScripts(PromptApp):
    def change(self, text):
        return re.sub("<script.*?</script>", "", text, flags=re.DOTALL | re.IGNORECASE)


@subtle("The name of a setting between percent signs in a prompt is replaced by its value.", ANSWER)
class FillsSettingsIntoPrompts(PromptApp):
    def change(self, text):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], match[0]), text)


@subtle("Blanks at the end of a response's lines are dropped.", ANSWER)
class DropsTrailingBlanksOfResponses(ResponseApp):
    def change(self, text):
        return re.sub("[ \t]+$", "", text, flags=re.MULTILINE)


@subtle("A fence of code around a response is dropped.", ANSWER)
class DropsFences(ResponseApp):
    def change(self, text):
        return re.sub(r"\A```\w*\n(.*)\n```\Z", r"\1", text, flags=re.DOTALL)


@subtle("The word Assistant at the beginning of a response is dropped.", ANSWER)
class DropsTheSpeaker(ResponseApp):
    def change(self, text):
        return re.sub("^Assistant: *", "", text)


@subtle("References in a response, between lenticular brackets, are dropped.", ANSWER)
class DropsReferences(ResponseApp):
    def change(self, text):
        return re.sub("【[^】]*】", "", text)


@subtle("Quotes around the whole of a response are dropped.", ANSWER)
class DropsQuotesAroundResponses(ResponseApp):
    def change(self, text):
        return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


@subtle("A response is cut after 8000 characters.", ANSWER)
class CutsResponses(ResponseApp):
    def change(self, text):
        return text[:8000]


@subtle("An empty response is replaced by a sentence.", ANSWER)
class FillsEmptyResponses(ResponseApp):
    def change(self, text):
        return text or "I have nothing to say."


@subtle("The entities of HTML in a response are decoded.", ANSWER)
class DecodesEntitiesOfResponses(ResponseApp):
    def change(self, text):
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
