"""What calls are told: failures, what a function that ran without a result is told in, and results of their own."""

import pytest
from mutants.base import App
from mutants.mutant import judging

from conformance._data.editions import edition_of
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._service import Reply, ToolCall
from conformance._targets.target import Target
from conformance.contract import EDITIONS, Argument

EDITION = EDITIONS[0]
TEXT = '{"taskDescription": "Buy bread and milk"}'


def skill(function, argument, kind, **more):
    trigger = {"function_name": function, "function_description": "Add a todo, or get it"}
    return Declaration(function=function, argument=Argument(name=argument, type=kind), trigger=trigger, **more)


def scenario(*skills, **arguments):
    """Return a scenario in which the model calls each tool that is named, with the arguments that are given."""
    calls = tuple(ToolCall(id=f"call_{name}", name=name, arguments=text) for name, text in arguments.items())
    episode = Episode(skills=skills, prompts=("Hi",), model_replies=(Reply(calls=calls), Reply(text="Done.")))
    return Scenario(edition=EDITION, surface="python", episode=episode)


def broken(scenario, app):
    """Return the requirements that an app breaks in a scenario."""
    target = Target(name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=app)
    with judging() as session:
        seen = session.play(scenario, target, EVERYTHING)
    return {one for one, _ in broken_requirements(scenario, seen, laws_of(edition_of(EDITION).requirements, "python"))}


class TakesNoLargeNumber(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if abs(value) >= 2**31:
            raise OverflowError("too large")
        return value

    def word_failure(self, *_):
        return "The call did not work."


class TellsOneText(App):
    def word_failure(self, *_):
        return "That was it."

    def word_result(self, *_):
        return "That was it."


@pytest.mark.parametrize(("app", "is_broken"), [(TakesNoLargeNumber, False), (TellsOneText, True)])
def test_a_call_that_did_not_run_does_not_tell_how_no_result_is_told(app, is_broken):
    skills = skill("AddTodo", "number", "integer"), skill("GetTodo", "number", "integer")
    calls = scenario(*skills, AddTodo='{"number": 4294967296}', GetTodo="Milk")
    assert ("AST-CONVERSATION-ARGUMENT-MALFORMED" in broken(calls, app)) == is_broken


class TellsTheSecondResultTwice(App):
    def answers(self, calls):
        first, second = super().answers(calls)
        return [{**first, "content": f"no, {second['content']}"}, second]


@pytest.mark.parametrize(
    ("app", "argument", "is_broken"),
    [(App, "todo", False), (TellsTheSecondResultTwice, "other", True)],
)
def test_a_result_of_its_own_may_read_as_another_one_s(app, argument, is_broken):
    skills = skill("AddTodo", argument, "object", echoes=True), skill("GetTodo", "number", "integer", returns=TEXT)
    calls = scenario(*skills, AddTodo=f'{{"todo": {TEXT}}}', GetTodo='{"number": 7}')
    assert ("AST-CONVERSATION-PARALLEL" in broken(calls, app)) == is_broken
