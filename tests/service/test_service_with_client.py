"""The service behind the real client: what the client raises for the real service, it raises here."""

import asyncio
import importlib
import json

import openai
import pytest
from body_collections import BAD_BODIES
from openai.types.chat import ChatCompletion
from service_samples import AZURE, KEY, OPENAI, call, calls, chat, service, user

from conformance._service import Fault, Reply, Request, ToolCall

http = importlib.import_module("httpx2" if int(openai.__version__.split(".")[0]) >= 3 else "httpx")

CALL = ToolCall(id="call_1", name="AddTodo", arguments='{"taskDescription": "buy milk and bread"}')
MESSAGES = [user()]


def transport(answering):
    def handle(asked):
        request = Request(
            method=asked.method, url=str(asked.url), headers=dict(asked.headers.items()), body=asked.read()
        )
        response = answering.answer(request)
        return http.Response(response.status, headers=dict(response.headers), content=response.body)

    return http.MockTransport(handle)


@pytest.fixture
def connect():
    """Make clients on a service; they are closed at the end."""
    opened = []

    def make(answering, kind=openai.OpenAI, **options):
        client = kind(**{"api_key": KEY, **options}, http_client=http.Client(transport=transport(answering)))
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


def connect_azure(connect, answering, **options):
    options = {"azure_endpoint": AZURE, "api_version": "2024-06-01", **options}
    return connect(answering, kind=openai.AzureOpenAI, **options)


