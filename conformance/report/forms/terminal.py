"""What a run shows in a terminal: what is broken, what else there is to know, and the verdict."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from conformance._data.case_id import CaseId
from conformance._judging.result import Result
from conformance._text.words import count, name_some, split_lines
from conformance.report.advice import advise
from conformance.report.defects import Defect, find_defects, is_warning
from conformance.report.failure_text import (
    DigestLine,
    Kind,
    fold_alike,
    name_editions,
    name_violations,
    tell,
    tell_alike,
    tell_briefly,
    tell_leaks,
    tell_whole,
)
from conformance.report.model import Report
from conformance.report.verdict import Status, count_cases, headline, is_red, is_report_red, sentences, verdicts_of

Style: TypeAlias = Literal["good", "bad", "doubtful", "strong", "plain", "faint"]

_WHOLE: Final = 5
"""The number of defects that are shown in full; the others follow in two lines each."""

_BRIEF: Final = 12
_BRIEF_WARNINGS: Final = 6
_MAX_NAMES: Final = 3
_MAX_PROBLEMS: Final = 5

_COUNTED: Final = (
    "passed", "failed", "failed only because of what is said above", "warning", "known", "not applicable",
    "errored",
)  # fmt: skip
"""The names under which cases are counted."""

_INDENT: Final[Mapping[Kind, int]] = {"head": 0, "finding": 6, "body": 6}
_STYLES: Final[Mapping[Kind, Style]] = {"finding": "strong", "source": "faint", "request": "faint", "body": "faint"}
_USUAL_INDENT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line of the terminal, and how it looks where there are colours."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How much is shown: `whole` shows every case in full, `brief` none; `width` is in columns.

    `part` says that not all cases were selected, `remarks` what else was done, and `home` where the folder `cases` is
    that places begin with, unless that is the current folder. `complained` counts the cases that only a problem turned
    red, by their status.
    """

    width: int = 80
    whole: bool = False
    brief: bool = False
    part: bool = False
    complained: Mapping[Status, int] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    home: str | None = None
    printed: Mapping[tuple[str, CaseId], str] | None = None


def show(report: Report, view: View) -> Iterator[Shown]:
    """Yield what a reader wants to know about a run, the verdict last."""
    defects = find_defects(report)
    for paragraph in (
        _introduce(report, defects, view),
        _lay_out(tell_leaks(report, defects), view, "bad"),
        *_failures(report, [defect for defect in defects if defect.red], view),
        *_warnings(report, [defect for defect in defects if is_warning(defect)], view),
        _background(report, defects, view),
    ):
        if lines := list(paragraph):
            yield from lines
            yield Shown(text="")
    yield from _problems(report.problems, None if view.whole else _MAX_PROBLEMS, in_full=not view.brief)
    yield from (Shown(text=remark) for remark in view.remarks)
    yield from show_verdict(report, defects, view)


def show_briefly(report: Report, view: View) -> Iterator[Shown]:
    """Yield what is broken in few lines each, unless none of it is wanted, and the verdict."""
    defects = find_defects(report)
    red = [] if view.brief else [defect for defect in defects if defect.red]
    if red:
        yield from _list(report, red, _BRIEF, view, "bad")
        yield Shown(text="")
    for text in (*_name_warnings(defects), *_not_applicable(report, view, only="offers no ")):
        yield from _wrap(text, 0, view.width, "plain")
    yield from _problems(report.problems, _MAX_PROBLEMS, in_full=not view.brief)
    yield from (Shown(text=remark) for remark in view.remarks)
    yield from show_verdict(report, defects, view)


def _introduce(report: Report, defects: Iterable[Defect], view: View) -> Iterator[Shown]:
    for run in report.runs:
        yield Shown(text=f"{run.name}, {name_editions(run.editions)}", style="faint")
    places = (defect.simplest.place for defect in defects if defect.status != "known")
    if view.home and any(place.startswith("cases/") for place in places):
        yield Shown(text=f"cases/… are files in {view.home}", style="faint")


def _problems(problems: Sequence[str], limit: int | None, *, in_full: bool) -> Iterator[Shown]:
    """Yield the first line of each problem, which may hold a path and is not wrapped, or all of them."""
    for problem in problems[:limit]:
        first, *others = problem.split("\n")
        yield Shown(text=first, style="bad")
        yield from (Shown(text=f"  {line}") for line in others if in_full)
    if left := problems[len(problems) if limit is None else limit :]:
        yield Shown(text=f"and {count(len(left), 'more problem')} (-v shows all)", style="bad")
    if problems and in_full:
        yield Shown(text="")


