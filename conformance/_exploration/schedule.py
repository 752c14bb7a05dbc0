"""Which scenarios a run plays: the same ones for the same version, seed and number, wherever they are played."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.scenario_sources import scenarios_of
from conformance._text import limits
from conformance.contract import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The scenarios of one implementation, which are numbered, and dealt out among the surfaces that it offers."""

    surfaces: Sequence[Surface]
    number: int
    seed: int

    def blocks(self, surface: Surface) -> int:
        """Return how many blocks a surface has."""
        return max(1, -(-len(self._numbers(surface)) // limits.BLOCK))

    def _numbers(self, surface: Surface) -> range:
        return range(self.surfaces.index(surface), self.number, len(self.surfaces))

    def scenarios(self, edition: str, spelling: Spelling, block: int) -> Iterator[Scenario]:
        """Yield the scenarios of a block."""
        numbers = self._numbers(spelling.surface)[block * limits.BLOCK : (block + 1) * limits.BLOCK]
        return scenarios_of(numbers, edition, spelling, self.seed)
