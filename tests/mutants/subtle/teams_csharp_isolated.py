"""What reviews let through in a port for isolated C#: System.Text.Json, composite formats, cultures, overflows."""

from __future__ import annotations

import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle

ISOLATED = ("csharp-isolated",)


def remade(value, leaf):
    """Copy a JSON value, each of its scalars changed."""
    if isinstance(value, dict):
        return {key: remade(member, leaf) for key, member in value.items()}
    if isinstance(value, list):
        return [remade(item, leaf) for item in value]
    return leaf(value)


@subtle(
    "When a result has members that are null, they are left out.", "AST-CONVERSATION-RESULT-VALUE", surfaces=ISOLATED
)
class IsolatedNullMembersNeverWritten(App):
    def word_result(self, result):
        return super().word_result(self.without_nulls(result))

    def without_nulls(self, value):
        if isinstance(value, dict):
            return {key: self.without_nulls(member) for key, member in value.items() if member is not None}
        return [self.without_nulls(item) for item in value] if isinstance(value, list) else value


@subtle(
    "When a result is a list of objects, their members' first letters become small.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=ISOLATED,
)
class IsolatedWebDefaultsInListedRecords(App):
    def word_result(self, result):
        if isinstance(result, list):
            result = [self.camel(item) if isinstance(item, dict) else item for item in result]
        return super().word_result(result)

    def camel(self, record):
        return {key[:1].lower() + key[1:]: member for key, member in record.items()}


@subtle(
    "When a result contains a fraction of more than seven digits, it is rounded to a float's precision.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=ISOLATED,
)
class IsolatedSinglePrecisionOfResults(App):
    def word_result(self, result):
        return super().word_result(remade(result, lambda x: float(f"{x:.7g}") if isinstance(x, float) else x))


@subtle(
    "When an object argument has a member that is a time in UTC, its Z becomes +00:00.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=ISOLATED,
)
class IsolatedDateTimeOffsetOfMembers(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, remade(argument, self.offset) if isinstance(argument, dict) else argument)

    def offset(self, value):
        is_time = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z", value)
        return f"{value[:-1]}+00:00" if is_time else value


@subtle(
    "When an object or array argument contains an integer of more than 32 bits, the call fails.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-CALL",
    surfaces=ISOLATED,
)
class IsolatedInt32OfMembers(App):
    def invoke(self, skill, argument):
        if isinstance(argument, (dict, list)):
            remade(argument, self.check_width)
        return super().invoke(skill, argument)

    def check_width(self, value):
        if isinstance(value, int) and not -(2**31) <= value < 2**31:
            raise OverflowError("the JSON value could not be converted to System.Int32")


@subtle("When a description has doubled braces, the model gets single ones.", "AST-TOOL-DESCRIPTION", surfaces=ISOLATED)
class IsolatedCompositeFormatOfDescription(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("{{", "{").replace("}}", "}")


@subtle(
    "When two names differ in the case of an I, the second is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
    surfaces=ISOLATED,
)
class IsolatedTurkishLowerCase(App):
    def is_taken(self, name):
        return self.lowered(name) in [self.lowered(skill.name) for skill in self.skills]

    def lowered(self, name):
        return name.replace("I", "\u0131").lower()


@subtle(
    "When texts in a parameter description have two blanks in a row, the binding has one.",
    "AST-BINDING-PARAMETERS",
    surfaces=ISOLATED,
)
class IsolatedMetadataCollapsesBlanks(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = re.sub(r"\s{2,}", " ", binding["parameterDescriptionJson"])
        return binding


@subtle(
    "When a declared model has a dot, the request goes to the deployment without it.",
    "AST-MODEL-DEPLOYMENT",
    surfaces=ISOLATED,
    editions=("2024-04-14",),
)
class IsolatedDeploymentLosesItsDot(App):
    def url(self, model):
        is_declared = any("model" in skill.given for skill in self.skills)
        return super().url(model.replace(".", "") if is_declared else model)


@subtle(
    "When the function's own name ends in Async, the tool that has no name of its own loses that.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=ISOLATED,
)
class IsolatedAsyncSuffixTrimmed(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given else name.removesuffix("Async") or name


@subtle(
    "When a text result has accents as combining characters, it is composed.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=ISOLATED,
)
class IsolatedNormalizedTextOfResults(App):
    def word_result(self, result):
        text = super().word_result(result)
        return unicodedata.normalize("NFC", text) if isinstance(result, str) else text


@subtle(
    "When the first skill names no model but a later one does, the default is used.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    surfaces=ISOLATED,
    editions=("2024-04-14",),
)
class IsolatedModelOfFirstAttributeOnly(App):
    def model(self):
        return self.skills[0].given.get("model", self.default_model) if self.skills else self.default_model


@subtle(
    "When an object argument has a member that is a text of digits, it becomes a number.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=ISOLATED,
)
class IsolatedNumbersReadFromStringMembers(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, remade(argument, self.number) if isinstance(argument, dict) else argument)

    def number(self, value):
        return int(value) if isinstance(value, str) and re.fullmatch("[0-9]{1,15}", value) else value
