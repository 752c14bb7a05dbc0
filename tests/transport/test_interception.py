"""The tripwire: whatever client an implementation uses on httpx or httpx2, its requests reach the service."""

import asyncio
import gc
import importlib
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import openai
import pytest

from conformance._service import Response
from conformance._transport.interception import intercepting

CLIENT_LIBRARIES = [
    pytest.param(httpx, id="httpx"),
    pytest.param("httpx2", id="httpx2"),
]
COMPLETION = {
    "id": "c",
    "object": "chat.completion",
    "created": 0,
    "model": "gpt-4",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello."}}],
}
CHUNKS = ["Hel", "lo."]
ASK = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}
NO_PROXY = {"trust_env": False}


@pytest.fixture(scope="module")
def tls():
    """Share one SSL context: making one takes longer than all else here."""
    return ssl.create_default_context()


def library(which):
    return pytest.importorskip(which) if isinstance(which, str) else which


def client_library():
    """Return what the installed openai speaks through."""
    return importlib.import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])


def stream():
    chunks = [
        {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "gpt-4",
         "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
        for text in CHUNKS
    ]  # fmt: skip
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


@pytest.fixture
def arrived():
    """Intercept, and give the list of the requests that arrived."""
    requests = []

    def answer(request):
        requests.append(request)
        wants_stream = request.body and json.loads(request.body).get("stream")
        kind = "text/event-stream" if wants_stream else "application/json"
        body = stream() if wants_stream else json.dumps(COMPLETION)
        return Response(status=200, headers={"content-type": kind}, body=body.encode())

    with intercepting(answer):
        yield requests


def openai_client(kind, tls):
    http = client_library()
    transport = http.AsyncClient if kind.endswith("async") else http.Client
    wire = {"http_client": transport(verify=tls, **NO_PROXY)}
    if kind.startswith("azure"):
        place = {"azure_endpoint": "https://x.openai.azure.com", "api_key": "k", "api_version": "2024-10-21"}
        return (openai.AsyncAzureOpenAI if kind.endswith("async") else openai.AzureOpenAI)(**place, **wire)
    place = {"api_key": "sk-k", "base_url": "https://api.openai.com/v1"}
    return (openai.AsyncOpenAI if kind.endswith("async") else openai.OpenAI)(**place, **wire)


async def read_async(client, *, streaming):
    async with client:
        answer = await client.chat.completions.create(**ASK, stream=streaming)
        if not streaming:
            return answer.choices[0].message.content
        return "".join([chunk.choices[0].delta.content async for chunk in answer])


def read(client, *, streaming):
    with client:
        answer = client.chat.completions.create(**ASK, stream=streaming)
        if not streaming:
            return answer.choices[0].message.content
        return "".join(chunk.choices[0].delta.content for chunk in answer)


@pytest.mark.parametrize("streaming", [False, True], ids=["whole", "streaming"])
@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("openai", "https://api.openai.com/v1/chat/completions"),
        ("openai-async", "https://api.openai.com/v1/chat/completions"),
        ("azure", "https://x.openai.azure.com/openai/deployments/gpt-4/chat/completions?api-version=2024-10-21"),
        ("azure-async", "https://x.openai.azure.com/openai/deployments/gpt-4/chat/completions?api-version=2024-10-21"),
    ],
)
def test_the_installed_openai_is_intercepted(arrived, tls, kind, url, streaming):
    client = openai_client(kind, tls)
    if kind.endswith("async"):
        text = asyncio.run(read_async(client, streaming=streaming))
    else:
        text = read(client, streaming=streaming)
    assert text == "Hello."
    (request,) = arrived
    assert (request.method, request.url) == ("POST", url)
    assert json.loads(request.body)["messages"] == ASK["messages"]
    assert request.headers["api-key" if kind.startswith("azure") else "authorization"].endswith("k")


def test_an_openai_client_that_was_made_before_is_intercepted(tls):
    client = openai_client("openai", tls)
    with intercepting(lambda _: Response(status=200, headers={}, body=json.dumps(COMPLETION).encode())):
        assert read(client, streaming=False) == "Hello."


@pytest.mark.parametrize("which", CLIENT_LIBRARIES)
def test_a_bare_client_is_intercepted(arrived, tls, which):
    with library(which).Client(verify=tls, **NO_PROXY) as client:
        response = client.post("https://elsewhere.example/a%2Fb?c=d%20e", content=b"{}", headers={"X-Mine": "1"})
    assert response.json() == COMPLETION
    (request,) = arrived
    assert (request.method, request.url) == ("POST", "https://elsewhere.example/a%2Fb?c=d%20e")
    assert (request.headers["x-mine"], request.body) == ("1", b"{}")


@pytest.mark.parametrize("which", CLIENT_LIBRARIES)
def test_a_bare_asynchronous_client_is_intercepted(arrived, tls, which):
    async def post():
        async with library(which).AsyncClient(verify=tls, **NO_PROXY) as client:
            return await client.post("http://192.0.2.1:8080/", content=b'{"a": 1}')

    assert asyncio.run(post()).status_code == 200
    (request,) = arrived
    assert (request.url, request.body) == ("http://192.0.2.1:8080/", b'{"a": 1}')


@pytest.mark.parametrize("which", CLIENT_LIBRARIES)
def test_an_error_is_answered_not_raised(tls, which):
    headers = {"content-type": "application/json", "retry-after-ms": "1"}
    answer = Response(status=429, headers=headers, body=b"{}")
    with intercepting(lambda _: answer), library(which).Client(verify=tls, **NO_PROXY) as client:
        response = client.get("https://api.openai.com/v1/models")
    assert (response.status_code, response.headers["retry-after-ms"], response.content) == (429, "1", b"{}")


class Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(418)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def loopback():
    with HTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("which", CLIENT_LIBRARIES)
def test_loopback_passes(arrived, loopback, which, host):
    with library(which).Client(verify=False, **NO_PROXY) as client:
        assert client.get(f"http://{host}:{loopback}/").status_code == 418
    assert arrived == []


@pytest.mark.parametrize("which", CLIENT_LIBRARIES)
def test_everything_is_put_back(which):
    module = library(which)
    core = importlib.import_module(module.__name__.replace("httpx", "httpcore"))
    before = core.ConnectionPool.handle_request
    with intercepting(lambda _: Response(status=200, headers={}, body=b"")):
        assert core.ConnectionPool.handle_request is not before
    assert core.ConnectionPool.handle_request is before


def test_a_failing_run_puts_everything_back_too():
    before = httpx.HTTPTransport.handle_request
    with pytest.raises(ZeroDivisionError), intercepting(lambda _: 1 / 0):
        raise ZeroDivisionError
    assert httpx.HTTPTransport.handle_request is before


def test_keeps_no_request_of_before(tls):
    """The service keeps what is needed; what respx keeps beside it would be all requests of a run."""
    with intercepting(lambda _: Response(status=200, headers={}, body=b"{}")), httpx.Client(verify=tls) as client:
        for number in range(20):
            client.get(f"https://kept.example/{number}")
        gc.collect()
        kept = [thing.url for thing in gc.get_objects() if type(thing) is httpx.Request]
    assert len([url for url in kept if url.host == "kept.example"]) < 5
