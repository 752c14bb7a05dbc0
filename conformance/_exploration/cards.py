"""Where the values of a scenario come from: dealt in turn, so that each is visited, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar
from zlib import crc32

from conformance._exploration.pool.json_samples import SAMPLES
from conformance._exploration.pool.texts import TEXTS
from conformance.contract import JsonType

__all__ = ["Cards", "Dealer"]

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
    """Deals the values of a role one after another, from the first again after the last.

    Each role begins at another place, so that what is dealt together is not the same everywhere.
    """

    def __init__(self) -> None:
        self._dealt: dict[str, int] = {}

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Deal the next one."""
        place = self._dealt.get(role, crc32(role.encode()))
        self._dealt[role] = place + 1
        return options[place % len(options)]

    def text(self, role: str) -> str:
        """Deal the next text of the pool."""
        return self.pick(role, TEXTS)

    def value(self, role: str, kind: JsonType) -> Any:
        """Deal the next value of a type."""
        return self.pick(f"{role}, {kind}", SAMPLES[kind])
