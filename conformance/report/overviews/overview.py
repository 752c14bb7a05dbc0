"""Published implementations side by side: how each one fares with each requirement, and what was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path
from typing import Final, TypeAlias

from conformance._text import json_values
from conformance._text.yaml_documents import Document
from conformance._text.yaml_documents import read as read_yaml
from conformance.report.defects import Defect, find_defects
from conformance.report.document import read
from conformance.report.failure_text import DigestLine, tell
from conformance.report.merging import unite_requirements
from conformance.report.model import Report, Run, Statement
from conformance.report.report_error import ReportError
from conformance.report.verdict import Status, Verdict, gravest, statuses_of, verdict_of

COLUMNS: Final = "columns.yaml"
"""The file in the folder of the reports that says what they are reports of."""

_MEMBERS: Final = frozenset({"name", "language", "how", "report"})

_Place: TypeAlias = tuple[str, str]
"""An edition, and a requirement of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewEntry:
    """One defect of one implementation, as the digest reports it; no other has its number."""

    number: int
    defect: Defect
    lines: tuple[DigestLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A column: what is judged, with its report; `how` says what the reader must know of how it was judged."""

    name: str
    language: str
    how: str | None
    report: Report
    verdict: Verdict
    entries: tuple[OverviewEntry, ...]

    @property
    def run(self) -> Run:
        """The only run of the report."""
        return self.report.runs[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A cell: how an implementation fares with a requirement; `entry` is the number of the entry that says more.

    `cases` counts those that were executed, `failing` those of them that speak against it.
    """

    status: Status
    cases: int
    failing: int
    entry: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A row: one edition's requirement, and how each implementation fares with it, None where it is not concerned."""

    statement: Statement
    standings: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All of it: what there is to know first, the columns with the entries that cells lead to, and the rows."""

    notes: tuple[str, ...]
    implementations: tuple[Published, ...]
    demands: tuple[Demand, ...]

    @property
    def editions(self) -> Iterator[tuple[str, list[Demand]]]:
        """The rows of each edition, those that no implementation is concerned by left out."""
        concerned = [demand for demand in self.demands if any(demand.standings)]
        for edition, demands in groupby(concerned, key=lambda demand: demand.statement.edition):
            yield edition, list(demands)


def load_overview(folder: Path) -> Overview:
    """Read the reports that the folder's columns.yaml names; raise ConformanceError for what can't be shown."""
    document = read_yaml(folder / COLUMNS)
    if not isinstance(document.value, dict) or set(document.value) != {"notes", "implementations"}:
        raise document.error((), json_values.show(document.value, 80), "notes and implementations")
    columns = tuple(_read_columns(document))
    standings = [_stand(column) for column in columns]
    return Overview(
        notes=tuple(document.value["notes"]),
        implementations=columns,
        demands=tuple(
            Demand(statement=one, standings=tuple(standing.get((one.edition, one.id)) for standing in standings))
            for one in unite_requirements(column.report.requirements for column in columns)
        ),
    )


def _read_columns(document: Document) -> Iterator[Published]:
    numbers = count(1)
    for index, value in enumerate(document.value["implementations"]):
        place = ("implementations", index)
        if not isinstance(value, dict) or not {"name", "language", "report"} <= set(value) <= _MEMBERS:
            raise document.error(place, json_values.show(value, 80), "name, language and report, and how if need be")
        path = document.path.parent / value["report"]
        report = read(path)
        if len(report.runs) != 1:
            raise ReportError(path, f"{len(report.runs)} runs", "a report of one run")
        yield Published(
            name=value["name"],
            language=value["language"],
            how=value.get("how"),
            report=report,
            verdict=verdict_of(report.runs[0], report.requirements),
            entries=tuple(
                OverviewEntry(number=next(numbers), defect=defect, lines=tuple(tell(report, defect)))
                for defect in find_defects(report)
            ),
        )


def _stand(column: Published) -> Mapping[_Place, Standing]:
    """Say how an implementation fares with each requirement: by its cases, and by findings in cases of others."""
    seen: dict[_Place, list[Status]] = {}
    for result in column.run.results:
        for requirement, status in statuses_of(result).items():
            seen.setdefault((result.edition, requirement), []).append(status)
    named = [(rank, one.number, place) for one in column.entries for rank, place in enumerate(_places(one.defect))]
    told = {place: number for _, number, place in sorted(named, reverse=True)}  # where it is named first
    return {place: _standing(statuses, told.get(place)) for place, statuses in seen.items()}


def _places(defect: Defect) -> Iterator[_Place]:
    """Yield the requirements that a defect is about; an error is about those of the cases that it took."""
    for violation in defect.violations:
        yield from ((edition, violation.requirement) for edition in violation.editions)
    if not defect.violations:
        yield from ((result.edition, result.requirement) for result in defect.results)


def _standing(statuses: Sequence[Status], entry: int | None) -> Standing:
    return Standing(
        status=gravest(statuses),
        cases=sum(status != "not applicable" for status in statuses),
        failing=sum(status not in {"passed", "not applicable"} for status in statuses),
        entry=entry,
    )
