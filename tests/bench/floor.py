"""The floor of the benchmark: empty tests, and bare client calls through one respx router.

Run as `pytest tests/bench/floor.py` with FLOOR_TESTS and FLOOR_CALLS in the environment. It does what no run of the
suite can avoid, without the suite: start pytest, import openai, report as many tests, make as many calls. With
FLOOR_BODIES, a JSON file with a list of bodies, it makes the calls that send these: the client takes longer over a
long conversation than over a short one.
"""

import json
import os
from importlib.util import find_spec
from pathlib import Path
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
MESSAGE = {"role": "user", "content": "Remind me to buy milk"}
BARE = {"model": "gpt-3.5-turbo", "messages": [MESSAGE], "tools": [TOOL]}
BODIES = json.loads(Path(os.environ["FLOOR_BODIES"]).read_text("utf-8")) if "FLOOR_BODIES" in os.environ else []
REQUESTS = BODIES or [BARE] * CALLS


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
    for request in REQUESTS[CALLS * number // TESTS : CALLS * (number + 1) // TESTS]:
        client.chat.completions.create(**request)
