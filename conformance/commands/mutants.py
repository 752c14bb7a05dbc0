"""`python -m conformance mutants`: what proves that the cases bite, in a checkout of the suite."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

from conformance.errors import ConformanceError

HELP: Final = "judge the suite's own wrong implementations, and print which cases each one fails (in a checkout)"

TESTS: Final = Path(__file__).parents[2] / "tests"


class CheckoutError(ConformanceError):
    """The suite is installed, not checked out: its tests are not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"there is no {self.folder / 'mutants'}; expected a checkout of the suite, with its tests"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("names", nargs="*", metavar="MUTANT", help="judge this one only (default: all)")


def run(options: argparse.Namespace) -> int:
    """Print the matrix; return 1 if a mutant fails other cases than it must, or a case is failed by none."""
    if not (TESTS / "mutants" / "report.py").is_file():
        raise CheckoutError(TESTS)
    sys.path.insert(0, str(TESTS))
    return int(import_module("mutants.report").write_matrix(options.names))
