"""What an isolated implementation's two processes tell each other: pickled values, one a line.

Both processes are the suite's own, of one version; the implementation's values are plain before they travel.
"""

import base64
import pickle
from dataclasses import dataclass
from typing import Any, TypeAlias

from conformance._data.scenario import Scenario
from conformance._judging.observation import Observation
from conformance._judging.play import Reads
from conformance._service import Exchange
from conformance._transport.endpoints import Transport
from conformance.contract import Surface
from conformance.errors import ImplementationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is to be loaded, and how its cases are to be played."""

    spec: str
    transport: Transport
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded, as a Target describes it."""

    name: str
    version: str | None
    surfaces: tuple[Surface, ...]
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPlay:
    """A scenario to be played, and what is to be read of it."""

    scenario: Scenario
    reads: Reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The implementation does this from now on; said at once, so that it is known of one that then dies."""

    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A scenario came to its end.

    `lost` names what is to be undone by ending the process, `threads` those that the scenario left behind.
    """

    seen: Observation
    lost: tuple[str, ...]
    threads: tuple[str, ...]


News: TypeAlias = Loaded | ImplementationError | Entered | Exchange | Played
"""What the process of the implementation tells."""


def encode(value: Setup | ToPlay | News) -> bytes:
    """Return a value as a line."""
    return base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) + b"\n"


def decode(line: bytes) -> Any:
    """Return the value of a line; raise anything for any other text."""
    return pickle.loads(base64.b64decode(line))  # noqa: S301  # the suite's own process wrote it
