"""Every mutant is judged in a process of its own as it is in process."""

import sys
from itertools import islice
from pathlib import Path

import pytest
from judging_misbehaviour import judging
from mutants import MUTANTS
from mutants.hosted import naming

from conformance._data.editions import edition_of

TESTS = Path(__file__).parents[1]
ADAPTER = "mutants.hosted"
FAILING, PASSING = 5, 2
"""How many cases of each kind are played for a mutant: the kill matrix plays them all, in process."""


def cases_for(mutant, edition):
    """Take some cases that the mutant must fail and some that it must pass, and name it in their settings."""
    cases = mutant.cases(edition, all_of_them=True)
    failing = islice((case for case in cases if mutant.must_violate(case)), FAILING)
    passing = islice((case for case in cases if not mutant.must_violate(case)), PASSING)
    return [naming(mutant, case) for case in (*failing, *passing)]


def verdict(result):
    return result.outcome, sorted({finding.requirement for finding in result.findings})


def test_hosted_mutants_are_judged_as_in_process(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", f"{TESTS}:{TESTS.parent}")
    cases = edition_of("2024-04-14").cases
    differing = []
    judged = 0
    with judging(f"exec:{sys.executable} -m conformance host {ADAPTER}") as run_hosted, judging(ADAPTER) as run:
        for mutant in (mutant for mutant in MUTANTS if "2024-04-14" in mutant.editions):
            for case in cases_for(mutant, cases):
                hosted, own = run_hosted(case), run(case)
                judged += 1
                if verdict(hosted) != verdict(own):
                    differing.append((mutant.name, case.id.name, verdict(own), verdict(hosted), hosted.reason))
    assert judged > 3 * len(MUTANTS)
    if differing:
        pytest.fail("\n".join(map(str, differing)))
