"""Makes a report small enough to be kept with the sources, by leaving out what nobody looks up."""

from dataclasses import replace
from typing import Final

from conformance._judging.result import Result
from conformance.report.model import Report

_MAX_BODY: Final = 4_000


def trim(report: Report) -> Report:
    """Leave out how long cases took and the requests of those that passed; cut the long bodies of the others."""
    runs = (replace(run, results=tuple(map(_trim, run.results))) for run in report.runs)
    return replace(report, runs=tuple(runs))


def _trim(result: Result) -> Result:
    if result.outcome in {"passed", "not applicable"}:
        return replace(result, requests=(), notes=(), seconds=0.0)
    short = tuple(replace(sent, body=sent.body[:_MAX_BODY]) for sent in result.requests)
    return replace(result, requests=short, seconds=0.0)
