"""The command line: one option group, one prefix, every option also in the ini file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path
from typing import Any, Literal

import pytest

from conformance._text import limits
from conformance.contract import EDITIONS, SURFACES

DEFAULT_EDITION = "2024-04-14"

_FILE = re.compile(r"(.+)")
_IMPLEMENTATION_FILE = re.compile(r"(?:app:)?((?<=app:).+|.+\.py)(?::[\w.]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: `--impl-level` on the command line, `impl_level` in the ini file.

    `path` matches a value with a path in it, its first group. A `repeated` option is part of the command that runs a
    case again.
    """

    flag: str
    help: str
    default: str | None = None
    choices: tuple[str, ...] | None = None
    repeatable: bool = False
    switch: bool = False
    metavar: str | None = None
    repeated: bool = False
    path: re.Pattern[str] | None = None

    @property
    def ini(self) -> str:
        """The name in the ini file."""
        return self.flag.removeprefix("--").replace("-", "_")

    def read(self, config: pytest.Config) -> list[str]:
        """Return the values given, on the command line before the ini file; raise pytest.UsageError."""
        given: Any = config.getoption(self.ini)
        if given is None:
            given = [self._from_ini(config, value) for value in config.getini(self.ini)]
        values: Sequence[str] = given if isinstance(given, list) else [given]
        for value in values:
            if self.choices is not None and value not in self.choices:
                raise pytest.UsageError(f"{self.flag}: {value!r} is not one of {', '.join(self.choices)}")
        return list(values) or ([self.default] if self.default else [])

    def _from_ini(self, config: pytest.Config, value: str) -> str:
        """Return a value of the ini file; a path, which is relative to that file, as it is seen from here."""
        match = self.path.fullmatch(value) if self.path is not None else None
        if match is None or config.inipath is None:
            return value
        here = config.invocation_params.dir
        return value[: match.start(1)] + relpath(config.inipath.parent / match[1], here) + value[match.end(1) :]

    def repeat(self, config: pytest.Config) -> list[str]:
        """Return the arguments that ask for the same again; none for what is the default anyway."""
        if self.switch:
            return [self.flag] if self.is_on(config) else []
        in_file = bool(config.getini(self.ini))
        return [f"{self.flag}={value}" for value in self.read(config) if in_file or value != self.default]

    def is_on(self, config: pytest.Config) -> bool:
        """Say whether a switch is on; raise pytest.UsageError."""
        try:
            return bool(config.getoption(self.ini) or config.getini(self.ini))
        except (ValueError, pytest.UsageError) as error:  # neither names the option; which it is depends on pytest
            raise pytest.UsageError(f"{self.flag}: {error}; expected true or false") from error


IMPL = Option(
    flag="--impl",
    metavar="IMPLEMENTATION",
    path=_IMPLEMENTATION_FILE,
    repeatable=True,
    help="the implementation to judge: package.module, package.module:attribute, path/to/file.py, "
    "exec:COMMAND for a program that speaks the protocol, or app:FOLDER for a function app that is already built",
)
EDITION = Option(
    flag="--impl-edition",
    choices=(*EDITIONS, "all"),
    default=DEFAULT_EDITION,
    repeatable=True,
    help=f"the edition of the documentation to judge by (default: {DEFAULT_EDITION}), or all",
)
SURFACE = Option(
    flag="--impl-surface",
    choices=SURFACES,
    repeatable=True,
    help="judge this language surface only (default: all that the implementation offers)",
)
LEVEL = Option(
    flag="--impl-level",
    repeated=True,
    choices=("must", "should"),
    default="must",
    help="the lowest level whose violation turns the run red (default: must)",
)
TIMEOUT = Option(
    flag="--impl-timeout",
    repeated=True,
    metavar="SECONDS",
    default=f"{limits.CASE_SECONDS:g}",
    help=f"how long a case may take before it is errored (default: {limits.CASE_SECONDS:g})",
)
ISOLATE = Option(
    flag="--impl-isolate",
    switch=True,
    repeated=True,
    help="run an implementation in Python in a separate process: what ends or damages that "
    "process is an error of one case, and not the end of the run",
)
TRANSPORT = Option(
    flag="--impl-transport",
    repeated=True,
    choices=("intercepted", "loopback"),
    default="intercepted",
    help="how requests of an implementation in this process are answered: intercepted in its httpx client "
    "(default), or served on 127.0.0.1, for any other client",
)

