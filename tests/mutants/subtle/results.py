"""Results that the model is told otherwise than the function returned them, where they are not quite ordinary."""

from __future__ import annotations

import json
import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves, walk

VALUE = "AST-CONVERSATION-RESULT-VALUE"


class ResultApp(App):
    """An app that changes the result before it is worded."""

    def word_result(self, result):
        return super().word_result(self.change(result))


class TextApp(ResultApp):
    """An app that changes a result that is a text."""

    def change(self, result):
        return self.reword(result) if isinstance(result, str) else result


class DeepApp(ResultApp):
    """An app that changes the objects within a result."""

    def change(self, result):
        return walk(result, self.rewrite)


@subtle("The text null is taken for no result.", VALUE)
class TakesTheTextNullForNone(TextApp):
    def reword(self, text):
        return None if text == "null" else text


@subtle("An empty object is taken for no result.", VALUE)
class TakesEmptyObjectsForNone(ResultApp):
    def change(self, result):
        return None if result == {} else result


@subtle("In a result, blanks around a text are dropped.", VALUE)
class TrimsResults(TextApp):
    def reword(self, text):
        return text.strip() or text


@subtle("In a result, a text of digits loses the zeros before them.", VALUE)
class DropsLeadingZeros(TextApp):
    def reword(self, text):
        return str(int(text)) if re.fullmatch(r"\d+", text, re.ASCII) else text


@subtle("In a result, a text that is a fraction loses the zeros at its end.", VALUE)
class DropsTrailingZeros(TextApp):
    def reword(self, text):
        return str(float(text)) if re.fullmatch(r"-?\d+\.\d+", text, re.ASCII) else text


@subtle("In a result, line ends of two characters in a text become one.", VALUE)
class UnifiesLineEndsOfResults(TextApp):
    def reword(self, text):
        return text.replace("\r\n", "\n")


@subtle("In a result, letters with separate accents in a text are composed.", VALUE)
class ComposesAccentsOfResults(TextApp):
    def reword(self, text):
        return unicodedata.normalize("NFC", text)


@subtle("In a result, a date in a text is written without its time zone.", VALUE)
class DropsTimeZones(TextApp):
    def reword(self, text):
        return re.sub(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)$", r"\1", text)


@subtle("In a result, the tags of HTML in a text are dropped.", VALUE)
class DropsTagsFromResults(TextApp):
    def reword(self, text):
        return re.sub(r"</?[a-zA-Z][^<>]*>", "", text)


@subtle("Of a result of ten lines or more the first and the last are told.", VALUE)
class ShortensLongTexts(TextApp):
    def reword(self, text):
        lines = text.split("\n")
        return text if len(lines) < 10 else f"{lines[0]}\n...\n{lines[-1]}"


@subtle("In a result, a text that begins with Error is told as a failure without its words.", VALUE)
class TakesTextsForErrors(TextApp):
    def reword(self, text):
        return "The function failed." if text.startswith("Error") else text


@subtle("In a result, integers beyond 2^53 are rounded.", VALUE)
class RoundsLargeResults(ResultApp):
    def change(self, result):
        return leaves(result, lambda one: int(float(one)) if type(one) is int else one)


@subtle("In a result, fractions are written in six places, which makes the smallest of them 0.", VALUE)
class WritesSixPlaces(ResultApp):
    def change(self, result):
        return leaves(result, lambda one: float(f"{one:f}") if isinstance(one, float) and abs(one) < 1e6 else one)


@subtle("In a result, fractions are rounded to 15 digits.", VALUE)
class RoundsResultsToFifteenDigits(ResultApp):
    def change(self, result):
        return leaves(result, lambda one: float(f"{one:.15g}") if isinstance(one, float) else one)


@subtle(
    "In a result, names in an object in several words joined by underscores are written as one with capitals.", VALUE
)
class JoinsWordsOfResults(DeepApp):
    def rewrite(self, part):
        return {re.sub("(?<=[a-z])_([a-z])", lambda match: match[1].upper(), key): part[key] for key in part}


@subtle("In a result, names in an object that begin with a capital are written small.", VALUE)
class BeginsMembersSmall(DeepApp):
    def rewrite(self, part):
        return {key[:1].lower() + key[1:]: value for key, value in part.items()}


@subtle("In a result, members of an object whose names begin with an underscore are left out.", VALUE)
class LeavesOutPrivateMembers(DeepApp):
    def rewrite(self, part):
        return {key: value for key, value in part.items() if not key.startswith("_")}


@subtle("In a result, empty lists and objects within an object are left out.", VALUE)
class LeavesOutEmptyMembers(DeepApp):
    def rewrite(self, part):
        return {key: value for key, value in part.items() if value not in ([], {})}


@subtle("In a result, the first 100 items of a list are told.", VALUE)
class CutsLists(ResultApp):
    def change(self, result):
        return result[:100] if isinstance(result, list) else result


@subtle("In a result, a list of one item is told as the item.", VALUE)
class UnwrapsListsOfOne(ResultApp):
    def change(self, result):
        return result[0] if isinstance(result, list) and len(result) == 1 else result


@subtle("Of an object that has a member called result, that alone is told.", VALUE)
class UnwrapsResults(ResultApp):
    def change(self, result):
        return result["result"] if isinstance(result, dict) and "result" in result and len(result) > 1 else result


@subtle("In a result, an object that has a member called error is told as a failure, even if there is none.", VALUE)
class TakesObjectsForErrors(ResultApp):
    def change(self, result):
        return "The function failed." if isinstance(result, dict) and "error" in result else result


@subtle("What lies deeper than six levels in a result is written as Python writes it.", VALUE)
class WritesPythonWithin(ResultApp):
    def change(self, result, depth=0):
        if isinstance(result, dict | list) and depth > 5:
            return str(result)
        if isinstance(result, dict):
            return {key: self.change(one, depth + 1) for key, one in result.items()}
        return [self.change(one, depth + 1) for one in result] if isinstance(result, list) else result


@subtle("In a result, a text in a list is told without quotes, if the list holds texts only.", VALUE)
class ListsTextsWithoutQuotes(ResultApp):
    def word_result(self, result):
        if isinstance(result, list) and len(result) > 1 and all(isinstance(one, str) for one in result):
            return f"[{', '.join(result)}]"
        return super().word_result(result)

    def change(self, result):
        return result


@subtle("A result that equals the last one of the same function is told as unchanged.", VALUE)
class TellsChangesOnly(App):
    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        self.told = getattr(self, "told", {})
        key, written = (skill.name, json.dumps(argument)), json.dumps(result)
        again = self.told.get(key) == written and result is not None
        self.told[key] = written
        return "(unchanged)" if again else result
