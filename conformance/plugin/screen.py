"""The end of a run's output: the digest replaces pytest's own list of failures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from conformance._data.corpus import CASES
from conformance._text.words import make_printable
from conformance.report import Report
from conformance.report.forms.terminal import Style, View, show, show_briefly

_DIGESTED: Final = frozenset({"auto", "short"})
"""The values of --tb with which the digest reports failures; with others pytest does, case by case."""

_USUAL_SUMMARY: Final = "fE"
"""What -r is unless it is given."""

_MARKUP: Final[Mapping[Style, Mapping[str, bool]]] = {
    "good": {"green": True, "bold": True},
    "bad": {"red": True, "bold": True},
    "doubtful": {"yellow": True, "bold": True},
    "strong": {"bold": True},
    "plain": {},
    "faint": {"light": True},
}


@contextmanager
def told_once(reporter: pytest.TerminalReporter) -> Iterator[None]:
    """Keep pytest from repeating what the digest says: the text of a failure, and its line in the short summary.

    Reports without a result are left to pytest. `-r` brings the lines back; `-rs` also says what is not applicable.
    """
    skipped = reporter.stats.get("skipped", [])
    reporter.stats["skipped"] = [*skipped, *reporter.stats.get("not applicable", [])]
    kept = {name: reporter.stats.get(name, []) for name in ("failed", "error")}
    digested = reporter.config.option.tbstyle in _DIGESTED
    usual = reporter.config.option.reportchars == _USUAL_SUMMARY
    for name, reports in kept.items():
        own = [report for report in reports if _is_told(report)] if digested else []
        for report in own:
            report._pdbshown = True  # noqa: SLF001  # by which pytest leaves a report out of its list of failures
        if own and usual:
            reporter.stats[name] = [report for report in reports if not _is_told(report)]
    try:
        yield
    finally:
        reporter.stats.update({name: reports for name, reports in kept.items() if reports}, skipped=skipped)


def _is_told(report: Any) -> bool:
    return getattr(report, "conformance", None) is not None


def printed_by(report: pytest.TestReport, config: pytest.Config) -> str:
    """Return what was printed while a case ran, as far as --show-capture lets it be seen."""
    wanted = config.getoption("showcapture", "all")  # no option without pytest's terminal plugin
    return "".join(text for name, text in report.sections if wanted == "all" or wanted in name)


def write(reporter: pytest.TerminalReporter, report: Report, view: View) -> None:
    """Write the digest, as a view says and pytest's options ask for: less of it with -q, more of it with -v."""
    verbosity = reporter.config.get_verbosity()
    view = replace(
        view,
        width=reporter.config.get_terminal_writer().fullwidth,
        whole=verbosity > 0,
        brief=reporter.config.option.tbstyle not in _DIGESTED,
        home=_home_of_cases(reporter.config.invocation_params.dir),
    )
    reporter.write_sep("=", "conformance")
    for line in show_briefly(report, view) if verbosity < 0 else show(report, view):
        reporter.write_line(make_printable(line.text), **_MARKUP[line.style])


def _home_of_cases(here: Path) -> str | None:
    """Return where the folder of the suite's cases is, from a folder on if it is in that; None if that has it."""
    home = CASES.resolve().parent
    if not home.is_relative_to(here.resolve()):
        return str(home)
    inside = home.relative_to(here.resolve())
    return str(inside) if inside.parts else None
