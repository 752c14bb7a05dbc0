"""The collections of bodies: the bad ones are refused with the right error, the good ones pass."""

import json
from collections.abc import Iterator

import pytest
from body_collections import BAD_BODIES, DOUBTFUL_BODIES, GOOD_BODIES
from openai.types import chat_model
from openai.types.chat import completion_create_params as params
from pydantic import TypeAdapter
from service_samples import call, calls, chat, put, put_azure, request, tool, user

NOT_IN_THE_PACKAGE = {
    "tools: parameters with everything",  # properties that are true
    "rounds of tools: a result with the name of its function",
    "messages: an answer played back as it came",
    "parts: cache breakpoint",
}


def each(bodies):
    return pytest.mark.parametrize("sample", bodies, ids=lambda sample: sample.what)


def is_of_openai_only(sample):
    area, _, what = sample.what.partition(": ")
    return area == "model" or "no model" in what or (area == "sampling" and " to " in what) or "only Azure" in what


def test_the_collections_are_large():
    assert len(BAD_BODIES) >= 250
    assert len(GOOD_BODIES) >= 110
    assert len({sample.what for sample in BAD_BODIES + GOOD_BODIES}) == len(BAD_BODIES + GOOD_BODIES)


@each(BAD_BODIES)
def test_refuses_a_bad_body_with_the_service_s_own_error(sample):
    exchange = put(request(sample.body))
    error = json.loads(exchange.response.body)["error"]
    assert (exchange.response.status, error["param"], error["code"]) == (sample.status, sample.param, sample.code)
    assert error["type"] == "invalid_request_error"
    assert exchange.reply is None
    assert "should" in error["message"] or "not a known key" in error["message"] or "strict" in error["message"]


@each([sample for sample in BAD_BODIES if not is_of_openai_only(sample)])
def test_refuses_a_bad_body_on_azure_alike(sample):
    exchange = put_azure(sample.body)
    error = json.loads(exchange.response.body)["error"]
    assert (exchange.response.status, error["param"], error["code"]) == (sample.status, sample.param, sample.code)


@each(GOOD_BODIES)
def test_takes_a_good_body(sample):
    for exchange in (put(request(sample.body)), put_azure(sample.body)):
        assert exchange.violations == ()
        assert exchange.response.status == 200


@each(DOUBTFUL_BODIES)
def test_answers_a_doubtful_body_with_a_warning(sample):
    exchange = put(request(sample.body))
    assert [(violation.rule, violation.certain) for violation in exchange.violations] == [(sample.rule, False)]
    assert exchange.response.status == 200


def consume(value):
    """Go through a validated value: pydantic validates an Iterable only as it is gone through."""
    if isinstance(value, dict):
        for member in value.values():
            consume(member)
    elif isinstance(value, list | Iterator) or type(value).__name__ == "ValidatorIterator":
        for member in value:
            consume(member)


REQUEST = TypeAdapter(params.CompletionCreateParams)


@each([sample for sample in GOOD_BODIES if sample.what not in NOT_IN_THE_PACKAGE])
def test_the_good_bodies_are_good_by_the_package_s_types(sample):
    consume(REQUEST.validate_python(sample.body))


def test_the_package_s_types_are_gone_through_to_the_end():
    bad = chat(user(), calls(call()), {"role": "tool", "tool_call_id": 5, "content": ""})
    with pytest.raises(ValueError, match="tool_call_id"):
        consume(REQUEST.validate_python(bad))


def published_models():
    """List what the package names, which no release has taken back."""
    return chat_model.ChatModel.__args__


@pytest.mark.parametrize("model", [*published_models(), "ft:gpt-3.5-turbo:org::id", "gpt-9.9-future"])
def test_takes_every_published_model(model):
    assert put(request(chat(model=model))).violations == ()


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-3.5-turbo", "gpt-5-chat-latest", "gpt-5.2-chat-latest", "gpt-6-sol"])
def test_takes_max_tokens_where_it_is_not_known_to_be_refused(model):
    assert put(request(chat(model=model, max_tokens=5))).violations == ()


@pytest.mark.parametrize(
    ("model", "key", "value"),
    [("o3-mini", "stop", "a"), ("gpt-5.5", "stop", "a"), ("gpt-5.1", "temperature", 0), ("gpt-5.2", "top_p", 0.5)],
)
def test_takes_from_a_reasoning_model_s_relatives_what_they_support(model, key, value):
    assert put(request(chat(model=model, **{key: value}))).violations == ()


def test_guesses_what_a_misspelt_key_was_meant_to_be():
    message = put(request(chat(temprature=1))).violations[0].message
    assert message == "temprature is not a known key (did you mean temperature?)"


def test_guesses_only_so_often():
    messages = [
        violation.message for violation in put(request(chat(**{f"temprature{i}": 1 for i in range(300)}))).violations
    ]
    assert messages[0].endswith("(did you mean temperature?)")
    assert messages[-1] == "temprature299 is not a known key"


def test_says_what_was_found_and_what_is_expected():
    exchange = put(request(chat(tools=[tool(name="add todo")])))
    assert exchange.violations[0].message == (
        'tools[0].function.name = "add todo", but should be letters a-z and A-Z, digits, _ and - only'
    )


def test_a_message_stays_short_however_large_the_value():
    for body in (
        chat(model="x" * 1_000_000),
        chat(user(), calls(*(call(number) for number in range(1_000)))),
        chat(**{"x" * 1_000_000: 1}),
    ):
        violation = put(request(body)).violations[0]
        assert len(violation.message) < 300


def test_the_first_certain_violation_answers_and_all_of_its_stage_are_recorded():
    body = {
        "model": "gpt-3.5-turbo",
        "messages": [{"role": "bot", "content": "hi"}, {"role": "user"}],
        "tools": [],
        "tool_choice": "any",
    }
    exchange = put(request(body))
    found = [violation.rule for violation in exchange.violations]
    assert found == [
        "messages[].role word",
        "messages[]<user>.content missing_older",
        "tools empty_array",
        "tool_choice word",
    ]
    assert json.loads(exchange.response.body)["error"]["message"] == exchange.violations[0].message
