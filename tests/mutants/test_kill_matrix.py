"""Every mutant fails the cases that are about its defect, for that reason, and no others; every case can fail."""

from __future__ import annotations

from functools import cache

import pytest

from conformance._data.editions import edition_of
from conformance.contract import EDITIONS, SURFACES
from mutants import MUTANTS
from mutants.base import App
from mutants.mutant import Mutant, judging

PAIRS = [(edition, mutant) for mutant in MUTANTS for edition in mutant.editions]
CONFORMING = Mutant(name="conforming", why="", app=App, fails={}, surfaces=SURFACES, editions=EDITIONS)

WHAT_ALL_DO = {"AST-MODEL-OPTIONAL", "AST-DECLARATION-PARAMETERS-OPTIONAL"}
"""Nearly every case leaves these parameters out, so that whoever demands one of them fails nearly everything."""

cases_of = cache(lambda edition: tuple(edition_of(edition).cases))


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


def surprises(session, mutant, edition):
    cases = mutant.cases(cases_of(edition))
    found = (mutant.surprise(case, session.run(case, mutant.target)) for case in cases)
    return [surprise for surprise in found if surprise]


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_the_mutants_are_made_of_passes(edition, session):
    assert surprises(session, CONFORMING, edition) == []


@pytest.mark.parametrize(("edition", "mutant"), PAIRS, ids=[f"{edition}-{mutant.name}" for edition, mutant in PAIRS])
def test_mutant_fails_the_cases_about_its_defect_and_no_others(edition, mutant, session):
    assert surprises(session, mutant, edition) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_case_is_failed_by_a_mutant_that_passes_half_of_them(edition):
    # What each mutant must fail is what it does fail: the test above says so.
    mutants = [mutant for mutant in MUTANTS if edition in mutant.editions]
    failures = [
        {case.id.case for case in mutant.cases(cases_of(edition)) if mutant.must_violate(case)} for mutant in mutants
    ]
    requirements = {case.id.case: case.requirement.id for case in cases_of(edition)}
    telling = set().union(*(failed for failed in failures if len(failed) <= len(requirements) / 2))
    assert {case for case in requirements if requirements[case] not in WHAT_ALL_DO} - telling == set()
    assert requirements.keys() - set().union(*failures) == set()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_everything_that_a_mutant_must_fail_is_there(mutant):
    cases = [case for edition in mutant.editions for case in mutant.cases(cases_of(edition))]
    for requirement, selectors in mutant.fails.items():
        for selector in selectors:
            alone = Mutant(name="", why="", app=App, fails={requirement: [selector]}, surfaces=(), editions=())
            assert any(map(alone.must_violate, cases)), f"{requirement}: {selector}"


def test_mutants_have_names_of_their_own():
    names = [mutant.name for mutant in MUTANTS]
    assert len(set(names)) == len(names) >= 80
