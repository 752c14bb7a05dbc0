"""`python -m conformance lint`: checks case files, as far as that goes without an implementation."""

import argparse
from pathlib import Path
from typing import Final

from conformance._data.case_files.linting import lint
from conformance._data.corpus import CASES
from conformance._exploration.law_case import with_needs
from conformance._text.output import say

HELP: Final = "check case files: form, coverage, wording, and that every case can fail"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=CASES,
        metavar="PATH",
        help="a folder of editions, a case file in one, or your own case files (default: the suite's cases)",
    )


def run(options: argparse.Namespace) -> int:
    """Print every finding as `file:line: rule: message`, or that there is none; return 1 if there is one."""
    findings = lint(options.path, with_needs)
    for finding in findings:
        say(finding)
    if not findings:
        say(f"{options.path}: nothing to report")
    return int(bool(findings))
