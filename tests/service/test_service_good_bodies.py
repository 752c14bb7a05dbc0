"""What the real service takes passes: checked against the openai package's own request types."""

import typing
from collections.abc import Iterator

import pytest
from openai.types import chat as types
from openai.types import chat_model
from openai.types.chat import completion_create_params as params
from pydantic import TypeAdapter
from service_body_cases import BODY_CASES
from service_samples import (
    ABSENT,
    SCHEMA,
    answer,
    call,
    calls,
    changed,
    chat,
    put,
    request,
    schema,
    tool,
    user,
)

from conformance._service._keys import KEYS
from conformance._service._rules_messages import CALL_TYPES, PART_TYPES, ROLES
from conformance._service._rules_tools import TOOL_TYPES

PARTS = [{"type": "text", "text": "hi"}]
ROUND = (user(), calls(call()), answer())

GOOD = {
    "one message, nothing else": chat(tools=ABSENT),
    "system and developer": chat(user("s", role="system"), user("d", role="developer"), user()),
    "names of participants": chat(user(name="ann"), user("s", role="system", name="bob")),
    "empty strings": chat(user(""), user("", role="system")),
    "non-ASCII": chat(user("ÄÖ 你好 🙂"), tools=[tool(description="añadir")]),
    "content as parts": chat(user(PARTS, role="system"), user(PARTS), user(PARTS, role="developer")),
    "an image": chat(user([*PARTS, {"type": "image_url", "image_url": {"url": "https://a/b.png"}}])),
    "audio": chat(user([{"type": "input_audio", "input_audio": {"data": "", "format": "wav"}}])),
    "a file": chat(user([{"type": "file", "file": {"file_id": "file-1"}}])),
    "a round of tools": chat(*ROUND),
    "a round without content": chat(user(), calls(call(), content=ABSENT), answer()),
    "a round with text beside the calls": chat(user(), calls(call(), content="wait"), answer()),
    "a round with empty content": chat(user(), calls(call(), content=""), answer()),
    "result as parts": chat(user(), calls(call()), answer(content=PARTS)),
    "empty result": chat(user(), calls(call()), answer(content="")),
    "answers in another order": chat(user(), calls(call(1), call(2)), answer(2), answer(1)),
    "a call answered twice, which is not known to be refused": chat(user(), calls(call()), answer(), answer()),
    "two rounds": chat(user(), calls(call(1)), answer(1), calls(call(2)), answer(2)),
    "the same id in two rounds": chat(user(), calls(call(1)), answer(1), calls(call(1)), answer(1)),
    "two posts": chat(*ROUND, user("ok", role="assistant"), user("and?"), calls(call(2)), answer(2)),
    "the service's own answer, replayed": chat(
        user(), calls(call(), refusal=None, annotations=[], function_call=None, audio=None), answer()
    ),
    "a refusal, replayed": chat(user(), {"role": "assistant", "content": None, "refusal": "No."}, user()),
    "a refusal as a part": chat(user(), user([{"type": "refusal", "refusal": "No."}], role="assistant")),
    "arguments that are no JSON": chat(user(), calls(call(function={"name": "f", "arguments": "{"})), answer()),
    "a function that is not among the tools": chat(
        user(), calls(call(function={"name": "f.g", "arguments": ""})), answer()
    ),
    "the old functions": chat(
        user(),
        {"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}},
        {"role": "function", "name": "f", "content": None},
        tools=ABSENT,
        functions=[{"name": "f"}],
        function_call="auto",
    ),
    "tools in the first request only": chat(*ROUND, tools=ABSENT),
    "a tool without description and parameters": chat(tools=[tool(description=ABSENT, parameters=ABSENT)]),
    "two tools of one name": chat(tools=[tool(), tool()]),
    "no parameters": chat(tools=[tool(parameters={"type": "object", "properties": {}})]),
    "a custom tool": chat(tools=[{"type": "custom", "custom": {"name": "shell", "format": {"type": "text"}}}]),
    "a custom call": chat(
        user(), calls({"id": "call_1", "type": "custom", "custom": {"name": "shell", "input": "ls"}}), answer()
    ),
    "strict": chat(tools=[tool(strict=True)]),
    "not strict": chat(tools=[tool(strict=False, parameters=schema(a={}))]),
    "any tool": chat(tool_choice="auto"),
    "no tool": chat(tool_choice="none"),
    "some tool": chat(tool_choice="required", parallel_tool_calls=True),
    "this tool": chat(tool_choice={"type": "function", "function": {"name": "AddTodo"}}),
    "these tools": chat(
        tool_choice={
            "type": "allowed_tools",
            "allowed_tools": {"mode": "auto", "tools": [{"type": "function", "function": {"name": "AddTodo"}}]},
        }
    ),
    "all the numbers": chat(
        temperature=0.5,
        top_p=1,
        n=1,
        seed=-1,
        presence_penalty=-2,
        frequency_penalty=2.0,
        max_tokens=100,
        logprobs=True,
        top_logprobs=0,
        logit_bias={"1": -100},
    ),
    "all the words": chat(
        model="gpt-5",
        max_completion_tokens=100,
        reasoning_effort="low",
        verbosity="low",
        service_tier="auto",
        user="u",
        safety_identifier="s",
        prompt_cache_key="k",
        modalities=["text"],
        metadata={"a": "b"},
        store=False,
        stop=["a"],
        response_format={"type": "json_object"},
        prediction={"type": "content", "content": "c"},
        web_search_options={},
    ),
    "one word to stop at": chat(stop="a"),
    "a stream": chat(stream=True, stream_options={"include_usage": True}),
    "nulls": chat(temperature=None, max_tokens=None, stop=None, n=None, store=None, metadata=None, seed=None),
}


def consume(value):
    """Go through a validated value: pydantic validates an Iterable only as it is gone through."""
    if isinstance(value, dict):
        for member in value.values():
            consume(member)
    elif isinstance(value, list | Iterator) or type(value).__name__ == "ValidatorIterator":
        for member in value:
            consume(member)


REQUEST = TypeAdapter(params.CompletionCreateParams)


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_takes(body):
    exchange = put(request(body))
    assert exchange.breaches == ()
    assert exchange.response.status == 200


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_is_right_to_take_it_by_the_package_s_types(body):
    consume(REQUEST.validate_python(body))


@pytest.mark.parametrize("case", BODY_CASES, ids=lambda case: case.rule)
def test_the_nearest_good_bodies_are_good_by_the_package_s_types(case):
    consume(REQUEST.validate_python(case.good))


def test_the_package_s_types_are_gone_through_to_the_end():
    with pytest.raises(ValueError, match="tool_call_id"):
        consume(REQUEST.validate_python(chat(user(), calls(call()), answer(tool_call_id=5))))


def test_knows_every_top_level_key_of_the_package():
    known = set()
    for body_type in (params.CompletionCreateParamsNonStreaming, params.CompletionCreateParamsStreaming):
        known |= set(typing.get_type_hints(body_type))
    assert known <= set(KEYS)


def literals(union, key):
    """List what the Literal of the key is in each member of a union of TypedDicts."""
    return {word for member in typing.get_args(union) for word in literal(member, key)}


def literal(typed_dict, key):
    hint = typing.get_type_hints(typed_dict)[key]
    return typing.get_args(hint)


def test_knows_every_word_of_the_package():
    assert literals(types.ChatCompletionMessageParam, "role") == set(ROLES)
    assert literals(types.ChatCompletionContentPartParam, "type") | {"refusal"} == set(PART_TYPES)
    assert literals(types.ChatCompletionMessageToolCallUnionParam, "type") == set(CALL_TYPES)
    assert literals(types.ChatCompletionToolUnionParam, "type") == set(TOOL_TYPES)


PUBLISHED = typing.get_args(chat_model.ChatModel)


@pytest.mark.parametrize("model", [*PUBLISHED, "ft:gpt-3.5-turbo:org::id", "gpt-9.9-future"])
def test_takes_every_published_model(model):
    assert put(request(chat(model=model))).breaches == ()


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-3.5-turbo", "gpt-5-chat-latest", "gpt-5.2-chat-latest", "gpt-6-sol"])
def test_takes_max_tokens_where_it_is_not_known_to_be_refused(model):
    assert put(request(chat(model=model, max_tokens=5))).breaches == ()


def test_takes_the_old_spelling_of_nothing_required():
    assert put(request(chat(tools=[tool(parameters=changed(SCHEMA, required=[]))]))).breaches == ()