BASELINE = Option(
    flag="--impl-baseline",
    repeated=True,
    metavar="FILE",
    path=_FILE,
    help="the file of known failures; a listed case that now passes turns the run red",
)
UPDATE_BASELINE = Option(
    flag="--impl-update-baseline",
    switch=True,
    help="rewrite the baseline from this run, keeping reasons and comments",
)
REPORT = Option(
    flag="--impl-report",
    metavar="FILE",
    path=_FILE,
    repeatable=True,
    help="write a report: by its ending .json, .md, .html or .badge.json (for badge services)",
)
SNAPSHOTS = Option(
    flag="--impl-snapshots",
    repeated=True,
    switch=True,
    help="compare the tools sent to the model with the reviewed snapshots; --snapshot-update accepts the change",
)

EXPLORE = Option(
    flag="--impl-explore",
    repeated=True,
    metavar="N",
    default="50",
    help="how many scenarios each law is checked against, divided among the surfaces; "
    "0 turns exploration off (default: 50)",
)
EXPLORE_SEED = Option(
    flag="--impl-explore-seed",
    repeated=True,
    metavar="N",
    default="0",
    help="the seed of the random scenarios; the same seed gives the same scenarios (default: 0)",
)
OWN_CASES = Option(
    flag="--impl-cases",
    repeated=True,
    metavar="PATH",
    path=_FILE,
    repeatable=True,
    help="run the cases in this file, or in the files of this folder, in addition to the suite's own",
)
SAVE_CASES = Option(
    flag="--impl-save-cases",
    metavar="FOLDER",
    path=_FILE,
    help="write each scenario that exploration finds as a case file into this folder",
)

OPTIONS = (
    IMPL,
    EDITION,
    SURFACE,
    LEVEL,
    TIMEOUT,
    ISOLATE,
    TRANSPORT,
    BASELINE,
    UPDATE_BASELINE,
    REPORT,
    SNAPSHOTS,
    EXPLORE,
    EXPLORE_SEED,
    OWN_CASES,
    SAVE_CASES,
)


def add_options(parser: pytest.Parser) -> None:
    """Add every option to the command line and to the ini file."""
    group = parser.getgroup("assistant skill trigger conformance")
    for option in OPTIONS:
        if option.switch:
            group.addoption(option.flag, dest=option.ini, action="store_true", default=False, help=option.help)
            parser.addini(option.ini, help=option.help, type="bool", default=False)
            continue
        extra: dict[str, Any] = {"choices": option.choices} if option.choices else {"metavar": option.metavar}
        action = "append" if option.repeatable else "store"
        group.addoption(option.flag, dest=option.ini, action=action, default=None, help=option.help, **extra)
        parser.addini(option.ini, help=option.help, type="args", default=[])


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
        editions = EDITION.read(config)
        return cls(
            implementations=tuple(dict.fromkeys(IMPL.read(config))),
            editions=EDITIONS if "all" in editions else tuple(e for e in EDITIONS if e in editions),
            surfaces=tuple(SURFACE.read(config)) or SURFACES,
            level="should" if LEVEL.read(config)[-1] == "should" else "must",
            seconds=_seconds(TIMEOUT.read(config)[-1]),
            isolate=ISOLATE.is_on(config),
            transport="loopback" if TRANSPORT.read(config)[-1] == "loopback" else "intercepted",
            baseline=_baseline(config),
            updates_baseline=UPDATE_BASELINE.is_on(config),
            reports=tuple(config.invocation_params.dir / given for given in REPORT.read(config)),
            snapshots=SNAPSHOTS.is_on(config),
            explore=_count(EXPLORE, config),
            explore_seed=_count(EXPLORE_SEED, config),
            own_cases=tuple(_as_seen_from_here(config, given) for given in OWN_CASES.read(config)),
            save_cases=next((config.invocation_params.dir / given for given in SAVE_CASES.read(config)[-1:]), None),
            repeated=tuple(text for option in OPTIONS if option.repeated for text in option.repeat(config)),
        )


def _as_seen_from_here(config: pytest.Config, given: str) -> Path:
    here = config.invocation_params.dir
    return Path(relpath(here / given, here))


def _baseline(config: pytest.Config) -> Path | None:
    given = BASELINE.read(config)
    if not given:
        if UPDATE_BASELINE.is_on(config):
            raise pytest.UsageError(f"{UPDATE_BASELINE.flag}: no baseline is named; expected also {BASELINE.flag}=FILE")
        return None
    path = config.invocation_params.dir / given[-1]
    if not path.is_file() and not UPDATE_BASELINE.is_on(config):
        hint = f"a file, or {UPDATE_BASELINE.flag} to write it"
        raise pytest.UsageError(f"{BASELINE.flag}={given[-1]}: there is no such file; expected {hint}")
    return path


def _count(option: Option, config: pytest.Config) -> int:
    text = option.read(config)[-1]
    if not re.fullmatch("[0-9]{1,9}", text):
        raise pytest.UsageError(f"{option.flag}: {text!r} is not a whole number of at least 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise pytest.UsageError(f"{TIMEOUT.flag}: {text!r} is not a number of seconds greater than 0")
    return seconds
