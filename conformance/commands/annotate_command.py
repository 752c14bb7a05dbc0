"""Prints the findings of a JSON report as GitHub's workflow commands, which mark lines in a pull request."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from conformance._judging.result import Result
from conformance._text.output import say
from conformance.report import Report, Run, read, redact
from conformance.report.defects import Defect, find_defects
from conformance.report.failure_text import tell

HELP = "print the findings of a JSON report as annotations for GitHub"

_MAX_ANNOTATIONS = 50  # GitHub shows no more than that for a job


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("report", type=Path, help="a report that --impl-report=FILE.json wrote")


def run(options: argparse.Namespace) -> int:
    """Print an annotation for each thing that is broken, the most serious first; return 0."""
    report = read(options.report)
    lines = [line for defect in find_defects(report) if defect.status != "known" for line in _annotate(report, defect)]
    lines += [_command("error", None, "baseline or snapshot", problem) for problem in report.problems]
    for line in lines[:_MAX_ANNOTATIONS]:
        say(redact(line))
    return 0


def _annotate(report: Report, defect: Defect) -> Iterator[str]:
    """Yield the defect at the adapter, or at each declaration of a built app."""
    title, *lines = (line.text for line in tell(report, defect))
    text = "\n".join(lines)
    run = report.runs[defect.runs[0]]
    for place in dict.fromkeys(_place(run, result) for result in defect.results):
        yield _command("error" if defect.red else "warning", place, title, text)


def _place(run: Run, result: Result) -> str | None:
    """Return the file of the adapter, or of the declaration in a built app."""
    file = run.spec.partition(":")[0]
    if file.endswith(".py"):
        return f"file={_property(file)},line=1"
    file, _, line = result.place.rpartition(":")
    return f"file={_property(file)},line={line}" if Path(file).is_file() else None


def _command(kind: str, place: str | None, title: str, text: str) -> str:
    properties = ",".join(filter(None, (place, f"title={_property(title)}")))
    return f"::{kind} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
