"""What the page shows, as JSON: texts are said once and meant by their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from conformance._data.case_id import CaseId
from conformance._judging.result import Result, Sent
from conformance.contract import SURFACES
from conformance.report.changes import Change, comparisons
from conformance.report.digest import Sighting, Violation, violations
from conformance.report.grid import Row, lay_out
from conformance.report.model import Report, Run, Statement
from conformance.report.verdict import STATUSES, Verdict, headline, is_red, is_report_red, judge_all, status_of


def describe(report: Report) -> Mapping[str, Any]:
    """Return all that the page shows of a report."""
    return _Description(report).all()


class _Description:
    """Describes one report; results and the bodies of requests are numbered as they come up."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.numbers: dict[tuple[int, CaseId], int] = {}
        self.bodies: dict[str, int] = {}

    def all(self) -> Mapping[str, Any]:
        report = self.report
        results = [self.result(index, result) for index, run in enumerate(report.runs) for result in run.results]
        matrix = lay_out(report)
        runs = zip(report.labels, report.runs, judge_all(report), strict=True)
        return {
            "headline": headline(report),
            "red": is_report_red(report),
            "problems": report.problems,
            "statuses": STATUSES,
            "runs": [_run(*facts) for facts in runs],
            "surfaces": [surface for surface in SURFACES if any(surface in run.surfaces for run in report.runs)],
            "columns": [
                {"run": column.run, "edition": column.edition, "surface": column.surface} for column in matrix.columns
            ],
            "rows": [self.row(row, [column.run for column in matrix.columns]) for row in matrix.rows],
            "results": results,
            "bodies": list(self.bodies),
            "violations": [self.violation(violation) for violation in violations(report)],
            "comparisons": list(self.comparisons()),
            "unobservable": [_words(s) for s in report.requirements if s.unobservable is not None],
            "disagreements": [_words(s) for s in report.requirements if s.disagreement is not None],
        }

    def result(self, run: int, result: Result) -> Mapping[str, Any]:
        self.numbers[run, result.id] = len(self.numbers)
        return {
            "run": run,
            "edition": result.edition,
            "surface": result.surface,
            "case": result.case,
            "title": result.title,
            "requirement": result.requirement,
            "place": result.place,
            "status": status_of(result),
            "reason": result.reason,
            "findings": [
                {
                    "requirement": finding.requirement,
                    "level": finding.level,
                    "where": finding.where,
                    "what": finding.what,
                    "got": finding.got,
                    "wanted": finding.wanted,
                }
                for finding in result.findings
            ],
            "notes": result.notes,
            "requests": [self.request(sent) for sent in result.requests],
            "seconds": round(result.seconds, 4),
            "rerun": self.report.runs[run].rerun(result.id),
        }

    def request(self, sent: Sent) -> Mapping[str, Any]:
        body = self.bodies.setdefault(sent.body, len(self.bodies))
        return {"method": sent.method, "url": sent.url, "status": sent.status, "body": body}

    def row(self, row: Row, runs: Iterable[int]) -> Mapping[str, Any]:
        cells = [
            cell and {"status": cell.status, "results": self.numbered(run, cell.results)}
            for run, cell in zip(runs, row.cells, strict=True)
        ]
        words = {edition: _words(statement) for edition, statement in row.words.items()}
        return {"id": row.id, "group": row.group, "words": words, "cells": cells}

    def violation(self, violation: Violation) -> Mapping[str, Any]:
        return {
            "run": violation.run,
            "edition": violation.edition,
            "requirement": violation.requirement,
            "level": violation.level,
            "statement": violation.statement,
            "section": violation.section,
            "status": violation.status,
            "red": is_red(violation.status, self.report.runs[violation.run].level),
            "sightings": [self.sighting(violation.run, sighting) for sighting in violation.sightings],
        }

    def sighting(self, run: int, sighting: Sighting) -> Mapping[str, Any]:
        finding = sighting.finding
        said = finding and {name: getattr(finding, name) for name in ("where", "what", "got", "wanted")}
        return {
            "status": sighting.status,
            "finding": said,
            "reason": sighting.reason,
            "results": self.numbered(run, sighting.results),
        }

    def comparisons(self) -> Iterable[Mapping[str, Any]]:
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


def _run(label: str, run: Run, verdict: Verdict) -> Mapping[str, Any]:
    reasons = Counter(result.reason or "" for result in run.results if result.outcome == "not applicable")
    return {
        "label": label,
        "name": run.implementation,
        "version": run.version,
        "spec": run.spec,
        "level": run.level,
        "suite": run.suite,
        "when": run.when,
        "environment": run.environment,
        "editions": run.editions,
        "surfaces": run.surfaces,
        "superseded": run.superseded,
        "red": verdict.red,
        "words": verdict.words,
        "counts": verdict.counts,
        "share": verdict.share,
        "not_run": list(map(str, run.not_run)),
        "reasons": dict(sorted(reasons.items())),
    }


def _words(statement: Statement) -> Mapping[str, Any]:
    return {
        "edition": statement.edition,
        "id": statement.id,
        "levels": statement.levels,
        "statement": statement.statement,
        "section": statement.section,
        "source": statement.source,
        "interpretation": statement.interpretation,
        "disagreement": statement.disagreement,
        "unobservable": statement.unobservable,
    }
