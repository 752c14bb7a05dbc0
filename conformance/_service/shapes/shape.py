"""What a shape is, and how a value is checked against one."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from conformance._service.departure import Departure

_WANTED: Final[Mapping[type, str]] = {bool: "true or false", str: "a string", list: "an array", dict: "an object"}


class Shape:
    """What a value may be: `takes` tells by its kind alone, `look_into` finds what is wrong inside one of that kind."""

    __slots__ = ()
    kind: ClassVar[type]

    @property
    def wanted(self) -> str:
        """The kind of value, in words."""
        return _WANTED[self.kind]

    def takes(self, value: Any) -> bool:
        """Say whether a value is of the kind."""
        return isinstance(value, self.kind)

    def look_into(self, _: Any) -> Iterator[Departure]:
        """Find what is wrong with a value of the kind: nothing, unless there is something inside."""
        return iter(())


def find_departures(shape: Shape, value: Any) -> Iterator[Departure]:
    """Find everything in a value that departs from its shape."""
    if shape.takes(value):
        yield from shape.look_into(value)
    else:
        yield Departure(constraint="type", wanted=shape.wanted, got=value)
