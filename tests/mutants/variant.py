"""What mutants and liberties have in common: an app that differs in one thing from the one that conforms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conformance._targets.target import Target
from conformance._transport.endpoints import Transport
from conformance.contract import Surface
from mutants.base import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """An app that does one thing differently; `why` says what."""

    name: str
    why: str
    app: type[App]
    surfaces: Sequence[Surface]
    editions: Sequence[str]
    transport: Transport = "intercepted"

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


def name_after(app: type[App]) -> str:
    """Return the name of a class in lower case, its words joined by dashes."""
    return re.sub("(?<=.)([A-Z])", r"-\1", app.__name__).lower()
