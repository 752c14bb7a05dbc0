"""The documented example, over a real socket."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from todo_assistant import INSTRUCTIONS, TodoStore, main, make_server

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "todo_assistant.py"


@pytest.fixture
def database(tmp_path):
    return tmp_path / "todo.db"


def tasks_in(database):
    with closing(sqlite3.connect(database)) as connection:
        return [task for (task,) in connection.execute("SELECT task FROM todo ORDER BY id")]


@contextmanager
def serving(settings, database):
    """Serve the example; give a function that sends a request and returns status and content."""
    with make_server("127.0.0.1", 0, settings, database) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield lambda *request, **headers: send(server.server_port, *request, **headers)
        finally:
            server.shutdown()
            thread.join()


def send(port, method, path, body=None, **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        plain = response.headers["Content-Type"] == "text/plain; charset=utf-8"
        return response.status, text if plain else json.loads(text)


@pytest.fixture
def request_(openai, database):
    with serving(openai.settings, database) as send_request:
        yield send_request


def test_finds_todos_that_contain_a_text(database):
    store = TodoStore(database)
    assert store.add("Buy 100% milk") == {"id": 1, "task": "Buy 100% milk"}
    store.add("Sleep")
    assert [todo["task"] for todo in TodoStore(database).find()] == ["Buy 100% milk", "Sleep"]
    assert [todo["task"] for todo in store.find("0%")] == ["Buy 100% milk"]


def test_adds_a_todo_and_answers_with_the_response_to_the_prompt(openai, request_, database):
    assert request_("PUT", "/api/assistants/me") == (201, {"id": "me"})
    openai.call(("1", "AddTodo", '{"taskDescription": "Käse kaufen"}'))
    openai.call(("2", "GetTodos", '{"text": "Käse"}'), ("3", "GetTodos", "{}"))
    openai.say("Erledigt ✓")
    assert request_("POST", f"/api/assistants/me?message={quote('Füge Käse hinzu')}") == (200, "Erledigt ✓")
    assert tasks_in(database) == ["Käse kaufen"]
    messages = openai.bodies[2]["messages"]
    assert messages[0] == {"role": "system", "content": INSTRUCTIONS}
    assert messages[1] == {"role": "user", "content": "Füge Käse hinzu"}
    todo = {"id": 1, "task": "Käse kaufen"}
    assert [json.loads(m["content"]) for m in messages if m["role"] == "tool"] == [todo, [todo], [todo]]
    status, state = request_("GET", "/api/assistants/me")
    assert (status, state["id"]) == (200, "me")
    assert state["messages"] == [*messages, {"role": "assistant", "content": "Erledigt ✓"}]


@pytest.mark.parametrize("arguments", ["{}", '{"taskDescription": " "}', '{"taskDescription": 5}'])
def test_tells_the_model_that_a_todo_needs_words(openai, request_, database, arguments):
    request_("PUT", "/api/assistants/me")
    openai.call(("1", "AddTodo", arguments))
    openai.say("What shall I add?")
    assert request_("POST", "/api/assistants/me?message=Add") == (200, "What shall I add?")
    assert "failed" in openai.bodies[1]["messages"][-1]["content"]
    assert tasks_in(database) == []


def test_gives_each_assistant_a_conversation_of_its_own(openai, request_):
    request_("PUT", "/api/assistants/one")
    request_("PUT", "/api/assistants/two%20%C3%BC")
    openai.say("Hi.")
    request_("POST", "/api/assistants/one?message=Hello")
    assert len(request_("GET", "/api/assistants/one")[1]["messages"]) == 3
    assert len(request_("GET", "/api/assistants/two%20%C3%BC")[1]["messages"]) == 1
    request_("PUT", "/api/assistants/one")
    assert len(request_("GET", "/api/assistants/one")[1]["messages"]) == 1


def test_takes_its_model_from_the_samples_setting(openai, database):
    with serving({**openai.settings, "CHAT_MODEL_DEPLOYMENT_NAME": "chat"}, database) as request:
        request("PUT", "/api/assistants/me")
        openai.say("Hi.")
        request("POST", "/api/assistants/me?message=Hello")
    assert openai.bodies[0]["model"] == "chat"


@pytest.mark.parametrize(
    ("request_line", "status", "reason"),
    [
        (("GET", "/"), 404, "should be /api/assistants/{id}"),
        (("GET", "/api/assistants/"), 404, "should be /api/assistants/{id}"),
        (("GET", "/api/assistants/a/b"), 404, "should be /api/assistants/{id}"),
        (("GET", "/api/assistants/unknown"), 404, "There is no assistant unknown"),
        (("POST", "/api/assistants/unknown?message=Hi"), 404, "There is no assistant unknown"),
        (("POST", "/api/assistants/me"), 400, "message = []"),
        (("POST", "/api/assistants/me?message=%20"), 400, "message = [' ']"),
        (("POST", "/api/assistants/me?message=a&message=b"), 400, "should be one text"),
        (("DELETE", "/api/assistants/me"), 501, "Unsupported method"),
    ],
)
def test_refuses_a_bad_request_and_says_why(request_, request_line, status, reason):
    request_("PUT", "/api/assistants/me")
    found, content = request_(*request_line)
    assert found == status
    assert reason in content["error"]


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_answers_502_when_the_service_fails(openai, request_, status):
    request_("PUT", "/api/assistants/me")
    openai.fail(status)
    found, content = request_("POST", "/api/assistants/me?message=Hi")
    assert found == 502
    assert str(status) in content["error"]


def test_answers_500_when_a_setting_is_missing(database):
    with serving({}, database) as request:
        request("PUT", "/api/assistants/me")
        status, content = request("POST", "/api/assistants/me?message=Hi")
    assert status == 500
    assert "OPENAI_API_KEY is missing" in content["error"]


def test_runs_as_a_program(openai, database):
    command = [sys.executable, str(EXAMPLE), "--port", "0", "--database", str(database)]
    environment = {**os.environ, **openai.settings}
    with subprocess.Popen(  # noqa: S603 - our own code
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            port = int(process.stdout.readline().split("/")[2].split(":")[1])
            openai.call(("1", "AddTodo", '{"taskDescription": "milk"}'))
            openai.say("Added.")
            assert send(port, "PUT", "/api/assistants/me")[0] == 201
            assert send(port, "POST", "/api/assistants/me?message=Add%20milk") == (200, "Added.")
        finally:
            process.terminate()
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert tasks_in(database) == ["milk"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--port", "many"], "invalid int value"),
        (["--port", "70000"], "--port 70000"),
        (["--host", "256.0.0.1", "--port", "0"], "--host 256.0.0.1"),
        (["--database", "/nowhere/todo.db"], "--database /nowhere/todo.db: unable to open"),
    ],
)
def test_says_what_is_wrong_with_an_option(capsys, tmp_path, monkeypatch, arguments, reason):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert reason in capsys.readouterr().err
