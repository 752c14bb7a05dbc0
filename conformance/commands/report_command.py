"""`python -m conformance report`: reads JSON reports, merges and compares them, and writes them in any form."""

import argparse
from pathlib import Path
from typing import Final

from conformance._text.output import say
from conformance.report import ReportError, check_path, headline, is_report_red, merge, read, render, write
from conformance.report.trimming import trim

HELP: Final = "merge and compare JSON reports, and write them as a page, as Markdown, as JSON or as a badge"

_FORMS: Final = {
    "html": (".html", "the page, as one file"),
    "markdown": (".md", "the summary for a CI job; - writes it to standard output"),
    "json": (".json", "the merged report, which this command reads again"),
    "badge": (".badge.json", "what badge services read from an address"),
}
"""Each option's ending and its help."""

_STANDARD_OUTPUT: Final = Path("-")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "reports", nargs="+", type=Path, metavar="REPORT.json", help="what --impl-report=REPORT.json wrote"
    )
    for name, (ending, meaning) in _FORMS.items():
        text = f"{meaning} ({ending})"
        parser.add_argument(f"--{name}", type=Path, action="append", default=[], metavar="FILE", help=text)
    parser.add_argument(
        "--over-time",
        action="store_true",
        help="the reports are successive runs, the oldest first, and not shards of one run: "
        "the last one of each implementation counts",
    )

    parser.add_argument(
        "--trim",
        action="store_true",
        help="leave out the times, and the requests of cases that passed: for reports that are kept with the sources",
    )


def run(options: argparse.Namespace) -> int:
    """Write what the options ask for, and return 1 if the report is red."""
    paths = list(_outputs(options))
    report = merge([(path, read(path)) for path in options.reports], over_time=options.over_time)
    report = trim(report) if options.trim else report
    for path in paths:
        write(report, path)
    say(render(report, ".md").removesuffix("\n") if _STANDARD_OUTPUT in options.markdown else headline(report))
    return int(is_report_red(report))


def _outputs(options: argparse.Namespace) -> list[Path]:
    """Return the files to write; raise ReportError for one that can't be, before anything is read."""
    outputs = []
    for name, (ending, _) in _FORMS.items():
        for path in getattr(options, name):
            if name == "markdown" and path == _STANDARD_OUTPUT:
                continue
            if (given := check_path(path)) != ending:
                raise ReportError(path, f"the ending {given!r} for --{name}", ending)
            outputs.append(path)
    return outputs
