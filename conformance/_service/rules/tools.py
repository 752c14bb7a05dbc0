"""The tools: their fields, which of them may be chosen, and the functions of old."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Objection, Rule, invalid
from conformance._service.rules.messages import NAME
from conformance._service.rules.sources import UNSEEN
from conformance._service.shapes import Anything, Either, Field, Flag, Items, Record, Tagged, Text
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
    (
        Field("definition", Text(), required=True),
        Field("syntax", Text(words=("lark", "regex")), required=True),
    ),
)
_CUSTOM: Final = Record(
    "CustomToolChatCompletions",
    (
        Field("name", NAME, required=True),
        _DESCRIPTION,
        Field(
            "format",
            Tagged(
                "type",
                {
                    "text": Record("CustomToolChatCompletions", (Field("type", Text(words=("text",)), required=True),)),
                    "grammar": Record(
                        "CustomToolChatCompletions",
                        (
                            Field("type", Text(words=("grammar",)), required=True),
                            Field("grammar", _GRAMMAR, required=True),
                        ),
                    ),
                },
            ),
            null="doubtful",
        ),
    ),
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


def _by_type(section: str, name: str, shape: Record) -> Record:
    """Return the record of a thing that stands under the name of its type."""
    return Record(section, (Field("type", Text(words=(name,)), required=True), Field(name, shape, required=True)))


def _named(section: str) -> Record:
    return Record(section, (Field("name", Text(), required=True),))


_ALLOWED_TOOLS: Final = Record(
    "ChatCompletionAllowedTools",
    (
        Field("mode", Text(words=("auto", "required")), required=True),
        Field("tools", Items(of=Anything(object_only=True)), required=True),
    ),
)
_TOOL: Final = Tagged(
    "type",
    {
        "function": _by_type("ChatCompletionTool", "function", _FUNCTION),
        "custom": _by_type("CustomToolChatCompletions", "custom", _CUSTOM),
    },
)
_CHOICE: Final = Tagged(
    "type",
    {
        "function": _by_type("ChatCompletionNamedToolChoice", "function", _named("ChatCompletionNamedToolChoice")),
        "custom": _by_type(
            "ChatCompletionNamedToolChoiceCustom", "custom", _named("ChatCompletionNamedToolChoiceCustom")
        ),
        "allowed_tools": _by_type("ChatCompletionAllowedToolsChoice", "allowed_tools", _ALLOWED_TOOLS),
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


def _needs(key: str, other: str, source: str) -> Rule:
    """Make the rule that a key speaks of what another one has to hold."""

    def find(view: RequestView) -> Iterable[Objection]:
        if view.body.get(key) is not None and view.body.get(other) is None:
            yield key, should(key, view.body[key], f"absent, since there are no {other}")

    return _rule(
        id=f"{key.replace('_', '-')}-alone",
        wrong=f"{key} without {other}",
        refusal=invalid(),
        known="I",
        source=source,
        find=find,
    )


def _find_repeated_names(view: RequestView) -> Iterable[Objection]:
    for declared in (view.tools, view.old_functions):
        seen: dict[str, str] = {}
        for where, tool in declared:
            first = seen.setdefault(tool["name"], where)
            if first != where:
                yield f"{where}.name", should(f"{where}.name", tool["name"], f"another name than that of {first}")


def _find_stranger(view: RequestView) -> Iterable[Objection]:
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


def _find_old_stranger(view: RequestView) -> Iterable[Objection]:
    choice = view.body.get("function_call")
    names = {function["name"] for _, function in view.old_functions}
    if isinstance(choice, dict) and names and choice["name"] not in names:
        yield "function_call", should("function_call.name", choice["name"], "the name of one of the functions")


def _find_strict_of_old(view: RequestView) -> Iterable[Objection]:
    for where, function in view.old_functions:
        if function.get("strict") is not None:
            yield f"{where}.strict", should(f"{where}.strict", function["strict"], "absent: only tools have it")


def _find_both(view: RequestView) -> Iterable[Objection]:
    if view.body.get("functions") is not None and view.body.get("tools") is not None:
        yield "functions", "functions and tools are both there, but only one of them should be"


_rule = partial(Rule, stage="content", area="tools")

TOOL_RULES: Final = (
    _needs("tool_choice", "tools", "github.com/writer/writer-framework/pull/1013"),
    _needs("parallel_tool_calls", "tools", "github.com/Upsonic/Upsonic/issues/323"),
    _needs("function_call", "functions", "github.com/Azure-Samples/azure-search-openai-demo/pull/1175"),
    _rule(
        id="tool-name-repeated",
        wrong="two tools of one name",
        refusal=invalid("invalid_value"),
        known="D",
        source="the model could not say which of them it calls",
        find=_find_repeated_names,
    ),
    _rule(
        id="tool-choice-stranger",
        wrong="tool_choice names no tool",
        refusal=invalid(),
        known="D",
        source="ChatCompletionNamedToolChoice; what is not offered cannot be called",
        find=_find_stranger,
    ),
    _rule(
        id="function-call-stranger",
        wrong="function_call names no function",
        refusal=invalid(),
        known="D",
        source="ChatCompletionFunctionCallOption; what is not offered cannot be called",
        find=_find_old_stranger,
    ),
    _rule(
        id="functions-strict",
        wrong="strict in a function of old",
        refusal=invalid("invalid_function_parameters"),
        known="I",
        source="github.com/langchain-ai/langchain/pull/25862",
        find=_find_strict_of_old,
    ),
    _rule(
        id="functions-beside-tools",
        wrong="functions together with tools",
        refusal=invalid(),
        known="?",
        source=UNSEEN,
        find=_find_both,
    ),
)
