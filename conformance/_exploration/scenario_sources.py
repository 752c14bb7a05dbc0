"""Where scenarios come from: those that cover what there is are built, and further ones drawn."""

from __future__ import annotations

from collections.abc import Iterator

from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.cards import Dealer
from conformance._exploration.composing import compose
from conformance._exploration.shapes import COVERING

__all__ = ["covering_scenarios", "drawn_scenarios"]


def covering_scenarios(edition: str, spelling: Spelling) -> Iterator[Scenario]:
    """Yield scenarios that visit every value of the pool and every pair of axes."""
    dealer = Dealer()
    return (compose(shape, dealer, edition, spelling) for shape in COVERING)


def drawn_scenarios(edition: str, spelling: Spelling, seed: str, count: int) -> Iterator[Scenario]:
    """Yield as many scenarios as asked for, the same ones for the same seed."""
    # Imported here because hypothesis takes longer to load than the covering scenarios take to build.
    from conformance._exploration.drawing import draw  # noqa: PLC0415

    return (draw(edition, spelling, f"{edition}/{spelling.surface}/{seed}/{number}") for number in range(count))
