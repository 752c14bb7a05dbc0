"""The baseline of a run: which failures are known, what it lists that is out of date, and what a run records in it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from conformance._data.case_id import CaseId
from conformance._judging.result import Result
from conformance._targets.target import Target
from conformance._text.files import write_atomically
from conformance.baseline.known_failures import Baseline, load_baseline
from conformance.baseline.rewriting import reason_to_record, rewrite
from conformance.errors import CaseFileError
from conformance.plugin.chosen_options import Options
from conformance.plugin.complaints import fold_baseline
from conformance.plugin.options import BASELINE


class BaselineInUse:
    """What a run makes of the baseline that an option names; of none, nothing.

    Raises pytest.UsageError where several implementations are judged, and CaseFileError for a file that is malformed.
    `ids_of` yields the cases of an implementation in an edition, which entries may be about.
    """

    def __init__(
        self, options: Options, targets: Sequence[Target], ids_of: Callable[[Target, str], Iterable[CaseId]]
    ) -> None:
        self._records = options.updates_baseline
        self._baseline = _load(options.baseline, targets, ids_of) if options.baseline else None
        self._data = self._baseline.path.read_bytes() if self._baseline else b""
        # What the run is held against; a run that records is not.
        self._held = None if self._records else self._baseline

    def knows(self, case: CaseId) -> bool:
        """Say whether a failure of a case is known."""
        return self._baseline is not None and self._baseline.reason(case) is not None

    def weigh(self, result: Result) -> Result:
        """Return a result as it counts: a failure is known that the baseline lists, or that this run records in it."""
        if result.outcome != "failed" or self._baseline is None:
            return result
        reason = self._baseline.reason(result.id)
        if reason is None and self._records and not any(one.covers(result.id) for one in self._baseline.expired):
            reason = reason_to_record(result)
        return result if reason is None else replace(result, outcome="known", reason=reason)

    def complaint(self, result: Result) -> str | None:
        """Say what a result makes of the entry for it, if that is out of date by it."""
        return self._held.complaint(result) if self._held else None

    def stale_messages(self, complaints: Mapping[str, str]) -> Iterator[str]:
        """List the outdated entries, with rerun commands where a case showed it."""
        if self._held:
            yield from fold_baseline(self._held.path, self._held.faults, self._held.overdue, complaints)
        elif self._baseline:
            yield from self._baseline.overdue

    def update(self, results: Sequence[Result]) -> list[str]:
        """Rewrite the file if an option asks for it, and say what became of it.

        Raises CaseFileError, leaving the file alone, if somebody changed or deleted it during the run, and if it cannot
        be written.
        """
        if self._baseline is None or not self._records:
            return []
        path = self._baseline.path
        try:
            data = path.read_bytes()
        except OSError:
            data = None
        if data != self._data:
            raise CaseFileError(path, 1, "a file that was changed during the run", "the file as the run read it")
        before = self._data.decode("utf-8")
        text = rewrite(before, self._baseline, results)
        try:
            write_atomically(path, text)
        except OSError as error:
            expected = "a place where a file can be written"
            raise CaseFileError(path, 1, error.strerror or str(error), expected) from error
        return [f"{path}: {'was already' if text == before else 'is now'} up to date"]


def _load(path: Path, targets: Sequence[Target], ids_of: Callable[[Target, str], Iterable[CaseId]]) -> Baseline:
    if len(targets) > 1:
        found = f"{len(targets)} implementations"
        raise pytest.UsageError(f"{BASELINE.flag}: {found}; expected one, whose failures are known")
    (target,) = targets
    if not path.exists():
        path.touch()
    ids = [one for edition in target.editions for one in ids_of(target, edition)]
    return load_baseline(path, ids, dt.datetime.now(tz=dt.UTC).date())
