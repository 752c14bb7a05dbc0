"""How a subtle mutant is found: by the laws of exploration, at its default, or else by the cases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from conformance._data.editions import edition_of
from conformance._data.scenario import Scenario
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._exploration.schedule import Schedule
from conformance._judging.session import Session
from conformance.contract import Surface
from conformance.plugin.options import EXPLORE
from mutants.subtle.subtle import Subtle

NUMBER = int(EXPLORE.default or 0)


@cache
def scenarios(edition: str, surface: Surface) -> tuple[Scenario, ...]:
    """Return what an implementation of one surface is explored with."""
    schedule = Schedule(surfaces=(surface,), number=NUMBER, seed=0)
    return tuple(schedule.scenarios(edition, edition_of(edition).spellings[surface], 0))


def is_about(mutant: Subtle, requirement: str) -> bool:
    """Say whether a requirement is one by which the mutant should be found."""
    return requirement.startswith(mutant.aspect)


def explored(mutant: Subtle, session: Session) -> Iterator[str]:
    """Yield the requirements that exploration finds to be broken, in the order of the scenarios."""
    for edition in mutant.editions:
        for surface in mutant.surfaces:
            laws = laws_of(edition_of(edition).requirements, surface)
            for scenario in scenarios(edition, surface):
                seen = session.play(scenario, mutant.target, EVERYTHING)
                yield from (requirement for requirement, _ in broken_requirements(scenario, seen, laws))


def cased(mutant: Subtle, session: Session) -> Iterator[str]:
    """Yield the requirements that the cases find to be broken, those about its aspect first."""
    cases = [case for edition in mutant.editions for case in edition_of(edition).cases]
    mine = [case for case in cases if case.surface in mutant.surfaces]
    for case in sorted(mine, key=lambda case: not is_about(mutant, case.requirement.id)):
        result = session.run(case, mutant.target)
        yield from (finding.requirement for finding in result.findings)
        if result.outcome == "errored":
            yield case.requirement.id


def found_by(mutant: Subtle, session: Session) -> tuple[str | None, set[str]]:
    """Return what finds a mutant (None: nothing does), and by which requirements, up to the first of its aspect."""
    found: set[str] = set()
    for how, source in (("exploration", explored), ("cases", cased)):
        for requirement in source(mutant, session):
            found.add(requirement)
            if is_about(mutant, requirement):
                return how, found
        if found:
            return how, found
    return None, found
