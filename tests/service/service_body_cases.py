"""For every rule about the body: a body with that one fault, the nearest good one, and the error known for it."""

from dataclasses import dataclass, field
from typing import Any

from service_samples import ABSENT, SCHEMA, answer, call, calls, changed, chat, function, schema, tool, user


@dataclass(frozen=True, kw_only=True)
class BodyCase:
    """A body with one fault, the nearest one without, and the error that the service is known to answer."""

    rule: str
    param: str | None
    code: str | None
    bad: Any
    good: Any
    status: int = 400
    also: frozenset[str] = field(default=frozenset())


def _case(rule, param, code, bad, good, **more):
    return BodyCase(rule=rule, param=param, code=code, bad=bad, good=good, **more)


def _tools(tools, **changes):
    return chat(tools=tools, **changes)


def _parameters(parameters, **changes):
    return chat(tools=[tool(parameters=parameters, **changes)])


_PARAMETERS = "tools[0].function.parameters"
_NAME = "tools[0].function.name"
_MISSING = "missing_required_parameter"
_ANSWERED = (user(), calls(call()), answer())

# A table reads by its rows.
# fmt: off
BODY_CASES = (
    _case("model-missing", None, None, chat(model=ABSENT), chat()),
    _case("model-kind", "model", "invalid_type", chat(model=5), chat(model="gpt-4")),
    _case("openai-model-unknown", None, "model_not_found", chat(model="DefaultChatModel"), chat(), status=404),
    _case("max-tokens-reasoning", "max_tokens", "unsupported_parameter", chat(model="gpt-5", max_tokens=5),
          chat(model="gpt-5", max_completion_tokens=5)),
    _case("key-unknown", "tool", "unknown_parameter", chat(tool=[]), chat(tools=[tool()])),
    _case("key-kind", "temperature", "invalid_type", chat(temperature="0.5"), chat(temperature=0.5)),
    _case("integer-below", "max_tokens", "integer_below_min_value", chat(max_tokens=0), chat(max_tokens=1)),
    _case("integer-above", "n", "integer_above_max_value", chat(n=129), chat(n=128)),
    _case("number-below", "top_p", "decimal_below_min_value", chat(top_p=-0.1), chat(top_p=0)),
    _case("number-above", "temperature", "decimal_above_max_value", chat(temperature=2.1), chat(temperature=2)),
    _case("messages-missing", "messages", _MISSING, chat(messages=ABSENT), chat()),
    _case("messages-kind", "messages", "invalid_type", chat(messages="hi"), chat(messages=[user("hi")])),
    _case("messages-empty", "messages", "empty_array", chat(messages=[]), chat(messages=[user()])),
    _case("message-kind", "messages[1]", "invalid_type", chat(user(), "hi"), chat(user(), user("hi"))),
    _case("role-missing", "messages[0].role", _MISSING, chat(user(role=ABSENT)), chat(user())),
    _case("role-unknown", "messages[0].role", "invalid_value", chat(user(role="bot")), chat(user(role="user"))),
    _case("content-missing", "messages.[1].content", None, chat(user(), user(None)), chat(user(), user(""))),
    _case("content-kind", "messages[0].content", "invalid_type", chat(user({"text": "hi"})), chat(user("hi"))),
    _case("content-empty", "messages[0].content", "empty_array", chat(user([])),
          chat(user([{"type": "text", "text": "hi"}]))),
    _case("part-kind", "messages[0].content[0]", "invalid_type", chat(user(["hi"])),
          chat(user([{"type": "text", "text": "hi"}]))),
    _case("part-type-missing", "messages[0].content[0].type", _MISSING, chat(user([{"text": "hi"}])),
          chat(user([{"type": "text", "text": "hi"}]))),
    _case("part-type-unknown", "messages[0].content[0].type", "invalid_value",
          chat(user([{"type": "image", "image_url": {"url": "https://a/b.png"}}])),
          chat(user([{"type": "image_url", "image_url": {"url": "https://a/b.png"}}]))),
    _case("part-text-missing", "messages[0].content[0].text", _MISSING, chat(user([{"type": "text"}])),
          chat(user([{"type": "text", "text": ""}]))),
    _case("part-text-kind", "messages[0].content[0].text", "invalid_type", chat(user([{"type": "text", "text": 5}])),
          chat(user([{"type": "text", "text": "5"}]))),
    _case("function-message-unnamed", "messages[1].name", _MISSING,
          chat(user(), {"role": "function", "content": "done"}),
          chat(user(), {"role": "function", "content": "done", "name": "AddTodo"})),
    _case("tool-calls-kind", "messages[1].tool_calls", "invalid_type",
          chat(user(), calls(tool_calls=call(), content="")), chat(*_ANSWERED)),
    _case("tool-calls-null", "messages[1].tool_calls", "invalid_type",
          chat(user(), calls(tool_calls=None, content="hello")),
          chat(user(), calls(tool_calls=ABSENT, content="hello"))),
    _case("tool-calls-empty", "messages[1].tool_calls", "empty_array", chat(user(), calls(content="hello")),
          chat(user(), calls(tool_calls=ABSENT, content="hello"))),
    _case("tool-call-kind", "messages[1].tool_calls[0]", "invalid_type", chat(user(), calls("call_1")),
          chat(*_ANSWERED)),
    _case("tool-call-incomplete", "messages[1].tool_calls[0].type", _MISSING,
          chat(user(), calls(call(type=ABSENT)), answer()), chat(*_ANSWERED)),
    _case("tool-call-id-kind", "messages[1].tool_calls[0].id", "invalid_type", chat(user(), calls(call(id=1))),
          chat(*_ANSWERED)),
    _case("tool-call-type-unknown", "messages[1].tool_calls[0].type", "invalid_value",
          chat(user(), calls(call(type="tool")), answer()), chat(*_ANSWERED)),
    _case("tool-call-function-missing", "messages[1].tool_calls[0].function", _MISSING,
          chat(user(), calls(call(function=ABSENT)), answer()), chat(*_ANSWERED)),
    _case("tool-call-function-kind", "messages[1].tool_calls[0].function", "invalid_type",
          chat(user(), calls(call(function="AddTodo")), answer()), chat(*_ANSWERED)),
    _case("called-function-incomplete", "messages[1].tool_calls[0].function.arguments", _MISSING,
          chat(user(), calls(call(function={"name": "AddTodo"})), answer()),
          chat(user(), calls(call(function={"name": "AddTodo", "arguments": ""})), answer())),
    _case("called-name-kind", "messages[1].tool_calls[0].function.name", "invalid_type",
          chat(user(), calls(call(function={"name": None, "arguments": ""})), answer()), chat(*_ANSWERED)),
    _case("called-arguments-kind", "messages[1].tool_calls[0].function.arguments", "invalid_type",
          chat(user(), calls(call(function={"name": "AddTodo", "arguments": {"a": 1}})), answer()),
          chat(user(), calls(call(function={"name": "AddTodo", "arguments": '{"a": 1}'})), answer())),
    _case("tool-message-without-id", "messages.[2].tool_call_id", None,
          chat(user(), calls(call()), answer(tool_call_id=ABSENT)), chat(*_ANSWERED)),
    _case("tool-message-id-kind", "messages[2].tool_call_id", "invalid_type",
          chat(user(), calls(call()), answer(tool_call_id=1)), chat(*_ANSWERED)),
    _case("tool-message-unasked", "messages.[1].role", None, chat(user(), answer()), chat(*_ANSWERED)),
    _case("tool-calls-unanswered", "messages.[3].role", None,
          chat(user(), calls(call(1), call(2)), answer(1), user("and?")),
          chat(user(), calls(call(1), call(2)), answer(1), answer(2), user("and?"))),
    _case("tool-calls-unanswered-at-end", "messages.[2].role", None, chat(user(), calls(call(1), call(2)), answer(1)),
          chat(user(), calls(call(1), call(2)), answer(1), answer(2))),
    _case("tools-kind", "tools", "invalid_type", _tools({"AddTodo": function()}), _tools([tool()])),
    _case("tools-empty", "tools", "empty_array", _tools([]), _tools(ABSENT)),
    _case("tools-too-many", "tools", "array_above_max_length", _tools([tool(name=f"f{i}") for i in range(129)]),
          _tools([tool(name=f"f{i}") for i in range(128)])),
    _case("tool-kind", "tools[1]", "invalid_type", _tools([tool(), "AddTodo"]), _tools([tool(), tool()])),
    _case("tool-type-missing", "tools[0].type", _MISSING, _tools([{"function": function()}]), _tools([tool()])),
    _case("tool-type-unknown", "tools[0].type", "invalid_value", _tools([changed(tool(), type="web_search")]),
          _tools([tool()])),
    _case("tool-declaration-missing", "tools[0].function", _MISSING, _tools([{"type": "function"}]),
          _tools([{"type": "function", "function": {"name": "AddTodo"}}])),
    _case("function-kind", "tools[0].function", "invalid_type", _tools([changed(tool(), function="AddTodo")]),
          _tools([tool()])),
    _case("function-name-missing", _NAME, _MISSING, _tools([tool(name=ABSENT)]), _tools([tool()])),
    _case("function-name-kind", _NAME, "invalid_type", _tools([tool(name=5)]), _tools([tool(name="5")])),
    _case("function-name-empty", _NAME, "empty_string", _tools([tool(name="")]), _tools([tool(name="a")]),
          also=frozenset({"function-name-unfit"})),
    _case("function-name-unfit", _NAME, "invalid_value", _tools([tool(name="add todo")]),
          _tools([tool(name="add-todo_1")])),
    _case("function-name-long", _NAME, "string_above_max_length", _tools([tool(name="a" * 65)]),
          _tools([tool(name="a" * 64)])),
    _case("function-description-kind", "tools[0].function.description", "invalid_type",
          _tools([tool(description=["Create"])]), _tools([tool(description="")])),
    _case("function-strict-kind", "tools[0].function.strict", "invalid_type", _tools([tool(strict="true")]),
          _tools([tool(strict=True)])),
    _case("custom-name-missing", "tools[0].custom.name", _MISSING, _tools([{"type": "custom", "custom": {}}]),
          _tools([{"type": "custom", "custom": {"name": "shell"}}])),
    _case("parameters-root", _PARAMETERS, "invalid_function_parameters", _parameters({"properties": {}}),
          _parameters({"type": "object", "properties": {}})),
    _case("parameters-schema", _PARAMETERS, "invalid_function_parameters", _parameters(schema(a={"type": "str"})),
          _parameters(schema(a={"type": "string"}))),
    _case("parameters-properties", _PARAMETERS, "invalid_function_parameters", _parameters({"type": "object"}),
          _parameters({"type": "object", "properties": {}})),
    _case("parameters-items", _PARAMETERS, "invalid_function_parameters", _parameters(schema(a={"type": "array"})),
          _parameters(schema(a={"type": "array", "items": {}}))),
    _case("strict-open", _PARAMETERS, "invalid_function_parameters",
          _parameters(changed(SCHEMA, additionalProperties=ABSENT), strict=True), _parameters(SCHEMA, strict=True)),
    _case("strict-optional", _PARAMETERS, "invalid_function_parameters",
          _parameters(changed(SCHEMA, required=[]), strict=True), _parameters(SCHEMA, strict=True)),
    _case("tool-choice-alone", "tool_choice", None, _tools(ABSENT, tool_choice="auto"),
          _tools([tool()], tool_choice="auto")),
    _case("parallel-tool-calls-alone", "parallel_tool_calls", None, _tools(ABSENT, parallel_tool_calls=False),
          _tools([tool()], parallel_tool_calls=False)),
    _case("tool-choice-unknown", "tool_choice", "invalid_value", chat(tool_choice="any"),
          chat(tool_choice="required")),
    _case("tool-choice-stranger", "tool_choice", None,
          chat(tool_choice={"type": "function", "function": {"name": "GetTodos"}}),
          chat(tool_choice={"type": "function", "function": {"name": "AddTodo"}})),
)
# fmt: on
