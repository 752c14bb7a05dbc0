"""A case: a scenario, what must be seen in it, and the requirement that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from conformance._data.case_id import CaseId
from conformance._data.expectation import Expectation
from conformance._data.requirements import Requirement
from conformance._data.scenario import Scenario
from conformance.contract import Surface

__all__ = ["Case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to check, ready to run.

    `root` is the folder of the data, `path` and `line` the record's place in it. `service` has the requirement of
    each area of the service's rules. `needs` is what the implementation must offer for the case to mean something.
    """

    id: CaseId
    title: str
    why: str | None
    requirement: Requirement
    service: Mapping[str, Requirement]
    root: Path
    path: Path
    line: int
    scenario: Scenario
    expectation: Expectation
    needs: Literal["bindings", "ask", "construct"] | None

    @property
    def edition(self) -> str:
        """The edition of the documentation that it judges by."""
        return self.scenario.edition

    @property
    def surface(self) -> Surface:
        """The language surface whose spellings it uses."""
        return self.scenario.surface
