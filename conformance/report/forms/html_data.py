"""The data of the HTML report as JSON; each text is written once, and referred to by its number."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from conformance._judging.result import Finding, Result, Sent
from conformance._text import limits
from conformance.contract import SURFACES
from conformance.report.changes import Change, comparisons
from conformance.report.defects import Defect, find_defects
from conformance.report.failure_text import DigestLine, tell, tell_leaks
from conformance.report.grid import Row, lay_out
from conformance.report.model import Report, Run
from conformance.report.verdict import STATUSES, Verdict, headline, is_report_red, status_of, verdicts_of


def describe(report: Report) -> Mapping[str, Any]:
    """Return all that the HTML page shows of a report; the results, which may be many, as an iterator."""
    return _Description(report).whole()


class _Description:
    """Describes one report; results and the bodies of requests are numbered."""

    def __init__(self, report: Report) -> None:
        self.report = report
        results = [(index, result) for index, run in enumerate(report.runs) for result in run.results]
        self.numbers = {(index, result.id): number for number, (index, result) in enumerate(results)}
        self.bodies = _number_bodies(result for _, result in results)

    def whole(self) -> Mapping[str, Any]:
        report = self.report
        matrix = lay_out(report)
        runs = zip(report.labels, report.runs, verdicts_of(report), strict=True)
        defects = find_defects(report)
        return {
            "headline": headline(report),
            "red": is_report_red(report),
            "problems": report.problems,
            "statuses": STATUSES,
            "runs": [_run(*facts) for facts in runs],
            "surfaces": [surface for surface in SURFACES if any(surface in run.surfaces for run in report.runs)],
            "columns": list(map(asdict, matrix.columns)),
            "rows": [self.row(row, [column.run for column in matrix.columns]) for row in matrix.rows],
            "results": (self.result(index, result) for index, run in enumerate(report.runs) for result in run.results),
            "bodies": list(self.bodies),
            "leaks": list(map(_line, tell_leaks(report, defects))),
            "defects": [self.defect(defect) for defect in defects],
            "comparisons": list(self.compared()),
            "unobservable": [asdict(s) for s in report.requirements if s.unobservable is not None],
            "disagreements": [asdict(s) for s in report.requirements if s.disagreement is not None],
        }

    def result(self, run: int, result: Result) -> Mapping[str, Any]:
        requests = [self.request(sent) for sent in result.requests if sent.body in self.bodies]
        return {
            "run": run,
            "edition": result.edition,
            "surface": result.surface,
            "case": result.case,
            "title": result.title,
            "why": result.why,
            "requirement": result.requirement,
            "place": result.place,
            "status": status_of(result),
            "reason": result.reason,
            "findings": list(map(_finding, result.findings)),
            "notes": result.notes,
            "requests": requests,
            "left_out": len(result.requests) - len(requests),
            "seconds": round(result.seconds, 4),
            "rerun": self.report.runs[run].rerun(result.id),
        }

    def request(self, sent: Sent) -> Mapping[str, Any]:
        return {"method": sent.method, "url": sent.url, "status": sent.status, "body": self.bodies[sent.body]}

    def row(self, row: Row, runs: Iterable[int]) -> Mapping[str, Any]:
        cells = [
            cell and {"status": cell.status, "results": self.numbered(run, cell.results)}
            for run, cell in zip(runs, row.cells, strict=True)
        ]
        words = {edition: asdict(statement) for edition, statement in row.words.items()}
        return {"id": row.id, "group": row.group, "words": words, "cells": cells}

    def defect(self, defect: Defect) -> Mapping[str, Any]:
        first, *lines = tell(self.report, defect)
        is_named = bool(defect.violations) and defect.error is None
        return {
            "status": defect.status,
            "red": defect.red,
            "requirements": [violation.requirement for violation in defect.violations],
            "level": defect.violations[0].level if is_named else None,
            "statement": defect.violations[0].statement if is_named else first.text,
            "lines": list(map(_line, lines)),
            "results": self.numbered(defect.runs[0], defect.results),
        }

    def compared(self) -> Iterable[Mapping[str, Any]]:
        for comparison in comparisons(self.report):
            run = comparison.later
            yield {
                "earlier": comparison.earlier,
                "later": run,
                "broken": self.changes(run, comparison.broken),
                "fixed": self.changes(run, comparison.fixed),
                "other": self.changes(run, comparison.other),
                "lasting": comparison.lasting,
                "gone": comparison.gone,
                "new": comparison.new,
            }

    def changes(self, run: int, changes: Iterable[Change]) -> list[Mapping[str, Any]]:
        return [
            {"before": change.before, "after": change.after, "result": self.numbers[run, change.result.id]}
            for change in changes
        ]

    def numbered(self, run: int, results: Iterable[Result]) -> list[int]:
        return [self.numbers[run, result.id] for result in results]


def _number_bodies(results: Iterable[Result]) -> Mapping[str, int]:
    """Give each body of a request its number, those of what went wrong first, as far as a page can hold them."""
    bodies: dict[str, int] = {}
    room = limits.BODIES_ON_PAGE_CHARACTERS
    for result in sorted(results, key=lambda result: result.outcome in {"passed", "not applicable"}):
        for sent in result.requests:
            if sent.body not in bodies and len(sent.body) <= room:
                bodies[sent.body] = len(bodies)
                room -= len(sent.body)
        if not room:
            break
    return bodies


def _run(label: str, run: Run, verdict: Verdict) -> Mapping[str, Any]:
    return {
        "label": label,
        "spec": run.spec,
        "level": run.level,
        "suite": run.suite,
        "when": run.when,
        "environment": run.environment,
        "editions": run.editions,
        "superseded": run.superseded,
        "red": verdict.red,
        "words": verdict.words,
        "counts": verdict.counts,
        "not_run": list(map(str, run.not_run)),
        "reasons": run.reasons_not_applicable,
    }


def _line(line: DigestLine) -> Mapping[str, Any]:
    return {"kind": line.kind, "text": line.text, "finding": _finding(line.finding)}


def _finding(finding: Finding | None) -> Mapping[str, Any] | None:
    names = ("requirement", "level", "where", "what", "got", "wanted")
    return None if finding is None else {name: getattr(finding, name) for name in names}
