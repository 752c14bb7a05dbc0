"""The documented example behind HTTP: the response to the prompt is the HTTP response.

    PUT  /api/assistants/{id}              create an assistant; optional JSON body {"instructions": "…"}
    POST /api/assistants/{id}?message=…    post a message; the response is the answer as plain text
    GET  /api/assistants/{id}              the conversation so far, as JSON

The requests are those of the extension's sample. Every error is a JSON object {"error": "…"}.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from openai import OpenAIError

from reference_impl.assistant import Assistant
from reference_impl.errors import ConversationError, SettingsError
from reference_impl.jsontext import read_json, write_json
from reference_impl.todo import INSTRUCTIONS, TodoStore, create_todo_app

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["AssistantServer", "make_server"]

_ROUTE = "/api/assistants/"
_MAX_BODY = 1_000_000  # bytes
_STATUS_OF_ERROR = {
    SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    ConversationError: HTTPStatus.BAD_GATEWAY,
    OpenAIError: HTTPStatus.BAD_GATEWAY,
}
_log = logging.getLogger(__name__)


class _RequestError(Exception):
    """The request is at fault: arguments are the response's status, and a message."""


class AssistantServer(ThreadingHTTPServer):
    """The example's app, and its assistants: each is a conversation of its own, under its id."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], settings: Mapping[str, str], database: str | Path) -> None:
        """Open the database and listen."""
        self.app = create_todo_app(settings, TodoStore(database))
        self.assistants: dict[str, Assistant] = {}
        super().__init__(address, _Handler)


def make_server(host: str, port: int, settings: Mapping[str, str], database: str | Path) -> AssistantServer:
    """Bind the server, port 0 being any free one; then `serve_forever` serves, `server_close` releases it."""
    return AssistantServer((host, port), settings, database)


class _Handler(BaseHTTPRequestHandler):
    server: AssistantServer

    def do_PUT(self) -> None:
        self._respond(self._create)

    def do_POST(self) -> None:
        self._respond(self._post)

    def do_GET(self) -> None:
        self._respond(self._show)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what http.server itself refuses like everything else, in place of its HTML."""
        self._send(HTTPStatus(code), {"error": message or explain or HTTPStatus(code).phrase})

    def _create(self, assistant_id: str, body: bytes) -> tuple[HTTPStatus, Any]:
        assistant = Assistant(self.server.app, instructions=_read_instructions(body))
        self.server.assistants[assistant_id] = assistant
        return HTTPStatus.CREATED, {"id": assistant_id}

    def _post(self, assistant_id: str, _body: bytes) -> tuple[HTTPStatus, Any]:
        assistant = self._find(assistant_id)
        return HTTPStatus.OK, assistant.ask(_read_message(self.path))

    def _show(self, assistant_id: str, _body: bytes) -> tuple[HTTPStatus, Any]:
        return HTTPStatus.OK, {"id": assistant_id, "messages": self._find(assistant_id).messages}

    def _find(self, assistant_id: str) -> Assistant:
        if assistant_id not in self.server.assistants:
            raise _RequestError(HTTPStatus.NOT_FOUND, f"There is no assistant {assistant_id}: PUT it first.")
        return self.server.assistants[assistant_id]

    def _respond(self, operation: Callable[[str, bytes], tuple[HTTPStatus, Any]]) -> None:
        try:
            body = self._read_body()
            status, content = operation(_read_id(self.path), body)
        except Exception as error:  # noqa: BLE001 - whatever happens, there is an answer
            status, content = _describe_error(error)
        self._send(status, content)

    def _read_body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _MAX_BODY:
            message = f"Content-Length = {length}, but should be a number of at most {_MAX_BODY}"
            raise _RequestError(HTTPStatus.BAD_REQUEST, message)
        return self.rfile.read(int(length))

    def _send(self, status: HTTPStatus, content: Any) -> None:
        """Send a text as it is, anything else as JSON."""
        plain = isinstance(content, str)
        body = (content if plain else write_json(content)).encode(errors="replace")
        self.send_response(status)
        self.send_header("Content-Type", f"{'text/plain' if plain else 'application/json'}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _describe_error(error: Exception) -> tuple[HTTPStatus, Any]:
    if isinstance(error, _RequestError):
        status, message = error.args
        return status, {"error": message}
    for kind, status in _STATUS_OF_ERROR.items():
        if isinstance(error, kind):
            return status, {"error": f"{type(error).__name__}: {error}"}
    _log.error("The server failed", exc_info=error)
    return HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "The server failed; its log says how."}


def _read_id(path: str) -> str:
    route = urlsplit(path).path
    assistant_id = unquote(route.removeprefix(_ROUTE))
    if not route.startswith(_ROUTE) or not assistant_id or "/" in assistant_id:
        raise _RequestError(HTTPStatus.NOT_FOUND, f"path = {route}, but should be {_ROUTE}{{id}}")
    return assistant_id


def _read_message(path: str) -> str:
    messages = parse_qs(urlsplit(path).query).get("message", [])
    if len(messages) != 1 or not messages[0].strip():
        message = f"message = {messages}, but should be one text: ?message=…"
        raise _RequestError(HTTPStatus.BAD_REQUEST, message)
    return messages[0]


def _read_instructions(body: bytes) -> str:
    try:
        content = read_json(body.decode()) if body else {}
    except ValueError as error:
        raise _RequestError(HTTPStatus.BAD_REQUEST, f"The body is not JSON: {error}") from error
    instructions = content.get("instructions", INSTRUCTIONS) if isinstance(content, dict) else None
    if not isinstance(instructions, str):
        message = f'body = {content!r}, but should be {{"instructions": "…"}}'
        raise _RequestError(HTTPStatus.BAD_REQUEST, message)
    return instructions
