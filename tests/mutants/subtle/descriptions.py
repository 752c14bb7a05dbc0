"""Descriptions of a function that are changed on their way to the model, each by one well-meant step."""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle

DESCRIPTION = "AST-TOOL-DESCRIPTION"


class DescribingApp(App):
    """An app that changes what the model is told of a function."""

    def description_of(self, skill):
        return self.change(super().description_of(skill))


@subtle("In a description, two braces in a row become one, as a template has it.", DESCRIPTION)
class JoinsBraces(DescribingApp):
    def change(self, text):
        return text.replace("{{", "{").replace("}}", "}")


@subtle("In a description, two percent signs in a row become one, as a format has it.", DESCRIPTION)
class JoinsPercentSigns(DescribingApp):
    def change(self, text):
        return text.replace("%%", "%")


@subtle("In a description, two dollar signs in a row become one, as a template has it.", DESCRIPTION)
class JoinsDollarSigns(DescribingApp):
    def change(self, text):
        return text.replace("$$", "$")


@subtle("In a description, a number between braces is taken for the place of a value that is not there.", DESCRIPTION)
class FillsNumberedPlaces(DescribingApp):
    def change(self, text):
        return re.sub(r"\{\d+\}", "", text)


@subtle("In a description, the name of a setting between percent signs is replaced by its value.", DESCRIPTION)
class FillsSettingsIntoDescriptions(DescribingApp):
    def change(self, text):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], match[0]), text)


@subtle("In a description, letters with separate accents are composed.", DESCRIPTION)
class ComposesAccents(DescribingApp):
    def change(self, text):
        return unicodedata.normalize("NFC", text)


@subtle("In a description, ligatures, superscripts and full-width letters become the plain ones.", DESCRIPTION)
class FoldsCompatibleLetters(DescribingApp):
    def change(self, text):
        return "".join(unicodedata.normalize("NFKC", letter) for letter in text)


@subtle("In a description, line ends of two characters become one.", DESCRIPTION)
class UnifiesLineEnds(DescribingApp):
    def change(self, text):
        return text.replace("\r\n", "\n")


@subtle("In a description, separators of lines and paragraphs become line feeds.", DESCRIPTION)
class ReplacesSeparators(DescribingApp):
    def change(self, text):
        return re.sub("[\u2028\u2029\x0b\x0c\x85]", "\n", text)


@subtle("In a description, the entities of HTML are decoded.", DESCRIPTION)
class DecodesEntities(DescribingApp):
    def change(self, text):
        return html.unescape(text)


@subtle("In a description, a comment of HTML is left out.", DESCRIPTION)
class LeavesOutComments(DescribingApp):
    def change(self, text):
        return re.sub("<!--.*?-->", "", text, flags=re.DOTALL)


@subtle("In a description, blanks at the ends of lines are dropped.", DESCRIPTION)
class DropsTrailingBlanks(DescribingApp):
    def change(self, text):
        return re.sub("[ \t]+$", "", text, flags=re.MULTILINE)


@subtle("In a description, blanks at the beginning are dropped.", DESCRIPTION)
class DropsLeadingBlanks(DescribingApp):
    def change(self, text):
        return text.lstrip(" \t")


@subtle("In a description, several blanks in a row become one.", DESCRIPTION)
class JoinsBlanks(DescribingApp):
    def change(self, text):
        return re.sub("  +", " ", text)


@subtle("In a description, what all lines are indented by is dropped, as from a docstring.", DESCRIPTION)
class DropsTheIndentation(DescribingApp):
    def change(self, text):
        return textwrap.dedent(text) if "\n" in text.strip("\n") else text


@subtle("A description is cut after 1024 characters.", DESCRIPTION)
class CutsDescriptionsAtOneKilobyte(DescribingApp):
    def change(self, text):
        return text[:1024]


@subtle("A description is cut after 4096 characters.", DESCRIPTION)
class CutsDescriptionsAtFourKilobytes(DescribingApp):
    def change(self, text):
        return text[:4096]


@subtle("A description is cut after 1024 bytes, which are fewer letters if these have accents.", DESCRIPTION)
class CutsDescriptionsByBytes(DescribingApp):
    def change(self, text):
        return text if text.isascii() else text.encode()[:1024].decode(errors="ignore")


@subtle("In a description, characters beyond the first 65536 are replaced.", DESCRIPTION)
class ReplacesAstralCharacters(DescribingApp):
    def change(self, text):
        return "".join(letter if ord(letter) < 0x10000 else "\ufffd" for letter in text)


@subtle("In a description, characters without a width are dropped, so that joined emojis fall apart.", DESCRIPTION)
class DropsZeroWidths(DescribingApp):
    def change(self, text):
        return re.sub("[\u200b-\u200d\u2060\ufeff]", "", text)


@subtle("In a description, blanks that do not break become ordinary ones.", DESCRIPTION)
class BreaksBlanks(DescribingApp):
    def change(self, text):
        return text.replace("\xa0", " ").replace("\u202f", " ")


@subtle("In a description, typographic quotes become straight ones.", DESCRIPTION)
class StraightensQuotes(DescribingApp):
    def change(self, text):
        return text.translate(str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''"))


@subtle("In a description, a backslash before an n becomes a line feed.", DESCRIPTION)
class ReadsEscapes(DescribingApp):
    def change(self, text):
        return text.replace("\\n", "\n")


@subtle("In a description, two backslashes become one.", DESCRIPTION)
class JoinsBackslashes(DescribingApp):
    def change(self, text):
        return text.replace("\\\\", "\\")


@subtle("In a description, control characters are dropped.", DESCRIPTION)
class DropsControlCharacters(DescribingApp):
    def change(self, text):
        return re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)


@subtle("In a description, a full stop at the end is dropped.", DESCRIPTION)
class DropsTheFullStop(DescribingApp):
    def change(self, text):
        return text.removesuffix(".")


@subtle("A description begins with a capital letter, whatever was written.", DESCRIPTION)
class CapitalizesDescriptions(DescribingApp):
    def change(self, text):
        return text[0].upper() + text[1:]


@subtle("In a description, what follows a line of dashes is taken for notes and left out.", DESCRIPTION)
class LeavesOutNotes(DescribingApp):
    def change(self, text):
        return text.split("\n---")[0]


@subtle("Quotes around the whole of a description are dropped.", DESCRIPTION)
class DropsQuotesAround(DescribingApp):
    def change(self, text):
        return re.sub(r'\A"(.*)"\Z', r"\1", text, flags=re.DOTALL)
