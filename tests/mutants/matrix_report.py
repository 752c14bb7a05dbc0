"""Print each mutant with the cases that it fails, and the cases that none fails: `matrix_report.py [MUTANT…]`."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from conformance._data.case import Case
from conformance._data.editions import edition_of
from conformance._judging.session import Session
from conformance.contract import EDITIONS
from mutants import MUTANTS  # found by the path above
from mutants.mutant import Mutant, judging

MOST_SHOWN = 5


def write_matrix(names: Sequence[str]) -> int:
    """Play every case for the mutants named (all without a name), write what came of it; return 1 for a surprise."""
    mutants = {mutant.name: mutant for mutant in MUTANTS}
    for name in names:
        if name not in mutants:
            near = get_close_matches(name, mutants, n=1)
            raise SystemExit(f"there is no mutant {name!r}; expected {near[0] if near else 'a name in the matrix'}")
    chosen = [mutants[name] for name in names] or MUTANTS
    cases = {edition: edition_of(edition).cases for edition in EDITIONS}
    surprises: list[str] = []
    with judging() as session:
        for mutant in chosen:
            _write(f"{mutant.name}: {mutant.why}")
            for edition in mutant.editions:
                mine = mutant.cases(cases[edition], all_of_them=True)
                surprises += _surprises(session, mutant, mine)
                _write_failures(mutant, edition, mine)
    failed = Counter(
        (edition, case_id)
        for mutant in chosen
        for edition in mutant.editions
        for case_id in {case.id.case for case in mutant.cases(cases[edition]) if mutant.must_violate(case)}
    )
    every = {(edition, case.id.case) for edition in EDITIONS for case in cases[edition]}
    gaps = (
        []
        if names
        else [f"{case_id} ({edition}): no mutant fails it" for edition, case_id in sorted(every - set(failed))]
    )
    for line in (*surprises, *gaps):
        _write(line)
    alone = sum(count == 1 for count in failed.values())
    _write(f"mutants: {len(chosen)}; cases failed: {len(failed)} of {len(every)}, by one mutant alone: {alone}")
    _write(f"surprises: {len(surprises)}; gaps: {len(gaps)}")
    return int(bool(surprises or gaps))


def _surprises(session: Session, mutant: Mutant, cases: Sequence[Case]) -> Iterator[str]:
    for case in cases:
        surprise = mutant.surprise(case, session.run(case, mutant.target))
        if surprise:
            yield f"{mutant.name}: {surprise}"


def _write_failures(mutant: Mutant, edition: str, cases: Sequence[Case]) -> None:
    failures: defaultdict[str, list[str]] = defaultdict(list)
    for case in cases:
        for requirement in mutant.must_violate(case):
            failures[requirement].append(case.id.name)
    for requirement, names in sorted(failures.items()):
        more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
        _write(f"  {edition} {requirement}: {', '.join(names[:MOST_SHOWN])}{more}")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(write_matrix(sys.argv[1:]))
