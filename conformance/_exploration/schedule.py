"""Which scenarios a run plays: the same ones for the same version, seed and number, wherever they are played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.scenario_sources import covering_scenarios, drawn_scenarios
from conformance.contract import Surface

__all__ = ["BLOCK", "Schedule"]

BLOCK: Final = 250
"""Scenarios that one item plays at most beside the covering ones, so that a large search spreads over workers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The scenarios of one implementation.

    `number` are drawn, and shared out among the surfaces that it offers, as are those that cover what there is.
    """

    surfaces: Sequence[Surface]
    number: int
    seed: int

    def blocks(self, surface: Surface) -> int:
        """Return how many blocks a surface has."""
        return max(1, -(-self._share(surface) // BLOCK))

    def _share(self, surface: Surface) -> int:
        place = self.surfaces.index(surface)
        return len(range(place, self.number, len(self.surfaces)))

    def scenarios(self, edition: str, spelling: Spelling, block: int) -> Iterator[Scenario]:
        """Yield the scenarios of a block: the first one has the covering scenarios."""
        place, step = self.surfaces.index(spelling.surface), len(self.surfaces)
        if block == 0:
            yield from islice(covering_scenarios(edition, spelling), place, None, step)
        count = min(self._share(spelling.surface) - block * BLOCK, BLOCK)
        if count > 0:
            # Every block has a seed of its own: none has to draw what another one plays.
            yield from drawn_scenarios(edition, spelling, f"{self.seed}/{block}", count)
