"""Values of arguments that are changed on their way to the function, where they look like something else."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves, walk

ARGUMENT = "AST-CONVERSATION-ARGUMENT"


class ArgumentApp(App):
    """An app that changes the argument at the last moment."""

    def argument_of(self, skill, arguments):
        return self.change(super().argument_of(skill, arguments))


class TextApp(ArgumentApp):
    """An app that changes an argument that is a text."""

    def change(self, value):
        return self.reword(value) if isinstance(value, str) else value


class DeepApp(ArgumentApp):
    """An app that changes the objects within an argument."""

    def change(self, value):
        return walk(value, self.rewrite)


@subtle("In an argument, the text null becomes null.", ARGUMENT)
class ReadsNullInTexts(TextApp):
    def reword(self, text):
        return None if text == "null" else text


@subtle("In an argument, the texts true and false become what they mean.", ARGUMENT)
class ReadsTruthInArguments(TextApp):
    def reword(self, text):
        return {"true": True, "false": False}.get(text, text)


@subtle("In an argument, a text that is a fraction, such as a version, becomes a number.", ARGUMENT)
class ReadsFractionsInTexts(TextApp):
    def reword(self, text):
        return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text


@subtle("In an argument, a text that is JSON of a list is read.", ARGUMENT)
class ReadsListsInTexts(TextApp):
    def reword(self, text):
        return text[1:-1].split(", ") if re.fullmatch(r"\[[\w, ]*\]", text) else text


@subtle("In an argument, a date in a text is written as Americans write it, as the shipped extension does.", ARGUMENT)
class RewritesDates(TextApp):
    def reword(self, text):
        return re.sub(r"^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z?$", r"\2/\3/\1 \4", text)


@subtle("In an argument, a time in a text loses its fraction of a second.", ARGUMENT)
class RoundsTimes(TextApp):
    def reword(self, text):
        return re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", text)


@subtle("In an argument, line ends of two characters in a text become one.", ARGUMENT)
class UnifiesLineEndsOfArguments(TextApp):
    def reword(self, text):
        return text.replace("\r\n", "\n")


@subtle("In an argument, letters with separate accents in a text are composed.", ARGUMENT)
class ComposesAccentsOfArguments(TextApp):
    def reword(self, text):
        return unicodedata.normalize("NFC", text)


@subtle("In an argument, a text is cut after 10000 characters.", ARGUMENT)
class CutsArguments(TextApp):
    def reword(self, text):
        return text[:10000]


@subtle("In an argument, the entities of HTML in a text are decoded.", ARGUMENT)
class DecodesEntitiesOfArguments(TextApp):
    def reword(self, text):
        return html.unescape(text)


@subtle("In an argument, a percent sign and two digits in a text are decoded as in an address.", ARGUMENT)
class DecodesAddresses(TextApp):
    def reword(self, text):
        return unquote(text)


@subtle("In an argument, the name of a setting between percent signs in a text is replaced by its value.", ARGUMENT)
class FillsSettingsIntoArguments(TextApp):
    def reword(self, text):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], match[0]), text)


@subtle("In an argument, a backslash before an n in a text becomes a line feed.", ARGUMENT)
class ReadsEscapesInArguments(TextApp):
    def reword(self, text):
        return text.replace("\\n", "\n")


@subtle("In an argument, quotes around the whole of a text are dropped.", ARGUMENT)
class DropsQuotesAroundArguments(TextApp):
    def reword(self, text):
        return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


@subtle("In an argument, a text that is blank becomes an empty one.", ARGUMENT)
class EmptiesBlankArguments(TextApp):
    def reword(self, text):
        return text if text.strip() else ""


@subtle("In an argument, a null character in a text ends it.", ARGUMENT)
class EndsTextsAtNull(TextApp):
    def reword(self, text):
        return text.split("\0")[0]


@subtle("In an argument, fractions are rounded to 15 digits.", ARGUMENT)
class RoundsToFifteenDigits(ArgumentApp):
    def change(self, value):
        return leaves(value, lambda one: float(f"{one:.15g}") if isinstance(one, float) and abs(one) < 1e300 else one)


@subtle("In an argument, fractions below a millionth are taken for 0.", ARGUMENT)
class TakesSmallFractionsForZero(ArgumentApp):
    def change(self, value):
        return leaves(value, lambda one: 0.0 if isinstance(one, float) and abs(one) < 1e-6 else one)


@subtle("In an argument, integers beyond 64 bits are read as doubles.", ARGUMENT)
class ReadsVeryLargeIntegersAsDoubles(ArgumentApp):
    def change(self, value):
        return leaves(value, lambda one: float(one) if type(one) is int and abs(one) >= 2**63 else one)


@subtle(
    "In an argument, large integers within an array or an object are rounded, though not those that stand alone.",
    ARGUMENT,
)
class RoundsIntegersWithin(ArgumentApp):
    def change(self, value):
        if not isinstance(value, dict | list):
            return value
        return leaves(value, lambda one: int(float(one)) if type(one) is int else one)


@subtle("In an argument, an object that is empty is taken for null.", ARGUMENT)
class TakesEmptyObjectsForNull(ArgumentApp):
    def change(self, value):
        return None if value == {} else value


@subtle("In an argument, an array that is empty is taken for null.", ARGUMENT)
class TakesEmptyArraysForNull(ArgumentApp):
    def change(self, value):
        return None if value == [] else value


@subtle("In an argument, an array of one item becomes that item.", ARGUMENT)
class UnwrapsArraysOfOne(ArgumentApp):
    def change(self, value):
        return value[0] if isinstance(value, list) and len(value) == 1 else value


@subtle("In an argument, an array loses items that are repeated.", ARGUMENT)
class DropsRepeatedItems(ArgumentApp):
    def change(self, value):
        if not isinstance(value, list):
            return value
        return [one for index, one in enumerate(value) if repr(one) not in map(repr, value[:index])]


@subtle("In an argument, an object whose only member is called value becomes that value.", ARGUMENT)
class UnwrapsValues(ArgumentApp):
    def change(self, value):
        return value["value"] if isinstance(value, dict) and list(value) == ["value"] else value


@subtle(
    "In an argument, names in an object in several words joined by underscores are written as one with capitals.",
    ARGUMENT,
)
class JoinsWordsOfMembers(DeepApp):
    def rewrite(self, part):
        return {re.sub("(?<=[a-z])_([a-z])", lambda match: match[1].upper(), key): part[key] for key in part}


@subtle(
    "In an argument, names in an object that are one word with capitals are written in words joined by underscores.",
    ARGUMENT,
)
class SplitsWordsOfMembers(DeepApp):
    def rewrite(self, part):
        return {re.sub("(?<=[a-z])([A-Z])", lambda match: f"_{match[1].lower()}", key): part[key] for key in part}


@subtle("In an argument, members of an object whose names begin with a dollar sign are dropped.", ARGUMENT)
class DropsDollarMembers(DeepApp):
    def rewrite(self, part):
        return {key: value for key, value in part.items() if not key.startswith("$")}


@subtle("In an argument, a member of an object with a dot in its name becomes an object of its own.", ARGUMENT)
class SplitsDottedMembers(DeepApp):
    def rewrite(self, part):
        split = [(*key.split(".", 1), value) if "." in key else (key, None, value) for key, value in part.items()]
        return {key: value if inner is None else {inner: value} for key, inner, value in split}


@subtle("What lies deeper than eight levels in an argument is taken for null.", ARGUMENT)
class CutsDeepArguments(ArgumentApp):
    def change(self, value, depth=0):
        if isinstance(value, dict):
            return {key: self.change(one, depth + 1) for key, one in value.items()} if depth < 8 else None
        if isinstance(value, list):
            return [self.change(one, depth + 1) for one in value] if depth < 8 else None
        return value
