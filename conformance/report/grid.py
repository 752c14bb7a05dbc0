"""The matrix: requirements down, and implementations, editions and surfaces across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from conformance._judging.result import Result
from conformance.report.model import Report, Statement
from conformance.report.verdict import Status, gravity, statuses_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One run in one edition on one surface; `run` is its index in the report."""

    run: int
    edition: str
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is known of one requirement in one column: every result that speaks of it, the most serious first.

    Without a result, `status` is None: a case was not selected, or did not come to run.
    """

    status: Status | None
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One requirement, in the words of each edition, with a cell for each column that it concerns."""

    id: str
    group: str
    words: Mapping[str, Statement]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows by group, columns by run; what cannot be observed has no row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


_Told: TypeAlias = Mapping[tuple[Column, str], Sequence[tuple[Status, Result]]]


def lay_out(report: Report) -> Matrix:
    """Lay out a report as a matrix."""
    columns = tuple(
        Column(run=index, edition=edition, surface=surface)
        for index, run in enumerate(report.runs)
        for edition in run.editions
        for surface in run.surfaces
    )
    told = _gather(report)
    by_id: dict[str, dict[str, Statement]] = {}
    for statement in report.requirements:
        if statement.unobservable is None:
            by_id.setdefault(statement.id, {})[statement.edition] = statement
    groups = list(dict.fromkeys(statement.group for statement in report.requirements))
    rows = [_row(name, words, columns, told) for name, words in by_id.items()]
    return Matrix(columns=columns, rows=tuple(sorted(rows, key=lambda row: groups.index(row.group))))


def _row(name: str, words: Mapping[str, Statement], columns: Sequence[Column], told: _Told) -> Row:
    return Row(
        id=name,
        group=next(iter(words.values())).group,
        words=words,
        cells=tuple(_cell(name, words.get(column.edition), column, told) for column in columns),
    )


def _cell(name: str, statement: Statement | None, column: Column, told: _Told) -> Cell | None:
    found = sorted(told.get((column, name), ()), key=lambda item: gravity(item[0]))
    if not found and (statement is None or column.surface not in statement.levels):
        return None
    return Cell(status=found[0][0] if found else None, results=tuple(result for _, result in found))


def _gather(report: Report) -> _Told:
    """Map each column and requirement to what speaks of it: the results of its cases, and findings of others."""
    told: dict[tuple[Column, str], list[tuple[Status, Result]]] = {}
    for index, run in enumerate(report.runs):
        for result in run.results:
            column = Column(run=index, edition=result.edition, surface=result.surface)
            for requirement, status in statuses_of(result).items():
                told.setdefault((column, requirement), []).append((status, result))
    return told
