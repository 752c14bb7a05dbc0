"""What changed from one run of an implementation to the next."""

from collections.abc import Iterator
from dataclasses import dataclass

from conformance._judging.result import Result
from conformance.report.model import Report
from conformance.report.verdict import Status, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A case that two runs both have, and that came out otherwise."""

    before: Status
    after: Status
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs of an implementation, by their indexes in the report, and what changed.

    `other` changes are neither for the better nor for the worse. `lasting` counts the cases that fail in both,
    `gone` and `new` the cases that only the earlier and only the later run has.
    """

    earlier: int
    later: int
    fixed: tuple[Change, ...]
    broken: tuple[Change, ...]
    other: tuple[Change, ...]
    lasting: int
    gone: int
    new: int


def comparisons(report: Report) -> Iterator[Comparison]:
    """Compare each run with the one before it of the same implementation."""
    last: dict[str, int] = {}
    for index, run in enumerate(report.runs):
        if run.implementation in last:
            yield _compare(report, last[run.implementation], index)
        last[run.implementation] = index


def _compare(report: Report, earlier: int, later: int) -> Comparison:
    old = {result.id: status_of(result) for result in report.runs[earlier].results}
    new = {result.id: result for result in report.runs[later].results}
    changes = [
        Change(before=old[key], after=status_of(result), result=result)
        for key, result in new.items()
        if key in old and old[key] != status_of(result)
    ]
    return Comparison(
        earlier=earlier,
        later=later,
        fixed=tuple(change for change in changes if _fails(change.before) and change.after == "passed"),
        broken=tuple(change for change in changes if not _fails(change.before) and _fails(change.after)),
        other=tuple(change for change in changes if _fails(change.before) == _fails(change.after) or _left(change)),
        lasting=sum(_fails(old[key]) and _fails(status_of(result)) for key, result in new.items() if key in old),
        gone=len(old.keys() - new.keys()),
        new=len(new.keys() - old.keys()),
    )


def _fails(status: Status) -> bool:
    return status not in {"passed", "not applicable"}


def _left(change: Change) -> bool:
    """Say whether a failure is gone because the case no longer applies."""
    return _fails(change.before) and change.after == "not applicable"
