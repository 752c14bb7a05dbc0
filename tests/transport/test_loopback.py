"""The scripted service over HTTP."""

import http.client
import json
import socket
import threading

import openai
import pytest
from judging_misbehaviour import nothing_left

from conformance._service import Reply, Response, Script, Service
from conformance._text import limits
from conformance._transport.endpoints import Endpoints
from conformance._transport.loopback import serving
from conformance._transport.switchboard import Switchboard

KEY = "sk-conformance-of-this-case"
MESSAGES = [{"role": "user", "content": "Hello"}]
BODY = json.dumps({"model": "gpt-4o", "messages": MESSAGES}).encode()
HEADERS = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
PATH = "/v1/chat/completions"


@pytest.fixture
def board():
    return Switchboard()


@pytest.fixture
def server(board):
    with nothing_left(), serving(board.answer) as server:
        yield server


@pytest.fixture
def connection(server):
    connection = http.client.HTTPConnection(*server.server_address, timeout=10)
    yield connection
    connection.close()


def script(server, *texts, key=KEY, provider="openai"):
    replies = tuple(Reply(text=text) for text in texts)
    return Service(Script(provider=provider, key=key, endpoint=server.url, replies=replies))


def post(connection, body=BODY, headers=HEADERS, path=PATH, **options):
    connection.request("POST", path, body, headers, **options)
    response = connection.getresponse()
    return response.status, response.read()


def content(answer):
    status, body = answer
    assert status == 200, body
    return json.loads(body)["choices"][0]["message"]["content"]


def test_a_connection_is_kept_for_many_requests(server, board, connection):
    with board.serving(KEY, script(server, "one", "two", "three")):
        answers = []
        for _ in range(3):
            answers.append(content(post(connection)))
            port = connection.sock.getsockname()[1]
    assert answers == ["one", "two", "three"]
    assert connection.sock.getsockname()[1] == port


def test_the_service_sees_the_request_as_it_was_sent(server, board, connection):
    service = script(server, "one")
    with board.serving(KEY, service):
        connection.putrequest("POST", f"{PATH}?a=b")
        for name, value in {**HEADERS, "X-Twice": "1", "x-twice": "2", "Content-Length": str(len(BODY))}.items():
            connection.putheader(name, value)
        connection.endheaders(BODY)
        connection.getresponse().read()
    (exchange,) = service.exchanges
    assert exchange.request.method == "POST"
    assert exchange.request.url == f"{server.url}{PATH}?a=b"
    assert exchange.request.headers["x-twice"] == "1, 2"
    assert exchange.request.body == BODY


def test_a_chunked_body_is_read(server, board, connection):
    with board.serving(KEY, script(server, "one", "two")):
        pieces = [BODY[:10], BODY[10:]]
        assert content(post(connection, iter(pieces), encode_chunked=True, headers={**HEADERS})) == "one"
        assert content(post(connection)) == "two"


def test_a_client_that_waits_to_be_told_to_go_on_is_told(server, board):
    with board.serving(KEY, script(server, "one")), socket.create_connection(server.server_address, 10) as client:
        head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nExpect: 100-continue\r\n"
        client.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 100 ")
        client.sendall(BODY)
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": str(limits.REQUEST_BYTES + 1)}, 413),
        ({"Content-Length": "many"}, 400),
        ({"Content-Length": "-1"}, 400),
        ({"Transfer-Encoding": "gzip"}, 501),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(headers, status, connection):
    connection.putrequest("POST", PATH)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == status
    assert response.headers["connection"] == "close"


@pytest.mark.parametrize("size", [b"xyz", b"-5", b"1_0", b""])
def test_a_chunk_without_a_size_is_refused(size, connection):
    connection.putrequest("POST", PATH)
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    connection.send(size + b"\r\nhello\r\n0\r\n\r\n")
    assert connection.getresponse().status == 400


