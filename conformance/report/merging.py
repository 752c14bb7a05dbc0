"""Brings reports together: shards of one run become one, different runs are put side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from conformance._data.case_id import CaseId
from conformance._judging.result import Result
from conformance.report.model import Report, Run, Statement
from conformance.report.report_error import ReportError
from conformance.report.verdict import status_of

_Identity: TypeAlias = tuple[object, ...]


@dataclass(slots=True, kw_only=True)
class _Shards:
    """The shards of one run, as far as they are read: each case with the file that it came from."""

    run: Run
    results: dict[CaseId, tuple[Result, Path]]
    planned: set[CaseId]


def merge(reports: Sequence[tuple[Path, Report]], *, over_time: bool = False) -> Report:
    """Merge the reports read from files; raise ReportError for two that contradict each other.

    Runs of the same implementation, version, suite, level, options and environment are shards of one run. `over_time`
    says that every file is a run of its own, the oldest first: the last run of an implementation supersedes the others.
    """
    return Report(
        requirements=tuple(unite_requirements(report.requirements for _, report in reports)),
        runs=tuple(_line_up(reports) if over_time else _unite_shards(reports)),
        problems=tuple(dict.fromkeys(problem for _, report in reports for problem in report.problems)),
    )


def unite_requirements(reports: Iterable[Iterable[Statement]]) -> list[Statement]:
    """Return each requirement of several reports once, in the words of the last one that has it, by edition."""
    words = {(statement.edition, statement.id): statement for statements in reports for statement in statements}
    return sorted(words.values(), key=lambda statement: statement.edition)


def _line_up(reports: Sequence[tuple[Path, Report]]) -> Iterator[Run]:
    """Yield every run; those of an implementation that a later file has as well are superseded."""
    last = {run.implementation: number for number, (_, report) in enumerate(reports) for run in report.runs}
    for number, (_, report) in enumerate(reports):
        for run in report.runs:
            yield replace(run, superseded=run.superseded or number < last[run.implementation])


def _unite_shards(reports: Sequence[tuple[Path, Report]]) -> Iterator[Run]:
    united: dict[tuple[_Identity, int], _Shards] = {}
    for path, report in reports:
        seen = Counter[_Identity]()
        for run in report.runs:
            identity = _identity(run)
            # Runs that one report holds apart are not shards of each other.
            shards = united.setdefault((identity, seen[identity]), _Shards(run=run, results={}, planned=set()))
            _add(shards, run, path)
            seen[identity] += 1
    return map(_finish, united.values())


def _identity(run: Run) -> _Identity:
    """Return what the shards of one run have in common; each may have a baseline of its own."""
    environment = tuple(sorted(run.environment.items()))
    options = tuple(option for option in run.options if not option.startswith("--impl-baseline"))
    return (run.implementation, run.spec, options, run.version, run.suite, run.level, environment, run.superseded)


def _add(shards: _Shards, run: Run, path: Path) -> None:
    shards.run = replace(
        shards.run,
        surfaces=tuple(dict.fromkeys((*shards.run.surfaces, *run.surfaces))),
        editions=tuple(sorted({*shards.run.editions, *run.editions})),
        when=max(shards.run.when, run.when),
        offered=max((one.offered for one in (shards.run, run) if one.offered is not None), default=None),
    )
    for result in run.results:
        known, source = shards.results.setdefault(result.id, (result, path))
        if status_of(known) != status_of(result):
            raise ReportError(
                path,
                f"{run.name}, {result.id}: {status_of(result)}, but {status_of(known)} in {source}",
                "shards that agree, or --over-time for runs one after the other",
            )
    shards.planned |= set(run.without_result)


def _finish(shards: _Shards) -> Run:
    return replace(
        shards.run,
        results=tuple(result for _, (result, _) in sorted(shards.results.items())),
        without_result=tuple(sorted(shards.planned - shards.results.keys())),
    )
