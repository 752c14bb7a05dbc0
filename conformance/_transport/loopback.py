"""The transport over HTTP: serves a scripted service on 127.0.0.1, for clients of any language."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, BinaryIO, Final

from conformance._service import Request, Response

MAX_BODY: Final = 64_000_000
"""Bytes that a request's body may have."""

_IDLE: Final = 60.0
"""Seconds that a connection may stay silent."""

_MAX_LINE: Final = 65_536
_HEXADECIMAL: Final = re.compile(rb"[0-9a-fA-F]{1,16}")
_NO_BODY: Final = {204, 304}
_CONNECTION_LOST: Final = (ConnectionError, TimeoutError, ValueError)
"""What reading and writing raise when the other side has gone; ValueError once this side has closed the file."""


class _RequestError(Exception):
    """A request whose body cannot be read."""

    def __init__(self, status: int, found: str) -> None:
        super().__init__(status, found)
        self.status = status
        self.found = found


class Loopback(ThreadingMixIn, TCPServer):
    """An HTTP/1.1 server on a free port (or the given one) that accepts connections from its making on.

    `answer` is called in the connection's thread. Raises OSError if the port is taken.
    """

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, answer: Callable[[Request], Response], port: int = 0) -> None:
        self.answer = answer
        self._lock = threading.Lock()
        self._connections: dict[socket.socket, threading.Thread] = {}
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """The URL of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, which `server_close` can find."""
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        thread = threading.Thread(
            target=self.process_request_thread,
            args=(request, client_address),
            name="conformance-connection",
            daemon=True,
        )
        with self._lock:
            self._connections[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._lock:
            self._connections.pop(request, None)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Close the port and every connection, and wait for their threads."""
        super().server_close()
        with self._lock:
            connections = dict(self._connections)
        for connection, thread in connections.items():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextmanager
def serving(answer: Callable[[Request], Response], port: int = 0) -> Iterator[Loopback]:
    """Serve until the end of the block; no thread and no connection outlives it."""
    with Loopback(answer, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="conformance-loopback", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One connection: reads requests and writes answers until one side closes it."""

    server: Loopback
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    wbufsize = -1  # head and body leave together

    def handle(self) -> None:
        with contextlib.suppress(*_CONNECTION_LOST):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(*_CONNECTION_LOST):
            super().finish()

    def handle_expect_100(self) -> bool:
        """Tell the client to go on, at once."""
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def log_message(self, *_: Any) -> None:
        """Keep quiet: what was sent is in the case's transcript."""

    def _respond(self) -> None:
        try:
            request = Request(
                method=self.command,
                url=self._url(),
                headers=self._headers(),
                body=self._body(),
            )
        except _RequestError as error:
            self.close_connection = True  # where the next request begins is not known
            self._write(_refuse(error.status, error.found))
            return
        self._write(self.server.answer(request))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _respond  # noqa: N815  # the base's names

    def _url(self) -> str:
        return self.path if "://" in self.path else self.server.url + self.path

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        return headers

    def _body(self) -> bytes:
        """Read the body; raise _RequestError."""
        coding = self.headers.get("transfer-encoding", "").strip().lower()
        if coding == "chunked":
            return _read_chunks(self.rfile)
        if coding:
            raise _RequestError(501, f"transfer-encoding {coding}, but should be chunked")
        length = self.headers.get("content-length", "0").strip()
        if not (length.isascii() and length.isdigit()):
            raise _RequestError(400, f"content-length {length!r}, but should be a number")
        return _read(self.rfile, int(length))

    def _write(self, response: Response) -> None:
        """Write head and body."""
        bare = self.command == "HEAD" or response.status in _NO_BODY
        self.send_response_only(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status not in _NO_BODY:
            self.send_header("content-length", str(len(response.body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if not bare:
            self.wfile.write(response.body)
        self.wfile.flush()


def _read(stream: Any, length: int, already: int = 0) -> bytes:
    if already + length > MAX_BODY:
        raise _RequestError(413, f"a body of more than {MAX_BODY} bytes")
    body: bytes = stream.read(length)
    if len(body) < length:
        raise ConnectionError("the client closed the connection in the middle of a request")
    return body


def _read_chunks(stream: BinaryIO | Any) -> bytes:
    """Read a chunked body (RFC 9112, section 7.1); extensions and trailers are passed over."""
    body = bytearray()
    while True:
        size = stream.readline(_MAX_LINE).partition(b";")[0].strip()
        if not _HEXADECIMAL.fullmatch(size):
            raise _RequestError(400, f"the size {size[:40]!r} of a chunk, but should be hexadecimal")
        length = int(size, 16)
        if length == 0:
            break
        body += _read(stream, length, len(body))
        stream.readline(_MAX_LINE)
    while stream.readline(_MAX_LINE).strip():
        pass
    return bytes(body)


def _refuse(status: int, found: str) -> Response:
    return Response(status=status, headers={"content-type": "text/plain"}, body=f"{found}\n".encode())
