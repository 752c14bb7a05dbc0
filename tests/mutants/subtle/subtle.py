"""What a subtle mutant is: conforming wherever things are simple, and wrong where few examples look."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conformance._targets.target import Target
from conformance.contract import EDITIONS, Surface
from mutants.base import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtle:
    """An app with one defect: `why` says what is wrong and when, `aspect` which requirements' ids begin so."""

    name: str
    why: str
    app: type[App]
    aspect: tuple[str, ...]
    surfaces: Sequence[Surface]
    editions: Sequence[str]

    @property
    def target(self) -> Target:
        """The mutant as the suite runs it."""
        return Target(
            name=self.name,
            spec=self.name,
            version=None,
            surfaces=tuple(self.surfaces),
            editions=tuple(self.editions),
            create_app=self.app,
        )


def subtle(
    why: str, *aspect: str, surfaces: Sequence[Surface] = ("python",), editions: Sequence[str] = EDITIONS
) -> Callable[[type[App]], Subtle]:
    """Make a subtle mutant of an app that overrides the step which it gets wrong; it is named after the class."""

    def make(app: type[App]) -> Subtle:
        name = re.sub("(?<=.)([A-Z])", r"-\1", app.__name__).lower()
        return Subtle(name=name, why=why, app=app, aspect=aspect, surfaces=surfaces, editions=editions)

    return make
