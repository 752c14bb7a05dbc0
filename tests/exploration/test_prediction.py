"""What the laws predict of a scenario agrees with what the handwritten cases expect of it, wherever both speak."""

from dataclasses import replace

import pytest
from mutants import MUTANTS
from mutants.base import App
from mutants.mutant import Mutant, judging

from conformance._data.editions import edition_of
from conformance._data.expectation import RefusalExpected
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._exploration.prediction.predicting import predict
from conformance._judging.checks import check_by_expectation
from conformance._judging.play import Reads
from conformance.contract import EDITIONS

SURFACE = "python"

BEYOND_THE_LAWS = {
    ("tells-a-failure-as-done", "failure-told-to-model"): "no function of the scenario returns nothing",
    ("tells-a-failure-as-done", "failure-without-text-told-to-model"): "no function of the scenario returns nothing",
    ("tells-the-last-result", "result-none-beside-a-result"): "a call without a result may be answered with anything",
}
"""Mutants and cases that find them, where no law does; and why not."""


def cases_of(edition):
    return [
        case
        for case in edition_of(edition).cases
        if case.surface == SURFACE and not isinstance(case.expectation, RefusalExpected)
    ]


def predicted(case):
    """Return the case with what the laws predict in place of what it expects; None where they are silent."""
    requirements = edition_of(case.edition).requirements
    expectation = predict(case.scenario, requirements).get(case.requirement.id)
    return None if expectation is None else replace(case, expectation=expectation)


def broken(case, session, target):
    laws = laws_of(edition_of(case.edition).requirements, case.surface)
    seen = session.play(case.scenario, target, EVERYTHING)
    return dict(broken_requirements(case.scenario, seen, laws))


def faults(case, session, target):
    seen = session.play(case.scenario, target, Reads.of(case))
    return None if seen.crash or seen.refusal else list(check_by_expectation(case, seen))


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_passes_the_cases_has_nothing_against_it(edition, session):
    conforming = Mutant(name="conforming", why="", app=App, fails={}, surfaces=(SURFACE,), editions=EDITIONS).target
    spoken = 0
    for case in cases_of(edition):
        assert broken(case, session, conforming) == {}, case.id.name
        if (own := predicted(case)) is not None:
            spoken += 1
            assert faults(own, session, conforming) == [], case.id.name
    assert spoken > 100


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if SURFACE in one.surfaces], ids=lambda mutant: mutant.name)
def test_what_fails_a_case_breaks_a_law(mutant, session):
    edition = mutant.editions[0]
    for case in cases_of(edition):
        if case.requirement.id not in mutant.must_violate(case) or (own := predicted(case)) is None:
            continue
        found = faults(own, session, mutant.target)
        is_found = found is None or bool(found) or bool(broken(case, session, mutant.target))
        assert is_found is ((mutant.name, case.id.case) not in BEYOND_THE_LAWS), case.id.name


class WritesNoDirection(App):
    def binding_of(self, skill):
        return {key: value for key, value in super().binding_of(skill).items() if key != "direction"}


@pytest.mark.parametrize(
    ("edition", "surface", "is_broken"),
    [("2024-04-14", "python", True), ("2025-05-15", "python", False), ("2025-05-15", "powershell", True)],
)
def test_a_missing_direction_is_in_where_the_cases_allow_that(edition, surface, is_broken, session):
    mutant = Mutant(name="without", why="", app=WritesNoDirection, fails={}, surfaces=(surface,), editions=EDITIONS)
    cases = [one for one in edition_of(edition).cases if one.surface == surface and "direction-in" in one.id.case]
    assert {bool(faults(one, session, mutant.target)) for one in cases} == {is_broken}
    assert {bool(faults(predicted(one), session, mutant.target)) for one in cases} == {is_broken}
    assert {"AST-BINDING-DIRECTION" in broken(one, session, mutant.target) for one in cases} == {is_broken}
