"""Where scenarios come from: those that cover what there is are built, the others drawn."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.drawing import Drawing

__all__ = ["covering_scenarios", "drawn_scenarios"]


def covering_scenarios(edition: str, spelling: Spelling) -> Iterator[Scenario]:
    """Yield scenarios that visit every interesting value and every pair of axes."""
    yield from drawn_scenarios(edition, spelling, "covering", 100)


def drawn_scenarios(edition: str, spelling: Spelling, seed: str, count: int) -> Iterator[Scenario]:
    """Yield as many scenarios as asked for, the same ones for the same seed."""
    for number in range(count):
        random = Random(f"{edition}/{spelling.surface}/{seed}/{number}")  # noqa: S311  # not for secrets
        yield Drawing(random, edition, spelling).scenario()
