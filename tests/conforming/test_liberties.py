"""Every liberty that an implementation may take passes everything: a red one is a false alarm of the suite.

A liberty plays each case on one of its surfaces, and the next liberty on the next one. With LIBERTIES=whole in the
environment it plays each case on all of them, which takes several times as long.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import groupby

import pytest
from liberties import LIBERTIES
from liberties.liberty import needs_of

from conformance._data.editions import edition_of
from conformance._judging.session import open_session

PAIRS = [(edition, liberty) for liberty in LIBERTIES for edition in liberty.editions]


WHOLE = os.environ.get("LIBERTIES") == "whole"


@cache
def cases_of(edition, *, alone):
    """Return an edition's cases, or those alone that it does not share with the others."""
    cases = (case for case in edition_of(edition).cases if not alone or case.path.parent.name != "shared")
    return tuple(sorted(cases, key=lambda case: case.id.case))


def played(edition, liberty):
    """Yield the cases that a liberty is tried with; what the editions share is played in the last one."""
    cases = (
        case for case in cases_of(edition, alone=edition != liberty.editions[-1]) if case.surface in liberty.surfaces
    )
    for number, (_, group) in enumerate(groupby(cases, key=lambda case: case.id.case), LIBERTIES.index(liberty)):
        everywhere = list(group)
        yield from everywhere if WHOLE else [everywhere[number % len(everywhere)]]


@pytest.fixture(scope="module")
def session():
    with open_session({"intercepted", "loopback"}, seconds=10) as session:
        yield session


@pytest.mark.parametrize(("edition", "liberty"), PAIRS, ids=[f"{edition}-{liberty.name}" for edition, liberty in PAIRS])
def test_a_liberty_is_no_fault(edition, liberty, session):
    red = reds(session, liberty, edition)
    if red:
        pytest.fail("\n".join([liberty.why, *(f"{case}: {found}" for case, found in red.items())]), pytrace=False)


def reds(session, liberty, edition):
    """Map each case that is not as it should be to what was found, and where."""
    found = {}
    for case in played(edition, liberty):
        result = session.run(case, liberty.target)
        if result.outcome != ("not applicable" if needs_of(case) & liberty.leaves_out else "passed"):
            what = result.reason or "; ".join(map(str, result.findings)) or result.outcome
            found.setdefault(case.id.case, f"{case.requirement.id}: {what}, on")
            found[case.id.case] += f" {case.surface}"
    return found


def test_each_liberty_has_a_name_of_its_own_and_says_why_it_is_one():
    assert len({liberty.name for liberty in LIBERTIES}) == len(LIBERTIES) >= 160
    assert all(liberty.why for liberty in LIBERTIES)
