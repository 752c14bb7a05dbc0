"""What comes of a run's cases: the result of each, on its way from the process that judged it to the one that tells.

With pytest-xdist a worker judges and the controlling process tells; without, both are one.
"""

from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import pytest

from conformance._data.case_id import CaseId
from conformance._judging.kept_requests import RequestStore
from conformance._judging.patience import ISOLATION
from conformance._judging.result import Result
from conformance._text import limits
from conformance._text.error_places import where_from
from conformance._text.words import describe_error
from conformance.errors import ConformanceError
from conformance.plugin import screen
from conformance.plugin.items import CaseItem, CaseViolationError
from conformance.plugin.judge import Judge
from conformance.plugin.plans import Plan, make_plans
from conformance.report import redact
from conformance.report.verdict import Status, status_of

_OUTCOMES: Final = (CaseViolationError, pytest.skip.Exception, pytest.xfail.Exception)
"""What is raised where a case was judged, or is not to be run; anything else keeps it from having a result."""


class Gathering:
    """The hooks that make and gather results; `results` are by node id, `planned` are the node ids to expect.

    `complaints` are what else turned cases red, each with the result of one, `red_by_complaint` counts those cases by
    their status, and `printed` is what failing ones wrote to the standard streams. `has_compared` tells whether any
    case sent tools that were compared with a snapshot.
    """

    def __init__(self, config: pytest.Config, judge: Judge) -> None:
        self._config = config
        self._judge = judge
        self._is_worker = hasattr(config, "workerinput")
        self._requests = RequestStore()
        config.add_cleanup(self._requests.close)
        self.planned: set[str] = set()
        self.results: dict[str, Result] = {}
        self.complaints: dict[str, Result] = {}
        self.printed: dict[tuple[str, CaseId], str] = {}
        self.red_by_complaint: Counter[Status] = Counter()
        self.has_compared = False
        self._without_snapshot: set[str] = set()

    @property
    def is_complete(self) -> bool:
        """Whether every planned case has a result, and none that has a snapshot failed before it sent its tools."""
        return self.planned <= self.results.keys() - self._without_snapshot

    @property
    def has_finds(self) -> bool:
        """Whether exploration found anything."""
        return any(result.id.is_law and result.findings for result in self.results.values())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Send the result along with its report, from whichever process it is in."""
        report = yield
        if not isinstance(item, CaseItem):
            return report
        result = item.result
        item.result = None  # the items of a run stay to its end, and what they sent with them
        is_broken = call.excinfo is not None and not call.excinfo.errisinstance(_OUTCOMES)
        if call.excinfo is not None and is_broken:
            advice = self._advice(item.plan) if call.when == "call" and result is None else ""
            result = item.plan.fail(f"no result: {self._say_what_broke(call.excinfo, call.when)}{advice}")
        if result is not None:
            report.conformance = self._shown(result)  # type: ignore[attr-defined]
            report.complaints = list(item.complaints)  # type: ignore[attr-defined]
            report.left_snapshot = is_broken or item.left_snapshot  # type: ignore[attr-defined]
            report.is_compared = item.is_compared  # type: ignore[attr-defined]
            report.sections = [(name, redact(_tail_of(text))) for name, text in report.sections]
        return report

    def _say_what_broke(self, raised: pytest.ExceptionInfo[BaseException], when: str) -> str:
        """Say what was raised around a case or instead of its result, and where, unless it says that itself."""
        if isinstance(raised.value, ConformanceError):
            return str(raised.value)
        last = raised.traceback[-1]
        folder = str(self._config.invocation_params.dir)
        place = where_from(raised.value, folder) or f"{last.path}:{last.lineno + 1}"
        whose = "" if when == "call" else "a fixture of your tests failed: "
        return f"{whose}{describe_error(raised.value)} [{place}]"

    def _advice(self, plan: Plan) -> str:
        """Return what helps if the implementation crashed this process, or kept it from going on."""
        return f"; {ISOLATION}" if self._judge.runs_here(plan.target) else ""

    def _shown(self, result: Result) -> Result:
        """Return a result as it is shown; what a passed case sent is for reports only."""
        quiet = result.outcome == "passed" and not self._judge.options.reports
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
        if self._is_worker:
            return  # the controlling process gathers
        if report.failed and report.nodeid in self.planned and report.nodeid not in self.results:
            report.conformance = getattr(report, "conformance", None) or self._error(report)  # type: ignore[attr-defined]
        value = getattr(report, "conformance", None)
        if report.when == "teardown" and value is not None and self._is_red(report.nodeid):
            value = report.conformance = None  # type: ignore[attr-defined]  # what failed before says more
        if value is not None:
            result = self.results[report.nodeid] = replace(value, requests=self._requests.keep(value.requests))
            report.conformance = result  # type: ignore[attr-defined]  # pytest keeps the report to the end
            report.complaints = getattr(report, "complaints", [])  # type: ignore[attr-defined]
            if getattr(report, "left_snapshot", True):  # a case that took its process down
                self._without_snapshot.add(report.nodeid)
            self.has_compared |= getattr(report, "is_compared", False)
            self.complaints |= dict.fromkeys(report.complaints, result)
            if report.complaints and not self._judge.is_red(result):
                self.red_by_complaint[status_of(result)] += 1
            if report.failed and (text := screen.printed_by(report, self._config)):
                self.printed[result.implementation, result.id] = text

    def _is_red(self, node_id: str) -> bool:
        return node_id in self.results and self._judge.is_red(self.results[node_id])

    def _error(self, report: pytest.TestReport) -> Result:
        """Make the result of a case that took its process down."""
        said = (str(report.longrepr).strip().splitlines() or ["no reason was given"])[-1]
        plan = self._plans[report.nodeid]
        return plan.fail(f"no result: {said}{self._advice(plan)}").printable()

    @cached_property
    def _plans(self) -> Mapping[str, Plan]:
        return {self._judge.node_id_of(plan.id, plan.target): plan for plan in make_plans(self._judge)}

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, Any] | None:
        """Name the outcomes that pytest has no word for."""
        result: Result | None = getattr(report, "conformance", None)
        if result is None:
            return None
        match result.outcome:
            case "errored":
                name = "error" if result.was_run else "not run"
                return name, "E", (name.upper(), {"red": True})
            case "not applicable":
                return "not applicable", "-", ("NOT APPLICABLE", {"yellow": True})
            case "known" if not report.failed:
                return "known", "x", ("KNOWN", {"yellow": True})
            case "failed" if report.passed:
                return "should", "w", ("SHOULD", {"yellow": True})
        return None


def _tail_of(text: str) -> str:
    return text if len(text) <= limits.SHOWN_OUTPUT_CHARACTERS else f"… {text[-limits.SHOWN_OUTPUT_CHARACTERS :]}"
