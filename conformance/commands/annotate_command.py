"""Prints the findings of a JSON report as GitHub's workflow commands, which mark lines in a pull request."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from conformance._judging.result import Result
from conformance.report import Run, read, redact
from conformance.report.verdict import is_red, status_of

HELP = "print the findings of a JSON report as annotations for GitHub"

_MAX_ANNOTATIONS = 50  # GitHub shows no more than that for a job


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("report", type=Path, help="a report that --impl-report=FILE.json wrote")


def run(options: argparse.Namespace) -> int:
    """Print an annotation for each case that failed or errored; return 0."""
    report = read(options.report)
    lines = [line for one in report.runs for line in _annotations(one)]
    lines += [_command("error", None, "baseline or snapshot", problem) for problem in report.problems]
    for line in lines[:_MAX_ANNOTATIONS]:
        print(redact(line))  # noqa: T201  # a command's output
    return 0


def _annotations(run: Run) -> Iterator[str]:
    for result in run.results:
        title = result.id.name
        if result.outcome == "errored":
            yield _command("error", _place(run, result), title, f"errored: {result.reason}")
        elif result.outcome == "failed":
            text = "\n".join(f"{finding.requirement} ({finding.level}): {finding}" for finding in result.findings)
            kind = "error" if is_red(status_of(result), run.level) else "warning"
            yield _command(kind, _place(run, result), title, f"{text}\n{result.place}")


def _place(run: Run, result: Result) -> str | None:
    """Return the file of the adapter, or of the declaration that was judged where it lies."""
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
