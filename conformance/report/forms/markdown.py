"""The report as Markdown, for the summary of a CI job: the verdict first, then what failed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from conformance._text.words import split_lines
from conformance.report.changes import Change, comparisons
from conformance.report.defects import Defect, find_defects, is_warning
from conformance.report.failure_text import DigestLine, Kind, name_violations, tell, tell_briefly, tell_leaks
from conformance.report.forms.markdown_text import code, code_block, cut_list, escape, table
from conformance.report.model import Report
from conformance.report.verdict import STATUSES, Status, headline, is_report_red, status_of, verdicts_of

SYMBOLS: Final[Mapping[Status, str]] = {
    "errored": "💥",
    "must failed": "❌",
    "should failed": "⚠️",
    "known": "📌",
    "passed": "✅",
    "not applicable": "⚪",
}

_COLUMNS: Final = [f"{SYMBOLS[status]} {status}" for status in STATUSES]

_CODE: Final[frozenset[Kind]] = frozenset({"finding", "request", "body"})

# A job's summary may have a megabyte: long lists end in a number.
_MAX_DEFECTS: Final = 60
_MAX_CHANGES: Final = 50
_MAX_NOT_RUN: Final = 20


def render(report: Report) -> str:
    """Return the report as Markdown."""
    defects = find_defects(report)
    lines = list(_verdict(report, defects))
    for title, describe in _SECTIONS.items():
        body = "\n".join(describe(report, defects)).strip()
        if body:
            lines += ["", f"## {title}", "", body]
    return "\n".join(lines) + "\n"


def _verdict(report: Report, defects: Sequence[Defect]) -> Iterator[str]:
    yield f"# {'❌' if is_report_red(report) else '✅'} {escape(headline(report))}"
    yield ""
    rows = []
    for label, run, verdict in zip(report.labels, report.runs, verdicts_of(report), strict=True):
        counts = (str(verdict.counts[status]) for status in STATUSES)
        name = escape(label) + (" (earlier)" if run.superseded else "")
        rows.append([name, escape(verdict.words), *counts, str(verdict.not_run)])
    yield from table(["implementation", "verdict"], [*_COLUMNS, "not run"], rows)
    if report.problems:
        yield ""
        yield from (f"- ❌ {escape(problem)}" for problem in report.problems)
    for line in tell_leaks(report, defects):
        yield ""
        yield say(line)


def _changes(report: Report, _: Sequence[Defect]) -> Iterator[str]:
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
            yield from cut_list([_describe_change(kind, change) for change in changes], _MAX_CHANGES, kind)
        yield ""


def _describe_change(kind: str, change: Change) -> str:
    result = change.result
    what = f"{result.requirement} {code(str(result.id))} {change.before} → {change.after}"
    return f"- {SYMBOLS[change.after]} {kind}: {what}"


def _failed(report: Report, defects: Sequence[Defect]) -> Iterator[str]:
    """Yield what turns the runs red, each with its simplest case."""
    chosen = [defect for defect in defects if defect.red]
    for defect in chosen[:_MAX_DEFECTS]:
        first, *others = tell(report, defect)
        yield f"### {SYMBOLS[defect.status]} {escape(first.text)}"
        yield ""
        yield from (f"- {say(line)}" for line in others)
        yield ""
    if left := chosen[_MAX_DEFECTS:]:
        yield f"… and {len(left)} more: {escape(', '.join(name_violations(left)))}"


def _listed(is_listed: Callable[[Defect], bool], report: Report, defects: Sequence[Defect]) -> Iterator[str]:
    """Yield the defects that turn nothing red, in few lines each."""
    chosen = [defect for defect in defects if is_listed(defect)]
    for defect in chosen[:_MAX_DEFECTS]:
        first, *others = tell_briefly(report, defect)
        yield f"- {SYMBOLS[defect.status]} {escape(first.text)}"
        yield from (f"  - {say(line)}" for line in others)
    if left := chosen[_MAX_DEFECTS:]:
        yield f"- … and {len(left)} more: {escape(', '.join(name_violations(left)))}"


def say(line: DigestLine) -> str:
    """Return a line of the digest as Markdown."""
    if line.kind in _CODE:
        return code(line.text)
    if line.kind in {"note", "printed"}:
        return "<br>".join(map(code, split_lines(line.text)))
    if line.kind == "rerun":
        title, _, command = line.text.partition(": ")
        return f"{title}: {code_block(command)}"
    return escape(line.text)


def _not_run(report: Report, _: Sequence[Defect]) -> Iterator[str]:
    keys = [
        f"- {code(str(key))} ({escape(label)})"
        for label, run in zip(report.labels, report.runs, strict=True)
        for key in run.not_run
    ]
    return cut_list(keys, _MAX_NOT_RUN, "cases")


def _groups(report: Report, _: Sequence[Defect]) -> Iterator[str]:
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


def _not_applicable(report: Report, _: Sequence[Defect]) -> Iterator[str]:
    for label, run in zip(report.labels, report.runs, strict=True):
        for reason, number in run.reasons_not_applicable.items():
            yield f"- {number} because {escape(label)} {escape(reason)}"


def _disagreements(report: Report, _: Sequence[Defect]) -> Iterator[str]:
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


def _conditions(report: Report, _: Sequence[Defect]) -> Iterator[str]:
    for label, run in zip(report.labels, report.runs, strict=True):
        versions = ", ".join(f"{name} {version}" for name, version in run.environment.items())
        yield f"- {escape(f'{label}: --impl={run.spec}, level {run.level}, suite {run.suite}, {versions}, {run.when}')}"


_SECTIONS: Final[Mapping[str, Callable[[Report, Sequence[Defect]], Iterator[str]]]] = {
    "What changed": _changes,
    "What failed": _failed,
    "Not run": _not_run,
    "Warnings": partial(_listed, is_warning),
    "Known failures": partial(_listed, lambda defect: defect.status == "known"),
    "Results by requirement": _groups,
    "Not applicable": _not_applicable,
    "Where the shipped extension disagrees": _disagreements,
    "How it was run": _conditions,
}
