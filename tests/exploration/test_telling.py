"""What calls are told: failures, what a function that ran without a result is told in, and results of their own."""

from dataclasses import replace

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
LAW = "AST-CONVERSATION-ARGUMENT-MALFORMED"
TEXT = '{"taskDescription": "Buy bread and milk"}'
EQUAL = Scenario(
    edition=EDITION,
    surface="python",
    episode=Episode(
        skills=(
            Declaration(
                function="AddTodo",
                argument=Argument(name="todo", type="object"),
                trigger={"function_name": "AddTodo", "function_description": "Add a todo"},
                echoes=True,
            ),
            Declaration(
                function="GetTodo",
                argument=Argument(name="number", type="integer"),
                trigger={"function_name": "GetTodo", "function_description": "Get a todo"},
                returns=TEXT,
            ),
        ),
        prompts=("Hi",),
        model_replies=(
            Reply(
                calls=(
                    ToolCall(id="call_1", name="AddTodo", arguments=f'{{"todo": {TEXT}}}'),
                    ToolCall(id="call_2", name="GetTodo", arguments='{"number": 7}'),
                )
            ),
            Reply(text="Done."),
        ),
    ),
)
"""Two calls that come to the same text, one of them by an object."""

SCENARIO = Scenario(
    edition=EDITION,
    surface="python",
    episode=Episode(
        skills=(
            Declaration(
                function="AddTodo",
                argument=Argument(name="number", type="integer"),
                trigger={"function_name": "AddTodo", "function_description": "Add a todo"},
            ),
        ),
        prompts=("Hi",),
        model_replies=(
            Reply(
                calls=(
                    ToolCall(id="call_1", name="AddTodo", arguments='{"number": 4294967296}'),
                    ToolCall(id="call_2", name="AddTodo", arguments="Milk"),
                )
            ),
            Reply(text="Done."),
        ),
    ),
)


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


def broken(scenario, app):
    target = Target(name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=app)
    with judging() as session:
        seen = session.play(scenario, target, EVERYTHING)
    return dict(broken_requirements(scenario, seen, laws_of(edition_of(EDITION).requirements, "python")))


@pytest.mark.parametrize(("app", "is_broken"), [(TakesNoLargeNumber, False), (TellsOneText, True)])
def test_a_call_that_did_not_run_does_not_tell_how_no_result_is_told(app, is_broken):
    assert (LAW in broken(SCENARIO, app)) == is_broken


class SwapsResults(App):
    def answers(self, calls):
        first, second = super().answers(calls)
        return [{**first, "content": f"no, {second['content']}"}, second]


@pytest.mark.parametrize(("app", "is_broken"), [(App, False), (SwapsResults, True)])
def test_a_result_of_its_own_may_read_as_another_one_s(app, is_broken):
    scenario = EQUAL if app is App else replace(EQUAL, episode=replace(EQUAL.episode, skills=silent(EQUAL)))
    assert ("AST-CONVERSATION-PARALLEL" in broken(scenario, app)) == is_broken


def silent(scenario):
    first, second = scenario.episode.skills
    return replace(first, echoes=False, argument=Argument(name="other", type="object")), second
