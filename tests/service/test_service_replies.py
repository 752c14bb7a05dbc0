"""What the service says: completions, streams, faults, and the end of the script."""

import dataclasses
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from service_samples import (
    ABSENT,
    API_KEY,
    AZURE_V1_URL,
    DEPLOYMENT_URL,
    KEY,
    OPENAI,
    chat,
    put,
    put_azure,
    request,
    service,
)

from conformance._service import Fault, Reply, Script, ToolCall

CALLS = (
    ToolCall(id="call_1", name="AddTodo", arguments='{"taskDescription": "Milch für Jürgen 🥛 kaufen"}'),
    ToolCall(id="call_2", name="GetTodos", arguments=""),
    ToolCall(id="call_3", name="AddTodo", arguments='{"taskDescription": '),
)
REPLIES = {
    "text": Reply(text="Erledigt: ✓"),
    "empty text": Reply(text=""),
    "calls": Reply(calls=CALLS),
    "text beside calls": Reply(text="Wait.", calls=CALLS),
}
every_reply = pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)

STREAM = chat(stream=True)
STREAM_WITH_USAGE = chat(stream=True, stream_options={"include_usage": True})


def body_of(exchange):
    return json.loads(exchange.response.body)


def events_of(exchange):
    *events, end = exchange.response.body.decode().split("\n\n")
    assert end == ""
    assert all(event.startswith("data: ") for event in events)
    assert events.pop() == "data: [DONE]"
    return [json.loads(event.removeprefix("data: ")) for event in events]


def joined(chunks):
    """Put a stream together as a client does."""
    text, tool_calls = None, {}
    for chunk in chunks:
        for choice in chunk["choices"]:
            delta = choice["delta"]
            if delta.get("content") is not None:
                text = (text or "") + delta["content"]
            for part in delta.get("tool_calls", ()):
                call = tool_calls.setdefault(part["index"], {"arguments": ""})
                call["id"] = part.get("id", call.get("id"))
                call["name"] = part["function"].get("name", call.get("name"))
                call["arguments"] += part["function"]["arguments"]
    return text, tuple(ToolCall(**tool_calls[index]) for index in sorted(tool_calls))


@every_reply
def test_completes_as_the_package_s_types_say(reply):
    exchange = put_reply(reply)
    completion = ChatCompletion.model_validate(body_of(exchange), strict=True)
    assert completion.choices[0].finish_reason == ("tool_calls" if reply.calls else "stop")
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens
    assert exchange.response.headers["content-type"] == "application/json"


def put_reply(reply, body=None, **settings):
    answering = service(reply, **settings)
    answering.answer(request(body))
    return answering.exchanges[0]


def test_has_exactly_the_keys_that_were_recorded():
    completion = body_of(put_reply(REPLIES["calls"]))
    assert set(completion) == {"id", "object", "created", "model", "choices", "usage", "system_fingerprint"}
    (choice,) = completion["choices"]
    assert set(choice) == {"index", "message", "finish_reason"}
    message = choice["message"]
    tool_calls = message.pop("tool_calls")
    assert message == {"role": "assistant", "content": None, "refusal": None, "annotations": []}
    assert tool_calls[0] == {
        "id": "call_1",
        "type": "function",
        "function": {"name": "AddTodo", "arguments": CALLS[0].arguments},
    }
    assert "tool_calls" not in body_of(put_reply(REPLIES["text"]))["choices"][0]["message"]


@every_reply
@pytest.mark.parametrize("body", [STREAM, STREAM_WITH_USAGE], ids=["plain", "with usage"])
def test_streams_as_the_package_s_types_say(reply, body):
    exchange = put_reply(reply, body)
    assert exchange.response.headers["content-type"].startswith("text/event-stream")
    chunks = events_of(exchange)
    parsed = [ChatCompletionChunk.model_validate(chunk, strict=True) for chunk in chunks]
    assert len({(chunk.id, chunk.created, chunk.model) for chunk in parsed}) == 1
    reasons = [choice.finish_reason for chunk in parsed for choice in chunk.choices]
    assert reasons[-1] == ("tool_calls" if reply.calls else "stop")
    assert set(reasons[:-1]) == {None}
    assert parsed[0].choices[0].delta.role == "assistant"


