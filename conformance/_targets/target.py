"""The implementation under test, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract import Context, Surface

if TYPE_CHECKING:  # a hosted implementation does without the service, which stands behind this
    from conformance._transport.endpoints import Transport


def _create_nothing(_: Context) -> object:
    raise NotImplementedError("no app of it is created in this process")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An implementation that can be judged.

    `name` is how reports call it, `spec` what `--impl` was given, `create_app` the contract's. `transport` says how
    its requests reach the service: intercepted in this process, or sent to a server on loopback. `prepare` is called
    before each case, off its clock, and may raise. `recover` is called when a case has errored: it ends what may
    hang, and returns what the implementation wrote on its standard error, if that is not captured already. `close`
    is called at the end of the run.
    """

    name: str
    spec: str
    version: str | None
    surfaces: tuple[Surface, ...]
    editions: tuple[str, ...]
    create_app: Callable[[Context], Any] = _create_nothing
    transport: Transport = "intercepted"
    prepare: Callable[[], None] = lambda: None
    recover: Callable[[], str | None] = lambda: None
    close: Callable[[], None] = lambda: None

    @property
    def is_played(self) -> bool:
        """Whether cases are played against it."""
        return True
