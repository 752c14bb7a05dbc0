"""Every subtle mutant is found at default settings, but for those that survivors.yaml lists with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mutants.finding import explored, is_found, known_finders
from mutants.mutant import judging
from mutants.subtle import SUBTLE

GROUPS = yaml.safe_load(Path(__file__).with_name("survivors.yaml").read_text("utf-8"))
LISTED = [name for group in GROUPS for name in group["mutants"]]
FOUND = [mutant for mutant in SUBTLE if mutant.name not in LISTED]
SURVIVORS = [mutant for mutant in SUBTLE if mutant.name in LISTED]
EVERY = 6
"""A survivor plays one scenario of so many, and the next survivor the next one."""


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


@pytest.mark.parametrize("mutant", FOUND, ids=lambda mutant: mutant.name)
def test_a_subtle_mutant_is_found(mutant, session):
    assert is_found(mutant, session), mutant.why


@pytest.mark.parametrize("mutant", SURVIVORS, ids=lambda mutant: mutant.name)
def test_exploration_does_not_find_what_is_left_open(mutant, session):
    first = SURVIVORS.index(mutant) % EVERY
    broken = explored(mutant, session, mutant.editions[-1:], first=first, step=EVERY)
    assert next(broken, None) is None, mutant.why


def test_survivors_are_listed_once_with_a_reason_in_words():
    assert len(set(LISTED)) == len(LISTED)
    assert set(LISTED) <= {mutant.name for mutant in SUBTLE}
    assert all(len(group["reason"].split()) >= 5 for group in GROUPS)


def test_what_is_known_to_find_a_mutant_is_of_mutants_that_are_there():
    own, other = known_finders(own=True), known_finders(own=False)
    assert own.keys() | other.keys() <= {mutant.name for mutant in FOUND}


def test_nearly_all_are_found_by_their_own_aspect():
    assert len(known_finders(own=True)) / len(FOUND) >= 0.95


def test_at_least_nine_in_ten_are_found():
    assert len(FOUND) / len(SUBTLE) >= 0.9