@every_reply
def test_a_stream_says_what_the_completion_says(reply):
    assert joined(events_of(put_reply(reply, STREAM))) == (reply.text, reply.calls)


def test_splits_what_it_streams():
    chunks = events_of(put_reply(REPLIES["calls"], STREAM))
    pieces = [
        part["function"]["arguments"]
        for chunk in chunks
        for part in chunk["choices"][0]["delta"].get("tool_calls", ())
        if part["index"] == 0
    ]
    assert len(pieces) > 2
    assert "".join(pieces) == CALLS[0].arguments


def test_a_long_text_is_streamed_in_no_more_than_64_pieces():
    text = "".join(map(str, range(20_000)))
    chunks = events_of(put_reply(Reply(text=text), STREAM))
    pieces = [chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks]
    assert 32 < sum(map(bool, pieces)) <= 64
    assert "".join(pieces) == text


def test_streams_usage_at_the_end_if_asked_for():
    *chunks, last = events_of(put_reply(REPLIES["text"], STREAM_WITH_USAGE))
    assert last["choices"] == []
    assert last["usage"]["total_tokens"] > 0
    assert {chunk["usage"] for chunk in chunks} == {None}
    assert not any("usage" in chunk for chunk in events_of(put_reply(REPLIES["text"], STREAM)))


def test_names_the_model_asked_for():
    assert body_of(put_reply(REPLIES["text"], chat(model="gpt-4")))["model"] == "gpt-4"


def test_a_completion_names_a_model_even_if_the_request_did_not():
    ChatCompletion.model_validate(body_of(put_azure(chat(model=ABSENT))), strict=True)


@pytest.mark.parametrize("url", [DEPLOYMENT_URL, AZURE_V1_URL])
def test_names_the_model_behind_a_deployment_never_the_deployment(url):
    exchange = put_azure(chat(model="chat"), url=url)
    assert body_of(exchange)["model"] == "gpt-35-turbo"


def test_says_the_same_in_every_run():
    first, second = (service(REPLIES["text"], REPLIES["calls"]) for _ in range(2))
    for _ in range(2):
        assert first.answer(request()) == second.answer(request())
    assert body_of(first.exchanges[0])["id"] != body_of(first.exchanges[1])["id"]


def test_sends_a_lone_surrogate_that_the_script_has():
    text = body_of(put_reply(Reply(text="a\ud800b")))["choices"][0]["message"]["content"]
    assert text == "a\ud800b"


def test_follows_the_script_and_says_what_is_unused():
    first, second, third = Reply(text="1"), Fault(status=500), Reply(text="3")
    answering = service(first, second, third)
    assert answering.unused == (first, second, third)
    assert answering.answer(request()).status == 200
    assert answering.answer(request()).status == 500
    assert answering.unused == (third,)
    assert [exchange.reply for exchange in answering.exchanges] == [0, 1]


def test_a_refused_request_takes_no_reply():
    answering = service(Reply(text="1"))
    assert answering.answer(request(chat(tools=[]))).status == 400
    assert answering.unused == (Reply(text="1"),)
    assert answering.exchanges[0].reply is None
    assert not answering.exchanges[0].unscripted
    assert answering.answer(request()).status == 200
    assert answering.unused == ()


def test_an_uncertain_violation_is_recorded_and_answered():
    answering = service(Reply(text="1"))
    assert answering.answer(request(chat(user=None))).status == 200
    (violation,) = answering.exchanges[0].violations
    assert not violation.certain
    assert answering.exchanges[0].reply == 0


def test_answers_what_is_not_scripted_with_an_error_of_its_own():
    answering = service(Reply(text="1"))
    answering.answer(request())
    response = answering.answer(request(STREAM))
    assert response.status == 400
    assert json.loads(response.body)["error"]["type"] == "conformance_error"
    assert "1" in json.loads(response.body)["error"]["message"]
    last = answering.exchanges[-1]
    assert last.unscripted
    assert last.reply is None
    assert last.violations == ()


def test_a_fault_that_sticks_answers_for_ever():
    answering = service(Reply(text="1"), Fault(status=429, lasts="always", retry_after_ms=7), Reply(text="3"))
    answering.answer(request())
    for _ in range(3):
        response = answering.answer(request())
        assert response.status == 429
        assert response.headers["retry-after-ms"] == "7"
    assert [exchange.reply for exchange in answering.exchanges] == [0, 1, 1, 1]
    assert answering.unused == (Reply(text="3"),)


