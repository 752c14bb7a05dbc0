"""Whatever arrives is answered and recorded; nothing is raised."""

import copy
import json
import random

import pytest
from body_collections import BAD_BODIES
from service_samples import (
    API_KEY,
    AZURE_V1_URL,
    BEARER,
    DEPLOYMENT_URL,
    OPENAI_URL,
    answer,
    call,
    calls,
    chat,
    request,
    service,
    tool,
    user,
)

from conformance._service import Reply, Request

SEED = chat(
    user([{"type": "text", "text": "hi"}]),
    calls(call(1), call(2)),
    answer(1),
    answer(2),
    tools=[tool(strict=True), {"type": "custom", "custom": {"name": "shell"}}],
    tool_choice={"type": "function", "function": {"name": "AddTodo"}},
    stream=True,
    stream_options={"include_usage": True},
    max_tokens=5,
)

ODD = (
    None,
    True,
    0,
    -1,
    1e300,
    10**400,
    "",
    "\ud800",
    "x" * 10_000,
    "tool",
    [],
    {},
    [[]],
    [None],
    {"": {}},
    {"\ud800": [{}]},
    [{"type": []}],
    {"type": {"type": "array"}, "items": [], "properties": 5, "required": {}},
)


def nested(depth, left="[", right="]", middle=""):
    return (left * depth + middle + right * depth).encode()


RAW = {
    "nothing": b"",
    "no UTF-8": b"\xff\xfe{}",
    "UTF-16": json.dumps(SEED).encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "NaN": b'{"temperature": NaN}',
    "infinity by overflow": b'{"temperature": 1e999, "max_tokens": 1e999}',
    "an integer of 5,000 digits": b'{"max_tokens": ' + b"9" * 5_000 + b"}",
    "the same key twice": b'{"model": "a", "model": 5}',
    "lone surrogates": b'{"model": "\\ud800", "messages": [{"role": "\\udfff"}], "\\ud800": 1}',
    "deep lists": nested(100_000),
    "deep objects": nested(100_000, '{"a":', "}", "1"),
    "deep lists in the body": b'{"messages": ' + nested(300) + b"}",
    "a deep schema": b'{"tools":[{"type":"function","function":{"name":"f","parameters":'
    + nested(200, '{"type":"object","properties":{"a":', "}}", "{}")
    + b"}}]}",
    "a deep message": b'{"messages":[{"role":' + nested(400) + b',"content":' + nested(400) + b"}]}",
}


def survives(asked, **settings):
    answering = service(Reply(text="\ud800"), **settings)
    response = answering.answer(asked)
    (exchange,) = answering.exchanges
    assert exchange.response is response
    assert 200 <= response.status < 500
    if response.headers["content-type"] == "application/json":
        json.loads(response.body.decode("utf-8"))
    for violation in exchange.violations:
        assert isinstance(violation.message, str)
        assert violation.param is None or isinstance(violation.param, str)
    return exchange


@pytest.mark.parametrize("body", RAW.values(), ids=RAW)
def test_survives_raw_bytes(body):
    survives(request(body))


def containers(value):
    yield value
    for member in value.values() if isinstance(value, dict) else value:
        if isinstance(member, dict | list) and member:
            yield from containers(member)


def mutate(chance, body):
    body = copy.deepcopy(body)
    for _ in range(chance.randint(1, 4)):
        place = chance.choice(list(containers(body)))
        if not place:
            continue
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
        match chance.randrange(4):
            case 0:
                del place[key]
            case 1 if isinstance(place, list):
                place.insert(key, copy.deepcopy(chance.choice(ODD)))
            case 1:
                name = chance.choice(["type", "items", "content", "tool_calls", "\ud800"])
                place[name] = copy.deepcopy(chance.choice(ODD))
            case _:
                place[key] = copy.deepcopy(chance.choice(ODD))
    return body


@pytest.mark.parametrize("seed", range(20))
def test_survives_mutated_bodies(seed):
    chance = random.Random(seed)  # noqa: S311  (to be repeatable, not secret)
    bodies = [SEED, *(sample.body for sample in BAD_BODIES[::4])]
    routes = [(OPENAI_URL, BEARER, "openai"), (DEPLOYMENT_URL, API_KEY, "azure"), (AZURE_V1_URL, BEARER, "azure")]
    for _ in range(100):
        url, headers, provider = chance.choice(routes)
        survives(request(mutate(chance, chance.choice(bodies)), url=url, headers=headers), provider=provider)


@pytest.mark.parametrize("seed", range(20))
def test_survives_damaged_bytes(seed):
    chance = random.Random(seed)  # noqa: S311  (to be repeatable, not secret)
    good = json.dumps(SEED).encode()
    for _ in range(100):
        damaged = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = chance.choice([None, chance.randrange(len(damaged))])
        survives(request(bytes(damaged[:cut])))


@pytest.mark.parametrize("provider", ["openai", "azure"])
@pytest.mark.parametrize(
    "url",
    [
        "",
        "/",
        "nonsense",
        "http://",
        "http://[::1",
        "https://api.openai.com:99999/v1/chat/completions",
        "https://api.openai.com:\u0661/v1/chat/completions",
        "https://unit.openai.azure.com/openai/deployments/%ff%00/chat/completions?api-version=%ff",
        "https://unit.openai.azure.com/openai/deployments/a/chat/completions?" + "&" * 2_000,
        "https://unit.openai.azure.com/openai/deployments/a/chat/completions?api-version=1&api-version=2",
        "https://\ud800.example/\udfff",
    ],
)
def test_survives_any_url(url, provider):
    survives(request(url=url, headers={}), provider=provider)


@pytest.mark.parametrize("method", ["", "get", "GET", "BREW", "POST\n", "\ud800"])
def test_survives_any_method(method):
    survives(request(method=method))


@pytest.mark.parametrize("value", ["", " ", "Bearer", "Bearer  ", "Bearer \ud800", "Basic x", "x" * 100_000])
def test_survives_any_header(value):
    survives(request(headers={"authorization": value, "api-key": value}))
    survives(Request(method="POST", url=DEPLOYMENT_URL, headers={"api-key": value}), provider="azure")
