"""The documented example as a program: an assistant that adds todos to a database and lists them, over HTTP.

    PUT  /api/assistants/{id}              create an assistant
    POST /api/assistants/{id}?message=…    post a prompt; the response to it is the HTTP response
    GET  /api/assistants/{id}              the conversation so far, as JSON

The requests are those of the extension's sample, and so is the setting CHAT_MODEL_DEPLOYMENT_NAME for the model.
Every error is a JSON object {"error": "…"}.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from openai import OpenAIError

from reference_impl import Assistant, ConversationError, FunctionApp, SettingsError

__all__ = ["TodoStore", "create_todo_app", "main", "make_server"]

INSTRUCTIONS = "You manage the user's todo list. Add and list todos with the functions that you are given."
ROUTE = "/api/assistants/"


class TodoStore:
    """Todos in an SQLite file, which is created if it is not there; raises sqlite3.Error if that fails."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = path
        with self._connect() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS todo (id INTEGER PRIMARY KEY, task TEXT NOT NULL)")

    def add(self, task: str) -> dict[str, Any]:
        """Add a todo and return it."""
        with self._connect() as connection:
            cursor = connection.execute("INSERT INTO todo (task) VALUES (?)", (task,))
            return {"id": cursor.lastrowid, "task": task}

    def find(self, text: str = "") -> list[dict[str, Any]]:
        """Return the todos that contain the text, the oldest first."""
        with self._connect() as connection:
            rows = connection.execute("SELECT id, task FROM todo WHERE instr(task, ?) ORDER BY id", (text,))
            return [{"id": number, "task": task} for number, task in rows]

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """Open a connection for one transaction, since requests come on many threads."""
        with closing(sqlite3.connect(self._path)) as connection, connection:
            yield connection


def create_todo_app(settings: Mapping[str, str], store: TodoStore) -> FunctionApp:
    """Create the function app with the skills AddTodo and GetTodos."""
    app = FunctionApp({"CHAT_MODEL_DEPLOYMENT_NAME": "gpt-3.5-turbo", **settings})

    @app.assistant_skill_trigger(
        "taskDescription",
        function_name="AddTodo",
        function_description="Create a new todo task",
        model="%CHAT_MODEL_DEPLOYMENT_NAME%",
    )
    def add_todo(taskDescription: str) -> dict[str, Any]:  # noqa: N803 - the name in the documentation
        if not isinstance(taskDescription, str) or not taskDescription.strip():
            raise ValueError(f"taskDescription = {taskDescription!r}, but should be the task in words")
        return store.add(taskDescription)

    @app.assistant_skill_trigger(
        "text",
        function_name="GetTodos",
        function_description="List the todo tasks, all of them or those that contain a text",
    )
    def get_todos(text: str | None) -> list[dict[str, Any]]:
        return store.find(text or "")

    return app


class RequestError(Exception):
    """The request is at fault: the arguments are the response's status and a message."""


class AssistantHandler(BaseHTTPRequestHandler):
    """Answers the requests to one app, whose assistants are conversations of their own, each under its id."""

    error_content_type = "application/json"  # of what http.server refuses on its own
    error_message_format = '{"error": "%(message)s"}'

    def __init__(self, app: FunctionApp, assistants: dict[str, Assistant], *args: Any) -> None:
        self.app, self.assistants = app, assistants
        super().__init__(*args)

    def do_PUT(self) -> None:
        """Create an assistant, in place of the one that had the id."""
        self._respond(self._create)

    def do_POST(self) -> None:
        """Post a prompt."""
        self._respond(self._post)

    def do_GET(self) -> None:
        """Show the conversation."""
        self._respond(self._show)

    def _create(self, assistant_id: str, _message: list[str]) -> tuple[HTTPStatus, Any]:
        self.assistants[assistant_id] = Assistant(self.app, instructions=INSTRUCTIONS)
        return HTTPStatus.CREATED, {"id": assistant_id}

    def _post(self, assistant_id: str, message: list[str]) -> tuple[HTTPStatus, Any]:
        if len(message) != 1 or not message[0].strip():
            raise RequestError(HTTPStatus.BAD_REQUEST, f"message = {message}, but should be one text: ?message=…")
        return HTTPStatus.OK, self._find(assistant_id).ask(message[0])

    def _show(self, assistant_id: str, _message: list[str]) -> tuple[HTTPStatus, Any]:
        return HTTPStatus.OK, {"id": assistant_id, "messages": self._find(assistant_id).messages}

    def _find(self, assistant_id: str) -> Assistant:
        if assistant_id not in self.assistants:
            raise RequestError(HTTPStatus.NOT_FOUND, f"There is no assistant {assistant_id}: PUT it first.")
        return self.assistants[assistant_id]

    def _respond(self, operation: Any) -> None:
        url = urlsplit(self.path)
        try:
            status, content = operation(_read_id(url.path), parse_qs(url.query).get("message", []))
        except RequestError as error:
            status, content = error.args[0], {"error": error.args[1]}
        except (OpenAIError, ConversationError) as error:
            status, content = HTTPStatus.BAD_GATEWAY, {"error": f"{type(error).__name__}: {error}"}
        except (SettingsError, sqlite3.Error) as error:
            status, content = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": f"{type(error).__name__}: {error}"}
        self._send(status, content)

    def _send(self, status: HTTPStatus, content: Any) -> None:
        """Send a text as it is, anything else as JSON."""
        is_text = isinstance(content, str)
        body = (content if is_text else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{'text/plain' if is_text else 'application/json'}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _read_id(path: str) -> str:
    assistant_id = unquote(path.removeprefix(ROUTE))
    if not path.startswith(ROUTE) or not assistant_id or "/" in assistant_id:
        raise RequestError(HTTPStatus.NOT_FOUND, f"path = {path}, but should be {ROUTE}{{id}}")
    return assistant_id


def make_server(
    host: str, port: int, settings: Mapping[str, str], database: str | os.PathLike[str]
) -> ThreadingHTTPServer:
    """Open the database and listen, port 0 being any free one; then `serve_forever` serves."""
    app = create_todo_app(settings, TodoStore(database))
    return ThreadingHTTPServer((host, port), partial(AssistantHandler, app, {}))


def main(arguments: list[str] | None = None) -> int:
    """Serve with the settings of the environment until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", default=7071, type=int, help="port, 0 for any free one (%(default)s)")
    parser.add_argument("--database", default="todo.db", help="SQLite file of the todos (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        server = make_server(options.host, options.port, os.environ, options.database)
    except sqlite3.Error as error:
        parser.error(f"--database {options.database}: {error}")
    except (OSError, OverflowError) as error:
        parser.error(f"--host {options.host} --port {options.port}: {error}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with server:
        sys.stdout.write(f"Listening on http://{options.host}:{server.server_port}{ROUTE}{{id}}\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
