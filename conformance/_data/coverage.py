"""Which cases check which requirement, on which surface; what nothing checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from conformance._data.case import Case
from conformance._data.editions import Edition
from conformance._data.requirements import Requirement
from conformance.contract import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One requirement of an edition, and the ids of the cases that check it on each of its surfaces."""

    edition: str
    requirement: Requirement
    cases: Mapping[Surface, tuple[str, ...]]

    @property
    def gaps(self) -> tuple[Surface, ...]:
        """The surfaces that the requirement concerns and on which no case checks it."""
        if self.requirement.unobservable is not None or self.requirement.built_apps is not None:
            return ()
        return tuple(surface for surface, cases in self.cases.items() if not cases)

    @property
    def by_cases(self) -> Mapping[tuple[str, ...], list[Surface]]:
        """The surfaces by the cases that run on them."""
        groups: dict[tuple[str, ...], list[Surface]] = {}
        for surface, cases in self.cases.items():
            groups.setdefault(cases, []).append(surface)
        return groups


def cover(edition: Edition) -> list[Coverage]:
    """Return the coverage of an edition's requirements, in their order; raise CaseFileError."""
    return [
        Coverage(edition=edition.date, requirement=requirement, cases=_cases_of(requirement, edition.cases))
        for requirement in edition.requirements.values()
    ]


def _cases_of(requirement: Requirement, cases: Sequence[Case]) -> dict[Surface, tuple[str, ...]]:
    return {
        surface: tuple(
            case.id.case for case in cases if case.surface == surface and case.requirement.id == requirement.id
        )
        for surface in requirement.levels
    }


class Gap(NamedTuple):
    """A requirement that no case checks and no reason excuses, or that is checked though it is said not to be."""

    requirement: Requirement
    message: str

    def __str__(self) -> str:
        return f"{self.requirement.path}:{self.requirement.line}: {self.message}"


def find_gaps(coverage: Sequence[Coverage]) -> Iterator[Gap]:
    """Find what neither a case checks nor a reason excuses."""
    for one in coverage:
        requirement = one.requirement
        if one.gaps:
            message = f"{requirement.id} is checked by no case on {', '.join(one.gaps)}, and no reason is given"
            yield Gap(requirement, message)
        if requirement.unobservable is not None and any(one.cases.values()):
            checked = ", ".join(sorted({case for cases in one.cases.values() for case in cases}))
            yield Gap(requirement, f"{requirement.id} is said to be unobservable, but checked by {checked}")
