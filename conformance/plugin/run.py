"""The hooks of a run with `--impl`: what is collected, and how the run ends."""

from __future__ import annotations

import gc
import warnings
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from conformance._data.case_id import is_node_id_of_case
from conformance._data.corpus import CASES
from conformance._isolation.leftovers import Leftovers
from conformance._judging.patience import ISOLATION
from conformance._targets.target import Target
from conformance._text.words import name_some
from conformance.contract import SURFACES
from conformance.errors import CaseFileError
from conformance.plugin import screen
from conformance.plugin.chosen_options import Options
from conformance.plugin.complaints import complain_of_unused, fold_snapshots
from conformance.plugin.gathering import Gathering
from conformance.plugin.items import CaseFile, CaseItem
from conformance.plugin.judge import Judge, usage_errors
from conformance.plugin.leaving import end_in_time, explain_exit, keep_status
from conformance.plugin.options import EXPLORE, SAVE_CASES
from conformance.plugin.plans import Plan, make_plans
from conformance.plugin.quiet import capture_output
from conformance.plugin.selection import Selection
from conformance.report import Report, ReportError, build_report, check_path, is_report_red, redact_report, write
from conformance.report.forms.terminal import View
from conformance.report.rerun import rerun_command

_MAX_NAMES: Final = 3
_LISTING: Final = ("collectonly", "showfixtures", "show_fixtures_per_test")
"""Options with which pytest collects, but runs nothing."""

_OFFERED: Final = "conformance_offered"
"""What a worker of pytest-xdist tells the controlling process: how many cases each implementation has."""


