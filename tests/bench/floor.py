"""The floor of the benchmark: empty tests, and bare client calls through one respx router.

Run as `pytest tests/bench/floor.py` with FLOOR_TESTS and FLOOR_CALLS in the environment. It does what no run of the
suite can avoid, without the suite: start pytest, import openai, report as many tests, make as many calls.
"""

import os
from importlib.util import find_spec
from typing import ClassVar

import httpx
import openai
import pytest
import respx
from respx.mocks import HTTPCoreMocker

TESTS = int(os.environ["FLOOR_TESTS"])
CALLS = int(os.environ["FLOOR_CALLS"])

COMPLETION = {
    "id": "chatcmpl-floor",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-3.5-turbo",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Done."}}],
}
TOOL = {
    "type": "function",
    "function": {
        "name": "AddTodo",
        "description": "Create a new todo task",
        "parameters": {"type": "object", "properties": {"taskDescription": {"type": "string"}}},
    },
}


class Mocker(HTTPCoreMocker):
    name = "floor"
    targets: ClassVar = [
        target.replace("httpcore.", f"{module}.", 1)
        for module in ("httpcore", "httpcore2")
        if find_spec(module)
        for target in HTTPCoreMocker.targets
    ]


@pytest.fixture(scope="module")
def client():
    response = httpx.Response(200, json=COMPLETION)
    with respx.MockRouter(using="floor") as router:
        router.post("https://api.openai.com/v1/chat/completions").mock(return_value=response)
        with openai.OpenAI(api_key="sk-floor") as one:
            yield one


@pytest.mark.parametrize("number", range(TESTS))
def test_nothing(number, client):
    for _ in range(CALLS * number // TESTS, CALLS * (number + 1) // TESTS):
        message = {"role": "user", "content": "Remind me to buy milk"}
        client.chat.completions.create(model="gpt-3.5-turbo", messages=[message], tools=[TOOL])
