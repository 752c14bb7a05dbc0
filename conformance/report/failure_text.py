"""Puts failures into words, in the order in which they are read: the same in every form of a report."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from conformance._judging.result import NOT_RUN, Finding, Result, Sent
from conformance._text.error_places import CALLED
from conformance._text.words import count, name_some, split_lines
from conformance.report.cuts import cut_body, cut_error, cut_heading, cut_note, cut_printed
from conformance.report.defects import Defect, Violated
from conformance.report.excerpt import request_of, shorten
from conformance.report.leaks import find_leaks
from conformance.report.model import Report

Kind: TypeAlias = Literal[
    "head", "source", "count", "case", "why", "complaint", "finding", "note", "request", "body", "printed", "also",
    "others", "rerun",
]  # fmt: skip

_PLACE: Final = re.compile(rf"(?:\w+ came from|time was up at) .+?(?={CALLED}|$)", re.DOTALL)
_PRINTED: Final = re.compile(r"(standard error ends: )(?:.*\n)?(.*\S)\s*", re.DOTALL)
"""Notes about an error: its innermost place in the code, and what it printed, of which the last line says most."""

_MAX_FINDINGS: Final = 3
_MAX_ALSO: Final = 3
_MAX_ALSO_NAMES: Final = 8
_MAX_NAMES: Final = 4
_MAX_SURFACES: Final = 3


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One statement of a report; `finding` is the finding that it reports, if it reports one."""

    kind: Kind
    text: str
    finding: Finding | None = None


def tell_leaks(report: Report, defects: Iterable[Defect]) -> Iterator[DigestLine]:
    """Say what other failures may follow from: that an app gets something from the one before."""
    if leaks := find_leaks(report, defects):
        text = f"{', '.join(leaks)}: Does state leak from one app to the next? Other failures may follow from that."
        yield DigestLine("head", text)
        yield _rerun(report, *next(iter(leaks.values())))


def tell(report: Report, defect: Defect, printed: str | None = None) -> Iterator[DigestLine]:
    """Report a defect: what it is, the simplest case in full, the other cases by name.

    `printed` is what the implementation printed in the simplest case.
    """
    if not defect.simplest.was_run:
        yield head(defect)
        yield DigestLine("others", f"In {_names(defect, defect.results)}")
        return
    yield from tell_what(report, defect)
    yield _count(defect, ". The simplest:")
    yield from _tell_simplest(defect, printed)
    yield from _tell_also(defect)
    if len(defect.results) > 1:
        yield DigestLine("others", f"The other cases: {_name_others(defect)}")
    yield _rerun(report, defect.runs[0], defect.simplest)


def tell_whole(report: Report, defect: Defect) -> Iterator[DigestLine]:
    """Report what a defect is, before `tell_alike` reports each of its cases."""
    yield from tell_what(report, defect)
    title, also = _also(defect)
    yield from (DigestLine("also", f"{title}: {_name(violation)}") for violation in also)
    yield _count(defect, ":")


def fold_alike(results: Iterable[Result]) -> list[list[Result]]:
    """Put results together that say the same of one case on several surfaces."""
    alike: dict[object, list[Result]] = {}
    for result in results:
        key = (result.edition, _case_name(result), result.reason, result.findings, result.notes)
        alike.setdefault(key, []).append(result)
    return list(alike.values())


def tell_alike(
    report: Report, defect: Defect, results: Sequence[Result], printed: str | None = None
) -> Iterator[DigestLine]:
    """Report everything about results of one case that say the same, with the request and the command of the first."""
    yield from _tell_result(results[0], defect)
    for number, sent in enumerate(results[0].requests, 1):
        yield from _tell_request(number, sent, cut_body(sent.body))
    if printed:
        yield DigestLine("printed", printed)
    if len(results) > 1:
        yield DigestLine("others", f"The same on {', '.join(result.surface for result in results[1:])}")
    yield _rerun(report, defect.runs[0], results[0])


def tell_what(report: Report, defect: Defect) -> Iterator[DigestLine]:
    """Report what is broken: the requirement and its source, or the error."""
    yield head(defect)
    if defect.violations and defect.error is None:
        first = defect.violations[0]
        yield DigestLine("source", f"Source: {name_editions(first.editions)}, {first.section}")
    if len(report.runs) > 1:
        yield DigestLine("source", f"In {', '.join(report.labels[index] for index in defect.runs)}")
    yield from _tell_reasons(defect)
    yield from _advise(defect)


def _count(defect: Defect, title: str) -> DigestLine:
    number = len(defect.results)
    return DigestLine("count", "One case shows it:" if number == 1 else f"{number} cases show it{title}")


