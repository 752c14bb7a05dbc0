"""Arguments and results that are rewritten where they look like something else."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves, walk

ARGUMENT = "AST-CONVERSATION-ARGUMENT"
RESULT = "AST-CONVERSATION-RESULT"

getting = altering("argument_of", ARGUMENT)
returning = altering("invoke", RESULT)
wording = altering("word_result", RESULT)


def texts(change):
    """Return a change of every text within a value."""
    return lambda value: leaves(value, lambda one: change(one) if isinstance(one, str) else one)


@getting("The letter for universal time at the end of an argument is written as an offset.")
def writes_offsets(value):
    return texts(lambda text: re.sub(r"(T\d\d:\d\d:\d\d(\.\d+)?)Z$", r"\1+00:00", text))(value)


@getting("A time of midnight is dropped from an argument that is a date.")
def drops_midnights(value):
    return texts(lambda text: re.sub(r"^(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?Z?$", r"\1", text))(value)


@getting("Members without a value are dropped from an argument.")
def drops_null_members_of_arguments(value):
    return walk(value, lambda one: {key: inner for key, inner in one.items() if inner is not None})


@getting("An argument of one element is taken out of its list.")
def unwraps_lists(value):
    return value[0] if isinstance(value, list) and len(value) == 1 else value


@getting("Lists within a list are joined.")
def flattens_lists(value):
    if not isinstance(value, list) or not all(isinstance(one, list) for one in value):
        return value
    return [inner for one in value for inner in one]


@getting("Keys of an argument are written in small letters with underscores.")
def respells_keys(value):
    spell = lambda key: re.sub("(?<=[a-z])([A-Z])", lambda one: "_" + one[1].lower(), key)  # noqa: E731
    return walk(value, lambda one: {spell(key): inner for key, inner in one.items()})


@getting("Keys of an argument that are numbers are dropped.")
def drops_numbered_keys(value):
    return walk(value, lambda one: {key: inner for key, inner in one.items() if not key.isdigit()})


@getting("A byte order mark at the beginning of an argument is dropped.")
def drops_byte_order_marks(value):
    return texts(lambda text: text.removeprefix("\ufeff"))(value)


@getting("Separators of lines and paragraphs in an argument become line ends.")
def replaces_separators_in_arguments(value):
    return texts(lambda text: re.sub("[\u2028\u2029\x85]", "\n", text))(value)


@getting("A line end at the end of an argument is dropped.")
def drops_final_line_ends(value):
    return texts(lambda text: text.removesuffix("\n"))(value)


@getting("Lists of truth values become lists of zeros and ones.")
def counts_truth(value):
    return [int(one) for one in value] if isinstance(value, list) and all(type(one) is bool for one in value) else value


@getting("A text of yes or no, or on or off, becomes a truth value.")
def reads_yes_and_no(value):
    known = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
    return known.get(value.lower(), value) if isinstance(value, str) else value


@getting("An argument that begins with a tilde or a dollar sign is expanded as by a shell.")
def expands_tildes(value):
    return "/home/site/" + value[1:].lstrip("/") if isinstance(value, str) and value[:1] in ("~", "$") else value


@getting("An argument that was percent-encoded is decoded.")
def decodes_percent_signs(value):
    return texts(lambda text: re.sub("%([0-9A-Fa-f]{2})", lambda one: chr(int(one[1], 16)), text))(value)


@getting("Duplicate elements of a list are dropped.")
def drops_duplicates(value):
    return [one for at, one in enumerate(value) if one not in value[:at]] if isinstance(value, list) else value


@subtle("Arguments with blanks or line ends around them are refused.", ARGUMENT)
class WantsBareArguments(App):
    def read_arguments(self, text):
        if text != text.strip():
            raise ValueError("the arguments do not begin with a brace")
        return super().read_arguments(text)


@subtle("Escaped letters in arguments are not decoded, quotes excepted.", ARGUMENT)
class KeepsEscapes(App):
    def read_arguments(self, text):
        return super().read_arguments(re.sub(r"(?<!\\)\\u(?=[0-9a-f]{4})", r"\\\\u", text))


@subtle("The argument is found whatever its case, the first of several wins.", ARGUMENT)
class FindsArgumentsInAnyCase(App):
    def argument_of(self, skill, arguments):
        mine = skill.argument.name.lower()
        return next((value for key, value in arguments.items() if key.lower() == mine), None)


@subtle("A call without its argument gets that of the call before.", ARGUMENT)
class RemembersArguments(App):
    last: object = None

    def argument_of(self, skill, arguments):
        self.last = arguments.get(skill.argument.name, self.last)
        return self.last


@subtle("A call without its argument gets the only other one.", ARGUMENT)
class TakesTheOnlyArgument(App):
    def argument_of(self, skill, arguments):
        return next(iter(arguments.values())) if len(arguments) == 1 else super().argument_of(skill, arguments)


@returning("Fractions within a result are rounded to six digits.")
def rounds_results_late(value):
    return leaves(value, lambda one: round(one, 6) if isinstance(one, float) else one)


@returning("Members without a value are dropped from a result.")
def drops_null_members_of_results(value):
    return walk(value, lambda one: {key: inner for key, inner in one.items() if inner is not None})


@returning("A list in a result ends after 100 elements.")
def cuts_long_lists(value):
    return value[:100] if isinstance(value, list) else value


@returning("A list of one element is returned as that element.")
def unwraps_lists_of_results(value):
    return value[0] if isinstance(value, list) and len(value) == 1 else value


@returning("A text that begins with an error's name is taken for a failure.")
def fails_for_words(value):
    if isinstance(value, str) and re.match("(error|exception|failed|traceback)", value, re.IGNORECASE):
        raise RuntimeError("the function failed")
    return value


@returning("A result that is an object with a member called error is taken for a failure.")
def fails_for_members(value):
    if isinstance(value, dict) and "error" in value:
        raise RuntimeError("the function failed")
    return value


@returning("A result that is an object with a member called result is replaced by that.")
def unwraps_members(value):
    return value["result"] if isinstance(value, dict) and "result" in value else value


@wording("Blanks around a result that is a text are dropped.")
def strips_results(text):
    return text.strip()


@wording("Braces in a result are doubled for a template.")
def doubles_braces(text):
    return text.replace("{{", "{{{{").replace("}}", "}}}}")


@wording("A result without letters or digits counts as no result.")
def ignores_signs(text):
    return text if re.search(r"\w", text) else "The function succeeded."


@subtle("Large integers in a result get commas.", RESULT)
class SeparatesThousands(App):
    def word_result(self, result):
        return f"{result:,}" if type(result) is int else super().word_result(result)


@subtle("A text with a line end or a quote is escaped, but not quoted.", RESULT)
class EscapesWithoutQuotes(App):
    def word_result(self, result):
        return json.dumps(result)[1:-1] if isinstance(result, str) else super().word_result(result)


@subtle("A result equal to the one before is only referred to.", RESULT)
class RefersToEqualResults(App):
    last: object = object()

    def word_result(self, result):
        equal, self.last = result == self.last, result
        return "The result is the same as before." if equal else super().word_result(result)


@subtle("A list of objects is written as lines of a table, without its keys.", RESULT)
class WritesTables(App):
    def word_result(self, result):
        if isinstance(result, list) and result and all(isinstance(one, dict) for one in result):
            return "\n".join(",".join(map(str, one.values())) for one in result)
        return super().word_result(result)
