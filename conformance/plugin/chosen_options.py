"""What a run asks for, as its options say."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

import pytest

from conformance._text import limits
from conformance.contract import EDITIONS, SURFACES
from conformance.plugin import options
from conformance.plugin.option import Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line and the ini file ask for.

    `repeated` are the arguments that judge an implementation again as it is judged here.
    """

    implementations: tuple[str, ...]
    editions: tuple[str, ...]
    surfaces: tuple[str, ...]
    level: Literal["must", "should"]
    seconds: float
    isolate: bool
    transport: Literal["intercepted", "loopback"]
    baseline: Path | None
    updates_baseline: bool
    reports: tuple[Path, ...]
    snapshots: bool
    explore: int
    explore_seed: int
    own_cases: tuple[Path, ...]
    save_cases: Path | None
    repeated: tuple[str, ...]

    @classmethod
    def read(cls, config: pytest.Config) -> Options:
        """Read the options; raise pytest.UsageError for a value that cannot be used."""
        editions = options.EDITION.read(config)
        return cls(
            implementations=tuple(dict.fromkeys(options.IMPL.read(config))),
            editions=EDITIONS if "all" in editions else tuple(e for e in EDITIONS if e in editions),
            surfaces=tuple(options.SURFACE.read(config)) or SURFACES,
            level="should" if options.LEVEL.read(config)[-1] == "should" else "must",
            seconds=_seconds(options.TIMEOUT.read(config)[-1]),
            isolate=options.ISOLATE.is_on(config),
            transport="loopback" if options.TRANSPORT.read(config)[-1] == "loopback" else "intercepted",
            baseline=_baseline(config),
            updates_baseline=options.UPDATE_BASELINE.is_on(config),
            reports=tuple(config.invocation_params.dir / given for given in options.REPORT.read(config)),
            snapshots=options.SNAPSHOTS.is_on(config),
            explore=_count(options.EXPLORE, config),
            explore_seed=_count(options.EXPLORE_SEED, config),
            own_cases=tuple(_as_seen_from_here(config, given) for given in options.OWN_CASES.read(config)),
            save_cases=_folder_for_finds(config),
            repeated=tuple(text for option in options.OPTIONS if option.repeated for text in option.repeat(config)),
        )


def _as_seen_from_here(config: pytest.Config, given: str) -> Path:
    here = config.invocation_params.dir
    return Path(os.path.relpath(here / given, here))


def _baseline(config: pytest.Config) -> Path | None:
    option, update = options.BASELINE, options.UPDATE_BASELINE
    given = option.read(config)
    if not given:
        if update.is_on(config):
            raise pytest.UsageError(f"{update.flag}: no baseline is named; expected also {option.flag}=FILE")
        return None
    asked, path = f"{option.flag}={given[-1]}", _follow(config.invocation_params.dir / given[-1])
    if not config.pluginmanager.has_plugin("skipping"):
        found = "without pytest's plugin `skipping`, known failures fail"
        raise pytest.UsageError(f"{asked}: {found}; expected a run without -p no:skipping")
    if os.path.islink(path):  # noqa: PTH114  # which raises nothing
        raise pytest.UsageError(f"{asked}: it is a link that leads to itself; expected a file")
    if os.path.isdir(path):  # noqa: PTH112  # which raises nothing
        raise pytest.UsageError(f"{asked}: it is a folder; expected a file")
    if update.is_on(config):
        _require_writable(path.parent, asked, "a file in a folder that exists and can be written")
    elif not os.path.isfile(path):  # noqa: PTH113  # which raises nothing
        raise pytest.UsageError(f"{asked}: there is no such file; expected a file, or {update.flag} to write it")
    return path


def _follow(path: Path) -> Path:
    """Return what a link leads to, which is to be written in its place, or any other path as it is."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114  # which raises nothing


def _folder_for_finds(config: pytest.Config) -> Path | None:
    option = options.SAVE_CASES
    for given in option.read(config)[-1:]:
        folder = config.invocation_params.dir / given
        _require_writable(folder, f"{option.flag}={given}", "a folder that can be written, or made", is_made=True)
        return folder
    return None


def _require_writable(folder: Path, asked: str, expected: str, *, is_made: bool = False) -> None:
    """Raise pytest.UsageError if no file can be written in a folder, which may be made of what is above it."""
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if is_made and isinstance(error, FileNotFoundError):
            return _require_writable(folder.parent, asked, expected, is_made=True)
        found = f"nothing can be written there: {error.strerror or error}"
        raise pytest.UsageError(f"{asked}: {found}; expected {expected}") from error


def _count(option: Option, config: pytest.Config) -> int:
    text = option.read(config)[-1]
    if not re.fullmatch("[0-9]{1,9}", text):
        raise pytest.UsageError(f"{option.flag}: {text!r} is not a whole number of at least 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        return limits.read_seconds(text)
    except ValueError as error:
        raise pytest.UsageError(f"{options.TIMEOUT.flag}: {error}") from error
