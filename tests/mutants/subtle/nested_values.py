"""Arguments and results of sizes, mixtures and notations that examples lack, and arguments that are validated."""

from __future__ import annotations

import json
import re
import unicodedata

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves, walk


def inner(value, change):
    """Return a JSON value with every text within an array or an object changed."""
    if not isinstance(value, list | dict):
        return value
    return leaves(value, lambda one: change(one) if isinstance(one, str) else one)


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Blanks around texts within an array or an object are dropped.")
def inner_texts_of_argument_stripped(value):
    return inner(value, str.strip)


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "Texts within an array or an object are cut after 255 characters."
)
def inner_texts_of_argument_cut(value):
    return inner(value, lambda text: text[:255])


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "Names of members lose the blanks around them, as of a table's head."
)
def names_of_argument_stripped(value):
    return walk(value, lambda node: {key.strip(): one for key, one in node.items()})


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")("Letters with separate accents within arrays are composed.")
def inner_texts_of_argument_composed(value):
    return inner(value, lambda text: unicodedata.normalize("NFC", text))


@subtle(
    "Whole numbers for a number argument become doubles, which rounds those beyond 2^53.", "AST-CONVERSATION-ARGUMENT"
)
class WholeNumbersToDoubles(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if skill.argument.type == "number" and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        return value


def same_members(value):
    """Give all objects of a list the members of all of them, as a table does."""
    if isinstance(value, list) and len(value) > 1 and all(isinstance(one, dict) for one in value):
        names = list(dict.fromkeys(name for one in value for name in one))
        return [{name: one.get(name) for name in names} for one in value]
    return value


@altering("argument_of", "AST-CONVERSATION-ARGUMENT")(
    "The objects of a list all get the members of any of them, null where they have none, as rows of a table do."
)
def rows_of_argument_completed(value):
    return same_members(value)


@subtle(
    "The objects of a list that is a result all get the members of any of them, as rows of a table do.",
    "AST-CONVERSATION-RESULT",
)
class RowsOfResultCompleted(App):
    def word_result(self, result):
        return super().word_result(same_members(result))


@subtle("A result that is not a text and has more than 4000 characters as JSON is cut.", "AST-CONVERSATION-RESULT")
class LongJsonOfResultCut(App):
    def word_result(self, result):
        text = super().word_result(result)
        return text if isinstance(result, str) else text[:4000]


@subtle("A list as result ends after 250 items.", "AST-CONVERSATION-RESULT")
class LongListOfResultCut(App):
    def word_result(self, result):
        return super().word_result(result[:250] if isinstance(result, list) else result)


@subtle(
    "Arguments of more than 8000 characters that are an array or an object make the call fail.", "AST-CONVERSATION-CALL"
)
class LargeArgumentsRefused(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if isinstance(value, list | dict) and len(json.dumps(value)) > 8000:
            raise ValueError("too large")
        return value


@subtle(
    "A missing argument is looked for in an object that the call gives in its place, such as arguments or parameters.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class WrappedArgumentFound(App):
    def argument_of(self, skill, arguments):
        if skill.argument.name not in arguments and len(arguments) == 1:
            only = next(iter(arguments.values()))
            if isinstance(only, dict):
                return only.get(skill.argument.name)
        return super().argument_of(skill, arguments)


@subtle(
    "Arguments with one member called input, args, data or body are taken out of it, even if it is the argument.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-CALL",
)
class WrappersTakenOff(App):
    def read_arguments(self, text):
        arguments = super().read_arguments(text)
        if len(arguments) == 1:
            ((name, value),) = arguments.items()
            if name in {"input", "args", "kwargs", "data", "body"}:
                return value if isinstance(value, dict) else {}
        return arguments


@subtle("A slash that is escaped in arguments, as PHP writes it, keeps its backslash.", "AST-CONVERSATION-ARGUMENT")
class EscapedSlashOfArgumentsKept(App):
    def read_arguments(self, text):
        return super().read_arguments(
            re.sub(r'\\(?:(["\\bfnrtu])|(.))', lambda m: m[0] if m[1] else "\\\\" + m[2], text or "")
        )


@subtle(
    "Escapes of plain signs in arguments, such as \\u0022 or \\u003c, are resolved before the JSON is read.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-CALL",
)
class EscapesOfArgumentsResolvedEarly(App):
    def read_arguments(self, text):
        return super().read_arguments(
            re.sub(r"(?<!\\)\\u00([2-7][0-9a-fA-F])", lambda m: chr(int(m[1], 16)), text or "")
        )


def validated(why, *aspect):
    """Make a mutant of a function that says whether a value breaks the property's own schema."""

    def make(breaks):
        class Validated(App):
            def argument_of(self, skill, arguments):
                value = super().argument_of(skill, arguments)
                own = skill.schema.get("properties", {}).get(skill.argument.name)
                if isinstance(own, dict) and breaks(own, value):
                    raise ValueError("the argument does not agree with its description")
                return value

        Validated.__name__ = breaks.__name__.title().replace("_", "")
        return subtle(why, *(aspect or ("AST-CONVERSATION-CALL",)))(Validated)

    return make


@validated("A text is refused that has more bytes, not characters, than its described maxLength.")
def length_in_bytes(own, value):
    return isinstance(value, str) and "maxLength" in own and len(value.encode()) > own["maxLength"]


@validated("A text is refused of which not all agrees with its described pattern, which may stand anywhere in it.")
def pattern_of_all(own, value):
    return isinstance(value, str) and "pattern" in own and not re.fullmatch(own["pattern"], value)


@validated("A number is refused that is not a multiple of a described fraction when doubles are divided.")
def multiple_of_fraction(own, value):
    return isinstance(value, float) and "multipleOf" in own and value % own["multipleOf"] != 0


@validated("A number is refused that is the described maximum.")
def maximum_excluded(own, value):
    return isinstance(value, int | float) and "maximum" in own and value >= own["maximum"]


@validated("A list of 1 and true is refused where its items are described as unique.")
def unique_by_equality(own, value):
    return (
        isinstance(value, list)
        and own.get("uniqueItems") is True
        and any(value[i] == value[j] for i in range(len(value)) for j in range(i))
    )


@validated("A text is refused where its described format is a date and time and it has no offset of digits, but a Z.")
def format_without_z(own, value):
    return (
        isinstance(value, str)
        and own.get("format") == "date-time"
        and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", value)
    )


@validated("An object is refused that has a null member where that is required.")
def null_taken_for_missing(own, value):
    return isinstance(value, dict) and any(value.get(name) is None for name in own.get("required", ()))


@subtle(
    "An object argument loses members that its description does not name, though it allows more.",
    "AST-CONVERSATION-ARGUMENT",
)
class UndescribedMembersLost(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        own = skill.schema.get("properties", {}).get(skill.argument.name)
        if isinstance(value, dict) and isinstance(own, dict) and own.get("properties"):
            return {key: one for key, one in value.items() if key in own["properties"]}
        return value


@subtle("The defaults of an object argument's described members are filled in.", "AST-CONVERSATION-ARGUMENT")
class DefaultsOfMembersFilledIn(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        own = skill.schema.get("properties", {}).get(skill.argument.name)
        if isinstance(value, dict) and isinstance(own, dict):
            members = own.get("properties") or {}
            defaults = {k: m["default"] for k, m in members.items() if isinstance(m, dict) and "default" in m}
            return {**defaults, **value}
        return value


@subtle("A choice of an enum is handed over as the enum writes it, whatever its case was.", "AST-CONVERSATION-ARGUMENT")
class FirstChoiceForNearOnes(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        own = skill.schema.get("properties", {}).get(skill.argument.name)
        choices = own.get("enum") if isinstance(own, dict) else None
        if isinstance(value, str) and isinstance(choices, list):
            return next((c for c in choices if isinstance(c, str) and c.lower() == value.lower()), value)
        return value