def test_a_chunked_body_is_bounded(connection, monkeypatch):
    monkeypatch.setattr(limits, "REQUEST_BYTES", 10)
    assert post(connection, iter([b"12345", b"678901"]), {}, encode_chunked=True)[0] == 413


@pytest.mark.parametrize(
    "rubbish", [b"", b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"POST / HTTP/9.9\r\n\r\n", b"POST /v1"]
)
def test_rubbish_does_no_harm(rubbish, server, board, connection):
    with socket.create_connection(server.server_address, 10) as client:
        client.sendall(rubbish)
        client.shutdown(socket.SHUT_WR)
        client.settimeout(10)
        while client.recv(1000):
            pass
    with board.serving(KEY, script(server, "one")):
        assert content(post(connection)) == "one"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_the_services_to_judge(method, server, board, connection):
    service = script(server)
    with board.serving(KEY, service):
        connection.request(method, PATH, headers=HEADERS)
        response = connection.getresponse()
        response.read()
    assert response.status >= 400
    assert service.exchanges[0].request.method == method


def test_a_head_request_gets_no_body(server, board, connection):
    with board.serving(KEY, script(server)):
        connection.request("HEAD", PATH, headers=HEADERS)
        assert connection.getresponse().read() == b""
        assert post(connection)[0] == 400  # no reply is scripted; the connection is in step


def test_a_request_of_an_earlier_case_is_reported_and_not_given_to_the_next(server, board, connection):
    with board.serving(KEY, script(server, "one")):
        content(post(connection))
    next_key = f"{KEY}-next"
    service = script(server, "two", key=next_key)
    with board.serving(next_key, service):
        assert post(connection)[0] == 404
        assert board.take_late() == [f"POST {server.url}{PATH}"]
        assert service.exchanges == ()
        assert content(post(connection, headers={**HEADERS, "Authorization": f"Bearer {next_key}"})) == "two"
    assert board.take_late() == []


def test_many_connections_at_once(server, board):
    answers = []

    def ask():
        connection = http.client.HTTPConnection(*server.server_address, timeout=10)
        answers.append(content(post(connection)))
        connection.close()

    texts = [f"reply {number}" for number in range(20)]
    with board.serving(KEY, script(server, *texts)):
        threads = [threading.Thread(target=ask) for _ in texts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == sorted(texts)


def test_ending_closes_connections_that_are_open():
    with nothing_left():
        with serving(lambda _: Response(status=200, headers={}, body=b"ok")) as server:
            address = server.server_address
            idle = socket.create_connection(address, 10)
            busy = http.client.HTTPConnection(*address, timeout=10)
            assert post(busy) == (200, b"ok")
        assert idle.recv(10) == b""
        idle.close()
        busy.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, 10)


def test_a_port_can_be_asked_for():
    with serving(lambda _: Response(status=200, headers={}, body=b"")) as first:
        port = first.server_address[1]
        with pytest.raises(OSError, match="in use"), serving(first.answer, port):
            pass
    with serving(first.answer, port) as second:
        assert second.url == f"http://127.0.0.1:{port}"


def test_the_real_client_speaks_to_both_providers(server, board):
    endpoints = Endpoints.at(server.url)
    with (
        board.serving(KEY, script(server, "from OpenAI")),
        openai.OpenAI(api_key=KEY, base_url=endpoints.openai_base_url) as client,
    ):
        completion = client.chat.completions.create(model="gpt-4o", messages=MESSAGES)
        assert completion.choices[0].message.content == "from OpenAI"
    azure_key = f"{KEY}-azure"
    service = script(server, "from Azure", key=azure_key, provider="azure")
    with (
        board.serving(azure_key, service),
        openai.AzureOpenAI(api_key=azure_key, azure_endpoint=endpoints.azure, api_version="2024-10-21") as client,
    ):
        stream = client.chat.completions.create(model="deployment", messages=MESSAGES, stream=True)
        said = [chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices]
        assert "".join(said) == "from Azure"
