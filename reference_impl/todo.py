"""The documented example: an assistant that adds todos to a database and lists them.

Source: the Example section of both editions; the skills are called AddTodo and GetTodos in its sample.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from reference_impl.app import FunctionApp
from reference_impl.surfaces import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["INSTRUCTIONS", "TodoStore", "create_todo_app"]

INSTRUCTIONS = "You manage the user's todo list. Add and list todos with the functions that you are given."


class TodoStore:
    """Todos in an SQLite file, which is created if it is not there."""

    def __init__(self, path: str | Path) -> None:
        """Open the database; raise sqlite3.Error if that is impossible."""
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
        """Open a connection for one transaction: requests come on many threads, connections stay on one."""
        with closing(sqlite3.connect(self._path)) as connection, connection:
            yield connection


def create_todo_app(settings: Mapping[str, str], store: TodoStore) -> FunctionApp:
    """Create the example's app; as in the sample, CHAT_MODEL_DEPLOYMENT_NAME is the setting for its model."""
    app = FunctionApp({"CHAT_MODEL_DEPLOYMENT_NAME": DEFAULT_MODEL, **settings})

    @app.assistant_skill_trigger(
        "taskDescription",
        function_name="AddTodo",
        function_description="Create a new todo task",
        model="%CHAT_MODEL_DEPLOYMENT_NAME%",
    )
    def add_todo(taskDescription: str) -> dict[str, Any]:  # noqa: N803 - a binding's name takes no underscore
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