def head(defect: Defect) -> DigestLine:
    """Return the first line about a defect."""
    result = defect.simplest
    if not result.was_run:
        why = (result.reason or "").removeprefix(NOT_RUN)
        return DigestLine("head", f"{NOT_RUN}{count(len(defect.results), 'case')}, since {why}")
    if not defect.violations:
        return DigestLine("head", cut_error(f"errored: {result.reason or 'no reason was given'}"))
    if defect.error is not None:
        return DigestLine("head", cut_heading(defect.error))
    return DigestLine("head", _name(defect.violations[0]))


def tell_briefly(report: Report, defect: Defect) -> Iterator[DigestLine]:
    """Report a defect in few lines: what it violates, one finding with the cases that show it, and the command."""
    yield head(defect)
    names = _names(defect, defect.results)
    finding = next(iter(defect.findings), None)
    if finding is None:
        yield DigestLine("others", f"In {names}")
    else:
        yield DigestLine("finding", f"{names}: {cut_error(_say(defect, finding))}", finding=finding)
    yield from _tell_place(defect.simplest)
    yield from _tell_reasons(defect)
    yield from _advise(defect)
    title, also = _also(defect)
    if also:
        yield DigestLine("also", f"{title}: {_name_also(defect, also)}")
    if defect.simplest.was_run:
        yield _rerun(report, defect.runs[0], defect.simplest)


def _tell_place(result: Result) -> Iterator[DigestLine]:
    """Say in one line where an error came from, if it is known."""
    for note in result.notes:
        if place := _PLACE.match(note):
            yield DigestLine("note", f"note: {place[0]}")
        elif printed := _PRINTED.fullmatch(note):
            yield DigestLine("note", f"note: {printed[1]}{printed[2]}")
        else:
            continue
        return


def name_violations(defects: Iterable[Defect]) -> list[str]:
    """Name what defects violate, each once; an error is named by what it says."""
    names: dict[str, None] = {}
    for defect in defects:
        own = [violation.requirement for violation in defect.violations] or [split_lines(head(defect).text)[0]]
        names |= dict.fromkeys(own)
    return list(names)


def tell_case(result: Result, command: str, complaints: Sequence[str]) -> Iterator[DigestLine]:
    """Report everything about one case; `command` runs it alone.

    `complaints` are about what was agreed for the case (the baseline, the reviewed schema), not about the
    implementation.
    """
    yield DigestLine("case", f"{_place(result)}: {result.title}")
    if result.why:
        yield DigestLine("why", f"Why it matters: {result.why}")
    if result.outcome == "errored":
        yield DigestLine("finding", f"errored: {result.reason}")
    for complaint in complaints:
        yield from (DigestLine("complaint", line) for line in split_lines(complaint))
    for requirement in dict.fromkeys(finding.requirement for finding in result.findings):
        findings = [finding for finding in result.findings if finding.requirement == requirement]
        first = findings[0]
        yield DigestLine("head", f"{first.requirement} ({first.level}): {first.statement}")
        yield DigestLine("source", f"Source: {name_editions((result.edition,))}, {first.section}")
        yield from (DigestLine("finding", str(finding), finding=finding) for finding in findings)
    yield from (DigestLine("note", f"note: {note}") for note in result.notes)
    for number, sent in enumerate(result.requests, 1):
        yield from _tell_request(number, sent, cut_body(sent.body))
    yield DigestLine("rerun", f"Rerun: {command}")


def _tell_reasons(defect: Defect) -> Iterator[DigestLine]:
    """Report why a failure is known."""
    reasons = dict.fromkeys(result.reason for result in defect.results if result.reason)
    if defect.status == "known" and reasons:
        yield DigestLine("source", f"Known: {'; '.join(reasons)}")


def _advise(defect: Defect) -> Iterator[DigestLine]:
    """Say what may help where time was up, or where nothing was found again."""
    reason = defect.simplest.reason or ""
    if reason.startswith("no answer within"):
        yield DigestLine("source", "It hung, or waits long before it tries again: --impl-timeout gives it more time")
    elif reason.startswith("a scenario broke the requirement once"):
        yield DigestLine("source", "It may depend on what was played before: does state leak from one app to the next?")


def _tell_simplest(defect: Defect, printed: str | None) -> Iterator[DigestLine]:
    result, findings = defect.simplest, defect.findings
    yield from _tell_result(result, defect, _MAX_FINDINGS)
    shown = request_of(result, findings)
    if shown is not None:
        number, sent = shown
        yield from _tell_request(number, sent, shorten(sent.body, findings[0] if findings else None))
    if printed:
        yield DigestLine("printed", cut_printed(printed))


def _tell_result(result: Result, defect: Defect, limit: int | None = None) -> Iterator[DigestLine]:
    """Report a case of a defect up to what it sent; at most so many of its findings, and then only the notes' heads."""
    yield DigestLine("case", f"{_place(result)}: {result.title}")
    if result.why and defect.violations:
        yield DigestLine("why", f"Why it matters: {result.why}")
    findings = defect.sort(result.findings)
    yield from (_tell_finding(defect, finding) for finding in findings[:limit])
    if limit is not None and len(findings) > limit:
        yield DigestLine("finding", f"and {count(len(findings) - limit, 'more finding')} (-v)")
    for note in result.notes:
        yield DigestLine("note", f"note: {note if limit is None else cut_note(note)}")


