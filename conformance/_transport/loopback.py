"""The transport over HTTP: serves a scripted service on 127.0.0.1, for clients of any language."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, TCPServer, ThreadingMixIn
from typing import Any, Final

import h11

from conformance._service import Request, Response
from conformance._text import limits

_CHUNK: Final = 65_536
_NO_BODY: Final = {204, 304}


class Loopback(ThreadingMixIn, TCPServer):
    """An HTTP/1.1 server on a free port (or the given one) that accepts connections as soon as it is made.

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


class _Handler(BaseRequestHandler):
    """One connection: reads requests and writes answers until one side closes it."""

    server: Loopback
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(limits.IDLE_SECONDS)
        self.http = h11.Connection(h11.SERVER)
        self.method = b""
        with contextlib.suppress(OSError, h11.LocalProtocolError):  # the other side has gone, or this one is closing
            try:
                while (request := self._read()) is not None:
                    self._write(self.server.answer(request))
                    if self.http.our_state is not h11.DONE:
                        return
                    self.http.start_next_cycle()
            except h11.RemoteProtocolError as error:
                self._write(_refuse(error.error_status_hint, str(error)))

    def _read(self) -> Request | None:
        """Read the next request, or None once the client has gone; raise RemoteProtocolError."""
        head: h11.Request | None = None
        body = bytearray()
        while True:
            event = self._next_event()
            if isinstance(event, h11.Request):
                head, self.method = event, event.method
                _check_size(int(dict(event.headers).get(b"content-length", 0)))
            elif isinstance(event, h11.Data):
                _check_size(len(body) + len(event.data))
                body += event.data
            elif head is None or not isinstance(event, h11.EndOfMessage):
                return None
            else:
                return self._request(head, bytes(body))

    def _next_event(self) -> Any:
        while (event := self.http.next_event()) is h11.NEED_DATA:
            if self.http.they_are_waiting_for_100_continue:
                self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self.http.receive_data(self.request.recv(_CHUNK))
        return event

    def _request(self, head: h11.Request, body: bytes) -> Request:
        target = head.target.decode("latin-1")
        headers: dict[str, str] = {}
        for name, value in head.headers:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        url = target if "://" in target else self.server.url + target
        return Request(method=head.method.decode("latin-1"), url=url, headers=headers, body=body)

    def _write(self, response: Response) -> None:
        """Write head and body in one piece."""
        bare = response.status in _NO_BODY
        length = {} if bare else {"content-length": str(len(response.body))}
        head = h11.Response(status_code=response.status, headers=list({**response.headers, **length}.items()))
        parts: list[h11.Event] = [head, h11.Data(data=response.body), h11.EndOfMessage()]
        self._send(*(parts[::2] if bare or self.method == b"HEAD" else parts))

    def _send(self, *events: h11.Event) -> None:
        self.request.sendall(b"".join(self.http.send(event) or b"" for event in events))


def _check_size(length: int) -> None:
    if length > limits.REQUEST_BYTES:
        raise h11.RemoteProtocolError(f"a body of more than {limits.REQUEST_BYTES} bytes", error_status_hint=413)


def _refuse(status: int, found: str) -> Response:
    headers = {"content-type": "text/plain", "connection": "close"}
    return Response(status=status, headers=headers, body=f"{found}\n".encode())
