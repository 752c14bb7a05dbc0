"""`python -m conformance export`: writes the corpus as plain JSON, for runners in other languages."""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

from conformance import __version__
from conformance._data.corpus import schema_of
from conformance._data.editions import Edition, edition_of
from conformance._data.plain_corpus import SCHEMA_NAME, plain_corpus, plain_expectation, plain_scenario, plain_skill
from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.composition.scenario_sources import scenarios_of
from conformance._exploration.explorer import laws_of
from conformance._exploration.prediction.predicting import predict, predict_refusals
from conformance.contract import EDITIONS, SURFACES, Surface
from conformance.errors import ConformanceError

HELP: Final = "write all cases as JSON, one file for each edition and surface, for runners in other languages"

_AT_ONCE: Final = 20
"""How many scenarios are made at a time: how many are needed shows only as they are predicted."""


class ExportError(ConformanceError):
    """A folder that nothing can be exported to."""

    def __init__(self, folder: Path, found: str) -> None:
        super().__init__(folder, found, "a folder that is empty or that can be made")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder to write, which must be empty if it exists"
    )
    parser.add_argument("--edition", choices=EDITIONS, help="only this edition")
    parser.add_argument(
        "--explore",
        type=_read_count,
        default=0,
        metavar="N",
        help="add so many generated scenarios to each file, with what is predicted of them (default: 0)",
    )
    parser.add_argument(
        "--seed", type=_read_count, default=0, metavar="N", help="which scenarios are generated (default: 0)"
    )


def _read_count(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 0")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Write the folder, all of it or nothing; return 0."""
    folder: Path = options.folder
    for path in (folder, *folder.parents):
        if path.exists() and not path.is_dir():
            raise ExportError(folder, f"{path} is a file")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise ExportError(folder, "the folder is not empty")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as made:
            _write_all(Path(made) / "export", options)
            if folder.exists():
                folder.rmdir()
            shutil.move(Path(made) / "export", folder)
    except OSError as error:
        raise ExportError(folder, error.strerror or str(error)) from error
    return 0


def _write_all(folder: Path, options: argparse.Namespace) -> None:
    folder.mkdir()
    shutil.copyfile(schema_of("corpus"), folder / SCHEMA_NAME)
    for date in [options.edition] if options.edition else EDITIONS:
        edition = edition_of(date)
        folder.joinpath(date).mkdir()
        for surface in SURFACES:
            explored = list(islice(_explore(edition, edition.spellings[surface], options.seed), options.explore))
            corpus = plain_corpus(edition, surface, __version__, explored)
            text = json.dumps(corpus, ensure_ascii=False)
            folder.joinpath(date, f"{surface}.json").write_text(f"{text}\n", "utf-8")


def _explore(edition: Edition, spelling: Spelling, seed: int) -> Iterator[dict[str, Any]]:
    """Yield generated scenarios without end, each with what the requirements expect of it.

    Those of which none says anything are passed over.
    """
    for number, scenario in _scenarios(edition, spelling, seed):
        if predictions := list(_predict(scenario, edition, spelling.surface)):
            yield {"id": f"explored-{seed}-{number}", **plain_scenario(scenario), "predictions": predictions}


def _predict(scenario: Scenario, edition: Edition, surface: Surface) -> Iterator[dict[str, Any]]:
    """Yield what each requirement expects of a scenario, and of what is to be refused after its skills."""
    expected = predict(scenario, edition.requirements)
    if not expected:
        return
    laws = laws_of(edition.requirements, surface)
    plain = [(name, plain_expectation(expectation)) for name, expectation in expected.items()]
    for name, refused in predict_refusals(scenario, edition.requirements):
        plain.append((name, {"kind": "refusal", "refused": plain_skill(refused)}))
    for name, expect in plain:
        yield {
            "requirement": name,
            "level": edition.requirements[name].levels[surface],
            "needs": sorted({law.needs for law in laws[name] if law.needs is not None}),
            "expect": expect,
        }


def _scenarios(edition: Edition, spelling: Spelling, seed: int) -> Iterator[tuple[int, Scenario]]:
    for start in count(0, _AT_ONCE):
        numbers = range(start, start + _AT_ONCE)
        yield from enumerate(scenarios_of(numbers, edition.date, spelling, seed), start + 1)
