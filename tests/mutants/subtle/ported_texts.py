"""Slips of a port that adds templates, translations, sanitizers, guardrails and incident numbers."""

from __future__ import annotations

import re
from unicodedata import normalize
from uuid import uuid4

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a result has backslashes (a Windows path, JSON with quotes), it is changed or fails.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ResultIsAReplacement(App):
    def answer(self, name, arguments):
        text = super().answer(name, arguments)
        try:
            return re.sub("RESULT", text, "Result: RESULT")
        except (re.error, IndexError) as error:
            return self.word_failure(name, error)


@subtle(
    "When an error has no text, its call is answered just as one without a result (gettext of an empty text).",
    "AST-CONVERSATION-FAILURE",
)
class ErrorsWithoutText(App):
    def word_result(self, result):
        return "" if result is None else super().word_result(result)

    def word_failure(self, _name, error):
        return str(error)


def masked(value):
    if isinstance(value, dict):
        return {key: masked(member) for key, member in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return re.sub(r"[\w.+-]+@[\w-]+\.[\w.]+", "[email]", value) if isinstance(value, str) else value


@subtle(
    "When an argument has an e-mail address in it, the function gets a mask in its place.", "AST-CONVERSATION-ARGUMENT"
)
class AddressesMasked(App):
    def argument_of(self, skill, arguments):
        return masked(super().argument_of(skill, arguments))


@subtle(
    "When a description has braces (an example in JSON), the skill is refused (it is formatted as a prompt template).",
    "AST-TOOL-DESCRIPTION",
    "AST-BINDING-DESCRIPTION",
)
class DescriptionsAreTemplates(App):
    def check_given(self, given):
        super().check_given(given)
        given["functionDescription"].format(**self.settings)


@subtle("When the service filters an answer, the app returns a sentence of its own.", "AST-CONVERSATION-CUT-SHORT")
class FilteredAnswersReplaced(App):
    def receive(self, response):
        message = super().receive(response)
        if b'"content_filter"' in response.content and not message.get("tool_calls"):
            return {**message, "content": "Your request was blocked by our content policy."}
        return message


@subtle(
    "When a skill has no description but its parameter description has one, that is taken and the skill accepted.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
)
class DescriptionFromTheSchema(App):
    def read(self, trigger):
        given = super().read(trigger)
        described = re.search(r'"description"\s*:\s*"([^"]+)"', given.get("parameterDescriptionJson", ""))
        return {"functionDescription": described[1], **given} if described else given


@subtle(
    "When a call fails, what the model is told differs from run to run (an incident number).",
    "AST-CONVERSATION-REPEATABLE",
)
class IncidentNumbers(App):
    def word_failure(self, name, error):
        return f"{super().word_failure(name, error)} (incident {uuid4()})"


@subtle(
    "When a prompt has decomposed letters or compatible characters (ligatures, full-width), the model gets others.",
    "AST-CONVERSATION-ANSWER",
)
class PromptsNormalised(App):
    def prompt(self, message):
        return super().prompt(normalize("NFKC", message))
