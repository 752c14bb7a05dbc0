"""The report as Markdown, for the summary of a CI job: the verdict first, then what failed, by requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Final, Literal, TypeAlias

from conformance._judging.result import Result
from conformance.report.changes import Change, comparisons
from conformance.report.digest import Sighting, Violation, violations
from conformance.report.markdown_text import code, cut, escape, table
from conformance.report.model import Report
from conformance.report.verdict import STATUSES, Status, headline, is_red, is_report_red, judge_all, status_of

SYMBOLS: Final[Mapping[Status, str]] = {
    "errored": "💥",
    "must failed": "❌",
    "should failed": "⚠️",
    "known": "📌",
    "passed": "✅",
    "not applicable": "⚪",
}

_COLUMNS: Final = [f"{SYMBOLS[status]} {status}" for status in STATUSES]

_Weight: TypeAlias = Literal["failed", "warning", "known"]

# A job's summary may have a megabyte: long lists end in a number.
_MAX_REQUIREMENTS: Final = 60
_MAX_SIGHTINGS: Final = 5
_MAX_CASES: Final = 6
_MAX_CHANGES: Final = 50
_MAX_NOT_RUN: Final = 20


def render(report: Report) -> str:
    """Return the report as Markdown."""
    lines = list(_verdict(report))
    for title, describe in _SECTIONS.items():
        body = "\n".join(describe(report)).strip()
        if body:
            lines += ["", f"## {title}", "", body]
    return "\n".join(lines) + "\n"


def _verdict(report: Report) -> Iterator[str]:
    yield f"# {'❌' if is_report_red(report) else '✅'} {escape(headline(report))}"
    yield ""
    rows = []
    for label, run, verdict in zip(report.labels, report.runs, judge_all(report), strict=True):
        counts = (str(verdict.counts[status]) for status in STATUSES)
        name = escape(label) + (" (earlier)" if run.superseded else "")
        rows.append([name, escape(verdict.words), *counts, str(verdict.not_run)])
    yield from table(["implementation", "verdict"], [*_COLUMNS, "not run"], rows)
    if report.problems:
        yield ""
        yield from (f"- ❌ {escape(problem)}" for problem in report.problems)


def _changes(report: Report) -> Iterator[str]:
    labels = report.labels
    for comparison in comparisons(report):
        yield f"### From {escape(labels[comparison.earlier])} to {escape(labels[comparison.later])}"
        yield ""
        kinds = {"broken": comparison.broken, "fixed": comparison.fixed, "changed otherwise": comparison.other}
        counts = [f"{len(changes)} {kind}" for kind, changes in kinds.items()]
        counts += [f"{comparison.lasting} failing as before", f"{comparison.new} new", f"{comparison.gone} gone"]
        yield f"{', '.join(counts)}."
        yield ""
        for kind, changes in kinds.items():
            yield from cut([_describe_change(kind, change) for change in changes], _MAX_CHANGES, kind)
        yield ""


def _describe_change(kind: str, change: Change) -> str:
    result = change.result
    what = f"{result.requirement} {code(str(result.id))} {change.before} → {change.after}"
    return f"- {SYMBOLS[change.after]} {kind}: {what}"


def _list_violations(weight: _Weight, report: Report) -> Iterator[str]:
    """Yield the violations of one weight, each requirement once."""
    chosen = [violation for violation in violations(report) if _weigh(report, violation) == weight]
    groups = [list(group) for _, group in groupby(chosen, key=lambda v: (v.edition, v.requirement))]
    for group in groups[:_MAX_REQUIREMENTS]:
        first = group[0]
        yield f"### {escape(first.requirement)} ({first.level}): {escape(first.statement)}"
        yield ""
        yield f"Edition {first.edition}, {escape(first.section)}"
        yield ""
        for violation in group:
            lines = [_describe_sighting(report, violation, sighting) for sighting in violation.sightings]
            yield from cut(lines, _MAX_SIGHTINGS, "findings")
        yield ""
    if len(groups) > _MAX_REQUIREMENTS:
        yield f"… and {len(groups) - _MAX_REQUIREMENTS} more requirements"


def _weigh(report: Report, violation: Violation) -> _Weight:
    if violation.status == "known":
        return "known"
    return "failed" if is_red(violation.status, report.runs[violation.run].level) else "warning"


def _describe_sighting(report: Report, violation: Violation, sighting: Sighting) -> str:
    finding = sighting.finding
    if finding is None:
        what = f"{sighting.status}: {code(sighting.reason or 'no finding')}"
    else:
        where = f"{escape(finding.where)}: " if finding.where else ""
        what = f"{where}{escape(finding.what)} = {code(finding.got)}, but should be {code(finding.wanted)}"
    cases = cut(list(_describe_cases(sighting.results)), _MAX_CASES, "cases")
    seen = "".join(f"\n  {line}" for line in cases)
    who = f"**{escape(report.labels[violation.run])}** " if len(report.runs) > 1 else ""
    return f"- {SYMBOLS[sighting.status]} {who}{what}{seen}"


def _describe_cases(results: Iterable[Result]) -> Iterator[str]:
    """Yield a line for each case, with every surface on which it was so."""
    ordered = sorted(results, key=lambda result: (result.place, result.case))
    for (place, case), group in groupby(ordered, key=lambda result: (result.place, result.case)):
        same = list(group)
        surfaces = ", ".join(result.surface for result in same)
        reasons = dict.fromkeys(result.reason for result in same if result.outcome == "known" and result.reason)
        reason = f" ({escape('; '.join(reasons))})" if reasons else ""
        yield f"- {code(case)} on {surfaces}, {escape(place)}{reason}"


def _not_run(report: Report) -> Iterator[str]:
    keys = [
        f"- {code(str(key))} ({escape(label)})"
        for label, run in zip(report.labels, report.runs, strict=True)
        for key in run.not_run
    ]
    return cut(keys, _MAX_NOT_RUN, "cases")


def _groups(report: Report) -> Iterator[str]:
    for label, run in zip(report.labels, report.runs, strict=True):
        for edition in run.editions:
            results = [result for result in run.results if result.edition == edition]
            counts = Counter((result.group, status_of(result)) for result in results)
            groups = sorted({result.group for result in results})
            yield f"**{escape(label)}**, edition {edition}"
            yield ""
            rows = [[escape(group), *(str(counts[group, status] or "") for status in STATUSES)] for group in groups]
            yield from table(["requirements"], _COLUMNS, rows)
            yield ""


def _not_applicable(report: Report) -> Iterator[str]:
    for label, run in zip(report.labels, report.runs, strict=True):
        reasons = Counter(result.reason or "" for result in run.results if result.outcome == "not applicable")
        for reason, count in sorted(reasons.items()):
            yield f"- {count} because {escape(label)} {escape(reason)}"


def _disagreements(report: Report) -> Iterator[str]:
    """Yield what is judged by the documentation although the shipped extension does otherwise."""
    executed = {
        (result.edition, result.requirement)
        for run in report.runs
        for result in run.results
        if result.outcome != "not applicable"
    }
    for statement in report.requirements:
        if statement.disagreement and (statement.edition, statement.id) in executed:
            yield f"- {statement.id} ({statement.edition}): {escape(statement.disagreement)}"


def _conditions(report: Report) -> Iterator[str]:
    for label, run in zip(report.labels, report.runs, strict=True):
        versions = ", ".join(f"{name} {version}" for name, version in run.environment.items())
        yield f"- {escape(f'{label}: --impl={run.spec}, level {run.level}, suite {run.suite}, {versions}, {run.when}')}"


_SECTIONS: Final[Mapping[str, Callable[[Report], Iterator[str]]]] = {
    "What changed": _changes,
    "What failed": partial(_list_violations, "failed"),
    "Not run": _not_run,
    "Warnings": partial(_list_violations, "warning"),
    "Known failures": partial(_list_violations, "known"),
    "Results by requirement": _groups,
    "Not applicable": _not_applicable,
    "Where the shipped extension disagrees": _disagreements,
    "How it was run": _conditions,
}