def _place(result: Result) -> str:
    """Return the file and the line of a case; what all editions share is named by one of them in commands."""
    return f"{result.place} (in every edition)" if result.place.startswith("cases/shared/") else result.place


def _tell_finding(defect: Defect, finding: Finding) -> DigestLine:
    own = not defect.violations or finding.requirement == defect.violations[0].requirement
    named = "" if own else f"{finding.requirement} ({finding.level}): "
    return DigestLine("finding", f"{named}{cut_error(_say(defect, finding))}", finding=finding)


def _say(defect: Defect, finding: Finding) -> str:
    """Put a finding into words, without an error that the defect is reported as."""
    said = str(finding)
    return said if defect.error is None else said.removeprefix(f"{defect.error}: ").replace(f" ({defect.error})", "")


def _tell_request(number: int, sent: Sent, body: str) -> Iterator[DigestLine]:
    yield DigestLine("request", f"request {number}: {sent.method} {sent.url} -> {sent.status}")
    yield DigestLine("body", body)


def _tell_also(defect: Defect) -> Iterator[DigestLine]:
    title, also = _also(defect)
    if len(also) <= _MAX_ALSO:
        yield from (DigestLine("also", f"{title}: {_name(violation)}") for violation in also)
    else:
        more = " (-v names them all)" if len(also) > _MAX_ALSO_NAMES else ""
        yield DigestLine("also", f"{title}: {_name_also(defect, also)}{more}")


def _also(defect: Defect) -> tuple[str, Sequence[Violated]]:
    """Return what a defect violates beside what it is reported under, and what to call that."""
    return ("Violated", defect.violations) if defect.error is not None else ("Also violated", defect.violations[1:])


def _name_also(defect: Defect, also: Iterable[Violated]) -> str:
    """Name what else is violated, as far as there is room; with musts marked where they are not all."""
    is_marked = defect.error is not None or defect.violations[0].level == "should"
    names = [f"{one.requirement} (must)" if is_marked and one.level == "must" else one.requirement for one in also]
    return name_some(names, _MAX_ALSO_NAMES)


def _name(violation: Violated) -> str:
    return f"{violation.requirement} ({violation.level}): {violation.statement}"


def name_editions(editions: Sequence[str]) -> str:
    """Name editions: `edition A`, `editions A and B`."""
    return f"edition{'s' if len(editions) > 1 else ''} {' and '.join(editions)}"


def _rerun(report: Report, run: int, result: Result) -> DigestLine:
    return DigestLine("rerun", f"Rerun: {report.runs[run].rerun(result.id)}")


def _name_others(defect: Defect) -> str:
    """Name the cases beside the simplest one, which may have failed on other surfaces as well."""
    first = defect.simplest
    own = [result for result in defect.results[1:] if _case_name(result) == _case_name(first)]
    others = [result for result in defect.results if _case_name(result) != _case_name(first)]
    parts = [f"the same {' and '.join(_name_elsewhere(first, own))}"] if own else []
    return "; ".join([*parts, *([_names(defect, others)] if others else [])])


def _name_elsewhere(first: Result, results: Sequence[Result]) -> Iterator[str]:
    """Say where else a case failed: on which surfaces, in which edition."""
    if surfaces := [result.surface for result in results if result.surface != first.surface]:
        yield f"on {_name_surfaces(surfaces).replace('surfaces', 'other surfaces')}"
    if any(result.edition != first.edition for result in results):
        yield "in the other edition"


def _names(defect: Defect, results: Iterable[Result]) -> str:
    """List cases by name, the first few, and how many more; with surfaces, if the defect shows on several."""
    by_case: dict[str, dict[str, None]] = {}
    for result in results:
        by_case.setdefault(_case_name(result), {})[result.surface] = None
    sets = {tuple(sorted(surfaces)) for surfaces in by_case.values()}
    if len(sets) > 1:
        return name_some([f"{case} (on {_name_surfaces(seen)})" for case, seen in by_case.items()], _MAX_NAMES)
    (surfaces,) = sets
    several = len({result.surface for result in defect.results}) > 1
    each = f" ({'each ' if len(by_case) > 1 else ''}on {_name_surfaces(surfaces)})" if several else ""
    return f"{name_some(list(by_case), _MAX_NAMES)}{each}"


def _name_surfaces(surfaces: Iterable[str]) -> str:
    """Name surfaces, or say how many they are: the command names one, and -v names all."""
    names = list(dict.fromkeys(surfaces))
    return ", ".join(names) if len(names) <= _MAX_SURFACES else f"{len(names)} surfaces"


def _case_name(result: Result) -> str:
    return f"scenarios of {result.case}" if result.id.is_law else result.case
