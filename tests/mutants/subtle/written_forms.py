"""Texts in a form that code knows, such as an address, a time or a number, and that it changes therefore."""

from __future__ import annotations

import base64
import html
import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves

PROMPT = ANSWER = "AST-CONVERSATION-ANSWER"
ARGUMENT, RESULT = "AST-CONVERSATION-ARGUMENT", "AST-CONVERSATION-RESULT"
STRAIGHT = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
WORDS = {"yes": True, "no": False, "on": True, "off": False, "~": None}
"""What some words mean in YAML."""


class PromptingApp(App):
    def prompt(self, message):
        return super().prompt(self.change(message))


@subtle("In a prompt, the signs of HTML are escaped.", PROMPT)
class EscapesPrompts(PromptingApp):
    def change(self, text):
        return html.escape(text, quote=False)


@subtle("In a prompt, several blanks in a row become one.", PROMPT)
class JoinsBlanksOfPrompts(PromptingApp):
    def change(self, text):
        return re.sub("  +", " ", text)


@subtle("In a prompt, two percent signs become one.", PROMPT)
class JoinsPercentSignsOfPrompts(PromptingApp):
    def change(self, text):
        return text.replace("%%", "%")


@subtle("In a prompt, double quotes become single ones.", PROMPT)
class QuotesPromptsOnce(PromptingApp):
    def change(self, text):
        return text.replace('"', "'")


@subtle("In a prompt, a byte order mark at the start is lost.", PROMPT)
class DropsMarksOfPrompts(PromptingApp):
    def change(self, text):
        return text.removeprefix("\ufeff")


@subtle("In a prompt, typographic quotes become straight ones.", PROMPT)
class StraightensQuotesOfPrompts(PromptingApp):
    def change(self, text):
        return text.translate(STRAIGHT)


@subtle("In a prompt, wide letters become narrow ones.", PROMPT)
class FoldsWidthsOfPrompts(PromptingApp):
    def change(self, text):
        return text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


class AnsweringApp(App):
    def finish(self, turn, reply):
        return self.change(super().finish(turn, reply))


@subtle("An answer that is JSON is written anew.", ANSWER)
class WritesJsonAnswersAnew(AnsweringApp):
    def change(self, text):
        try:
            return json.dumps(json.loads(text))
        except ValueError:
            return text


@subtle("An answer that is a word for nothing becomes empty.", ANSWER)
class TakesWordsForNothing(AnsweringApp):
    def change(self, text):
        return "" if text in {"None", "null", "undefined", "N/A"} else text


@subtle("In an answer, a link loses its address.", ANSWER)
class DropsAddressesOfLinks(AnsweringApp):
    def change(self, text):
        return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


@subtle("In an answer, what is between bars in angle brackets is lost.", ANSWER)
class DropsMarksOfModels(AnsweringApp):
    def change(self, text):
        return re.sub(r"<\|.*?\|>", "", text)


@subtle("In an answer, signs without width and of direction are lost.", ANSWER)
class DropsSignsOfDirection(AnsweringApp):
    def change(self, text):
        return re.sub("[\u200e\u200f\u202a-\u202e]", "", text)


@subtle("In an answer, several line breaks in a row become one.", ANSWER)
class JoinsParagraphs(AnsweringApp):
    def change(self, text):
        return re.sub("\n\n+", "\n", text)


class ArgumentApp(App):
    def argument_of(self, skill, arguments):
        return leaves(super().argument_of(skill, arguments), self.whatever)

    def whatever(self, value):
        return self.change(value) if isinstance(value, str) else value


@subtle("In an argument, a text that begins like a formula gets an apostrophe before it.", ARGUMENT)
class QuotesFormulas(ArgumentApp):
    def change(self, text):
        return f"'{text}" if text[:1] in {"=", "+", "@"} else text


@subtle("In an argument, a mail address is written in lower case.", ARGUMENT)
class LowersMailAddresses(ArgumentApp):
    def change(self, text):
        return text.lower() if re.fullmatch(r"\S+@\S+\.\w+", text) else text


