"""Where the values of a scenario come from: dealt like cards, so that each is visited, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Protocol, TypeVar

from conformance._exploration.pool.json_samples import SAMPLES
from conformance._exploration.pool.texts import TEXTS
from conformance.contract import JsonType

__all__ = ["Cards", "Dealer", "MarkedCards"]

T = TypeVar("T")


class Cards(Protocol):
    """Chooses the values of a scenario; `role` says what one is for."""

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Choose one of several."""

    def text(self, role: str) -> str:
        """Choose a text that is not blank, of at most 1,024 characters."""

    def value(self, role: str, kind: JsonType) -> Any:
        """Choose a JSON value of a type."""


class Dealer:
    """Deals the values of each role like a pack of cards: every one once, in no order, and then all of them again."""

    def __init__(self) -> None:
        self._packs: dict[str, list[int]] = {}
        self._random = Random(0)  # noqa: S311  # not for secrets

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Deal the next one."""
        pack = self._packs.setdefault(role, [])
        if not pack:
            pack += self._random.sample(range(len(options)), len(options))
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
        self._cards = cards
        self._mark = mark

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Choose the next one of this mark."""
        return self._cards.pick(f"{role} ({self._mark})", options)

    def text(self, role: str) -> str:
        """Choose the next text of this mark."""
        return self._cards.text(f"{role} ({self._mark})")

    def value(self, role: str, kind: JsonType) -> Any:
        """Choose the next value of this mark."""
        return self._cards.value(f"{role} ({self._mark})", kind)
