"""What identifies a result about a built app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conformance._data.requirements import Requirement
from conformance.contract import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class AppCase:
    """What identifies a result about a built app as a case: nothing of it is left to play."""

    id: str
    edition: str
    surface: Surface
    requirement: Requirement
    path: Path
    line: int

    @property
    def name(self) -> str:
        """The case as a test's name has it: `type-of-AddTodo[python]`."""
        return f"{self.id}[{self.surface}]"
