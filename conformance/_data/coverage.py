"""Which cases check which requirement, on which surface; what nothing checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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


def find_gaps(coverage: Sequence[Coverage]) -> Iterator[str]:
    """Say of each requirement what neither a case checks nor a reason excuses."""
    for one in coverage:
        requirement = one.requirement
        place = f"{requirement.path}:{requirement.line}: {requirement.id}"
        if one.gaps:
            yield f"{place} is checked by no case on {', '.join(one.gaps)}"
        if requirement.unobservable is not None and any(one.cases.values()):
            yield f"{place} is said to be unobservable, but cases check it"
