"""Any conversation: whatever the model replies, the service sees exactly the history that it should."""

import json

import openai as client
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl import Assistant, FunctionApp

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["{{x}} %d %% <b>", "a\r\nb", "2024-04-14T00:00:00Z", "null", "e\u0301", "x" * 20_000, "\ud800"]
)
NUMBERS = (
    st.integers() | st.sampled_from([2**53 + 1, -(2**64), 0, -7]) | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS.filter(lambda text: "\ud800" not in text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "camelCase", ""]), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(["First", "second_skill", "Third-3", "Missing", "multi.unknown"])
ARGUMENTS = VALUES.map(lambda value: json.dumps({"extra": 1, "it": value})) | st.sampled_from(
    ["", "{", "[]", "null", '"it"', "{}", '{"it": NaN}', '{"it": 1e999}', '{"it": "\\ud800"}', "[" * 10_000]
)
CALLS = st.lists(st.tuples(NAMES, ARGUMENTS), min_size=1, max_size=4)
ENDS = st.sampled_from(["answer", "refusal", "fault", "no choices"])
PROMPTS = st.tuples(TEXTS, st.lists(st.tuples(st.none() | TEXTS, CALLS), max_size=4), ENDS, TEXTS)


def test_sends_exactly_the_history(openai):
    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(azure=st.booleans(), prompts=st.lists(PROMPTS, min_size=1, max_size=4))
    def check(azure, prompts):
        openai.requests.clear()
        app = declare(FunctionApp(openai.azure_settings if azure else openai.settings))
        before = app.bindings()
        converse(openai, app, Assistant(app), prompts)
        assert app.bindings() == app.bindings() == before

    check()


def declare(app):
    received = app.received = []

    def echo(it):
        received.append(it)
        return it

    for name in ("First", "second_skill", "Third-3"):
        parameters = {"function_name": name, "function_description": "{{does}}\r\n"}
        app.declare(echo, function=f"{name}Function", argument="it", parameters=parameters)
    return app


def converse(openai, app, assistant, prompts):
    """Play the prompts, and compare each request with a history that is kept here."""
    history = []
    for prompt, rounds, end, answer in prompts:
        turn = [{"role": "user", "content": sent(prompt)}]
        requests = []
        for number, (text, calls) in enumerate(rounds):
            ids = [f"call_{number}_{position}" for position in range(len(calls))]
            openai.call(*((i, *call) for i, call in zip(ids, calls, strict=True)), content=text)
            requests.append([*history, *turn])
            turn += repeated(ids, text, calls)
        requests.append([*history, *turn])
        script_end(openai, end, answer)
        start = len(openai.requests)
        expected = [value for _, calls in rounds for call in calls for value in arguments_of(*call)]
        app.received.clear()
        if end in ("answer", "refusal"):
            assert assistant.ask(prompt) == sent(answer)
            history = [*history, *turn, {"role": "assistant", "content": sent(answer)}]
        else:
            with pytest.raises((client.OpenAIError, RuntimeError)):
                assistant.ask(prompt)
        seen = [body["messages"] for body in openai.bodies[start:]]
        assert [list(map(without_results, messages)) for messages in seen] == requests
        assert repr(app.received) == repr(expected)
        assert all(body["tools"] == app.tools for body in openai.bodies[start:])
        check_results(seen[-1])
        assert list(map(without_results, assistant.messages)) == history


def script_end(openai, end, answer):
    refusal = {"role": "assistant", "content": None, "refusal": answer}
    ends = {"answer": {"role": "assistant", "content": answer}, "refusal": refusal, "fault": 400, "no choices": {}}
    openai.replies.append(ends[end])


def sent(text):
    """Return a text as UTF-8 can hold it."""
    return text.encode(errors="replace").decode()


def repeated(ids, text, calls):
    """Return the assistant's message, and its answers but for their words."""
    tool_calls = [
        {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}
        for call_id, (name, arguments) in zip(ids, calls, strict=True)
    ]
    content = text if text is None else sent(text)
    reply = {"role": "assistant", "content": content, "tool_calls": tool_calls}
    return [reply, *({"role": "tool", "tool_call_id": call_id} for call_id in ids)]


def without_results(message):
    return {key: value for key, value in message.items() if message["role"] != "tool" or key != "content"}


def arguments_of(name, arguments):
    """Yield the argument that a call gives a function, if it runs one."""
    try:
        values = json.loads(arguments)
        json.dumps(values, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return
    if isinstance(values, dict) and name in ("First", "second_skill", "Third-3"):
        yield values.get("it")


def check_results(messages):
    """Check that each result is told whole, and beside its own call."""
    calls = {}
    for message in messages:
        calls |= {call["id"]: call["function"] for call in message.get("tool_calls", ())}
        if message["role"] == "tool":
            function = calls[message["tool_call_id"]]
            (value,) = list(arguments_of(function["name"], function["arguments"])) or (None,)
            told = message["content"]
            assert told if value is None else repr(json.loads(told)) == repr(value)
