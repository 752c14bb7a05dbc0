"""`python -m conformance host`: serves an implementation in Python over the protocol, for `--impl=exec:`."""

import argparse
import sys
from typing import Final

from conformance._targets.hosting import Host, protocol_streams
from conformance._targets.module import load_module
from conformance._targets.protocol import BrokenMessageError
from conformance._text.output import say

HELP: Final = "serve an adapter in Python over the protocol: pytest --impl='exec:python -m conformance host MODULE'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "implementation", metavar="MODULE", help="package.module, package.module:attribute or path/to/file.py"
    )


def run(options: argparse.Namespace) -> int:
    """Serve on standard input and output until the suite closes them; raise ImplementationError."""
    with protocol_streams() as (receive, send):
        try:
            Host(load_module(options.implementation), receive, send).serve()
        except BrokenMessageError as error:
            say(f"a line on standard input: {error}", sys.stderr)
            return 2
    return 0
