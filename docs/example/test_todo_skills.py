"""How the skills of the todo assistant are tested: the model's part is scripted, and everything else is real."""

import os

import pytest
from todo_assistant import TodoStore, create_todo_app

from conformance.testing import tool_call
from reference_impl import Assistant


@pytest.fixture
def store(tmp_path):
    return TodoStore(tmp_path / "todo.db")


def ask(store, prompt):
    """Ask the assistant of an app that reads its settings from the environment, as everywhere else."""
    return Assistant(create_todo_app(os.environ, store)).ask(prompt)


def test_adds_what_the_model_understood(scripted_openai, store):
    service = scripted_openai(tool_call("AddTodo", {"taskDescription": "Buy milk"}), "I will remind you.")
    assert ask(store, "Remind me to buy milk") == "I will remind you."
    assert store.find() == [{"id": 1, "task": "Buy milk"}]
    service.assert_asked("Remind me to buy milk")
    service.assert_tools("AddTodo", "GetTodos")
    service.assert_told("AddTodo", {"id": 1, "task": "Buy milk"})


def test_tells_the_model_that_a_task_has_no_words(scripted_openai, store):
    service = scripted_openai(tool_call("AddTodo", {"taskDescription": " "}), "What shall I remind you of?")
    ask(store, "Remind me")
    assert store.find() == []
    ((function, told),) = service.last.results
    assert function == "AddTodo"
    assert "failed" in told


def test_speaks_to_azure_openai_too(scripted_openai, store, monkeypatch):
    monkeypatch.setenv("CHAT_MODEL_DEPLOYMENT_NAME", "my-deployment")
    service = scripted_openai(tool_call("GetTodos", {}), "There is nothing to do.", provider="azure")
    assert ask(store, "What is there to do?") == "There is nothing to do."
    service.assert_model("my-deployment")
    service.assert_told("GetTodos", [])
