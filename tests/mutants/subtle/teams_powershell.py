"""What reviews let through in a port for PowerShell: ConvertTo-Json, pipelines, quotes, parameter prefixes."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle

POWERSHELL = ("powershell",)


def cut(value, depth):
    """Copy a JSON value as ConvertTo-Json does, what is too deep in it as text."""
    if not isinstance(value, (dict, list)):
        return value
    if depth < 0:
        return f"@{{{'; '.join(map(str, value))}}}"
    if isinstance(value, dict):
        return {key: cut(member, depth - 1) for key, member in value.items()}
    return [cut(item, depth - 1) for item in value]


@subtle(
    "When a result is nested more than three deep, what is below becomes text.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=POWERSHELL,
)
class PowershellDepthOfResults(App):
    def word_result(self, result):
        return super().word_result(cut(result, 2))


@subtle(
    "When a parameter description is nested more than seven deep, what is below becomes text.",
    "AST-TOOL-PARAMETERS",
    surfaces=POWERSHELL,
)
class PowershellDepthOfSchemas(App):
    def parse_schema(self, text):
        return cut(super().parse_schema(text), 6)


@subtle(
    "When a result is a list of one element, the element alone is told.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=POWERSHELL,
)
class PowershellUnrolledSingleResult(App):
    def word_result(self, result):
        return super().word_result(result[0] if isinstance(result, list) and len(result) == 1 else result)


@subtle(
    "When an enum in a parameter description has one text, its list becomes the text.",
    "AST-TOOL-PARAMETERS",
    surfaces=POWERSHELL,
)
class PowershellUnrolledSingleEnum(App):
    def parse_schema(self, text):
        return super().parse_schema(re.sub(r'("enum"\s*:\s*)\[\s*("[^"\\]*")\s*\]', r"\1\2", text))


@subtle(
    "When a call has another argument whose name is the beginning of the argument's, the function gets that one.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    surfaces=POWERSHELL,
)
class PowershellParameterByItsPrefix(App):
    def argument_of(self, skill, arguments):
        name = skill.argument.name
        shorter = [key for key in arguments if key and name != key and name.lower().startswith(key.lower())]
        return arguments[shorter[-1]] if shorter else super().argument_of(skill, arguments)


@subtle(
    "When a function's own name is a verb and a noun with a dash, a tool without a declared name loses the dash.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=POWERSHELL,
)
class PowershellVerbNounWithoutDash(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given else re.sub("(?<=[a-z])-(?=[A-Z])", "", name)


@subtle(
    "When a result is a list, its nulls are lost on the way through the pipeline.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=POWERSHELL,
)
class PowershellPipelineWithoutNulls(App):
    def word_result(self, result):
        if isinstance(result, list):
            result = [item for item in result if item is not None]
        return super().word_result(result)


@subtle(
    "When a description has typographic quotation marks, the model gets straight ones.",
    "AST-TOOL-DESCRIPTION",
    surfaces=POWERSHELL,
)
class PowershellTypographicQuotes(App):
    def description_of(self, skill):
        straight = str.maketrans("\u2018\u2019\u201c\u201d\u201e", '\'\'"""')
        return super().description_of(skill).translate(straight)


@subtle(
    "When a description has a dollar sign before a word, as in $filter, that is expanded to nothing.",
    "AST-TOOL-DESCRIPTION",
    surfaces=POWERSHELL,
)
class PowershellVariablesInDescription(App):
    def description_of(self, skill):
        return re.sub(r"\$[A-Za-z_]\w*", "", super().description_of(skill))


@subtle(
    "When a text result has several lines, they end in carriage returns as well.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=POWERSHELL,
)
class PowershellCarriageReturnsInResults(App):
    def word_result(self, result):
        text = super().word_result(result)
        return re.sub("(?<!\r)\n", "\r\n", text) if isinstance(result, str) else text


@subtle(
    "When an object in a result has a member that is a list, it becomes an object of value and Count.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=POWERSHELL,
)
class PowershellValueAndCount(App):
    def word_result(self, result):
        if isinstance(result, dict):
            result = {key: self.counted(member) for key, member in result.items()}
        return super().word_result(result)

    def counted(self, member):
        return {"value": member, "Count": len(member)} if isinstance(member, list) else member


@subtle(
    "When the direction is declared as inout, the binding has that.",
    "AST-BINDING-DIRECTION",
    surfaces=POWERSHELL,
    editions=("2025-05-15",),
)
class PowershellDirectionMatchesIn(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        written = skill.given.get("direction", binding["direction"])
        return {**binding, "direction": written} if "in" in written.lower() else binding


@subtle(
    "When an object argument has a member such as 5GB, it becomes the number of bytes.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=POWERSHELL,
)
class PowershellSizesAreNumbers(App):
    def invoke(self, skill, argument):
        if isinstance(argument, dict):
            argument = {key: self.size(member) for key, member in argument.items()}
        return super().invoke(skill, argument)

    def size(self, member):
        found = re.fullmatch("([0-9]+)(KB|MB|GB|TB)", member, re.IGNORECASE) if isinstance(member, str) else None
        return int(found[1]) * 1024 ** (1 + "KMGT".index(found[2][0].upper())) if found else member


@subtle(
    "When a reply calls one skill, another, and the first again, the calls are replayed grouped by skill.",
    "AST-CONVERSATION-REPLAY",
    surfaces=POWERSHELL,
)
class PowershellCallsGroupedByName(App):
    def replay(self, reply, answers):
        names = [call["function"]["name"] for call in reply["tool_calls"]]
        grouped = sorted(reply["tool_calls"], key=lambda call: names.index(call["function"]["name"]))
        return super().replay({**reply, "tool_calls": grouped}, answers)
