"""A case: a scenario, what must be seen in it, and the requirement that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from conformance._data.case_id import CaseId
from conformance._data.expectation import Expectation
from conformance._data.requirements import Requirement
from conformance._data.scenario import Scenario
from conformance.contract import Surface

Need: TypeAlias = Literal["bindings", "ask", "construct"]
"""What an implementation may offer or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to check, ready to run.

    `path` and `line` are the record's place, `root` is the folder of the suite's data, None for a user's case.
    `service` has the requirement of each area of the service's rules. `needs` is what the implementation must offer
    for the case to mean something.
    """

    id: CaseId
    title: str
    why: str | None
    requirement: Requirement
    service: Mapping[str, Requirement]
    root: Path | None
    path: Path
    line: int
    scenario: Scenario
    expectation: Expectation
    needs: tuple[Need, ...]

    @property
    def place(self) -> str:
        """Where its record stands, as people are shown it: `cases/2024-04-14/model.yaml:12`."""
        return f"{_shown(self.path, self.root)}:{self.line}"

    @property
    def edition(self) -> str:
        """The edition of the documentation that it judges by."""
        return self.scenario.edition

    @property
    def surface(self) -> Surface:
        """The language surface whose spellings it uses."""
        return self.scenario.surface


@cache
def _shown(path: Path, root: Path | None) -> str:
    """Return a file's path as people are shown it; many cases stand in one file."""
    return path.as_posix() if root is None else Path("cases", path.relative_to(root)).as_posix()