def show_verdict(report: Report, defects: Sequence[Defect], view: View) -> Iterator[Shown]:
    """Yield the lines that are read first: the verdict, how much of the plan was executed, what to do next."""
    yield Shown(text=f"verdict: {headline(report)}", style="bad" if is_report_red(report) else "good")
    said = list(sentences(report))
    yield from (Shown(text=f"  {sentence}") for sentence in said if len(said) > 1)
    yield Shown(text=count_planned(report, view.complained), style="strong")
    for number, step in enumerate(advise(report, defects, part=view.part)):
        yield Shown(text=f"{'      or ' if number else 'next: '}{step}")


def count_planned(report: Report, complained: Mapping[Status, int] = MappingProxyType({})) -> str:
    """Say how many cases were planned and executed, and with what outcomes, in the numbers that pytest has too.

    `complained` are those that only a problem outside the results turned red, by their status.
    """
    counted: Counter[str] = Counter()
    for run, verdict in zip(report.runs, verdicts_of(report), strict=True):
        for status, number in verdict.counts.items():
            is_warned = status == "should failed" and not is_red(status, run.level)
            counted["warning" if is_warned else status.removeprefix("must ").removeprefix("should ")] += number
    for status, number in complained.items():
        counted["warning" if status == "should failed" else status] -= number
    counted["failed only because of what is said above"] = sum(complained.values())
    tally = count_cases(report)
    parts = [count(n, name) if name == "warning" else f"{n} {name}" for name in _COUNTED if (n := counted[name])]
    return f"planned {tally.planned}, executed {tally.executed}: {', '.join(parts) or 'nothing'}"


def _failures(report: Report, red: Sequence[Defect], view: View) -> Iterator[Iterator[Shown]]:
    """Yield a paragraph for each defect that is shown in full, and one for all others."""
    whole = [] if view.brief else red[: None if view.whole else _WHOLE]
    yield from (_block(report, defect, view) for defect in whole)
    yield _list(report, red[len(whole) :], _BRIEF, view, "bad")


def _warnings(report: Report, warnings: Sequence[Defect], view: View) -> Iterator[Iterator[Shown]]:
    if not warnings:
        return
    number = len({violation.requirement for defect in warnings for violation in defect.violations})
    said = f"Warnings: {number} requirement{' of level should is' if number == 1 else 's of level should are'} violated"
    title = _wrap(f"{said} (--impl-level=should counts them, -v shows them in full)", 0, view.width, "doubtful")
    if view.whole:
        yield title
        yield from (_block(report, defect, view) for defect in warnings)
    else:
        yield chain(title, _list(report, warnings, _BRIEF_WARNINGS, view, "doubtful", indent=2))


def _name_warnings(defects: Iterable[Defect]) -> Iterator[str]:
    if names := name_violations(filter(is_warning, defects)):
        yield f"Warnings (--impl-level=should counts them): {', '.join(names)}"


def _list(  # noqa: PLR0913, PLR0917  # what is shown, and how
    report: Report, defects: Sequence[Defect], limit: int, view: View, style: Style, indent: int = 0
) -> Iterator[Shown]:
    """Yield few lines for each of the first defects, and the names of the others."""
    for defect in defects[:limit]:
        title, *others = tell_briefly(report, defect)
        yield from _wrap(title.text, indent, view.width, style)
        for line in others:
            if line.kind == "rerun":
                yield Shown(text=" " * (indent + 4) + line.text)
            else:
                yield from _wrap(line.text, indent + 4, view.width, "plain")
    if names := name_violations(defects[limit:]):
        yield from _wrap(f"and {', '.join(names)}", indent, view.width, style)


def _block(report: Report, defect: Defect, view: View) -> Iterator[Shown]:
    style: Style = "bad" if defect.red else "doubtful"
    if not view.whole or not defect.simplest.was_run:
        yield from _lay_out(tell(report, defect, _printed(view, defect.simplest)), view, style)
        return
    yield from _lay_out(tell_whole(report, defect), view, style)
    for alike in fold_alike(defect.results):
        yield Shown(text="")
        yield from _lay_out(tell_alike(report, defect, alike, _printed(view, alike[0])), view, style)


