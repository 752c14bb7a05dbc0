"""What reviews let through in a port for Java: Gson, text blocks, the Maven plugin, Map.of, identifiers."""

from __future__ import annotations

import re
import struct

from mutants.base import App
from mutants.subtle.subtle import subtle

JAVA = ("java",)


def scalars(value, leaf):
    """Copy a JSON value, each of its scalars changed."""
    if isinstance(value, dict):
        return {key: scalars(member, leaf) for key, member in value.items()}
    return [scalars(item, leaf) for item in value] if isinstance(value, list) else leaf(value)


def as_double(value):
    """Return a number as Gson reads it into an Object."""
    is_long = isinstance(value, int) and abs(value) > 2**53
    return int(float(value)) if is_long else value


@subtle(
    "When the declared name equals the function's own, the binding has none.",
    "AST-BINDING-FUNCTION-NAME",
    surfaces=JAVA,
)
class JavaPluginDropsNameLikeOwn(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if binding.get("functionName") == skill.function:
            del binding["functionName"]
        return binding


@subtle(
    "When a description has two percent signs, what is between them is taken for a setting.",
    "AST-TOOL-DESCRIPTION",
    surfaces=JAVA,
)
class JavaSettingsInAnnotationTexts(App):
    def description_of(self, skill):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], ""), super().description_of(skill))


@subtle(
    "When a line of a description, other than the last, ends in blanks, they are lost.",
    "AST-TOOL-DESCRIPTION",
    "AST-BINDING-DESCRIPTION",
    surfaces=JAVA,
)
class JavaTextBlockLineEnds(App):
    def read(self, trigger):
        given = super().read(trigger)
        if "functionDescription" in given:
            given["functionDescription"] = re.sub(r"[ \t]+\n", "\n", given["functionDescription"])
        return given


@subtle(
    "When an array argument holds fractions, they have only the precision of a float.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=JAVA,
)
class JavaFloatArrayElements(App):
    def invoke(self, skill, argument):
        if isinstance(argument, list):
            argument = [self.single(item) if isinstance(item, float) else item for item in argument]
        return super().invoke(skill, argument)

    def single(self, number):
        return struct.unpack("f", struct.pack("f", number))[0] if abs(number) < 1e38 else number


@subtle(
    "When an object or array argument contains an integer above 2^53, it is rounded.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=JAVA,
)
class JavaGsonDoublesInMembers(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, scalars(argument, as_double) if isinstance(argument, (dict, list)) else argument)


@subtle(
    "When a parameter description has a bound above 2^53, such as the largest long, it is rounded.",
    "AST-TOOL-PARAMETERS",
    surfaces=JAVA,
)
class JavaGsonDoublesInSchema(App):
    def parse_schema(self, text):
        return scalars(super().parse_schema(text), as_double)


@subtle(
    "When a parameter description has a number with a leading zero, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
    surfaces=JAVA,
)
class JavaLenientLeadingZeros(App):
    def parse_schema(self, text):
        return super().parse_schema(re.sub(r"([:,\[]\s*-?)0+(?=\d+\s*[,}\]])", r"\1", text))


@subtle(
    "When an earlier prompt or answer has an emoji, a later prompt is sent with question marks in its place.",
    "AST-CONVERSATION-HISTORY",
    surfaces=JAVA,
)
class JavaHistoryWithoutFourByteCharacters(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [{**said, "content": self.stored(said["content"])} for said in self.history]
        return text

    def stored(self, content):
        return re.sub("[\U00010000-\U0010ffff]", "?", content) if isinstance(content, str) else content


@subtle(
    "When a reply has more than ten calls, the prompt ends in an error.", "AST-CONVERSATION-PARALLEL", surfaces=JAVA
)
class JavaMapOfTenAnswers(App):
    def answers(self, calls):
        if len(calls) > 10:
            raise ValueError("Map.of takes at most ten pairs")
        return super().answers(calls)


@subtle(
    "When a result is a list with a null in it, the model is told of a failure.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=JAVA,
)
class JavaListOfRefusesNull(App):
    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        if isinstance(result, list) and any(item is None for item in result):
            raise TypeError("NullPointerException at List.of")
        return result


@subtle("When a name begins with a digit, it is refused.", "AST-TOOL-NAME", "AST-TOOL-OFFERED", surfaces=JAVA)
class JavaNamesAreIdentifierStarts(App):
    def check_name(self, name):
        if name[:1].isdigit():
            raise ValueError(f"{name!r} does not start as an identifier does")
        super().check_name(name)


@subtle(
    "When an object or array argument contains a local time at a full minute, its seconds are lost.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=JAVA,
)
class JavaLocalDateTimeWithoutSeconds(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, scalars(argument, self.shown) if isinstance(argument, (dict, list)) else argument)

    def shown(self, value):
        is_full = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00", value)
        return value[:-3] if is_full else value