def test_a_fault_that_lasts_for_the_prompt_answers_until_the_next_one_begins():
    answering = service(Fault(status=400, lasts="prompt"), Reply(text="2"), Fault(status=404, lasts="prompt"))
    statuses = []
    for requests in (2, 1, 2):
        answering.begin_prompt()
        statuses += [answering.answer(request()).status for _ in range(requests)]
    assert statuses == [400, 400, 200, 404, 404]
    assert answering.unused == ()


@pytest.mark.parametrize("lasts", ["once", "prompt", "always"])
def test_goes_on_where_it_is_told_to_whatever_was_requested(lasts):
    answering = service(Fault(status=400, lasts=lasts), Reply(text="2"), Reply(text="3"), Reply(text="4"))
    answering.answer(request())
    answering.go_to(2)
    assert json.loads(answering.answer(request()).body)["choices"][0]["message"]["content"] == "3"
    assert answering.unused == (Reply(text="4"),)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, ("invalid_request_error", "invalid_api_key")),
        (404, ("invalid_request_error", "model_not_found")),
        (429, ("requests", "rate_limit_exceeded")),
        (500, ("server_error", None)),
        (503, ("server_error", None)),
        (400, ("invalid_request_error", None)),
    ],
)
def test_stages_openai_s_errors(status, error):
    exchange = put_reply(Fault(status=status))
    assert exchange.response.status == status
    body = body_of(exchange)["error"]
    assert (body["type"], body["code"]) == error
    assert body["param"] is None
    assert exchange.violations == ()


@pytest.mark.parametrize(("status", "code"), [(401, "401"), (404, "DeploymentNotFound"), (429, "429")])
def test_stages_azure_s_errors(status, code):
    answering = service(Fault(status=status), provider="azure")
    response = answering.answer(request(url=DEPLOYMENT_URL, headers=API_KEY))
    assert response.status == status
    error = json.loads(response.body)["error"]
    assert set(error) == {"code", "message"}
    assert error["code"] == code


@pytest.mark.parametrize("status", [502, 504, 522])
def test_a_gateway_before_the_service_answers_with_a_page(status):
    response = put_reply(Fault(status=status)).response
    assert response.status == status
    assert response.headers["content-type"] == "text/html"
    assert response.headers["retry-after-ms"] == "1"
    assert f"<h1>Error {status}</h1>" in response.body.decode()


def test_records_the_body_and_the_model():
    exchange = put(request(chat(model="gpt-4")))
    assert exchange.body == chat(model="gpt-4")
    assert exchange.model == "gpt-4"
    assert put(request(chat(model=4))).model is None
    assert put(request(b"{")).model is None


def test_serves_many_threads_each_reply_once():
    replies = [Reply(text=str(number)) for number in range(200)]
    answering = service(*replies)
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: json.loads(answering.answer(request()).body), range(200)))
    texts = [completion["choices"][0]["message"]["content"] for completion in said]
    assert sorted(texts, key=int) == [reply.text for reply in replies]
    assert [exchange.reply for exchange in answering.exchanges] == list(range(200))
    assert len({completion["id"] for completion in said}) == 200


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (Reply, "neither text nor calls"),
        (lambda: Fault(status=200), "status = 200"),
        (lambda: Fault(status=600), "status = 600"),
        (lambda: Script(provider="gemini", key=KEY, endpoint=OPENAI), "provider = 'gemini'"),
        (lambda: Script(provider="openai", key=KEY, endpoint="api.openai.com"), "endpoint = 'api.openai.com'"),
    ],
)
def test_a_script_that_makes_no_sense_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_values_cannot_be_changed_and_the_key_is_not_shown():
    script = Script(provider="openai", key=KEY, endpoint=OPENAI)
    with pytest.raises(dataclasses.FrozenInstanceError):
        script.key = "other"
    assert KEY not in repr(script)


def test_needs_no_http():
    code = "import sys, conformance._service; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  (our own code)
    loaded = run.stdout.split()
    assert "conformance._service" in loaded
    foreign = {"httpx", "httpx2", "respx", "openai", "pytest", "jsonschema", "http.client", "socket"}
    assert not foreign.intersection(loaded)
