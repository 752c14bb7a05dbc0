"""`python -m conformance init`: writes an adapter, or a function app, to fill in."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from conformance._text.output import say
from conformance.errors import ConformanceError

HELP: Final = "write an adapter that works, to be filled in with your framework, or a function app"

_PACKAGE: Final = Path(__file__).parent.parent
_TEMPLATES: Final = _PACKAGE / "templates"
_NODE: Final = {"adapters/node/protocol.mjs": "protocol.mjs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """What is written for a language: the files of its folder in templates/, and others of this package.

    `shared` maps their paths in the package to those in the new folder. `build` is the command that makes the
    implementation runnable.
    """

    implementation: str
    shared: Mapping[str, str] = field(default_factory=dict)
    build: str | None = None


SCAFFOLDS: Final = {
    "csharp": Scaffold(
        implementation="exec:dotnet bin/Release/net8.0/Adapter.dll",
        shared={"adapters/dotnet/Peer.cs": "Peer.cs"},
        build="dotnet build -c Release",
    ),
    "java": Scaffold(
        implementation="exec:java -cp target/adapter.jar:target/lib/* adapter.Adapter",
        shared={"adapters/java/src/main/java/adapter/Protocol.java": "src/main/java/adapter/Protocol.java"},
        build="mvn -q -B package",
    ),
    "javascript": Scaffold(implementation="exec:node adapter.mjs", shared=_NODE),
    "powershell": Scaffold(implementation="app:."),
    "python": Scaffold(implementation="adapter.py"),
    "typescript": Scaffold(implementation="exec:node adapter.mjs", shared=_NODE, build="npm install && npm run build"),
}
"""By the language; each has a folder of that name in templates/."""


class FolderError(ConformanceError):
    """The files can't be written."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "language", choices=sorted(SCAFFOLDS), help="the language of the framework; for powershell, a function app"
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="where to (default: here)")


def run(options: argparse.Namespace) -> int:
    """Write the files; raise FolderError, with nothing written, if one of them is there."""
    scaffold = SCAFFOLDS[options.language]
    texts = {name: path.read_text("utf-8") for name, path in _sources(options.language, scaffold)}
    _write(options.folder, texts)
    for name in texts:
        say(f"wrote {options.folder / name}")
    say("It works as it is. Put in your own where it says FILL IN:")
    for place, line in _gaps(texts):
        say(f"  {options.folder / place}: {line}")
    where = "this folder" if options.folder == Path() else options.folder
    say(f"Run this in {where}, now and whenever you have changed something:")
    for command in _commands(scaffold):
        say(f"  {command}")
    return 0


def _sources(language: str, scaffold: Scaffold) -> Iterator[tuple[str, Path]]:
    folder = _TEMPLATES / language
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path
    for source, target in scaffold.shared.items():
        yield target, _PACKAGE / source


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name in texts:
        if (folder / name).exists():
            raise FolderError(folder / name, "the file exists", "a folder without it")
    try:
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise FolderError(error.filename, error.strerror or str(error), "a folder that can be written") from error


def _gaps(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each line to be filled in."""
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if "FILL IN" in line:
                yield f"{name}:{number}", line.strip()


def _commands(scaffold: Scaffold) -> Iterator[str]:
    """Yield what to run: the build, whether the adapter works, and whether the framework conforms."""
    if scaffold.build:
        yield scaffold.build
    if scaffold.implementation.startswith("app:"):
        yield f"pytest --impl={scaffold.implementation} --impl-edition=2025-05-15"
    else:
        yield f"python -m conformance smoke '{scaffold.implementation}'"
        yield f"pytest --impl='{scaffold.implementation}'"
