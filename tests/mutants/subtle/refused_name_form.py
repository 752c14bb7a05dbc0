"""Names of a form that OpenAI does not take, and that are not refused."""

from __future__ import annotations

import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle


class Preparing(App):
    """Judges the form of a name after preparing it, and then goes on with the name as it was."""

    def check_name(self, name):
        if not re.fullmatch(self.name_form, self.seen_as(name)):
            raise ValueError(f"{name!r} is not a valid tool name")
        if self.is_taken(name):
            raise ValueError(f"{name!r} is taken")

    def seen_as(self, name):
        raise NotImplementedError


@subtle(
    "When a name contains the Turkish dotless i, the dotted capital I, the long s or the sign for Kelvin, it is"
    " accepted, because case is ignored beyond ASCII.",
    "AST-DECLARATION-NAME-FORM",
)
class CaseIgnoredBeyondAscii(App):
    name_form = "(?i)[a-z0-9_-]{1,64}"


@subtle(
    "When a name has a line break in its middle, it is accepted, as each of its lines is well formed.",
    "AST-DECLARATION-NAME-FORM",
)
class NameOfTwoLines(App):
    name_form = "[a-zA-Z0-9_-]{1,64}(\n[a-zA-Z0-9_-]{1,64})*"


@subtle(
    "When a name contains dashes, they are not counted, so that more than 64 characters are accepted.",
    "AST-DECLARATION-NAME-FORM",
)
class DashesUncounted(Preparing):
    def seen_as(self, name):
        return name.replace("-", "") or name


@subtle(
    "On Azure OpenAI, names of 65 to 128 characters are accepted.",
    "AST-DECLARATION-NAME-FORM",
)
class TwiceAsLongOnAzure(App):
    @property
    def name_form(self):
        return "[a-zA-Z0-9_-]{1,128}" if self.on_azure else App.name_form


@subtle(
    "When the function's own name is used because none is given, only its length is checked, not its characters.",
    "AST-DECLARATION-NAME-FORM",
)
class OwnNameOfAnyCharacters(Preparing):
    def name_of(self, skill, given):
        self.own = "functionName" not in given
        return super().name_of(skill, given)

    def seen_as(self, name):
        return "x" * len(name) if self.own else name


@subtle(
    "When a name is a path with slashes, such as todo/add, it is accepted.",
    "AST-DECLARATION-NAME-FORM",
)
class SlashesAllowed(App):
    name_form = "[a-zA-Z0-9_-][a-zA-Z0-9_/-]{0,63}"


@subtle(
    "When a name contains a dollar sign, which identifiers of these languages may, it is accepted.",
    "AST-DECLARATION-NAME-FORM",
    surfaces=("java", "javascript", "typescript"),
)
class DollarAllowed(App):
    name_form = "[a-zA-Z0-9_$-]{1,64}"


@subtle(
    "When a name contains an invisible character, such as a zero-width space or a soft hyphen that was copied along,"
    " it is accepted and sent.",
    "AST-DECLARATION-NAME-FORM",
)
class InvisibleCharacters(Preparing):
    def seen_as(self, name):
        return "".join(letter for letter in name if unicodedata.category(letter) != "Cf")


@subtle(
    "When a name is put together from two settings, the value of the second is not checked.",
    "AST-DECLARATION-NAME-FORM",
)
class SecondSettingUnchecked(Preparing):
    def name_of(self, skill, given):
        self.raw = given.get("functionName", skill.name)
        return super().name_of(skill, given)

    def seen_as(self, name):
        del name
        first = re.sub("%([^%]+)%", lambda match: self.settings[match[1]], self.raw, count=1)
        return re.sub("%[^%]+%", "x", first)


@subtle(
    "When a skill names a model, the form of its name is not checked.",
    "AST-DECLARATION-NAME-FORM",
    editions=("2024-04-14",),
)
class NameUncheckedBesideAModel(Preparing):
    def name_of(self, skill, given):
        self.with_model = "model" in given
        return super().name_of(skill, given)

    def seen_as(self, name):
        return "x" if self.with_model else name
