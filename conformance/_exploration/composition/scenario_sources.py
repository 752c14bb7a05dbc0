"""Where scenarios come from: each has a number; the first ones are built to cover what there is, the others drawn.

Those of the same version, seed and number are the same, wherever they are played.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from conformance._data.scenario import Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.composition.cards import Cards, Dealer
from conformance._exploration.composition.composed import Composed
from conformance._exploration.composition.composing import compose
from conformance._exploration.composition.outlines import COVERING
from conformance._exploration.languages import UNBOUNDED
from conformance._text import limits
from conformance.contract import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The scenarios of one implementation, which are numbered, and dealt out among the surfaces that are judged."""

    surfaces: Sequence[Surface]
    number: int
    seed: int

    def blocks(self, surface: Surface) -> int:
        """Return how many blocks a surface has."""
        return max(1, -(-len(self._numbers(surface)) // limits.BLOCK_SCENARIOS))

    def _numbers(self, surface: Surface) -> range:
        return range(self.surfaces.index(surface), self.number, len(self.surfaces))

    def scenarios(self, edition: str, spelling: Spelling, block: int) -> Iterator[Scenario]:
        """Yield the scenarios of a block, what is to be refused in scenarios of its own."""
        numbers = self._numbers(spelling.surface)[block * limits.BLOCK_SCENARIOS : (block + 1) * limits.BLOCK_SCENARIOS]
        return chain.from_iterable(map(apart, scenarios_of(numbers, edition, spelling, self.seed)))


def apart(scenario: Scenario) -> tuple[Scenario, Scenario]:
    """Part a scenario from what is to be refused after its skills: neither is to cost the other its result."""
    skills = Episode(skills=scenario.episode.skills, settings=scenario.episode.settings)
    return replace(scenario, refused=()), replace(scenario, before=None, episode=skills)


def scenarios_of(numbers: Sequence[int], edition: str, spelling: Spelling, seed: int) -> Iterator[Scenario]:
    """Yield the scenarios of some numbers, which rise; that of a number is the same whichever others are asked for."""
    for number in numbers:
        if number < len(COVERING):
            yield _covering(unbounded=spelling.surface in UNBOUNDED)[number].spelled(edition, spelling)
    drawn = [number for number in numbers if number >= len(COVERING)]
    if drawn:
        # Imported here because hypothesis takes longer to load than the covering scenarios take to build.
        from conformance._exploration.composition.drawing import Drawing  # noqa: PLC0415

        drawing = Drawing(edition, spelling)
        yield from (drawing.draw(f"{seed}/{number}") for number in drawn)


@cache
def _covering(*, unbounded: bool) -> tuple[Composed, ...]:
    """Compose them all at once, for all surfaces: what is dealt to one depends on what the others were dealt."""
    cards = Cards(Dealer())
    return tuple(compose(outline, cards, unbounded=unbounded) for outline in COVERING)
