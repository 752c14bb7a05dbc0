"""What an option is: its flag, its name in the ini file, and how its value is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import relpath
from typing import Any, Final

import pytest

PATH: Final = re.compile("(.+)")
"""Matches a value that is a path."""


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
            if self.path is PATH and not value:
                raise pytest.UsageError(f"{self.flag}=: no path; expected {self.flag}={self.metavar}")
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
