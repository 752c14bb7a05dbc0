"""The documented example as its user meets it: HTTP on both sides, the strict service behind it, a database."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from conformance.testing import Fault, tool_call

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "todo_assistant.py"
PROMPT = "Erinnere mich an Käse 🧀"
TODO = {"id": 1, "task": "Käse kaufen 🧀"}
REPLIES = (tool_call("AddTodo", {"taskDescription": TODO["task"]}), "Noted: Käse kaufen 🧀")
AZURE = {"CHAT_MODEL_DEPLOYMENT_NAME": "my-deployment"}


@pytest.fixture
def script(scripted_openai):
    """Script the service on loopback; return it, and the app's settings."""

    def script(provider, *replies):
        service = scripted_openai(*replies, provider=provider, transport="loopback")
        return service, {**service.settings, **(AZURE if provider == "azure" else {})}

    return script


@contextmanager
def example(settings, folder):
    """Start the example with the settings alone; give a function that sends it a request."""
    own = {name: value for name, value in os.environ.items() if "OPENAI" not in name}
    command = [sys.executable, str(EXAMPLE), "--port", "0", "--database", str(folder / "todo.db")]
    with subprocess.Popen(  # noqa: S603  # our own
        command, env={**own, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            port = int(process.stdout.readline().split("/")[2].split(":")[1])
            yield lambda *request: send(port, *request)
        finally:
            process.terminate()
            _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors


def send(port, method, path):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.read().decode()


def tasks_in(folder):
    with closing(sqlite3.connect(folder / "todo.db")) as connection:
        return connection.execute("SELECT id, task FROM todo").fetchall()


@pytest.mark.parametrize(("provider", "model"), [("openai", "gpt-3.5-turbo"), ("azure", "my-deployment")])
def test_a_prompt_ends_in_the_database_and_in_the_response(tmp_path, script, provider, model):
    service, settings = script(provider, *REPLIES)
    with example(settings, tmp_path) as request:
        assert request("PUT", "/api/assistants/me")[0] == 201
        assert request("POST", f"/api/assistants/me?message={quote(PROMPT)}") == (200, "Noted: Käse kaufen 🧀")
        status, state = request("GET", "/api/assistants/me")
    assert tasks_in(tmp_path) == [(1, TODO["task"])]
    assert status == 200
    said = [(message["role"], message.get("content")) for message in json.loads(state)["messages"]]
    assert said[1:2] + said[-1:] == [("user", PROMPT), ("assistant", "Noted: Käse kaufen 🧀")]
    service.assert_asked(PROMPT)
    service.assert_model(model)
    service.assert_tools("AddTodo", "GetTodos")
    assert service.last.messages[-1]["tool_call_id"] == "call_1"
    assert [(name, json.loads(told)) for name, told in service.last.results] == [("AddTodo", TODO)]


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_a_todo_is_found_again_by_the_next_prompt(tmp_path, script, provider):
    service, settings = script(provider, *REPLIES, tool_call("GetTodos"), "You have one todo.")
    with example(settings, tmp_path) as request:
        request("PUT", "/api/assistants/me")
        request("POST", "/api/assistants/me?message=Add")
        assert request("POST", "/api/assistants/me?message=List") == (200, "You have one todo.")
    assert json.loads(service.last.messages[-1]["content"]) == [TODO]


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_a_fault_of_the_service_is_the_responses_error(tmp_path, script, provider):
    service, settings = script(provider, Fault(status=500, lasts="always"))
    with example(settings, tmp_path) as request:
        request("PUT", "/api/assistants/me")
        status, body = request("POST", "/api/assistants/me?message=Add")
    assert status == 502
    assert "500" in json.loads(body)["error"]
    assert tasks_in(tmp_path) == []
    assert service.requests
