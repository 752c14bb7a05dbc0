"""`python -m conformance COMMAND`: what is done beside a pytest run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from conformance import __version__, commands
from conformance.errors import ConformanceError

USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, 1 for a finding, 2 for input that can't be used."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {
        info.name.removesuffix("_command"): import_module(f"{commands.__name__}.{info.name}")
        for info in iter_modules(commands.__path__)
    }
    for name, module in modules.items():
        module.add_arguments(subparsers.add_parser(name, help=module.HELP, description=module.HELP))
    options = parser.parse_args(arguments)
    try:
        return int(modules[options.command].run(options))
    except ConformanceError as error:
        print(f"{parser.prog} {options.command}: {error}", file=sys.stderr)  # noqa: T201  # a command's output
        return USAGE_ERROR


if __name__ == "__main__":
    sys.exit(main())
