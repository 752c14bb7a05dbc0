"""Replies of every kind: cut off, filtered, refused, in several choices, with log probabilities, in the old form."""

import json
from typing import get_args

import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from service_samples import ABSENT, chat, put, request, service, user

from conformance._service import FinishReason, Reply, ToolCall

CALL = ToolCall(id="call_1", name="AddTodo", arguments='{"taskDescription": "milk"}')
SAID = {
    "text": Reply(text="Buy milk, bread and butter."),
    "call": Reply(calls=(CALL,)),
    "call cut off": Reply(calls=(ToolCall(id="call_1", name="AddTodo", arguments='{"task'),), finish_reason="length"),
    "text cut off": Reply(text="Buy mi", finish_reason="length"),
    "nothing before the limit": Reply(finish_reason="length"),
    "filtered": Reply(finish_reason="content_filter"),
    "filtered after a while": Reply(text="Well,", finish_reason="content_filter"),
    "refusal": Reply(refusal="I cannot help with that, sorry."),
    "call of a tool that had to be called": Reply(calls=(CALL,), finish_reason="stop"),
}
THREE = Reply(text="first", further_choices=(Reply(calls=(CALL,)), Reply(refusal="No.", finish_reason="stop")))

each = pytest.mark.parametrize("reply", SAID.values(), ids=SAID)


def complete(reply, **changes):
    answering = service(reply)
    answering.answer(request(chat(**changes)))
    return json.loads(answering.exchanges[0].response.body)


def stream(reply, **changes):
    answering = service(reply)
    answering.answer(request(chat(stream=True, **changes)))
    *events, _, _ = answering.exchanges[0].response.body.decode().split("\n\n")
    return [json.loads(event.removeprefix("data: ")) for event in events]


def joined(chunks):
    """Put a stream together: by choice what it says, calls, refuses, and why it ends."""
    choices = {}
    for chunk in chunks:
        for part in chunk["choices"]:
            choice = choices.setdefault(part["index"], {"content": None, "refusal": None, "call": "", "end": None})
            for key in ("content", "refusal"):
                if part["delta"].get(key) is not None:
                    choice[key] = (choice[key] or "") + part["delta"][key]
            for call in part["delta"].get("tool_calls", ()):
                choice["call"] += call["function"]["arguments"]
            assert choice["end"] is None
            choice["end"] = part["finish_reason"]
    return [choices[index] for index in sorted(choices)]


@each
def test_completes_as_the_package_s_types_say(reply):
    completion = ChatCompletion.model_validate(complete(reply), strict=True)
    (choice,) = completion.choices
    assert choice.message.content == reply.text
    assert choice.message.refusal == reply.refusal
    assert choice.finish_reason == (reply.finish_reason or ("tool_calls" if reply.calls else "stop"))


@each
def test_a_stream_says_what_the_completion_says(reply):
    chunks = stream(reply)
    for chunk in chunks:
        ChatCompletionChunk.model_validate(chunk, strict=True)
    (streamed,) = joined(chunks)
    (choice,) = complete(reply)["choices"]
    assert (streamed["content"], streamed["refusal"]) == (choice["message"]["content"], choice["message"]["refusal"])
    assert streamed["call"] == "".join(call.arguments for call in reply.calls)
    assert streamed["end"] == choice["finish_reason"]


@pytest.mark.parametrize("reason", get_args(FinishReason))
def test_ends_for_every_published_reason(reason):
    assert complete(Reply(text="a", finish_reason=reason))["choices"][0]["finish_reason"] == reason
    assert joined(stream(Reply(text="a", finish_reason=reason)))[0]["end"] == reason


def test_knows_every_reason_of_the_package():
    hints = ChatCompletion.model_fields["choices"].annotation.__args__[0].model_fields["finish_reason"].annotation
    assert set(get_args(hints)) == set(get_args(FinishReason))


