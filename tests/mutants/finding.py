"""What finds a subtle mutant: a scenario that exploration plays by default, or else a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import yaml

from conformance._data.editions import edition_of
from conformance._data.scenario import Scenario
from conformance._exploration.composition.scenario_sources import apart, scenarios_of
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._judging.session import Session
from conformance.contract import EDITIONS, Surface
from conformance.plugin.options import EXPLORE
from mutants.subtle.subtle import Subtle

NUMBER = int(EXPLORE.default or 0)

FINDERS = Path(__file__).with_name("finders.yaml")
"""What found each mutant when it was written, asked first; if it no longer does, everything else is asked too."""


class Finder(NamedTuple):
    """A scenario, by its place among those of an edition and a surface, or a case, by its id."""

    edition: str
    surface: Surface
    played: int | str

    def broken(self, mutant: Subtle, session: Session) -> Iterator[str]:
        """Yield the requirements that it finds to be broken."""
        if isinstance(self.played, str):
            yield from self._broken_in_case(mutant, session)
            return
        scenario = scenarios(self.edition, self.surface)[self.played]
        seen = session.play(scenario, mutant.target, EVERYTHING)
        laws = laws_of(edition_of(self.edition).requirements, self.surface)
        yield from (requirement for requirement, _ in broken_requirements(scenario, seen, laws))

    def _broken_in_case(self, mutant: Subtle, session: Session) -> Iterator[str]:
        for case in edition_of(self.edition).cases:
            if (case.id.case, case.surface) != (self.played, self.surface):
                continue
            result = session.run(case, mutant.target)
            yield from (finding.requirement for finding in result.findings)
            if result.outcome == "errored":
                yield case.requirement.id


@cache
def scenarios(edition: str, surface: Surface) -> Sequence[Scenario]:
    """Return what an implementation of one surface is explored with, each part of a scenario for itself."""
    found = scenarios_of(range(NUMBER), edition, edition_of(edition).spellings[surface], 0)
    return tuple(part for scenario in found for part in apart(scenario))


@cache
def known_finders(*, own: bool) -> dict[str, Finder]:
    """Return what found each mutant, by the mutant's name: those found by their own aspect, or the others."""
    listed = yaml.safe_load(FINDERS.read_text("utf-8"))["own aspect" if own else "another aspect"]
    return {
        name: Finder(edition, surface, played)
        for edition, surfaces in listed.items()
        for surface, finders in surfaces.items()
        for played, names in finders.items()
        for name in names
    }


def scenario_finders(mutant: Subtle, editions: Sequence[str] = EDITIONS) -> Iterator[Finder]:
    """Yield every scenario that a mutant is explored with."""
    for edition in (edition for edition in mutant.editions if edition in editions):
        for surface in mutant.surfaces:
            yield from (Finder(edition, surface, index) for index in range(len(scenarios(edition, surface))))


def case_finders(mutant: Subtle) -> Iterator[Finder]:
    """Yield every case that a mutant is judged by, those about its aspect first."""
    cases = [case for edition in mutant.editions for case in edition_of(edition).cases]
    mine = [case for case in cases if case.surface in mutant.surfaces]
    for case in sorted(mine, key=lambda case: not is_about(mutant, case.requirement.id)):
        yield Finder(case.edition, case.surface, case.id.case)


def is_about(mutant: Subtle, requirement: str) -> bool:
    """Say whether a requirement is one by which the mutant should be found."""
    return requirement.startswith(mutant.aspect)


def explored(
    mutant: Subtle, session: Session, editions: Sequence[str] = EDITIONS, *, first: int = 0, step: int = 1
) -> Iterator[str]:
    """Yield the requirements that exploration finds to be broken, by the first scenario and each so many further on."""
    for finder in islice(scenario_finders(mutant, editions), first, None, step):
        yield from finder.broken(mutant, session)


def finder_of(mutant: Subtle, session: Session) -> tuple[Finder | None, bool]:
    """Return what finds a mutant, and whether by its own aspect, which is looked for first; None if nothing does."""
    other = None
    for finder in (*scenario_finders(mutant), *case_finders(mutant)):
        broken = set(finder.broken(mutant, session))
        if any(is_about(mutant, requirement) for requirement in broken):
            return finder, True
        other = other or (finder if broken else None)
    return other, False


def is_found(mutant: Subtle, session: Session) -> bool:
    """Say whether a mutant is found, by its own aspect if it was before; what found it then is asked first."""
    own, other = (known_finders(own=own).get(mutant.name) for own in (True, False))
    if own is not None and any(is_about(mutant, requirement) for requirement in own.broken(mutant, session)):
        return True
    if other is not None and any(True for _ in other.broken(mutant, session)):
        return True
    finder, by_own_aspect = finder_of(mutant, session)
    return finder is not None and (by_own_aspect or own is None)
