"""An app may ask for one call at a time, and then need not know what to do with several."""

from __future__ import annotations

import pytest
from mutants.base import App
from mutants.finding import EVERYTHING, broken_requirements, laws_of, scenarios
from mutants.mutant import judging
from mutants.variant import Variant

from conformance._data.editions import edition_of
from conformance._service import Reply

EDITION, SURFACE = "2024-04-14", "python"


class FirstCallApp(App):
    """Runs the first call of a reply, and forgets the others."""

    def receive(self, response):
        reply = super().receive(response)
        return {**reply, "tool_calls": reply["tool_calls"][:1]} if reply.get("tool_calls") else reply


class OneCallApp(FirstCallApp):
    def body(self, messages):
        usual = super().body(messages)
        return {**usual, "parallel_tool_calls": False} if "tools" in usual else usual


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


def target_of(app):
    return Variant(name="one", why="It is tried.", app=app, surfaces=(SURFACE,), editions=(EDITION,)).target


def has_several(scenario):
    return any(isinstance(reply, Reply) and len(reply.calls) > 1 for reply in scenario.model_replies)


def test_what_it_does_with_several_is_left_open(session):
    cases = [case for case in edition_of(EDITION).cases if case.surface == SURFACE]
    results = [(case, session.run(case, target_of(OneCallApp))) for case in cases]
    assert {result.outcome for _, result in results} == {"passed", "not applicable"}
    excused = [(case, result) for case, result in results if result.outcome == "not applicable"]
    assert all(has_several(case.scenario) for case, _ in excused)
    assert {result.reason for _, result in excused} == {
        "asks for one call at a time (parallel_tool_calls: false), and the case has several"
    }
    assert all(session.run(case, target_of(FirstCallApp)).outcome == "failed" for case, _ in excused)


def test_no_law_is_judged_by_it(session):
    laws = laws_of(edition_of(EDITION).requirements, SURFACE)

    def broken(app):
        for scenario in scenarios(EDITION, SURFACE)[:40]:
            seen = session.play(scenario, target_of(app), EVERYTHING)
            yield from broken_requirements(scenario, seen, laws)

    assert list(broken(OneCallApp)) == []
    assert list(broken(FirstCallApp)) != []
