"""Puts failures into words, in the order in which they are read: the same in every form of a report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from conformance._judging.result import Finding, Result, Sent
from conformance._text import json_values
from conformance.report.digest import Defect, Violated
from conformance.report.excerpt import request_of, shorten
from conformance.report.model import Report

Kind: TypeAlias = Literal[
    "head", "source", "count", "case", "why", "complaint", "finding", "note", "request", "body", "printed", "also",
    "others", "rerun",
]  # fmt: skip

_MAX_FINDINGS: Final = 3
_MAX_ALSO: Final = 3
_MAX_ALSO_NAMES: Final = 8
_MAX_NAMES: Final = 4
_MAX_TEXT: Final = 600
_MAX_BODY: Final = 1500
_MAX_NOTE_LINES: Final = 40
_MAX_PRINTED_LINES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One statement of a report; `finding` is the finding that it reports, if it reports one."""

    kind: Kind
    text: str
    finding: Finding | None = None


def tell(report: Report, defect: Defect, printed: str | None = None) -> Iterator[DigestLine]:
    """Report a defect: what it is, the simplest case in full, the other cases by name.

    `printed` is what the implementation printed in the simplest case.
    """
    yield from tell_what(report, defect)
    yield from _tell_simplest(defect, printed)
    yield from _tell_also(defect)
    others = defect.results[1:]
    if others:
        yield DigestLine(kind="others", text=f"The other cases: {_names(others, surfaces=_surfaces(defect))}")
    yield DigestLine(kind="rerun", text=f"Rerun: {report.runs[defect.runs[0]].rerun(defect.simplest.id)}")


def tell_whole(report: Report, defect: Defect) -> Iterator[DigestLine]:
    """Report what a defect is, before `tell_case` reports each of its cases."""
    yield from tell_what(report, defect)
    yield from (
        DigestLine(kind="also", text=f"Also violated: {_name(violation)}") for violation in defect.violations[1:]
    )


def tell_what(report: Report, defect: Defect) -> Iterator[DigestLine]:
    """Report what is broken, and how many cases show it: the requirement and its source, or the error."""
    yield head(defect)
    if defect.violations:
        first = defect.violations[0]
        yield DigestLine(kind="source", text=f"Source: {_editions(first.editions)}, {first.section}")
    if len(report.runs) > 1:
        yield DigestLine(kind="source", text=f"In {', '.join(report.labels[index] for index in defect.runs)}")
    yield from _tell_reasons(defect)
    yield from _advise(defect)
    number = len(defect.results)
    yield DigestLine(
        kind="count", text="One case shows it:" if number == 1 else f"{number} cases show it. The simplest:"
    )


def head(defect: Defect) -> DigestLine:
    """Return the first line about a defect."""
    if not defect.violations:
        return DigestLine(kind="head", text=_cut(f"errored: {defect.simplest.reason or 'no reason was given'}"))
    return DigestLine(kind="head", text=_name(defect.violations[0]))


def tell_briefly(defect: Defect) -> Iterator[DigestLine]:
    """Report a defect in few lines: what it violates, and one finding with the cases that show it."""
    yield head(defect)
    names = _names(defect.results, surfaces=_surfaces(defect))
    finding = next(iter(defect.findings), None)
    if finding is None:
        yield DigestLine(kind="others", text=f"In {names}")
    else:
        yield DigestLine(kind="finding", text=f"{names}: {_cut(str(finding))}", finding=finding)
    yield from _tell_reasons(defect)
    yield from _advise(defect)
    also = [violation.requirement for violation in defect.violations[1:]]
    if also:
        yield DigestLine(kind="also", text=f"Also violated: {name_some(also, _MAX_ALSO_NAMES)}")


def name_violations(defect: Defect) -> Sequence[str]:
    """Name what a defect violates."""
    return [violation.requirement for violation in defect.violations] or [head(defect).text]


def tell_case(
    result: Result, command: str, complaints: Sequence[str] = (), printed: str | None = None
) -> Iterator[DigestLine]:
    """Report everything about one case; `command` runs it alone, `printed` is what the implementation printed.

    `complaints` are about what was agreed for the case (the baseline, the reviewed schema), not about the
    implementation.
    """
    yield DigestLine(kind="case", text=f"{result.place}: {result.title}")
    if result.why:
        yield DigestLine(kind="why", text=f"Why it matters: {result.why}")
    if result.outcome == "errored":
        yield DigestLine(kind="finding", text=f"errored: {result.reason}")
    for complaint in complaints:
        yield from (DigestLine(kind="complaint", text=line) for line in complaint.splitlines())
    for requirement in dict.fromkeys(finding.requirement for finding in result.findings):
        findings = [finding for finding in result.findings if finding.requirement == requirement]
        first = findings[0]
        yield DigestLine(kind="head", text=f"{first.requirement} ({first.level}): {first.statement}")
        yield DigestLine(kind="source", text=f"Source: {_editions((result.edition,))}, {first.section}")
        yield from (DigestLine(kind="finding", text=str(finding), finding=finding) for finding in findings)
    yield from (DigestLine(kind="note", text=f"note: {note}") for note in result.notes)
    for number, sent in enumerate(result.requests, 1):
        yield from _tell_request(number, sent, _cut_body(sent.body))
    if printed:
        yield DigestLine(kind="printed", text=printed)
    yield DigestLine(kind="rerun", text=f"Rerun: {command}")


