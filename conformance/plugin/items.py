"""Cases as pytest's items, and what comes of one as pytest's outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, cast

import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

from conformance._judging.result import Result
from conformance._text.words import make_printable
from conformance.plugin.judge import Judge
from conformance.plugin.plans import Plan
from conformance.report.forms.pytest_text import describe_failure, summarise_failure
from conformance.report.redaction import redact
from conformance.report.rerun import rerun_command

_WARNINGS: Final = pytest.mark.filterwarnings("default")
"""However the tests of a repository are configured: what an implementation warns of is not an error of a case."""


class CaseViolationError(Exception):
    """A case that turns the run red: a requirement is violated, or the implementation broke the contract."""


class CaseFile(pytest.File):
    """A file in one edition; its node id has the edition's folder, wherever the file is."""

    judge: Judge
    plans: Sequence[Plan]

    @classmethod
    def of(cls, session: pytest.Session, judge: Judge, path: Path, name: str, plans: Sequence[Plan]) -> CaseFile:
        """Make the collector of what is planned of one file."""
        file: CaseFile = cls.from_parent(session, path=path, name=name, nodeid=name)
        file.judge = judge
        file.plans = plans
        return file

    def collect(self) -> Iterable[pytest.Item]:
        """Return an item for each plan."""
        self.fixtures: dict[Callable[..., None], Any] = {}
        self.module = ModuleType(self.nodeid)
        return [CaseItem.of(self, plan) for plan in self.plans]


class CaseItem(pytest.Function):
    """One case for one implementation; a Function because syrupy's snapshots know no other item.

    `left_snapshot` tells whether it has a snapshot but failed before there was anything to compare with it, and
    `is_compared` whether there was.
    """

    judge: Judge
    plan: Plan
    result: Result | None = None
    complaints: Sequence[str] = ()
    left_snapshot: bool = False
    is_compared: bool = False

    @classmethod
    def of(cls, parent: CaseFile, plan: Plan) -> CaseItem:
        """Make the item of a plan."""
        judge = parent.judge
        own = f" {plan.path}" if plan.path in judge.own_files else ""
        callobj = _function(plan.target.name + own, reviewed=judge.options.snapshots)
        name = judge.name_of(plan.id, plan.target)
        fixtures = parent.fixtures.get(callobj)
        item: CaseItem = cls.from_parent(parent, name=name, callobj=callobj, fixtureinfo=fixtures)
        # Those of a file need the same fixtures, and share what pytest finds out about them, as parametrized tests do.
        parent.fixtures[callobj] = item._fixtureinfo  # pytest takes it, and has no name for it
        item.judge = judge
        item.plan = plan
        item.add_marker(_WARNINGS)
        item.user_properties += [
            ("requirement", plan.requirement.id),
            ("level", plan.requirement.levels[plan.id.surface]),
            ("edition", plan.id.edition),
            ("surface", plan.id.surface),
        ]
        return item

    @property
    def module(self) -> ModuleType:
        """Return what stands for a module, the cases of which plugins that shuffle tests keep together: their file."""
        return cast("CaseFile", self.parent).module

    @property
    def id(self) -> Any:
        """Return the node id as pytest reads it off its text, so that --lf knows it again (pytest 9.2 and later)."""
        made = super().id
        return made.parse(str(made))

    def runtest(self) -> None:
        """Run the case; raise CaseViolationError if that turns the run red, or skip what is not applicable."""
        result = self.result = self.plan.judge()
        self.complaints = list(filter(None, [self.judge.baseline.complaint(result), self._review(result)]))
        if self.judge.is_red(result) or self.complaints:
            raise CaseViolationError
        if result.outcome == "not applicable":
            pytest.skip(result.reason or "not applicable")
        if result.outcome == "known":
            pytest.xfail(result.reason or "known")

    def _review(self, result: Result) -> str | None:
        """Compare the tools sent to the model with the reviewed ones, if an option asks for it."""
        if "snapshot" not in self.funcargs:
            return None
        from conformance.plugin.snapshots import is_reviewed, review  # noqa: PLC0415  # syrupy is for those who use it

        snapshot = self.funcargs["snapshot"]
        if result.tools is None:
            self.left_snapshot = result.outcome not in {"passed", "not applicable"} and is_reviewed(snapshot)
            return None
        self.is_compared = True
        return review(snapshot, result.tools)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """Show a violation in the suite's own form."""
        if self.result is None or not isinstance(excinfo.value, CaseViolationError):
            return super().repr_failure(excinfo)
        command = rerun_command(self.plan.id, self.plan.target.spec, self.judge.options.repeated)
        text = make_printable(redact(describe_failure(self.result, self.complaints, command)))
        message = make_printable(redact(summarise_failure(self.result, self.complaints)))
        return ReprExceptionInfo(
            reprtraceback=ReprTraceback([ReprEntryNative([text + "\n"])], extraline=None, style="native"),
            reprcrash=ReprFileLocation(str(self.plan.path), self.plan.line, message),
        )

    def reportinfo(self) -> tuple[Path, int, str]:
        """Point at the case's line in its file."""
        return self.plan.path, self.plan.line - 1, self.name


@cache
def _function(name: str, *, reviewed: bool) -> Callable[..., None]:
    """Make the test function of an item; its name is the first folder of its snapshot, for syrupy's paths.

    That is the implementation's name, and for a case of the user's own also its file, so that a run without the file
    does not take its snapshots for unused.
    CaseItem.runtest does the work; the function asks for the fixture that is needed.
    """

    def with_snapshot(snapshot: object) -> None: ...

    def without() -> None: ...

    function: Callable[..., None] = with_snapshot if reviewed else without
    function.__name__ = name
    return function