def _printed(view: View, result: Result) -> str | None:
    """Return what was printed in a case; in a search, what was printed belongs to many scenarios."""
    return None if result.id.is_law else (view.printed or {}).get((result.implementation, result.id))


def _background(report: Report, defects: Iterable[Defect], view: View) -> Iterator[Shown]:
    """Yield a line for each thing that turns nothing red, and how to see it."""
    for text in (
        *_known(defects, view),
        *_not_applicable(report, view),
        *_notes_on_apps(report),
        *_disagreements(report, defects, view),
        *_without_result(report),
    ):
        yield from _wrap(text, 0, view.width, "plain")


def _known(defects: Iterable[Defect], view: View) -> Iterator[str]:
    known = [defect for defect in defects if defect.status == "known"]
    results = {(result.implementation, result.id): result for defect in known for result in defect.results}
    if view.whole:
        yield from (f"known: {one.case}[{one.surface}]: {one.reason}" for one in results.values())
    elif known:
        names = name_some(name_violations(known), _MAX_NAMES)
        yield f"known: {len(results)} failed as listed in the baseline: {names} (-v names the cases)"


def _not_applicable(report: Report, view: View, only: str = "") -> Iterator[str]:
    """Say why cases did not apply, by the reasons that begin with `only`."""
    by_reason: dict[str, list[str]] = {}
    for run in report.runs:
        for result in run.results:
            if result.outcome == "not applicable":
                by_reason.setdefault(result.reason or "", []).append(f"{result.case}[{result.surface}]")
    for reason, names in sorted((reason, names) for reason, names in by_reason.items() if reason.startswith(only)):
        listed = f": {', '.join(names)}" if view.whole else " (-v names them)"
        yield f"not applicable: {len(names)} because the implementation {reason}{listed}"


def _notes_on_apps(report: Report) -> Iterator[str]:
    """Tell what is odd about a built app although nothing there failed."""
    results = [result for run in report.runs if run.is_built_app for result in run.results]
    passing = (result for result in results if result.outcome in {"passed", "not applicable"})
    yield from sorted({f"note: {result.place}: {note}" for result in passing for note in result.notes})


def _disagreements(report: Report, defects: Iterable[Defect], view: View) -> Iterator[str]:
    """Say which failures the shipped extension shows as well."""
    violated = {(e, v.requirement) for defect in defects for v in defect.violations for e in v.editions}
    found = {s.id: s.disagreement for s in report.requirements if s.disagreement and (s.edition, s.id) in violated}
    if view.whole:
        yield from (f"note on {name}: {words}" for name, words in found.items())
    elif found:
        names = name_some(list(found), _MAX_NAMES)
        yield f"note: published libraries deviate from {names} too; the documentation decides (-v says how)"


def _without_result(report: Report) -> Iterator[str]:
    left = [str(key) for run in report.runs for key in run.without_result]
    if left:
        yield f"not run: {len(left)} ({name_some(left, _MAX_NAMES)})"


def _lay_out(lines: Iterable[DigestLine], view: View, style: Style) -> Iterator[Shown]:
    for line in lines:
        own = _INDENT.get(line.kind, _USUAL_INDENT)
        match line.kind:
            case "rerun":
                yield Shown(text=" " * own + line.text, style="strong")
            case "note" | "printed":
                yield from _keep_lines(line, own, view.width)
            case _:
                yield from _wrap(
                    line.text, own, view.width, _STYLES.get(line.kind, "plain") if line.kind != "head" else style
                )


def _wrap(text: str, indent: int, width: int, style: Style) -> Iterator[Shown]:
    """Wrap text into as many lines as it needs; words that are longer than a line are broken.

    All lines but the first are indented: what an implementation says is not to be mistaken for what the suite says.
    """
    margin, further = " " * indent, " " * (indent + 2)
    for part in split_lines(text):
        lines = textwrap.wrap(part, width, initial_indent=margin, subsequent_indent=further, break_on_hyphens=False)
        yield from (Shown(text=line, style=style) for line in lines or [""])
        margin = further


def _keep_lines(line: DigestLine, indent: int, width: int) -> Iterator[Shown]:
    """Yield text that already has lines: YAML, or what was printed."""
    first, *others = split_lines(line.text)
    title = "printed: " if line.kind == "printed" else ""
    yield from _wrap(f"{title}{first}", indent, width, "plain")
    yield from (Shown(text=" " * (indent + 2) + other) for other in others)
