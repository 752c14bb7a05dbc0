"""Cases as pytest's items, and what comes of one as pytest's outcome."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

from conformance._data.case import Case
from conformance._judging.result import Result
from conformance._targets.target import Target
from conformance._text.words import make_printable
from conformance.plugin.options import DEFAULT_EDITION, EDITION
from conformance.report.failure import describe_failure, summarise_failure
from conformance.report.redaction import redact

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from conformance._apps.app_case import AppCase
    from conformance._exploration.explored_case import ExploredCase
    from conformance.plugin.run import ConformanceRun


class CaseViolationError(Exception):
    """A case that turns the run red: a requirement is violated, or the implementation broke the contract."""


class CaseFile(pytest.File):
    """A case file in one edition; its node id has the edition's folder, wherever the file lies."""

    cases: list[tuple[Target, Case]]
    run: ConformanceRun

    @classmethod
    def of(
        cls,
        session: pytest.Session,
        run: ConformanceRun,
        path: Path,
        edition: str,
        cases: list[tuple[Target, Case]],
    ) -> CaseFile:
        """Make the collector of the cases that one file gives one edition."""
        name = f"cases/{edition}/{path.name}"
        file: CaseFile = cls.from_parent(session, path=path, name=name, nodeid=name)
        file.run = run
        file.cases = cases
        return file

    def collect(self) -> Iterable[pytest.Item]:
        """Return an item for each selected case and implementation."""
        items = (CaseItem.of(self, target, case) for target, case in self.cases)
        return [item for item in items if self.run.selection.selects(item.nodeid, self.path)]


class CaseItem(pytest.Function):
    """One case for one implementation; a Function because syrupy's snapshots know no other item."""

    target: Target
    case: Case | AppCase | ExploredCase
    run: ConformanceRun
    result: Result | None = None
    complaints: Sequence[str] = ()

    @classmethod
    def of(cls, parent: CaseFile, target: Target, case: Case | AppCase | ExploredCase) -> CaseItem:
        """Make the item of a case."""
        callobj = _function(target.name, reviewed=parent.run.options.snapshots)
        item: CaseItem = cls.from_parent(parent, name=parent.run.name_of(case, target), callobj=callobj)
        item.target = target
        item.case = case
        item.run = parent.run
        item.user_properties += [
            ("requirement", case.requirement.id),
            ("level", case.requirement.level_on(case.surface)),
            ("edition", case.edition),
            ("surface", case.surface),
        ]
        return item

    @property
    def id(self) -> Any:
        """Return the node id as pytest reads it off its text, so that --lf knows it again (pytest 9.2 and later)."""
        made = super().id
        return made.parse(str(made))

    def runtest(self) -> None:
        """Run the case; raise CaseViolationError if that turns the run red, or skip what is not applicable."""
        judge = self.run.judge
        result = self.result = self.judge()
        self.complaints = [*judge.complaints(result), *self._review(result)]
        if judge.is_red(result) or self.complaints:
            raise CaseViolationError
        if result.outcome == "not applicable":
            pytest.skip(result.reason or "not applicable")
        if result.outcome == "known":
            pytest.xfail(result.reason or "known")

    def judge(self) -> Result:
        """Run the case."""
        assert isinstance(self.case, Case)  # noqa: S101  # for the type: an item of an app judges itself
        return self.run.judge.judge(self.case, self.target)

    def _review(self, result: Result) -> list[str]:
        """Compare the tools that the model was told of with the reviewed ones, if that was asked for."""
        if "snapshot" not in self.funcargs or result.tools is None:
            return []
        from conformance.plugin.snapshots import review  # noqa: PLC0415  # syrupy is for those who use it

        difference = review(cast("SnapshotAssertion", self.funcargs["snapshot"]), result.tools)
        return [] if difference is None else [difference]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """Show a violation in the suite's own form."""
        if self.result is None or not isinstance(excinfo.value, CaseViolationError):
            return super().repr_failure(excinfo)
        text = make_printable(redact(describe_failure(self.result, self.complaints, self._rerun())))
        message = make_printable(redact(summarise_failure(self.result, self.complaints)))
        return ReprExceptionInfo(
            reprtraceback=ReprTraceback([ReprEntryNative([text + "\n"])], extraline=None, style="native"),
            reprcrash=ReprFileLocation(str(self.case.path), self.case.line, message),
        )

    def _rerun(self) -> str:
        """Write the command that runs this case alone, against its implementation alone."""
        node_id = f"{self.nodeid.partition('::')[0]}::{self.case.name}"
        return f'pytest {shlex.join(self.rerun_options())} "{node_id}"'

    def rerun_options(self) -> list[str]:
        """Return the options that judge the implementation as it was judged here."""
        options = [f"--impl={self.target.spec}"]
        if self.case.edition != DEFAULT_EDITION or self.config.getini(EDITION.ini):
            options.append(f"--impl-edition={self.case.edition}")
        if self.run.options.level == "should":
            options.append("--impl-level=should")
        if self.run.options.transport == "loopback":
            options.append("--impl-transport=loopback")
        return options

    def reportinfo(self) -> tuple[Path, int, str]:
        """Point at the case's line in its file."""
        return self.case.path, self.case.line - 1, self.name


@cache
def _function(implementation: str, *, reviewed: bool) -> Callable[..., None]:
    """Make the test function that stands behind an item: its name is the implementation's, for syrupy's paths.

    CaseItem.runtest does the work; the function asks for the fixture that is needed.
    """

    def with_snapshot(snapshot: object) -> None: ...

    def without() -> None: ...

    function: Callable[..., None] = with_snapshot if reviewed else without
    function.__name__ = implementation
    return function
