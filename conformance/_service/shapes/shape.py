"""What a shape is, and how a value is held against one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from conformance._service.departure import Constraint, Departure, PathPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One constraint of a shape, the way to it, and the source that it is known from."""

    constraint: Constraint
    path: tuple[PathPart, ...] = ()
    source: str = ""

    def under(self, part: PathPart, source: str = "") -> "Line":
        """Return the same line as it is seen one step further outside."""
        return Line(constraint=self.constraint, path=(part, *self.path), source=self.source or source)


class Shape(Protocol):
    """What a value may be: `takes` tells by its kind alone, `look_into` finds what is wrong inside one of that kind."""

    @property
    def wanted(self) -> str:
        """The kind of value, in words."""

    def takes(self, value: Any) -> bool:
        """Say whether a value is of the kind."""

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong with a value of the kind."""

    def constraints(self) -> Iterator[Line]:
        """List what may be wrong with a value of the kind."""


def find_departures(shape: Shape, value: Any) -> Iterator[Departure]:
    """Find everything in a value that departs from its shape."""
    if shape.takes(value):
        yield from shape.look_into(value)
    else:
        yield Departure(constraint="type", wanted=shape.wanted, got=value)


_ONE_OF_EACH_KIND: Final[tuple[Any, ...]] = (None, True, 1.5, "", [], {})


def outline(shape: Shape) -> Iterator[Line]:
    """List every constraint that a shape sets."""
    if not all(map(shape.takes, _ONE_OF_EACH_KIND)):
        yield Line(constraint="type")
    yield from shape.constraints()
