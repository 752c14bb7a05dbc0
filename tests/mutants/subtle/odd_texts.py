"""Texts of particular characters or forms that are changed on their way."""

from __future__ import annotations

import html
import inspect
import json
import re
import unicodedata
from urllib.parse import unquote

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "HTML entities in a function's description, such as &lt;, are replaced by their characters for the model."
)
def entities_of_description_replaced(text):
    return html.unescape(text)


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "A description of several lines is cleaned like a docstring: the model is told it without its indentation and tabs."
)
def description_cleaned_as_docstring(text):
    return inspect.cleandoc(text) if "\n" in text else text


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "What stands between two percent signs in a description is taken for an unset setting and lost to the model."
)
def percentages_of_description_lost(text):
    return re.sub("%[^%]+%", "", text)


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "Typographic quotes, dashes and dots in a description become ASCII."
)
def description_typewritten(text):
    signs = {"“": '"', "”": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", "—": "-", "…": "..."}
    return text.translate(str.maketrans(signs))


@altering("description_of", "AST-TOOL-DESCRIPTION")("Doubled braces in a description become single ones for the model.")
def doubled_braces_of_description_single(text):
    return text.replace("{{", "{").replace("}}", "}")


@subtle("A prompt with decomposed characters (a letter and its accent) is sent composed.", "AST-CONVERSATION-ANSWER")
class PromptComposed(App):
    def prompt(self, message):
        return super().prompt(unicodedata.normalize("NFC", message))


@subtle("Line ends of carriage return and line feed in a prompt are sent as line feeds.", "AST-CONVERSATION-ANSWER")
class PromptWithUniversalNewlines(App):
    def prompt(self, message):
        return super().prompt(message.replace("\r\n", "\n").replace("\r", "\n"))


@subtle("Characters of format, such as those that join emojis, are lost from prompts.", "AST-CONVERSATION-ANSWER")
class FormatCharactersOfPromptLost(App):
    def prompt(self, message):
        return super().prompt("".join(sign for sign in message if unicodedata.category(sign) != "Cf"))


@subtle("Non-breaking and other special spaces in a prompt are sent as plain spaces.", "AST-CONVERSATION-ANSWER")
class SpecialSpacesOfPromptPlain(App):
    def prompt(self, message):
        return super().prompt(re.sub(r"[^\S\r\n\t]", " ", message))


@altering("finish", "AST-CONVERSATION-ANSWER")(
    "A response that is one fenced block of code is returned without its fence."
)
def fence_of_response_lost(text):
    found = re.fullmatch(r"```\w*\n(.*)\n```", text, re.DOTALL)
    return found[1] if found else text


@altering("finish", "AST-CONVERSATION-ANSWER")("White space around a response is not returned.")
def response_stripped(text):
    return text.strip()


@altering("finish", "AST-CONVERSATION-ANSWER")("A response that is a text in double quotes is returned without them.")
def quotes_of_response_lost(text):
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, str) else text


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Percent escapes in a text argument, such as %20, are decoded.")
def percent_escapes_of_argument_decoded(value):
    return unquote(value) if isinstance(value, str) else value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "A backslash that is followed by n or t in a text argument becomes a line feed or a tab."
)
def backslashes_of_argument_escape(value):
    return value.replace(r"\n", "\n").replace(r"\t", "\t") if isinstance(value, str) else value


@altering("word_result", "AST-CONVERSATION-RESULT-VALUE")(
    "Every line separator of a result that is a text is told as a line feed, and the last one is lost."
)
def lines_of_result_joined_again(text):
    return "\n".join(text.splitlines()) if text else text


@altering("word_result", "AST-CONVERSATION-RESULT-VALUE")(
    "Characters beyond the basic plane (emojis) are lost from a result that is a text."
)
def emojis_of_result_lost(text):
    return "".join(sign for sign in text if ord(sign) < 0x10000)


@subtle(
    "If the text of a function's error contains braces, wording the failure fails, and so does the prompt.",
    "AST-CONVERSATION-FAILURE",
)
class BracesOfFailureTakenForFields(App):
    def word_failure(self, name, error):
        return f"The function {{name}} failed: {error}".format(name=name)


@subtle(
    "If the text of a function's error has characters beyond ASCII, wording the failure fails, and so does the prompt.",
    "AST-CONVERSATION-FAILURE",
)
class FailureWordedInAscii(App):
    def word_failure(self, name, error):
        return f"The function {name} failed: {str(error).encode('ascii').decode()}"
