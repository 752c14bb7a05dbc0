"""An app may tell the model that there are no other arguments, and then refuse those that are given all the same."""

from __future__ import annotations

import pytest
from mutants.base import App
from mutants.finding import EVERYTHING, broken_requirements, laws_of, scenarios
from mutants.mutant import judging
from mutants.variant import Variant

from conformance._data.editions import edition_of

EDITION, SURFACE = "2024-04-14", "python"


class RefusingApp(App):
    """Refuses other arguments than the one that it described."""

    def argument_of(self, skill, arguments):
        if skill.schema == self.autogenerate(skill) and not arguments.keys() <= {skill.argument.name}:
            raise TypeError("unexpected argument")
        return super().argument_of(skill, arguments)


class ClosedApp(RefusingApp):
    def autogenerate(self, skill):
        return {**super().autogenerate(skill), "additionalProperties": False}


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


def target_of(app):
    return Variant(name="one", why="It is tried.", app=app, surfaces=(SURFACE,), editions=(EDITION,)).target


def test_what_it_does_with_others_is_left_open(session):
    cases = [case for case in edition_of(EDITION).cases if case.surface == SURFACE]
    results = [(case, session.run(case, target_of(ClosedApp))) for case in cases]
    excused = [(case, result) for case, result in results if result.outcome != "passed"]
    assert {result.reason for _, result in excused} == {
        "allows the model no other arguments (additionalProperties: false), and the case has some"
    }
    assert {result.outcome for _, result in excused} == {"not applicable"}
    assert {case.id.case for case, _ in excused} == {"argument-among-others-first", "argument-among-others-last"}
    assert all(session.run(case, target_of(RefusingApp)).outcome == "failed" for case, _ in excused)


def test_no_law_is_judged_by_it(session):
    laws = laws_of(edition_of(EDITION).requirements, SURFACE)

    def broken(app):
        for scenario in scenarios(EDITION, SURFACE):
            seen = session.play(scenario, target_of(app), EVERYTHING)
            yield from broken_requirements(scenario, seen, laws)

    assert list(broken(ClosedApp)) == []
    assert "AST-CONVERSATION-ARGUMENT-EXTRA" in {requirement for requirement, _ in broken(RefusingApp)}
