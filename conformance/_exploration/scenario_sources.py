"""Where scenarios come from: each has a number; the first ones are built to cover what there is, the others drawn."""

from collections.abc import Iterator, Sequence
from functools import cache

from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.cards import Dealer
from conformance._exploration.composed import Composed
from conformance._exploration.composing import compose
from conformance._exploration.languages import UNBOUNDED
from conformance._exploration.outlines import COVERING


def scenarios_of(numbers: Sequence[int], edition: str, spelling: Spelling, seed: int) -> Iterator[Scenario]:
    """Yield the scenarios of some numbers, which rise; that of a number is the same whichever others are asked for."""
    for number in numbers:
        if number < len(COVERING):
            yield _covering(unbounded=spelling.surface in UNBOUNDED)[number].spelled(edition, spelling)
    drawn = [number for number in numbers if number >= len(COVERING)]
    if drawn:
        # Imported here because hypothesis takes longer to load than the covering scenarios take to build.
        from conformance._exploration.drawing import Drawing  # noqa: PLC0415

        drawing = Drawing(edition, spelling)
        yield from (drawing.draw(f"{seed}/{number}") for number in drawn)


def covering_scenarios(edition: str, spelling: Spelling) -> Iterator[Scenario]:
    """Yield scenarios that visit every value of the pool and every pair of axes."""
    return scenarios_of(range(len(COVERING)), edition, spelling, seed=0)


@cache
def _covering(*, unbounded: bool) -> tuple[Composed, ...]:
    """Compose them all at once, for all surfaces: what is dealt to one depends on what the others were dealt."""
    dealer = Dealer()
    return tuple(compose(outline, dealer, unbounded=unbounded) for outline in COVERING)
