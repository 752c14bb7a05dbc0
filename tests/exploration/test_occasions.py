"""A law that no scenario had anything to say about has not passed."""

import pytest
from mutants.base import App
from mutants.finding import NUMBER
from mutants.mutant import judging
from mutants.subtle.retrying import RetryingApp

from conformance._data.editions import edition_of
from conformance._exploration.composition.scenario_sources import Schedule
from conformance._exploration.explored_case import ExploredCase
from conformance._exploration.explorer import EVERYTHING, Block, Explorer, laws_of
from conformance._targets.target import Target
from conformance.contract import EDITIONS


def target_of(app):
    return Target(name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=app)


def outcomes(app, date, number=NUMBER):
    """Return what each law comes to."""
    edition, target = edition_of(date), target_of(app)
    laws = laws_of(edition.requirements, "python")
    with judging() as session:
        explorer = Explorer(lambda scenario, target: session.play(scenario, target, EVERYTHING))
        schedule = Schedule(surfaces=("python",), number=number, seed=0)
        block = Block("it", date, "python", 0)
        finds = explorer.search(target, block, laws, schedule.scenarios(date, edition.spellings["python"], 0))
    assert finds.by_requirement == {}
    cases = {
        name: ExploredCase(edition=date, surface="python", requirement=edition.requirements[name], laws=laws, block=0)
        for name in laws
    }
    return {name: case.passed(target, finds, 0.0) for name, case in cases.items()}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_law_is_judged_by_what_a_run_plays_by_default(edition):
    assert {result.outcome for result in outcomes(RetryingApp, edition).values()} == {"passed"}


def test_who_never_sends_a_request_again_is_not_judged_by_whether_it_is_the_same():
    results = outcomes(App, "2024-04-14")
    open_ones = {name: result.reason for name, result in results.items() if result.outcome != "passed"}
    assert open_ones == {
        "AST-CONVERSATION-RETRY-SAME": "was not led by any scenario on this surface to what the law is about"
    }
    assert results["AST-CONVERSATION-RETRY-SAME"].outcome == "not applicable"


def test_few_scenarios_judge_few_laws():
    results = outcomes(RetryingApp, "2024-04-14", number=1)
    passed = {name for name, result in results.items() if result.outcome == "passed"}
    assert "AST-TOOL-DESCRIPTION" in passed
    assert passed & {"AST-TOOL-NONE", "AST-CONVERSATION-UNKNOWN", "AST-CONVERSATION-RETRY"} == set()


class DeclaresOnly(App):
    ask = None


def test_who_only_declares_is_judged_by_every_law_about_bindings():
    results = outcomes(DeclaresOnly, "2024-04-14")
    about_bindings = {result.outcome for name, result in results.items() if name.startswith("AST-BINDING")}
    assert about_bindings == {"passed"}
    assert {result.reason for result in results.values() if result.outcome != "passed"} == {"offers no ask"}
