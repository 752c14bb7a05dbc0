"""`python -m conformance init`: writes an adapter to fill in."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from conformance.errors import ConformanceError

HELP: Final = "write an adapter that works, to be filled in with your framework"

_PACKAGE: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """What is written for a language: files of this package, the first one to be filled in, and what then names it."""

    files: tuple[str, ...]
    implementation: str


SKELETONS: Final = {
    "python": Skeleton(files=("templates/adapter.py",), implementation="adapter.py"),
    "node": Skeleton(
        files=("templates/adapter.mjs", "adapters/node/protocol.mjs", "adapters/node/json.mjs"),
        implementation="exec:node adapter.mjs",
    ),
}


class FolderError(ConformanceError):
    """The files can't be written."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("language", choices=sorted(SKELETONS), help="the language of the framework")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="where to (default: here)")


def run(options: argparse.Namespace) -> int:
    """Write the files; raise FolderError, with nothing written, if one of them is there."""
    skeleton = SKELETONS[options.language]
    targets = {options.folder / Path(file).name: (_PACKAGE / file).read_text("utf-8") for file in skeleton.files}
    for target in targets:
        if target.exists():
            raise FolderError(f"{target} exists; expected a folder without it")
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for target, text in targets.items():
            target.write_text(text, "utf-8")
    except OSError as error:
        raise FolderError(f"{error.filename}: {error.strerror}; expected a folder that can be written") from error
    for target in targets:
        sys.stdout.write(f"wrote {target}\n")
    sys.stdout.write(f"Fill in what is marked FILL IN in {next(iter(targets))}:\n")
    for number, line in enumerate(targets[next(iter(targets))].splitlines(), 1):
        if "FILL IN" in line:
            sys.stdout.write(f"  line {number}: {line.strip()}\n")
    sys.stdout.write(f"Then, there: python -m conformance smoke '{skeleton.implementation}'\n")
    return 0
