"""What a liberty is: something that the documentation leaves open, taken by an implementation of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mutants.base import App

from conformance._targets.target import Target, Transport
from conformance.contract import EDITIONS, SURFACES, Surface

CONFIGURED: tuple[Surface, ...] = ("powershell", "javascript", "typescript")
"""The surfaces whose tables list the type of the binding."""

ELSEWHERE: tuple[Surface, ...] = tuple(surface for surface in SURFACES if surface not in CONFIGURED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liberty:
    """An app that does something differently; `why` says what, and why it may."""

    name: str
    why: str
    app: type[App]
    surfaces: Sequence[Surface] = SURFACES
    editions: Sequence[str] = EDITIONS
    transport: Transport = "intercepted"
    leaves_out: frozenset[str] = frozenset()

    @property
    def target(self) -> Target:
        """The implementation as the suite runs it."""
        return Target(
            name=self.name,
            spec=self.name,
            version=None,
            surfaces=tuple(self.surfaces),
            editions=tuple(self.editions),
            create_app=self.app,
            transport=self.transport,
        )


def liberty(why: str, **options) -> Callable[[type[App]], Liberty]:
    """Make a liberty of an app that overrides the step in which it is free; it is named after the class."""

    def make(app: type[App]) -> Liberty:
        return Liberty(name=re.sub("(?<=.)([A-Z])", r"-\1", app.__name__).lower(), why=why, app=app, **options)

    return make


def variation(name: str, why: str, *, of: type[App] = App, members: Mapping[str, object], **options) -> Liberty:
    """Make a liberty of a few members that differ: the form for tables."""
    app = type(name.title().replace("-", ""), (of,), dict(members))
    return Liberty(name=name, why=why, app=app, **options)