def test_gives_several_choices():
    completion = ChatCompletion.model_validate(complete(THREE), strict=True)
    assert [choice.index for choice in completion.choices] == [0, 1, 2]
    assert [choice.finish_reason for choice in completion.choices] == ["stop", "tool_calls", "stop"]
    assert completion.choices[0].message.content == "first"
    assert completion.choices[1].message.tool_calls[0].function.name == "AddTodo"
    assert completion.choices[2].message.refusal == "No."


def test_streams_one_choice_to_a_client_that_asks_for_one():
    assert {chunk["choices"][0]["index"] for chunk in stream(THREE)} == {0}


def test_streams_several_choices_side_by_side():
    chunks = stream(THREE, n=3)
    assert [chunk["choices"][0]["index"] for chunk in chunks][:4] == [0, 1, 2, 0]
    first, second, third = joined(chunks)
    assert (first["content"], second["call"], third["refusal"]) == ("first", CALL.arguments, "No.")


def test_gives_as_many_choices_as_were_asked_for():
    assert [choice["message"]["content"] for choice in complete(Reply(text="a"), n=3)["choices"]] == ["a"] * 3
    assert len(joined(stream(Reply(text="a"), n=3))) == 3
    assert len(complete(THREE, n=2)["choices"]) == 3


def test_gives_log_probabilities_to_those_who_ask():
    choice = ChatCompletion.model_validate(complete(SAID["text"], logprobs=True, top_logprobs=2)).choices[0]
    tokens = choice.logprobs.content
    assert "".join(token.token for token in tokens) == SAID["text"].text
    assert all(bytes(token.bytes).decode() == token.token for token in tokens)
    assert all(token.top_logprobs for token in tokens)
    assert "logprobs" not in complete(SAID["text"])["choices"][0]
    assert complete(SAID["text"], logprobs=True)["choices"][0]["logprobs"]["content"][0]["top_logprobs"] == []


def test_streams_log_probabilities_with_each_piece():
    chunks = stream(SAID["refusal"], logprobs=True)
    parts = [chunk["choices"][0] for chunk in chunks]
    tokens = [token for part in parts for token in (part.get("logprobs") or {}).get("refusal") or ()]
    assert "".join(token["token"] for token in tokens) == SAID["refusal"].refusal
    for chunk in chunks:
        ChatCompletionChunk.model_validate(chunk, strict=True)


def test_calls_an_old_function_in_the_old_form():
    old = {"tools": ABSENT, "functions": [{"name": "AddTodo"}]}
    choice = ChatCompletion.model_validate(complete(SAID["call"], **old), strict=True).choices[0]
    assert choice.finish_reason == "function_call"
    assert (choice.message.function_call.name, choice.message.function_call.arguments) == ("AddTodo", CALL.arguments)
    assert choice.message.tool_calls is None
    deltas = [chunk["choices"][0]["delta"] for chunk in stream(SAID["call"], **old)]
    assert {"function_call": {"name": "AddTodo", "arguments": CALL.arguments}} in deltas


@each
def test_what_is_said_can_be_played_back(reply):
    message = complete(reply)["choices"][0]["message"]
    answers = [{"role": "tool", "tool_call_id": call.id, "content": ""} for call in reply.calls]
    if message["content"] is None and not reply.calls and reply.refusal is None:
        return  # the service takes no message that says nothing, its own least of all
    assert put(request(chat(user(), message, *answers))).violations == ()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "neither text nor calls nor a refusal"),
        ({"finish_reason": "stop"}, "neither text nor calls nor a refusal"),
        ({"text": "a", "refusal": "b"}, "a refusal as well as text or calls"),
        ({"text": "a", "finish_reason": "end"}, "finish_reason = 'end', but should be one of stop, length"),
        ({"text": "a", "further_choices": (THREE,)}, "only the first one should"),
    ],
)
def test_a_reply_that_makes_no_sense_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Reply(**wrong)
