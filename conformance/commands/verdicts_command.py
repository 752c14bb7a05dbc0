"""`python -m conformance verdicts`: what published implementations do, side by side, from the reports of a folder."""

import argparse
from pathlib import Path

from conformance._text.files import write_atomically
from conformance.report.overviews import overview_markdown, overview_page
from conformance.report.overviews.overview import COLUMNS, load_overview

HELP = "write a page, as Markdown and as HTML, that shows published implementations side by side"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "folder",
        type=Path,
        help=f"JSON reports, and {COLUMNS}, which names them; the pages are written next to the folder",
    )


def run(options: argparse.Namespace) -> int:
    """Write the folder's name with .md and .html next to it; return 0."""
    folder: Path = options.folder.resolve()
    overview = load_overview(folder)
    write_atomically(folder.with_name(f"{folder.name}.md"), overview_markdown.render(overview))
    write_atomically(folder.with_name(f"{folder.name}.html"), overview_page.render(overview))
    return 0
