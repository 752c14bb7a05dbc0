"""Violations by requirement: what a reader wants to know first, each thing said once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from conformance._data.requirements import Level
from conformance._judging.result import Finding, Result
from conformance.report.model import Report, Statement
from conformance.report.verdict import STATUSES, Status, gravest, gravity, status_of

_Place: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One thing that was found, and every case and surface where it was: the same words are said once.

    Without a finding it is an error, and `reason` says which.
    """

    status: Status
    finding: Finding | None
    reason: str | None
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """How one run violates one requirement of one edition; `run` is its index in the report."""

    run: int
    edition: str
    requirement: str
    level: Level
    statement: str
    section: str
    sightings: tuple[Sighting, ...]

    @property
    def status(self) -> Status:
        """The gravest that was seen."""
        return gravest(sighting.status for sighting in self.sightings)


def violations(report: Report) -> tuple[Violation, ...]:
    """Return what was found, the gravest first, then by edition and requirement; the runs side by side."""
    order = {(s.edition, s.id): number for number, s in enumerate(report.requirements)}
    found = [_violation(report, place, sightings) for place, sightings in _collect(report).items()]
    worst: dict[tuple[str, str], int] = {}
    for violation in found:
        key = (violation.edition, violation.requirement)
        worst[key] = min(gravity(violation.status), worst.get(key, len(STATUSES)))

    def rank(violation: Violation) -> tuple[int, int, int]:
        key = (violation.edition, violation.requirement)
        return worst[key], order.get(key, len(order)), violation.run

    return tuple(sorted(found, key=rank))


def _collect(report: Report) -> Mapping[_Place, list[Sighting]]:
    """Gather the sightings of each edition, requirement and run, those with the same words as one."""
    same: dict[tuple[_Place, Status, Finding | str | None], list[Result]] = {}
    for index, run in enumerate(report.runs):
        for result in run.results:
            for requirement, status, found in attribute(result):
                same.setdefault(((result.edition, requirement, index), status, found), []).append(result)
    places: dict[_Place, list[Sighting]] = {}
    for (place, status, found), results in same.items():
        finding, reason = (found, None) if isinstance(found, Finding) else (None, found)
        sighting = Sighting(status=status, finding=finding, reason=reason, results=tuple(results))
        places.setdefault(place, []).append(sighting)
    return places


def attribute(result: Result) -> Iterator[tuple[str, Status, Finding | str | None]]:
    """Yield the requirements that a result speaks against, with what it says: a finding, or what went wrong."""
    if result.outcome == "errored":
        yield result.requirement, "errored", result.reason
    elif result.outcome in {"failed", "known"}:
        for finding in result.findings:
            failed: Status = "must failed" if finding.level == "must" else "should failed"
            yield finding.requirement, "known" if result.outcome == "known" else failed, finding
        if not result.findings:
            yield result.requirement, status_of(result), result.reason


def _violation(report: Report, place: _Place, sightings: list[Sighting]) -> Violation:
    edition, requirement, run = place
    words = _words(report, sightings, edition, requirement)
    return Violation(
        run=run,
        edition=edition,
        requirement=requirement,
        level=_level(sightings),
        statement=words.statement,
        section=words.section,
        sightings=tuple(sorted(sightings, key=lambda sighting: gravity(sighting.status))),
    )


def _level(sightings: list[Sighting]) -> Level:
    """Return the highest level of what was seen: of a finding, or of the case of an error."""
    levels = {sighting.finding.level for sighting in sightings if sighting.finding is not None} or {
        result.level for sighting in sightings for result in sighting.results
    }
    return "must" if "must" in levels else "should"


def _words(report: Report, sightings: list[Sighting], edition: str, requirement: str) -> Statement | Finding:
    """Return the requirement's words: those of the edition, or else those of a finding."""
    for statement in report.requirements:
        if (statement.edition, statement.id) == (edition, requirement):
            return statement
    for sighting in sightings:
        if sighting.finding is not None:
            return sighting.finding
    raise ValueError(f"{requirement} is no requirement of edition {edition}, and no finding says what it is")
