"""What reviews let through in a port for C# in process: Newtonsoft's habits, the host's limits, AggregateException."""

from __future__ import annotations

import re
from datetime import datetime

from mutants.base import App
from mutants.subtle.subtle import subtle

IN_PROCESS = ("csharp-inprocess",)


def nodes(value, change):
    """Copy a JSON value, each of its objects changed."""
    if isinstance(value, dict):
        return change({key: nodes(member, change) for key, member in value.items()})
    return [nodes(item, change) for item in value] if isinstance(value, list) else value


@subtle(
    "When an array argument holds texts that are times, they are written in the American way.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=IN_PROCESS,
)
class InprocessNewtonsoftTimesInArrays(App):
    def invoke(self, skill, argument):
        if isinstance(argument, list):
            argument = [self.american(item) for item in argument]
        return super().invoke(skill, argument)

    def american(self, item):
        if isinstance(item, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?", item):
            return datetime.fromisoformat(item.removesuffix("Z")).strftime("%m/%d/%Y %H:%M:%S")
        return item


@subtle(
    "When an object argument has members called $id, $ref or $type, they are taken for metadata and lost.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=IN_PROCESS,
)
class InprocessMetadataMembersSwallowed(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, nodes(argument, self.without_metadata))

    def without_metadata(self, node):
        return {key: member for key, member in node.items() if key not in {"$id", "$ref", "$type", "$values"}}


@subtle(
    "When a parameter description has keywords beside a $ref, they are dropped.",
    "AST-TOOL-PARAMETERS",
    surfaces=IN_PROCESS,
)
class InprocessSiblingsOfReferencesDropped(App):
    def parse_schema(self, text):
        return nodes(super().parse_schema(text), self.alone)

    def alone(self, node):
        return {"$ref": node["$ref"]} if isinstance(node.get("$ref"), str) else node


@subtle(
    "When a name has two settings between percent signs, they are taken for one, and it is refused.",
    "AST-TOOL-NAME-SETTING",
    surfaces=IN_PROCESS,
)
class InprocessGreedySettingNames(App):
    def resolve(self, name):
        return re.sub("%(.+)%", lambda match: self.settings[match[1]], name)


@subtle(
    "When a parameter description has an enum of texts, they are sorted.", "AST-TOOL-PARAMETERS", surfaces=IN_PROCESS
)
class InprocessEnumInSortedSet(App):
    def parse_schema(self, text):
        return nodes(super().parse_schema(text), self.in_order)

    def in_order(self, node):
        values = node.get("enum")
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return {**node, "enum": sorted(values)}
        return node


@subtle(
    "When an object in a result has members that are 0 or false, they are left out.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=IN_PROCESS,
)
class InprocessDefaultValuesNotWritten(App):
    def word_result(self, result):
        return super().word_result(nodes(result, self.told))

    def told(self, node):
        return {key: member for key, member in node.items() if isinstance(member, str) or member not in (0, False)}


@subtle(
    "When a result is an object of scalars only, its booleans are told as texts.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=IN_PROCESS,
)
class InprocessDictionaryOfStringsForBooleans(App):
    def word_result(self, result):
        if isinstance(result, dict) and not any(isinstance(member, (dict, list)) for member in result.values()):
            result = {key: str(member) if isinstance(member, bool) else member for key, member in result.items()}
        return super().word_result(result)


@subtle(
    "When the argument is a text of blanks or line ends only, the function gets null.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=IN_PROCESS,
)
class InprocessWhiteSpaceArgumentIsNull(App):
    def invoke(self, skill, argument):
        is_blank = isinstance(argument, str) and argument.isspace()
        return super().invoke(skill, None if is_blank else argument)


@subtle(
    "When two calls of one reply fail, the prompt ends in an error.", "AST-CONVERSATION-FAILURE", surfaces=IN_PROCESS
)
class InprocessAggregateExceptionOfTwo(App):
    def answers(self, calls):
        self.failed = []
        answers = super().answers(calls)
        if len(self.failed) > 1:
            raise RuntimeError(f"one or more errors occurred: {self.failed}")
        return answers

    def word_failure(self, name, error):
        self.failed.append(error)
        return super().word_failure(name, error)


@subtle(
    "When a declared model ends in a date, it is named without it.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    surfaces=IN_PROCESS,
    editions=("2024-04-14",),
)
class InprocessModelWithoutItsSnapshot(App):
    def model(self):
        return re.sub(r"-(\d{4}-\d\d-\d\d|\d{4})$", "", super().model())


@subtle(
    "When a function name is longer than 32 characters, the binding has only those.",
    "AST-BINDING-FUNCTION-NAME",
    surfaces=IN_PROCESS,
)
class InprocessHostIdLimitOnNames(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {key: value[:32] if key == "functionName" else value for key, value in binding.items()}
