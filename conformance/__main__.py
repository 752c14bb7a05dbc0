"""`python -m conformance COMMAND`: what is done beside a pytest run."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from conformance import __version__, commands
from conformance._text.output import say
from conformance.errors import ConformanceError

USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, 1 for a finding, 2 for input that can't be used."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    arguments = sys.argv[1:] if arguments is None else arguments
    modules = _load_commands(arguments)
    for name, module in modules.items():
        module.add_arguments(subparsers.add_parser(name, help=module.HELP, description=module.HELP))
    options = parser.parse_args(arguments)
    try:
        return int(modules[options.command].run(options))
    except ConformanceError as error:
        say(f"{parser.prog} {options.command}: {error}", sys.stderr)
        return USAGE_ERROR


def _load_commands(arguments: Sequence[str]) -> Mapping[str, ModuleType]:
    """Load the command that is asked for, or every one where none is: each loads what it needs, which takes a while."""
    names = [info.name.removesuffix("_command") for info in iter_modules(commands.__path__)]
    asked = [name for name in names if name in arguments[:1]]
    return {name: import_module(f"{commands.__name__}.{name}_command") for name in asked or names}


if __name__ == "__main__":
    sys.exit(main())
