"""The hooks of a run with `--impl`: what is collected, how a result is reported, what the summary says."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance._data.case_id import CaseId, is_node_id_of_case
from conformance._data.corpus import CASES
from conformance._isolation import Leftovers
from conformance._judging.kept_requests import RequestStore
from conformance._judging.patience import ISOLATION
from conformance._judging.result import Result
from conformance._text import limits
from conformance.plugin import screen
from conformance.plugin.asked import Options
from conformance.plugin.items import CaseFile, CaseItem
from conformance.plugin.judge import Judge, usage_errors
from conformance.plugin.leaving import end_in_time, explain_exit
from conformance.plugin.plans import Plan, make_plans
from conformance.plugin.quiet import captured
from conformance.plugin.selection import Selection
from conformance.report import Report, ReportError, build_report, check_path, redact, redact_report, write


class ConformanceRun:
    """One run of the suite in one process; with pytest-xdist, one in the controlling process as well."""

    def __init__(self, config: pytest.Config, options: Options) -> None:
        self.config = config
        self.options = options
        self.selection = Selection.take(config, (CASES, *options.own_cases))
        self.leftovers = Leftovers()
        with captured(config):
            self.judge = Judge(options)
        config.add_cleanup(self.judge.close)  # if the session never begins
        self.is_worker = hasattr(config, "workerinput")
        if any(map(self.judge.runs_here, self.judge.targets)):
            config.add_cleanup(explain_exit(config, ISOLATION))
        self.planned: set[str] = set()
        self.results: dict[str, Result] = {}
        self.requests = RequestStore()
        config.add_cleanup(self.requests.close)
        self.complaints: list[str] = []
        self.faults: list[str] = []
        self.printed: dict[tuple[str, CaseId], str] = {}
        with usage_errors():
            for path in options.reports:
                check_path(path)
        if options.snapshots:
            # syrupy is loaded for those who review snapshots only.
            from conformance.plugin.snapshots import FOLDER, ToolsSnapshot  # noqa: PLC0415

            ToolsSnapshot.folder = config.rootpath / FOLDER

    # Collection

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Collect the cases instead of the tests in the folder, or in addition to the other paths that are named."""
        report = yield
        if isinstance(collector, pytest.Session):
            others = report.result if self.selection.others else []
            report.result = [*self._files(collector), *others]
        return report

    def _files(self, session: pytest.Session) -> Iterator[CaseFile]:
        files: dict[tuple[str, Path], list[Plan]] = {}
        for plan in make_plans(self.judge):
            node_id = self.judge.node_id_of(plan.id, plan.target)
            if self.selection.selects(node_id, plan.path):
                files.setdefault((plan.id.file, plan.path), []).append(plan)
        for (name, path), plans in files.items():
            yield CaseFile.of(session, self.judge, path, name, plans)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what is planned, when all that selects has done so; raise pytest.UsageError if that is nothing."""
        self.planned = {item.nodeid for item in session.items if isinstance(item, CaseItem)}
        if not self.is_worker:
            self._require_plan()
        if not gc.get_freeze_count():
            # What is loaded by now stays to the end: looking through it for garbage again and again takes a while.
            gc.freeze()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Note what a worker of pytest-xdist plans: each plans the same."""
        self.planned = {node_id for node_id in ids if is_node_id_of_case(node_id)}
        self._require_plan()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """Keep together what is played once, unless the user says how tests are to be spread."""
        if config.getoption("dist") != "load":
            return None
        # Imported here because pytest-xdist need not be installed.
        from conformance.plugin.spreading import SpreadByBlock  # noqa: PLC0415

        return SpreadByBlock(config, log)

    def _require_plan(self) -> None:
        if not self.planned and not self.selection.others:
            offered = ", ".join(
                f"{target.name} offers {', '.join(target.surfaces)} in {', '.join(target.editions)}"
                for target in self.judge.targets
            )
            raise pytest.UsageError(
                f"--impl: no case is selected by -k, -m, the paths, "
                f"--impl-edition={','.join(self.options.editions)} and "
                f"--impl-surface={','.join(self.options.surfaces)}; {offered}"
            )

    # Reporting

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Send the result along with its report, from whichever process it is in."""
        report = yield
        if isinstance(item, CaseItem) and call.when == "call" and item.result is not None:
            report.conformance = self._shown(item.result)  # type: ignore[attr-defined]
            item.result = None  # the items of a run stay to its end, and what they sent with them
            report.complaints = list(item.complaints)  # type: ignore[attr-defined]
            report.sections = [(name, redact(_end(text))) for name, text in report.sections]
        return report

    def _shown(self, result: Result) -> Result:
        """Return a result as it is shown; what a passed case sent is for reports only."""
        quiet = result.outcome == "passed" and not self.options.reports
        return (replace(result, requests=()) if quiet else result).printable()

    @pytest.hookimpl(wrapper=True)
    def pytest_report_to_serializable(self, report: object) -> Generator[None, Any, Any]:
        """Send a result to another process."""
        data = yield
        if isinstance(getattr(report, "conformance", None), Result):
            data["conformance"] = data["conformance"].to_json()
        return data

    @pytest.hookimpl(wrapper=True)
    def pytest_report_from_serializable(self) -> Generator[None, Any, Any]:
        """Read a result that another process sent."""
        report = yield
        if getattr(report, "conformance", None) is not None:
            report.conformance = Result.from_json(report.conformance)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather the results; a case that took its process down left none, which is an error of it."""
        if self.is_worker:
            return  # the controlling process gathers
        if report.failed and report.nodeid in self.planned and report.nodeid not in self.results:
            report.conformance = getattr(report, "conformance", None) or self._error(report)  # type: ignore[attr-defined]
        value = getattr(report, "conformance", None)
        if value is not None:
            result = self.results[report.nodeid] = replace(value, requests=self.requests.keep(value.requests))
            report.conformance = result  # type: ignore[attr-defined]  # pytest keeps the report to the end
            report.complaints = getattr(report, "complaints", [])  # type: ignore[attr-defined]
            self.complaints += report.complaints
            if report.failed and (text := screen.printed_by(report, self.config)):
                self.printed[result.implementation, result.id] = text

    def _error(self, report: pytest.TestReport) -> Result | None:
        """Make the result of a case that has none."""
        said = (str(report.longrepr).strip().splitlines() or ["no reason was given"])[-1]
        for plan in make_plans(self.judge):
            if report.nodeid == self.judge.node_id_of(plan.id, plan.target):
                advice = f"; {ISOLATION}" if self.judge.runs_here(plan.target) else ""
                return plan.fail(f"no result: {said}{advice}").printable()
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, Any] | None:
        """Name the outcomes that pytest has no word for."""
        result: Result | None = getattr(report, "conformance", None)
        if result is None:
            return None
        match result.outcome:
            case "errored":
                return "error", "E", ("ERROR", {"red": True})
            case "not applicable":
                return "not applicable", "-", ("NOT APPLICABLE", {"yellow": True})
            case "known" if not report.failed:
                return "known", "x", ("KNOWN", {"yellow": True})
            case "failed" if report.passed:
                return "should", "w", ("SHOULD", {"yellow": True})
        return None

    # The end

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """End what the run made; turn a run red that executed nothing or whose baseline is out of date."""
        self.judge.close()
        _collect_garbage()
        if self.leftovers.threads:
            end_in_time(lambda: int(session.exitstatus), ISOLATION)
        if self.is_worker:
            return
        self.judge.update_baseline(list(self.results.values()))
        self.faults += self.judge.baseline_faults()
        if self.results and all(result.outcome == "not applicable" for result in self.results.values()):
            self.faults.append("no case was executed: none is applicable")
        lost = len(self.planned - self.results.keys())
        if exitstatus == pytest.ExitCode.OK and lost and not self.config.option.collectonly:
            self.faults.append(f"{lost} of {len(self.planned)} planned cases have no result")
        self._write_reports()
        if exitstatus == pytest.ExitCode.OK and self.faults:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _write_reports(self) -> None:
        if not self.options.reports or not self.planned:
            return
        report = self._report()
        for path in self.options.reports:
            try:
                write(report, path)
            except ReportError as error:
                self.faults.append(str(error))

    def _report(self) -> Report:
        return build_report(
            self.judge.targets,
            editions=self.options.editions,
            level=self.options.level,
            options=self.options.repeated,
            results=self.results,
            planned=self.planned,
            problems=[*self.faults, *self.complaints],
        )

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
        """Write the digest below what pytest and other plugins have to say."""
        if self.config.option.collectonly or not self.planned:
            return (yield)
        with screen.told_once(terminalreporter):
            yield
        screen.write(terminalreporter, redact_report(self._report()), self.printed)


def _collect_garbage() -> None:
    """End what the implementations left open while that can be said without being an error of the run."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        gc.collect()


def _end(text: str) -> str:
    return text if len(text) <= limits.SHOWN_OUTPUT_CHARACTERS else f"… {text[-limits.SHOWN_OUTPUT_CHARACTERS :]}"
