from __future__ import annotations

import json
from typing import Any

import pytest
import report_samples as samples

from conformance.report.excerpt import request_of, shorten

TOOLS = [{"type": "function", "function": {"name": name, "description": f"Does {name}"}} for name in ("add", "drop")]
MESSAGES = [
    {"role": "user", "content": "Hello " * 200},
    {"role": "tool", "tool_call_id": "call_1", "content": "one"},
    {"role": "tool", "tool_call_id": "call_2", "content": "two"},
]
BODY = json.dumps({"model": "gpt-4o", "messages": MESSAGES, "tools": TOOLS, "stop": [], "user": "x" * 100})


def excerpt(what: str, **more: Any) -> str:
    return shorten(BODY, samples.finding(what=what, **more))


@pytest.mark.parametrize(
    ("what", "shown", "hidden"),
    [
        ("model", '"model": "gpt-4o", "messages": [3 not shown], "tools": [2 not shown], "stop": []', "one"),
        ("results.call_1", '[1 before not shown, {"role": "tool", "tool_call_id": "call_1", "content": "one"}', "two"),
        ("told.call_2", '[2 before not shown, {"role": "tool", "tool_call_id": "call_2", "content": "two"}]', "one"),
        ("messages[1].content", '"content": "one"}, 1 more not shown]', "two"),
        ("tools.add.description", '"tools": [{"type": "function", "function": {"name": "add", ', "drop"),
        ("tools.drop", '"tools": [1 before not shown, {"type": "function", "function": {"name": "drop", ', "Does add"),
        ("body.stop", '"stop": []', "Does"),
        ("length of tools", '"tools": [1 before not shown, {"type": "function", "function": {"name": "drop", ', "one"),
    ],
)  # fmt: skip
def test_shows_the_member_that_a_finding_is_about(what: str, shown: str, hidden: str) -> None:
    text = excerpt(what)
    assert shown in text
    assert hidden not in text
    assert len(text) < 500


def test_shows_what_a_refused_request_was_refused_for() -> None:
    got = 'refused with 400 invalid (tools[1].function = 1, but should be "x")'
    assert '"tools": [1 before not shown, {"type": "function", "function": {"name": "drop"' in excerpt(
        "the request", got=got
    )


def test_shows_the_last_message_if_the_finding_is_about_none() -> None:
    assert '"tool_call_id": "call_2"' in excerpt("the reply")
    assert '"tool_call_id": "call_2"' in shorten(BODY)


@pytest.mark.parametrize("body", ["a=1&b=2", "[1, 2]", '{"cut": "off', ""])
def test_shows_what_is_not_an_object_as_it_was_sent(body: str) -> None:
    assert shorten(body, samples.finding(what="model")) == body


def test_says_how_long_a_body_is_that_it_cuts() -> None:
    assert shorten("x" * 2000).endswith("x … (2000 characters)")


FIRST, SECOND = samples.SENT, samples.Sent(method="POST", url="https://x.example", body="{}", status=400)


@pytest.mark.parametrize(
    ("finding", "number"),
    [
        ({"where": "request 1"}, 1),
        ({"where": "request 2"}, 2),
        ({"where": "request 3"}, 2),
        ({"where": None, "what": "the reply"}, 2),
        ({"where": "AddTodo", "what": "binding.model"}, None),
        ({"where": None, "what": "the declaration"}, None),
        ({"where": None, "what": "construct"}, None),
    ],
)
def test_takes_the_request_that_shows_it(finding: dict[str, Any], number: int | None) -> None:
    one = samples.finding(**finding)
    found = request_of(samples.failed(findings=(one,), requests=(FIRST, SECOND)), (one,))
    assert (found and found[0]) == number


def test_there_may_be_no_request() -> None:
    assert request_of(samples.failed(requests=()), (samples.finding(),)) is None
