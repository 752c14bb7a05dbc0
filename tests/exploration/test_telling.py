"""What a failure is told in is compared with what a function that ran without a result is told in, and no other."""

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


@pytest.mark.parametrize(("app", "is_broken"), [(TakesNoLargeNumber, False), (TellsOneText, True)])
def test_a_call_that_did_not_run_does_not_tell_how_no_result_is_told(app, is_broken):
    target = Target(name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=app)
    with judging() as session:
        seen = session.play(SCENARIO, target, EVERYTHING)
    laws = laws_of(edition_of(EDITION).requirements, "python")
    assert (LAW in dict(broken_requirements(SCENARIO, seen, laws))) == is_broken
