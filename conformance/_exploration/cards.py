"""Where the values of a scenario come from: dealt like cards, so that each is visited, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final, Protocol, TypeVar

from conformance._exploration.pool.json_samples import SAMPLES
from conformance._exploration.pool.texts import TEXTS
from conformance.contract import JsonType

T = TypeVar("T")

RARELY: Final = (False, False, False, False, True)
SELDOM: Final = (False,) * 19 + (True,)


class Cards(Protocol):
    """Chooses the values of a scenario; `role` says what one is for."""

    @property
    def unmarked(self) -> Cards:
        """What to choose from where there are too many values for each mark to visit all."""

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Choose one of several."""

    def text(self, role: str) -> str:
        """Choose a text that is not blank, of at most 1,024 characters."""

    def value(self, role: str, kind: JsonType) -> Any:
        """Choose a JSON value of a type."""


class Dealer:
    """Deals the values of each role like a pack of cards: every one once, in no order, and then all of them again.

    How the pack of one role is shuffled does not depend on the others.
    """

    def __init__(self) -> None:
        self._packs: dict[str, list[int]] = {}
        self._shuffles: dict[str, Random] = {}

    @property
    def unmarked(self) -> Cards:
        """The same."""
        return self

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Deal the next one."""
        pack = self._packs.setdefault(role, [])
        if not pack:
            shuffle = self._shuffles.setdefault(role, Random(role))  # noqa: S311  # not for secrets
            pack += shuffle.sample(range(len(options)), len(options))
        return options[pack.pop()]

    def text(self, role: str) -> str:
        """Deal the next text of the pool."""
        return self.pick(role, TEXTS)

    def value(self, role: str, kind: JsonType) -> Any:
        """Deal the next value of a type."""
        return self.pick(f"{role}, {kind}", SAMPLES[kind])


class MarkedCards:
    """Chooses from packs of its own among those of a dealer, so that each mark visits every value."""

    def __init__(self, cards: Cards, mark: str) -> None:
        self.unmarked = cards
        self._mark = mark

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Choose the next one of this mark."""
        return self.unmarked.pick(f"{role} ({self._mark})", options)

    def text(self, role: str) -> str:
        """Choose the next text of this mark."""
        return self.unmarked.text(f"{role} ({self._mark})")

    def value(self, role: str, kind: JsonType) -> Any:
        """Choose the next value of this mark."""
        return self.unmarked.value(f"{role} ({self._mark})", kind)