@pytest.fixture(autouse=True)
def without_settings(monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN", "AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION"):
        monkeypatch.delenv(name, raising=False)


ERRORS = {
    400: openai.BadRequestError,
    401: openai.AuthenticationError,
    404: openai.NotFoundError,
    429: openai.RateLimitError,
    500: openai.InternalServerError,
}


def test_a_conversation_with_a_tool(connect):
    answering = service(Reply(calls=(CALL,)), Reply(text="Done."))
    client = connect(answering)
    body = chat()
    message = client.chat.completions.create(**body).choices[0].message
    assert message.content is None
    (tool_call,) = message.tool_calls
    assert (tool_call.id, tool_call.function.name) == ("call_1", "AddTodo")
    assert json.loads(tool_call.function.arguments) == {"taskDescription": "buy milk and bread"}
    body["messages"] += [message, {"role": "tool", "tool_call_id": tool_call.id, "content": "ok"}]
    assert client.chat.completions.create(**body).choices[0].message.content == "Done."
    assert [exchange.violations for exchange in answering.exchanges] == [(), ()]
    assert answering.unused == ()


@pytest.mark.parametrize("kind", ["openai", "by deployment", "deployment of the client", "v1"])
def test_every_way_to_construct_a_client(connect, kind):
    provider = "openai" if kind == "openai" else "azure"
    answering = service(provider=provider, models=frozenset({"gpt-4", "My.Depl-1"}))
    match kind:
        case "openai":
            client, model, effective = connect(answering), "gpt-4", "gpt-4"
        case "by deployment":
            client, model, effective = connect_azure(connect, answering), "My.Depl-1", "My.Depl-1"
        case "deployment of the client":
            client = connect_azure(connect, answering, azure_deployment="My.Depl-1")
            model, effective = "gpt-4", "My.Depl-1"
        case "v1":
            client = connect(answering, base_url=f"{AZURE}/openai/v1/")
            model, effective = "My.Depl-1", "My.Depl-1"
    client.chat.completions.create(model=model, messages=MESSAGES)
    (exchange,) = answering.exchanges
    assert exchange.violations == ()
    assert exchange.model == effective


@pytest.mark.parametrize("sample", BAD_BODIES[::5], ids=lambda sample: sample.what)
def test_the_client_raises_what_the_service_says(connect, sample):
    answering = service()
    client = connect(answering)
    with pytest.raises(ERRORS[sample.status]) as raised:
        client.post("/chat/completions", body=sample.body, cast_to=ChatCompletion)
    (exchange,) = answering.exchanges  # a refusal is not retried
    assert raised.value.status_code == sample.status
    assert raised.value.type == "invalid_request_error"
    assert raised.value.code == sample.code
    assert raised.value.param == sample.param
    assert exchange.violations[0].message == raised.value.body["message"]


def test_wrong_keys(connect):
    answering = service()
    with pytest.raises(openai.AuthenticationError) as raised:
        connect(answering).with_options(api_key="sk-other").chat.completions.create(model="gpt-4", messages=MESSAGES)
    assert raised.value.code == "invalid_api_key"
    client = connect_azure(connect, service(provider="azure"), api_key="other")
    with pytest.raises(openai.AuthenticationError) as raised:
        client.chat.completions.create(model="chat", messages=MESSAGES)
    assert raised.value.code == "401"


def test_unknown_models(connect):
    with pytest.raises(openai.NotFoundError) as raised:
        connect(service()).chat.completions.create(model="DefaultChatModel", messages=MESSAGES)
    assert raised.value.code == "model_not_found"
    client = connect_azure(connect, service(provider="azure", models=frozenset({"chat"})))
    with pytest.raises(openai.NotFoundError) as raised:
        client.chat.completions.create(model="Chat", messages=MESSAGES)
    assert raised.value.code == "DeploymentNotFound"


def test_bad_api_version(connect):
    client = connect_azure(connect, service(provider="azure"), api_version="2024")
    with pytest.raises(openai.NotFoundError) as raised:
        client.chat.completions.create(model="chat", messages=MESSAGES)
    assert raised.value.code == "404"


@pytest.mark.parametrize("provider", ["openai", "azure"])
@pytest.mark.parametrize("status", [429, 500])
def test_the_client_retries_a_fault_and_goes_on(connect, provider, status):
    answering = service(Fault(status=status), Fault(status=status), Reply(text="Done."), provider=provider)
    client = connect(answering) if provider == "openai" else connect_azure(connect, answering)
    completion = client.chat.completions.create(model="gpt-4", messages=MESSAGES)
    assert completion.choices[0].message.content == "Done."
    assert [exchange.response.status for exchange in answering.exchanges] == [status, status, 200]


@pytest.mark.parametrize(
    ("status", "attempts", "codes"),
    [
        (429, 3, {"openai": "rate_limit_exceeded", "azure": "429"}),
        (500, 3, {"openai": None, "azure": None}),
        (401, 1, {"openai": "invalid_api_key", "azure": "401"}),
    ],
)
@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_the_client_raises_a_fault_that_sticks(connect, provider, status, attempts, codes):
    answering = service(Fault(status=status, lasts="always"), provider=provider)
    client = connect(answering) if provider == "openai" else connect_azure(connect, answering)
    with pytest.raises(ERRORS[status]) as raised:
        client.chat.completions.create(model="gpt-4", messages=MESSAGES)
    assert raised.value.code == codes[provider]
    assert len(answering.exchanges) == attempts
    assert answering.unused == ()


def test_the_client_does_not_retry_what_is_not_scripted(connect):
    answering = service(Reply(text="1"))
    client = connect(answering)
    client.chat.completions.create(model="gpt-4", messages=MESSAGES)
    with pytest.raises(openai.BadRequestError, match="no reply left") as raised:
        client.chat.completions.create(model="gpt-4", messages=MESSAGES)
    assert raised.value.type == "conformance_error"
    assert len(answering.exchanges) == 2


def test_a_stream(connect):
    answering = service(Reply(text="Wait a little.", calls=(CALL,)))
    options = {"stream": True, "stream_options": {"include_usage": True}}
    chunks = list(connect(answering).chat.completions.create(model="gpt-4", messages=MESSAGES, **options))
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == "Wait a little."
    parts = [part for delta in deltas for part in delta.tool_calls or ()]
    assert (parts[0].id, parts[0].function.name) == ("call_1", "AddTodo")
    assert "".join(part.function.arguments for part in parts) == CALL.arguments
    assert chunks[-1].usage.total_tokens > 0


def test_the_client_s_own_joining_of_a_stream(connect):
    with connect(service(Reply(calls=(CALL,)))).chat.completions.stream(model="gpt-4", messages=MESSAGES) as stream:
        message = stream.get_final_completion().choices[0].message
    assert message.tool_calls[0].function.arguments == CALL.arguments


def test_a_refused_stream(connect):
    with pytest.raises(openai.BadRequestError):
        connect(service()).chat.completions.create(model="gpt-4", messages=[], stream=True)


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_the_asynchronous_client(provider):
    answering = service(Fault(status=429), Reply(text="Done."), provider=provider)

    async def converse():
        options = {"api_key": KEY, "http_client": http.AsyncClient(transport=transport(answering))}
        if provider == "azure":
            client = openai.AsyncAzureOpenAI(azure_endpoint=AZURE, api_version="2024-06-01", **options)
        else:
            client = openai.AsyncOpenAI(**options)
        async with client:
            said = await client.chat.completions.create(model="gpt-4", messages=MESSAGES)
            with pytest.raises(openai.BadRequestError) as raised:
                await client.chat.completions.create(model="gpt-4", messages=[user(), calls(call()), user()])
            return said, raised.value

    said, error = asyncio.run(converse())
    assert said.choices[0].message.content == "Done."
    assert error.param == "messages.[2].role"
    assert [exchange.response.status for exchange in answering.exchanges] == [429, 200, 400]


def test_the_default_host_is_openai_s(connect):
    assert str(connect(service()).base_url) == f"{OPENAI}/v1/"
