"""What a subtle mutant is: conforming wherever things are simple, and wrong where few examples look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conformance.contract import EDITIONS, Surface
from mutants.base import App
from mutants.variant import Variant, name_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtle(Variant):
    """An app with one defect: `why` says what is wrong and when, `aspect` which requirements' ids begin so."""

    aspect: tuple[str, ...]


def subtle(
    why: str, *aspect: str, surfaces: Sequence[Surface] = ("python",), editions: Sequence[str] = EDITIONS
) -> Callable[[type[App]], Subtle]:
    """Make a subtle mutant of an app that overrides the step which it gets wrong; it is named after the class."""

    def make(app: type[App]) -> Subtle:
        return Subtle(name=name_after(app), why=why, app=app, aspect=aspect, surfaces=surfaces, editions=editions)

    return make
