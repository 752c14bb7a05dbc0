"""The tools: their fields, which of them may be chosen, and `functions`, which `tools` replaced."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Objection, find_alone, find_both, invalid, make_rules
from conformance._service.rules.sources import UNSEEN
from conformance._service.rules.tool_names import NAME
from conformance._service.shapes import Anything, Either, Field, Flag, Items, Record, Tagged, Text, by_type, must_be
from conformance._service.wording import should

_MOST: Final = 128
_DESCRIPTION: Final = Field("description", Text(), null="doubtful")
_PARAMETERS: Final = Field("parameters", Anything(), null="doubtful")

_FUNCTION: Final = Record(
    "FunctionObject",
    (
        Field("name", NAME, required=True),
        _DESCRIPTION,
        _PARAMETERS,
        Field("strict", Flag(), null="taken"),
    ),
)
_GRAMMAR: Final = Record(
    "CustomToolChatCompletions",
    (Field("definition", Text(), required=True), must_be("syntax", "lark", "regex")),
)
_CUSTOM_FORMAT: Final = Tagged(
    "type",
    {
        "text": Record("CustomToolChatCompletions", (must_be("type", "text"),)),
        "grammar": Record("CustomToolChatCompletions", by_type("grammar", _GRAMMAR)),
    },
)
_CUSTOM: Final = Record(
    "CustomToolChatCompletions",
    (Field("name", NAME, required=True), _DESCRIPTION, Field("format", _CUSTOM_FORMAT, null="doubtful")),
)
_OLD_FUNCTION: Final = Record(
    "ChatCompletionFunctions",
    (
        Field("name", NAME, required=True),
        _DESCRIPTION,
        _PARAMETERS,
        Field("strict", Anything(), null="taken", source="github.com/langchain-ai/langchain/pull/25862"),
    ),
)


def _named(section: str) -> Record:
    return Record(section, (Field("name", Text(), required=True),))


_ALLOWED_TOOLS: Final = Record(
    "ChatCompletionAllowedTools",
    (must_be("mode", "auto", "required"), Field("tools", Items(of=Anything(object_only=True)), required=True)),
)
_TOOL: Final = Tagged(
    "type",
    {
        "function": Record("ChatCompletionTool", by_type("function", _FUNCTION)),
        "custom": Record("CustomToolChatCompletions", by_type("custom", _CUSTOM)),
    },
)


def _choice(section: str, kind: str) -> Record:
    return Record(section, by_type(kind, _named(section)))


_CHOICE: Final = Tagged(
    "type",
    {
        "function": _choice("ChatCompletionNamedToolChoice", "function"),
        "custom": _choice("ChatCompletionNamedToolChoiceCustom", "custom"),
        "allowed_tools": Record("ChatCompletionAllowedToolsChoice", by_type("allowed_tools", _ALLOWED_TOOLS)),
    },
)

TOOL_FIELDS: Final = (
    Field("tools", Items(of=_TOOL, fewest=1, most=_MOST), null="doubtful"),
    Field("tool_choice", Either((Text(words=("none", "auto", "required")), _CHOICE)), null="doubtful"),
    Field("parallel_tool_calls", Flag(), null="doubtful"),
    Field("functions", Items(of=_OLD_FUNCTION, fewest=1, most=_MOST), null="doubtful"),
    Field(
        "function_call",
        Either((Text(words=("none", "auto")), _named("ChatCompletionFunctionCallOption"))),
        null="doubtful",
    ),
)


def _find_repeated_names(view: RequestView) -> Iterable[Objection]:
    for declared in (view.tools, view.old_functions):
        seen: dict[str, str] = {}
        for where, tool in declared:
            first = seen.setdefault(tool["name"], where)
            if first != where:
                yield f"{where}.name", should(f"{where}.name", tool["name"], f"another name than that of {first}")


def _find_unknown_choice(view: RequestView) -> Iterable[Objection]:
    choice = view.body.get("tool_choice")
    for kind, name in _chosen(choice) if isinstance(choice, dict) else ():
        if view.body.get("tools") and (kind, name) not in view.offered:
            yield "tool_choice", should(f"{kind} that tool_choice names", name, "the name of one of the tools")


def _chosen(choice: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    chosen = choice["allowed_tools"]["tools"] if choice["type"] == "allowed_tools" else [choice]
    for tool in chosen:
        kind = tool.get("type")
        named = tool.get(kind) if isinstance(kind, str) else None
        if isinstance(named, dict) and isinstance(named.get("name"), str):
            yield str(kind), named["name"]


def _find_unknown_function_call(view: RequestView) -> Iterable[Objection]:
    choice = view.body.get("function_call")
    names = {function["name"] for _, function in view.old_functions}
    if isinstance(choice, dict) and names and choice["name"] not in names:
        yield "function_call", should("function_call.name", choice["name"], "the name of one of the functions")


def _find_strict_functions(view: RequestView) -> Iterable[Objection]:
    for where, function in view.old_functions:
        if function.get("strict") is not None:
            yield f"{where}.strict", should(f"{where}.strict", function["strict"], "absent: only tools have it")


# A table reads by its rows.
TOOL_RULES: Final = make_rules(
    "content", "tools",
    ("tool-choice-alone", "tool_choice without tools", invalid(), "issue",
     "github.com/writer/writer-framework/pull/1013", find_alone("tool_choice", "tools")),
    ("parallel-tool-calls-alone", "parallel_tool_calls without tools", invalid(), "issue",
     "github.com/Upsonic/Upsonic/issues/323", find_alone("parallel_tool_calls", "tools")),
    ("function-call-alone", "function_call without functions", invalid(), "issue",
     "github.com/Azure-Samples/azure-search-openai-demo/pull/1175", find_alone("function_call", "functions")),
    ("tool-name-repeated", "two tools of one name", invalid("invalid_value"), "unverified",
     "other services refuse it; github.com/eclipse-theia/theia/issues/16122 says that OpenAI does not",
     _find_repeated_names),
    ("tool-choice-stranger", "tool_choice names no tool", invalid(), "issue",
     "github.com/CherryHQ/cherry-studio/issues/11138", _find_unknown_choice),
    ("function-call-stranger", "function_call names no function", invalid(), "decided",
     "ChatCompletionFunctionCallOption; what is not offered cannot be called", _find_unknown_function_call),
    ("functions-strict", "strict in one of the functions, where only tools have it",
     invalid("invalid_function_parameters"), "issue",
     "github.com/langchain-ai/langchain/pull/25862", _find_strict_functions),
    ("functions-beside-tools", "functions together with tools", invalid(), "unverified",
     UNSEEN, find_both("functions", "tools")),
)  # fmt: skip
