"""Where the values of a scenario come from: dealt like cards, so that each is visited, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final, Literal, Protocol, TypeAlias, TypeVar

from conformance._exploration.pool.json_samples import SAMPLES
from conformance._exploration.pool.texts import TEXTS
from conformance.contract import JsonType

T = TypeVar("T")
ValueKind: TypeAlias = JsonType | Literal["text"]

RARELY: Final = (False, False, False, False, True)
SELDOM: Final = (False,) * 19 + (True,)


class Chooser(Protocol):
    """Where the values come from."""

    def choose(self, role: str, options: Sequence[T], kind: ValueKind | None) -> T:
        """Choose one of the options or, where a kind of value is named, perhaps another value of it."""


class Cards:
    """Chooses the values of a scenario; `role` says what one is for.

    With a `mark`, the roles are its own, so that each mark visits every value.
    """

    def __init__(self, chooser: Chooser, mark: str | None = None) -> None:
        self._chooser = chooser
        self._mark = "" if mark is None else f" ({mark})"

    def marked(self, mark: str) -> Cards:
        """Return what chooses by itself for a mark."""
        return Cards(self._chooser, mark)

    @property
    def unmarked(self) -> Cards:
        """What to choose from where there are too many values for each mark to visit all."""
        return Cards(self._chooser)

    def pick(self, role: str, options: Sequence[T]) -> T:
        """Choose one of several."""
        return self._chooser.choose(role + self._mark, options, None)

    def text(self, role: str) -> str:
        """Choose a text that is not blank, of at most 1,024 characters."""
        return self._chooser.choose(role + self._mark, TEXTS, "text")

    def value(self, role: str, kind: JsonType) -> Any:
        """Choose a JSON value of a type."""
        return self._chooser.choose(f"{role}{self._mark}, {kind}", SAMPLES[kind], kind)


class Dealer:
    """Deals the values of each role like a pack of cards: every one once, in no order, and then all of them again.

    A role always has equally many options. How its pack is shuffled does not depend on the others.
    """

    def __init__(self) -> None:
        self._packs: dict[str, list[int]] = {}
        self._shuffles: dict[str, Random] = {}

    def choose(self, role: str, options: Sequence[T], kind: ValueKind | None) -> T:
        """Deal the next one."""
        del kind
        pack = self._packs.setdefault(role, [])
        if not pack:
            shuffle = self._shuffles.setdefault(role, Random(role))  # noqa: S311  # not for secrets
            pack += shuffle.sample(range(len(options)), len(options))
        return options[pack.pop()]