def _tell_reasons(defect: Defect) -> Iterator[DigestLine]:
    """Report why a failure is known."""
    reasons = dict.fromkeys(result.reason for result in defect.results if result.reason)
    if defect.status == "known" and reasons:
        yield DigestLine(kind="source", text=f"Known: {'; '.join(reasons)}")


def _advise(defect: Defect) -> Iterator[DigestLine]:
    """Say what may help where time was up."""
    if (defect.simplest.reason or "").startswith("no answer within"):
        advice = "A client that waits before it tries again may need more time: --impl-timeout"
        yield DigestLine(kind="source", text=advice)


def _tell_simplest(defect: Defect, printed: str | None) -> Iterator[DigestLine]:
    result, findings = defect.simplest, defect.findings
    yield DigestLine(kind="case", text=f"{result.place}: {result.title}")
    if result.why and defect.violations:
        yield DigestLine(kind="why", text=f"Why it matters: {result.why}")
    yield from (_tell_finding(defect, finding) for finding in findings[:_MAX_FINDINGS])
    if len(findings) > _MAX_FINDINGS:
        yield DigestLine(kind="finding", text=f"and {_plural(len(findings) - _MAX_FINDINGS, 'more finding')} (-v)")
    yield from (DigestLine(kind="note", text=f"note: {_head_of(note, _MAX_NOTE_LINES)}") for note in result.notes)
    shown = request_of(result, findings)
    if shown is not None:
        number, sent = shown
        yield from _tell_request(number, sent, shorten(sent.body, findings[0] if findings else None))
    if printed:
        yield DigestLine(kind="printed", text=_tail_of(printed, _MAX_PRINTED_LINES))


def _tell_finding(defect: Defect, finding: Finding) -> DigestLine:
    own = not defect.violations or finding.requirement == defect.violations[0].requirement
    named = "" if own else f"{finding.requirement} ({finding.level}): "
    return DigestLine(kind="finding", text=f"{named}{_cut(str(finding))}", finding=finding)


def _tell_request(number: int, sent: Sent, body: str) -> Iterator[DigestLine]:
    yield DigestLine(kind="request", text=f"request {number}: {sent.method} {sent.url} -> {sent.status}")
    yield DigestLine(kind="body", text=body)


def _tell_also(defect: Defect) -> Iterator[DigestLine]:
    also = defect.violations[1:]
    if len(also) <= _MAX_ALSO:
        yield from (DigestLine(kind="also", text=f"Also violated: {_name(violation)}") for violation in also)
    else:
        names = name_some([violation.requirement for violation in also], _MAX_ALSO_NAMES)
        yield DigestLine(kind="also", text=f"Also violated: {names} (-v names them all)")


def _name(violation: Violated) -> str:
    return f"{violation.requirement} ({violation.level}): {violation.statement}"


def _editions(editions: Sequence[str]) -> str:
    return f"edition{'s' if len(editions) > 1 else ''} {' and '.join(editions)}"


def _surfaces(defect: Defect) -> bool:
    """Say whether the surfaces of cases are worth naming."""
    return len({result.surface for result in defect.results}) > 1


def _names(results: Iterable[Result], *, surfaces: bool) -> str:
    """List cases by name, the first few, and how many more there are."""
    by_case: dict[str, list[str]] = {}
    for result in results:
        seen = by_case.setdefault(f"scenarios of {result.case}" if result.id.is_law else result.case, [])
        if result.surface not in seen:
            seen.append(result.surface)
    return name_some([f"{case} ({', '.join(seen)})" if surfaces else case for case, seen in by_case.items()])


def name_some(names: Sequence[str], limit: int = _MAX_NAMES) -> str:
    """List the first few names, and how many more there are."""
    more = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {more} more" if more > 0 else "")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]} … ({len(text)} characters)"


def _cut_body(body: str) -> str:
    return body if len(body) <= _MAX_BODY else json_values.show(body, _MAX_BODY)


def _head_of(text: str, limit: int) -> str:
    lines = text.splitlines()
    return (
        text.rstrip() if len(lines) <= limit else "\n".join([*lines[:limit], f"… and {len(lines) - limit} more lines"])
    )


def _tail_of(text: str, limit: int) -> str:
    lines = text.splitlines()
    return (
        text.rstrip() if len(lines) <= limit else "\n".join([f"… {len(lines) - limit} lines before", *lines[-limit:]])
    )
