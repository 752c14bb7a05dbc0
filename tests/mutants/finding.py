"""How a subtle mutant is found: by the laws of exploration, at its default, or else by the cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from conformance._data.case import Case
from conformance._data.editions import edition_of
from conformance._data.scenario import Scenario
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._exploration.scenario_sources import apart, scenarios_of
from conformance._judging.session import Session
from conformance.contract import Surface
from conformance.plugin.options import EXPLORE
from mutants.subtle.subtle import Subtle

NUMBER = int(EXPLORE.default or 0)

_TELLING = (
    *(21, 75, 93, 96, 8, 87, 94, 103, 83, 66, 41, 79, 84, 48, 101, 46, 78, 12, 20, 97, 81, 49, 105, 56, 1, 15, 92),
    *(40, 106),
)
"""The scenarios that told most of a sample of mutants apart for the time that they take: played first, to save time."""


@cache
def scenarios(edition: str, surface: Surface) -> tuple[Scenario, ...]:
    """Return what an implementation of one surface is explored with, what tells most first."""
    scenarios = dict(enumerate(scenarios_of(range(NUMBER), edition, edition_of(edition).spellings[surface], 0)))
    telling = [scenarios.pop(number) for number in _TELLING if number in scenarios]
    return tuple(part for scenario in (*telling, *scenarios.values()) for part in apart(scenario))


def is_about(mutant: Subtle, requirement: str) -> bool:
    """Say whether a requirement is one by which the mutant should be found."""
    return requirement.startswith(mutant.aspect)


def has_laws(mutant: Subtle) -> bool:
    """Say whether a law is about the mutant's aspect."""
    requirements = edition_of(mutant.editions[0]).requirements
    return any(is_about(mutant, name) for name in laws_of(requirements, mutant.surfaces[0]))


_FIRST = slice(2 * len(_TELLING))
_REST = slice(2 * len(_TELLING), None)


def explored(mutant: Subtle, session: Session, part: slice = slice(None)) -> Iterator[str]:
    """Yield the requirements that exploration, or a part of it, finds to be broken."""
    for edition in mutant.editions:
        for surface in mutant.surfaces:
            laws = laws_of(edition_of(edition).requirements, surface)
            for scenario in scenarios(edition, surface)[part]:
                seen = session.play(scenario, mutant.target, EVERYTHING)
                yield from (requirement for requirement, _ in broken_requirements(scenario, seen, laws))


def cased(mutant: Subtle, session: Session) -> Iterator[str]:
    """Yield the requirements that the cases find to be broken, those about its aspect first."""
    for cases in _cases(mutant):
        yield from _judged(cases, mutant, session)


def _cases(mutant: Subtle) -> tuple[list[Case], list[Case]]:
    """Return the cases that are about a mutant's aspect, and the others."""
    cases = [case for edition in mutant.editions for case in edition_of(edition).cases]
    mine = [case for case in cases if case.surface in mutant.surfaces]
    own = [case for case in mine if is_about(mutant, case.requirement.id)]
    return own, [case for case in mine if not is_about(mutant, case.requirement.id)]


def _judged(cases: list[Case], mutant: Subtle, session: Session) -> Iterator[str]:
    for case in cases:
        result = session.run(case, mutant.target)
        yield from (finding.requirement for finding in result.findings)
        if result.outcome == "errored":
            yield case.requirement.id


def sources_of(mutant: Subtle) -> dict[str, Callable[[Subtle, Session], Iterator[str]]]:
    """Return what may find a mutant; cases come first where no law is about its aspect, which takes less time."""
    sources = {"exploration": explored, "cases": cased}
    return sources if has_laws(mutant) else dict(reversed(sources.items()))


def is_found(mutant: Subtle, session: Session) -> bool:
    """Say whether anything finds a mutant, what most likely does so in little time first."""
    likely, unlikely = explored(mutant, session, _FIRST), explored(mutant, session, _REST)
    own, others = (_judged(cases, mutant, session) for cases in _cases(mutant))
    searches = (likely, own, unlikely, others) if has_laws(mutant) else (own, likely, unlikely, others)
    return any(True for search in searches for _ in search)


def found_by(mutant: Subtle, session: Session) -> tuple[str | None, set[str]]:
    """Return what finds a mutant (None: nothing does), and by which requirements, up to the first of its aspect."""
    found: set[str] = set()
    for how, source in sources_of(mutant).items():
        for requirement in source(mutant, session):
            found.add(requirement)
            if is_about(mutant, requirement):
                return how, found
        if found:
            return how, found
    return None, found
