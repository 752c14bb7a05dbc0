"""Mutants that conform but for what one step of the app returns: `altering` makes them of functions that change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from conformance.contract import EDITIONS, Surface
from mutants.base import App
from mutants.subtle.subtle import Subtle, subtle

Change: TypeAlias = Callable[[Any], Any]


def altering(
    step: str, *aspect: str, surfaces: Sequence[Surface] = ("python",), editions: Sequence[str] = EDITIONS
) -> Callable[[str], Callable[[Change], Subtle]]:
    """Return what makes a mutant of a function that changes what a step returns; it is named after the function."""

    def explain(why: str) -> Callable[[Change], Subtle]:
        def make(change: Change) -> Subtle:
            def altered(self: App, *given: Any) -> Any:
                return change(getattr(App, step)(self, *given))

            name = change.__name__.title().replace("_", "")
            return subtle(why, *aspect, surfaces=surfaces, editions=editions)(type(name, (App,), {step: altered}))

        return make

    return explain
