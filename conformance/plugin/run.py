"""The hooks of a run with `--impl`: what is collected, how a result counts, what the summary says."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from conformance import _implementation, _loader
from conformance._case import Case
from conformance._implementation import Subject
from conformance._interception import intercepting
from conformance._result import Result
from conformance._run import Session
from conformance._schema import CASES
from conformance._switchboard import Switchboard
from conformance.errors import CaseFileError, ImplementationError
from conformance.plugin.items import CaseFile, CaseItem
from conformance.plugin.options import Options
from conformance.plugin.selection import Selection
from conformance.report.terminal import summarise


class ConformanceRun:
    """One run of the suite in one process."""

    def __init__(self, config: pytest.Config, options: Options) -> None:
        self.config = config
        self.options = options
        self.selection = Selection.take(config, CASES)
        self.planned: set[str] = set()
        self.results: dict[str, Result] = {}
        self._resources = ExitStack()
        self._session: Session | None = None
        try:
            self.subjects = [_implementation.load(spec) for spec in options.implementations]
            self._check_apps()
        except ImplementationError as error:
            raise pytest.UsageError(str(error)) from error
        self.compares = len(self.subjects) > 1

    def _check_apps(self) -> None:
        """Create one app of each implementation, to see that it can be judged at all."""
        with ExitStack() as resources:
            session = resources.enter_context(self._judging())
            for subject in self.subjects:
                session.check_app(subject)

    @contextmanager
    def _judging(self) -> Iterator[Session]:
        board = Switchboard()
        session = Session(board, seconds=self.options.seconds)
        try:
            with intercepting(board.answer):
                yield session
        finally:
            session.close()

    # Collection

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Collect the cases instead of what stands in the folder, or beside the other paths that are named."""
        report = yield
        if isinstance(collector, pytest.Session):
            others = report.result if self.selection.others else []
            report.result = [*self._files(collector), *others]
        return report

    def _files(self, session: pytest.Session) -> Iterator[CaseFile]:
        for edition in self.options.editions:
            by_file: dict[Path, list[tuple[Subject, Case]]] = {}
            try:
                cases = _loader.load_edition(CASES, edition)
            except CaseFileError as error:
                raise pytest.UsageError(str(error)) from error
            for case in cases:
                selected = [(subject, case) for subject in self.subjects if self._concerns(case, subject)]
                by_file.setdefault(case.path, []).extend(selected)
            for path, selected in by_file.items():
                yield CaseFile.of(session, self, path, edition, selected)

    def _concerns(self, case: Case, subject: Subject) -> bool:
        return (
            case.edition in subject.editions
            and case.surface in subject.surfaces
            and case.surface in self.options.surfaces
        )

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note what is planned; raise pytest.UsageError if that is nothing."""
        self.planned = {item.nodeid for item in items if isinstance(item, CaseItem)}
        if not hasattr(self.config, "workerinput"):
            self._require_plan()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Note what a worker of pytest-xdist plans: each plans the same."""
        self.planned = {node_id for node_id in ids if node_id.startswith("cases/")}
        self._require_plan()

    def _require_plan(self) -> None:
        if not self.planned and not self.selection.others:
            offered = ", ".join(
                f"{subject.name} offers {', '.join(subject.surfaces)} in {', '.join(subject.editions)}"
                for subject in self.subjects
            )
            raise pytest.UsageError(
                f"--impl: no case is selected by -k, -m, the paths, "
                f"--impl-edition={','.join(self.options.editions)} and "
                f"--impl-surface={','.join(self.options.surfaces)}; {offered}"
            )

    # Running

    def judge(self, case: Case, subject: Subject) -> Result:
        """Run a case; what the run needs is made at the first one."""
        if self._session is None:
            self._session = self._resources.enter_context(self._judging())
        return self._session.run(case, subject)

    def is_red(self, result: Result) -> bool:
        """Tell whether a result fails its test: an error, or a violation of the level that counts."""
        return result.outcome == "errored" or (
            result.outcome == "failed" and (result.worst == "must" or self.options.level == "should")
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Send the result along with its report, from whichever process it is in."""
        report = yield
        if isinstance(item, CaseItem) and call.when == "call" and item.result is not None:
            report.conformance = item.result.to_json()  # type: ignore[attr-defined]
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather the results; a case that took its process down left none, which is an error of it."""
        value = getattr(report, "conformance", None)
        if value is not None:
            self.results[report.nodeid] = Result.from_json(value)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, Any] | None:
        """Name the outcomes that pytest has no word for."""
        value = getattr(report, "conformance", None)
        if value is None or report.when != "call":
            return None
        if value["outcome"] == "errored":
            return "error", "E", ("ERROR", {"red": True})
        if value["outcome"] == "not applicable":
            return "not applicable", "-", ("NOT APPLICABLE", {"yellow": True})
        if value["outcome"] == "failed" and report.passed:
            return "should", "w", ("SHOULD", {"yellow": True})
        return None

    # The end

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """End what the run made, and turn a run red in which no case was executed."""
        self._resources.close()
        executed = [result for result in self.results.values() if result.outcome != "not applicable"]
        if exitstatus == pytest.ExitCode.OK and self.results and not executed:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the summary."""
        if self.config.option.collectonly or not self.planned:
            return
        terminalreporter.section("conformance")
        for line in summarise(self.subjects, self.options.editions, self.results, self.planned):
            terminalreporter.line(line)
