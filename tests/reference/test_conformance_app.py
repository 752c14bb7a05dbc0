"""The package is an implementation by the contract."""

import subprocess
import sys
from pathlib import Path

import pytest

import reference_impl
from conformance.contract import EDITIONS, SURFACES, Argument, Context, Converses, DeclaresBindings, Skill

ROOT = Path(reference_impl.__file__).parents[1]


def add_todo(taskDescription: str):  # noqa: N803 - the documented example's name
    return taskDescription


def create_app(environment=None, *, edition="2024-04-14", surface="csharp-isolated"):
    context = Context(edition=edition, surface=surface, environment=environment or {})
    return reference_impl.create_app(context)


SKILL = Skill(
    name="AddTodo",
    trigger={"FunctionDescription": "Adds a todo"},
    argument=Argument(name="taskDescription", type="string"),
    handler=add_todo,
)


def test_offers_every_surface():
    assert sorted(reference_impl.surfaces) == sorted(SURFACES)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_offers_bindings_and_ask_on_every_surface(edition, surface):
    app = create_app(edition=edition, surface=surface)
    assert isinstance(app, DeclaresBindings)
    assert isinstance(app, Converses)
    assert isinstance(app.construct, str)


def test_declares_and_converses(openai):
    app = create_app(openai.settings)
    app.add_skill(SKILL)
    assert app.bindings()["AddTodo"][0]["functionDescription"] == "Adds a todo"
    openai.call(("1", "AddTodo", '{"taskDescription": "milk"}'))
    openai.say("Added.")
    assert app.ask("Add milk") == "Added."
    assert openai.bodies[1]["messages"][-1]["content"] == '"milk"'


def test_creates_a_fresh_app_each_time(openai):
    first, second = create_app(openai.settings), create_app(openai.settings)
    first.add_skill(SKILL)
    openai.say("One")
    first.ask("1")
    assert second.bindings() == {}
    openai.say("Two")
    second.ask("2")
    assert openai.bodies[1] == {"model": "gpt-3.5-turbo", "messages": [{"role": "user", "content": "2"}]}


def test_shows_bindings_that_a_caller_cannot_change():
    app = create_app()
    app.add_skill(SKILL)
    app.bindings()["AddTodo"][0].clear()
    app.bindings().clear()
    assert app.bindings()["AddTodo"][0]["type"] == "AssistantSkillTrigger"


def test_is_imported_without_the_openai_package():
    code = "import reference_impl, sys; sys.exit('openai' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)  # noqa: S603 - our own code
