"""Each request is answered by the case that it belongs to, and by no other."""

import json

import pytest

from conformance._service import Reply, Request, Script, Service
from conformance._transport.switchboard import Switchboard

BODY = json.dumps({"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}).encode()


def request(**headers):
    headers = {"content-type": "application/json", **headers}
    return Request(method="POST", url="https://api.openai.com/v1/chat/completions", headers=headers, body=BODY)


def service(key):
    replies = (Reply(text=f"I am {key}."),) * 3
    return Service(Script(provider="openai", key=key, endpoint="https://api.openai.com", replies=replies))


@pytest.fixture
def board():
    return Switchboard()


def text_of(response):
    return json.loads(response.body)["choices"][0]["message"]["content"]


def test_the_case_that_runs_answers(board):
    with board.serving("sk-one", service("sk-one")):
        assert text_of(board.answer(request(authorization="Bearer sk-one"))) == "I am sk-one."
    assert board.take_late() == []


def test_a_wrong_key_is_the_business_of_the_case_that_runs(board):
    one = service("sk-one")
    with board.serving("sk-one", one):
        assert board.answer(request(authorization="Bearer sk-other")).status == 401
    assert len(one.exchanges) == 1


@pytest.mark.parametrize(
    "headers",
    [{"authorization": "Bearer sk-one"}, {"authorization": "bearer  sk-one"}, {"api-key": "sk-one"}],
)
def test_a_request_of_an_earlier_case_is_late_and_does_not_touch_the_next(board, headers):
    with board.serving("sk-one", service("sk-one")):
        pass
    two = service("sk-two")
    with board.serving("sk-two", two):
        assert board.answer(request(**headers)).status == 404
    assert two.exchanges == ()
    assert board.take_late() == ["POST https://api.openai.com/v1/chat/completions"]
    assert board.take_late() == []


def test_nobody_answers_between_cases(board):
    assert board.answer(request(authorization="Bearer sk-one")).status == 404
