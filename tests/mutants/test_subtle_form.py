"""Each subtle mutant has a name of its own, says what it violates, and passes what is simple."""

from __future__ import annotations

import re

import pytest

from conformance._data.editions import edition_of
from mutants import MUTANTS
from mutants.mutant import judging
from mutants.subtle import SUBTLE

SIMPLE = ("todo-assistant", "description-to-model-as-usual", "function-name-in-binding-another")
"""An ordinary conversation, an ordinary tool, an ordinary binding."""

ONE_OF_EACH = [(edition, mutant) for mutant in SUBTLE for edition in mutant.editions[:1]]


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


def test_there_are_many_with_names_of_their_own():
    names = [mutant.name for mutant in (*SUBTLE, *MUTANTS)]
    assert len(set(names)) == len(names)
    assert len(SUBTLE) >= 150


def test_mutants_say_what_is_wrong_in_one_sentence():
    assert [one.name for one in SUBTLE if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", one.name)] == []
    assert [one.name for one in SUBTLE if not re.fullmatch(r"[A-Z][^\n]+\.", one.why)] == []


def test_the_aspects_of_mutants_are_those_of_their_editions():
    assert [one.name for one in SUBTLE if not one.aspect] == []
    assert [(one.name, unknown) for one in SUBTLE for unknown in unknown_aspects(one)] == []


def unknown_aspects(mutant):
    """Yield each aspect that begins no requirement's id in one of the mutant's editions."""
    for edition in mutant.editions:
        known = edition_of(edition).requirements
        yield from (aspect for aspect in mutant.aspect if not any(one.startswith(aspect) for one in known))


@pytest.mark.parametrize(("edition", "mutant"), ONE_OF_EACH, ids=[mutant.name for _, mutant in ONE_OF_EACH])
def test_a_mutant_passes_what_is_simple(edition, mutant, session):
    cases = [case for case in edition_of(edition).cases if case.id.case in SIMPLE and case.surface in mutant.surfaces]
    results = [session.run(case, mutant.target) for case in cases]
    assert results
    assert [result.id for result in results if result.outcome != "passed"] == []