class ConformanceRun:
    """One run of the suite in one process; with pytest-xdist, one in the controlling process as well."""

    def __init__(self, config: pytest.Config, options: Options) -> None:
        self.config = config
        self.options = options
        self.selection = Selection.take(config, (CASES, *options.own_cases))
        self.leftovers = Leftovers()
        config.add_cleanup(explain_exit(config, ISOLATION))
        with capture_output(config):
            self.judge = Judge(options)
        config.add_cleanup(self.judge.close)  # if the session never begins
        self.is_worker = hasattr(config, "workerinput")
        self.gathered = Gathering(config, self.judge)
        config.pluginmanager.register(self.gathered, "conformance-results")
        self.report: Report | None = None
        self.remarks: list[str] = []
        self._offered: Mapping[str, int] | None = None  # how many cases each implementation has, when that is known
        with usage_errors():
            self._check_reports()

    def _check_reports(self) -> None:
        """Raise ReportError for a report that can't be written, or whose place another file has."""
        taken = {path.resolve(): "a case file of this run" for path in self.judge.own_files}
        if self.options.baseline is not None:
            taken[self.options.baseline.resolve()] = "the baseline of this run"
        for path in self.options.reports:
            check_path(path)
            if path.resolve() in taken:
                raise ReportError(path, taken[path.resolve()], "another file for the report")
            taken[path.resolve()] = "another report of this run"

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
        plans = list(make_plans(self.judge))
        for plan in plans:
            node_id = self.judge.node_id_of(plan.id, plan.target)
            if self.selection.selects(node_id, plan.path):
                files.setdefault((plan.id.file, plan.path), []).append(plan)
        for (name, path), selected in files.items():
            yield CaseFile.of(session, self.judge, path, name, selected)
        self._offered = dict(Counter(plan.target.name for plan in plans))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what is planned, when all that selects has done so; raise pytest.UsageError if that is nothing."""
        self.gathered.planned = {item.nodeid for item in session.items if isinstance(item, CaseItem)}
        if self.is_worker:
            self.config.workeroutput[_OFFERED] = self._offered  # type: ignore[attr-defined]  # pytest-xdist's
        elif self._offered is not None:  # pytest comes here after an error too
            self._require_plan()
        if self.options.snapshots:
            # syrupy is loaded for those who review snapshots only.
            from conformance.plugin.snapshots import FOLDER, ToolsSnapshot  # noqa: PLC0415

            ToolsSnapshot.folder = self.config.rootpath / FOLDER
            ToolsSnapshot.is_whole = not self._is_part
            ToolsSnapshot.editions, ToolsSnapshot.surfaces = self.options.editions, self.options.surfaces
        if not gc.get_freeze_count():
            # What is loaded by now stays to the end: looking through it for garbage again and again takes a while.
            gc.freeze()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Note what a worker of pytest-xdist plans: each plans the same."""
        self.gathered.planned = {node_id for node_id in ids if is_node_id_of_case(node_id)}
        self._require_plan()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Note how many cases a worker of pytest-xdist could select from; one that crashed does not say."""
        self._offered = getattr(node, "workeroutput", {}).get(_OFFERED, self._offered)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """Keep together what is played once, unless the user says how tests are to be spread."""
        if config.getoption("dist") != "load":
            return None
        # Imported here because pytest-xdist need not be installed.
        from conformance.plugin.spreading import SpreadByBlock  # noqa: PLC0415

        return SpreadByBlock(config, log)

    @property
    def _is_part(self) -> bool:
        """Whether not all cases are selected."""
        return len(self.gathered.planned) != sum((self._offered or {}).values())

    def _require_plan(self) -> None:
        """Raise pytest.UsageError if nothing is planned, unless --impl stands in the ini file and own tests are run."""
        if self.gathered.planned:
            return
        if not self.selection.others:
            chosen = ", ".join(self._selected_by())
            offered = name_some([_say_offer(target) for target in self.judge.targets], _MAX_NAMES)
            raise pytest.UsageError(f"--impl: no case is selected by {chosen}; {offered}")
        if any(str(arg).startswith("--impl") for arg in self.config.invocation_params.args):
            chosen = name_some(self.selection.given, _MAX_NAMES)
            raise pytest.UsageError(
                f"--impl: no case is selected by {chosen}; expected paths of cases too (cases explore), or no path"
            )

    def _selected_by(self) -> Iterator[str]:
        """Yield what selects cases in this run, as it was given."""
        for flag, expression in {"-k": self.config.option.keyword, "-m": self.config.option.markexpr}.items():
            if expression:
                yield f"{flag} {expression!r}"
        if self.selection.given:
            yield name_some(self.selection.given, _MAX_NAMES)
        yield f"--impl-edition={','.join(self.options.editions)}"
        if self.options.surfaces != SURFACES:
            yield f"--impl-surface={','.join(self.options.surfaces)}"
        if not self.options.explore:
            yield f"{EXPLORE.flag}=0"

    # The end

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """End what the run made, write its baseline and reports, and let pytest's status be that of its verdict.

        Syrupy finds out which snapshots are unused in between.
        """
        self.judge.close()
        _collect_garbage()
        if self.leftovers.threads:
            end_in_time(lambda: int(session.exitstatus), ISOLATION)
        if self.options.snapshots and not self.is_worker and not self.gathered.is_complete:
            from conformance.plugin.snapshots import keep_all  # noqa: PLC0415  # syrupy is for those who use it

            keep_all(self.config)
        yield
        lists_only = any(self.config.getoption(option, default=False) for option in _LISTING)
        if not (self.is_worker or lists_only or not self.gathered.planned):
            self._conclude(session)
        if session.exitstatus != pytest.ExitCode.OK:
            keep_status(int(session.exitstatus))

    def _conclude(self, session: pytest.Session) -> None:
        """Update the baseline and write the reports."""
        report = self._make_report()
        report = replace(report, problems=(*report.problems, *self._update_baseline()))
        self.report = replace(report, problems=(*report.problems, *self._write(report)))
        if session.exitstatus == pytest.ExitCode.OK and is_report_red(self.report):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _update_baseline(self) -> Iterator[str]:
        """Rewrite the baseline if that is asked for, and say why if that was not possible."""
        try:
            self.remarks += self.judge.baseline.update(list(self.gathered.results.values()))
        except CaseFileError as error:
            yield str(error)

    def _write(self, report: Report) -> Iterator[str]:
        """Write the report in every form that is asked for, and say where that was not possible."""
        for path in self.options.reports:
            try:
                write(report, path)
            except ReportError as error:
                yield str(error)

    def _make_report(self) -> Report:
        specs = {target.name: target.spec for target in self.judge.targets}
        complaints = {
            text: rerun_command(result.id, specs[result.implementation], self.options.repeated)
            for text, result in self.gathered.complaints.items()
        }
        return build_report(
            self.judge.targets,
            editions=self.options.editions,
            level=self.options.level,
            options=self.options.repeated,
            results=self.gathered.results,
            planned=self.gathered.planned,
            offered=self._offered,
            problems=[
                *self.judge.baseline.stale_messages(complaints),
                *fold_snapshots(complaints),
                *complain_of_unused(self._unused_snapshots()),
            ],
        )

    def _unused_snapshots(self) -> list[str]:
        if not self.options.snapshots:
            return []
        from conformance.plugin.snapshots import find_unused  # noqa: PLC0415  # syrupy is for those who use it

        return find_unused(self.config)

    def _why_no_tools(self) -> str:
        reasons = {result.reason for result in self.gathered.results.values() if result.outcome == "not applicable"}
        return "the implementation offers no ask" if "offers no ask" in reasons else "no case sent tools to the model"

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
        """Write the digest below what pytest and other plugins have to say."""
        if self.report is None:
            yield
            if self._offered is not None and not self.gathered.planned:
                terminalreporter.write_line("conformance: nothing was judged, since the paths name no case")
            return None
        with screen.told_once(terminalreporter):
            yield
        if self.options.save_cases is not None and not self.gathered.has_finds:
            self.remarks.append(f"{SAVE_CASES.flag}: exploration found nothing to save")
        if self.options.snapshots and not self.gathered.has_compared:
            self.remarks.append(f"snapshots: nothing to compare: {self._why_no_tools()}")
        view = View(
            part=self._is_part,
            complained=self.gathered.red_by_complaint,
            remarks=self.remarks,
            printed=self.gathered.printed,
        )
        screen.write(terminalreporter, redact_report(self.report), view)


def _say_offer(target: Target) -> str:
    surfaces = "all surfaces" if target.surfaces == SURFACES else ", ".join(target.surfaces)
    return f"{target.name} offers {surfaces} in {', '.join(target.editions)}"


def _collect_garbage() -> None:
    """End what the implementations left open while that can be said without being an error of the run."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        gc.collect()
