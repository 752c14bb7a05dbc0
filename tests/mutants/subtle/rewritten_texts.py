"""Descriptions, prompts and responses that are rewritten by somebody who meant well."""

from __future__ import annotations

import html
import inspect
import json
import re
import unicodedata

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle

ANSWER = "AST-CONVERSATION-ANSWER"

described = altering("description_of", "AST-TOOL-DESCRIPTION")
responding = altering("finish", ANSWER)
prompting = altering("prompt", ANSWER, "AST-SERVICE-MESSAGES")


@described("Links of Markdown in a description keep their text only.")
def unwraps_links(text):
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


@described("Signs in a description are replaced by those that they are compatible with, a ligature by its letters.")
def folds_compatible_signs(text):
    return unicodedata.normalize("NFKC", text)


@described("Signs of no width are dropped from a description, and emojis fall apart.")
def drops_signs_of_no_width(text):
    return re.sub("[\u200b-\u200d\u2060\ufeff]", "", text)


@described("Signs that turn the direction of writing are dropped from a description.")
def drops_directions_of_writing(text):
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


@described("Typographic quotes and dashes in a description become plain ones.")
def flattens_typography(text):
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})


@described("Lines of a description that begin with a hash are taken for comments.")
def drops_commented_lines(text):
    return "\n".join(line for line in text.split("\n") if not line.startswith("#"))


@described("Only the first paragraph of a description is told.")
def keeps_first_paragraphs(text):
    return re.split(r"\n[ \t]*\n", text)[0] or text


@described("The lines of a description lose their common indentation, as those of a docstring do.")
def cleans_docstrings(text):
    return inspect.cleandoc(text) if "\n" in text else text


@described("Tabs in a description become four blanks.")
def expands_tabs(text):
    return text.replace("\t", "    ")


@described("Entities of HTML in a description are decoded.")
def decodes_entities_of_descriptions(text):
    return html.unescape(text)


@described("A description that is JSON is written anew.")
def rewrites_described_json(text):
    try:
        return json.dumps(json.loads(text))
    except ValueError:
        return text


@described("An apostrophe in a description is doubled, as SQL wants it.")
def doubles_apostrophes(text):
    return text.replace("'", "''")


@subtle("A setting after a dollar sign is filled into a description.", "AST-TOOL-DESCRIPTION")
class FillsShellVariables(App):
    def description_of(self, skill):
        known = self.settings
        return re.sub(r"\$\{?(\w+)\}?", lambda name: known.get(name[1], name[0]), super().description_of(skill))


@subtle("A description that another skill has as well is numbered.", "AST-TOOL-DESCRIPTION")
class NumbersEqualDescriptions(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        before = self.skills[: self.skills.index(skill)]
        twins = sum(one.given["functionDescription"] == text for one in before)
        return f"{text} ({twins + 1})" if twins else text


@subtle("Line ends in a description are blanks in the binding.", "AST-BINDING-DESCRIPTION")
class JoinsLinesOfBoundDescriptions(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": re.sub(r"\r?\n", " ", binding["functionDescription"])}


@prompting("A prompt that is a number is sent as one.")
def sends_numbers_as_numbers(message):
    text = message["content"]
    return {**message, "content": int(text)} if re.fullmatch("-?[0-9]+", text) else message


@prompting("A prompt that is a list in JSON is sent as the parts of a message.")
def sends_lists_as_parts(message):
    text = message["content"]
    return {**message, "content": json.loads(text)} if re.fullmatch(r"\[.*\]", text) else message


@prompting("A prompt that is an address of the web is sent as a picture.")
def sends_addresses_as_pictures(message):
    text = message["content"]
    picture = {"type": "image_url", "image_url": {"url": text}}
    return {**message, "content": [picture]} if re.fullmatch(r"https?://\S+", text) else message


@prompting("The first letter of a prompt becomes a capital.")
def capitalizes_prompts(message):
    return {**message, "content": message["content"][:1].upper() + message["content"][1:]}


@prompting("A question mark is not repeated at the end of a prompt.")
def calms_questions(message):
    return {**message, "content": re.sub(r"([?!])\1+$", r"\1", message["content"])}


@responding("A response of the word null is returned as an empty text.")
def empties_null_responses(text):
    return "" if text in {"null", "None", "undefined"} else text


@responding("Line ends at the beginning of a response are dropped.")
def drops_leading_line_ends(text):
    return text.lstrip("\r\n")


@responding("A response that is JSON is written anew.")
def rewrites_json_responses(text):
    try:
        return json.dumps(json.loads(text))
    except ValueError:
        return text


@responding("Stars for bold letters are dropped from a response.")
def drops_stars(text):
    return re.sub(r"\*\*(.+?)\*\*", r"\1", text)


@responding("What the model thinks, between think elements, is dropped from a response.")
def drops_thoughts(text):
    return re.sub("<think>.*?</think>", "", text, flags=re.DOTALL)