@subtle("In an argument, a UUID is written in lower case.", ARGUMENT)
class LowersIdentifiers(ArgumentApp):
    def change(self, text):
        return text.lower() if re.fullmatch("[0-9A-Fa-f-]{36}", text) else text


@subtle("In an argument, a text that is Base64 is decoded.", ARGUMENT)
class DecodesBase64(ArgumentApp):
    def change(self, text):
        is_padded = len(text) % 4 == 0 and re.fullmatch("[A-Za-z0-9+/]+=+", text)
        return base64.b64decode(text).decode("latin1") if is_padded else text


@subtle("In an argument, an address without a path gets one.", ARGUMENT)
class ClosesAddresses(ArgumentApp):
    def change(self, text):
        return f"{text}/" if re.fullmatch("https?://[^/]+", text) else text


@subtle("In an argument, a tilde at the start becomes the home folder.", ARGUMENT)
class ExpandsHome(ArgumentApp):
    def change(self, text):
        return f"/home/app{text[1:]}" if text.startswith("~/") else text


@subtle("In an argument, the backslashes of a path of Windows are turned.", ARGUMENT)
class TurnsBackslashes(ArgumentApp):
    def change(self, text):
        return text.replace("\\", "/") if re.match(r"[A-Z]:\\", text) else text


@subtle("In an argument, a time of minutes gets seconds.", ARGUMENT)
class AddsSeconds(ArgumentApp):
    def change(self, text):
        return f"{text}:00" if re.fullmatch(r"\d\d:\d\d", text) else text


@subtle("In an argument, a number in a text loses the blanks within.", ARGUMENT)
class DropsBlanksOfNumbers(ArgumentApp):
    def change(self, text):
        return text.replace(" ", "") if re.fullmatch(r"\+?\d[\d ]+", text) else text


@subtle("In an argument, typographic quotes become straight ones.", ARGUMENT)
class StraightensQuotesOfArguments(ArgumentApp):
    def change(self, text):
        return text.translate(STRAIGHT)


@subtle("In an argument, dashes become hyphens.", ARGUMENT)
class StraightensDashesOfArguments(ArgumentApp):
    def change(self, text):
        return text.replace("\u2013", "-").replace("\u2014", "-")


@subtle("In an argument, yes and no, on and off are read as in YAML.", ARGUMENT)
class ReadsWordsOfYamlInArguments(ArgumentApp):
    def change(self, text):
        return WORDS.get(text, text)


@subtle("In an argument, a date as people write it is written as a machine does.", ARGUMENT)
class RewritesDatesOfPeople(ArgumentApp):
    def change(self, text):
        return re.sub(r"^(\d\d)\.(\d\d)\.(\d{4})$", r"\3-\2-\1", text)


@subtle("In an argument, digits of other scripts become those of ASCII.", ARGUMENT)
class FoldsDigits(ArgumentApp):
    def change(self, text):
        return str(int(text)) if text.isdecimal() and not text.isascii() else text


class ResultApp(App):
    def word_result(self, result):
        return super().word_result(leaves(result, self.whatever))

    def whatever(self, value):
        return self.change(value) if isinstance(value, str) else value


@subtle("A result of yes or no, on or off is read as in YAML.", RESULT)
class ReadsWordsOfYamlInResults(ResultApp):
    def change(self, text):
        return WORDS.get(text, text)


@subtle("In a result, typographic quotes become straight ones.", RESULT)
class StraightensQuotesOfResults(ResultApp):
    def change(self, text):
        return text.translate(STRAIGHT)


@subtle("In a result, the signs of HTML are escaped.", RESULT)
class EscapesResults(ResultApp):
    def change(self, text):
        return html.escape(text, quote=False)


@subtle("In a result, mail addresses are masked.", RESULT)
class MasksMail(ResultApp):
    def change(self, text):
        return re.sub(r"\S+@\S+\.\w+", "***", text)


@subtle("In a result, long numbers are masked, as those of cards.", RESULT)
class MasksNumbers(ResultApp):
    def change(self, text):
        return re.sub(r"\b\d{13,16}\b", "****", text)


@subtle("In a result, what looks like a key is masked.", RESULT)
class MasksKeys(ResultApp):
    def change(self, text):
        return re.sub(r"\bsk-\w+", "***", text)
