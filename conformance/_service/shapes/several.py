"""The shapes of values that hold others of one shape, or are of one shape or another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conformance._service.departure import Departure, EntryKey
from conformance._service.shapes.shape import Shape, find_departures


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Shape):
    """An array of members of one shape."""

    of: Shape
    fewest: int = 0
    most: int | None = None
    kind = list

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong with the number of members, and in each of them."""
        if len(value) < self.fewest:
            yield Departure(constraint="empty_array", wanted=f"an array of at least {self.fewest}", got=value)
        if self.most is not None and len(value) > self.most:
            yield Departure(constraint="long_array", wanted=f"an array of at most {self.most}", got=value)
        for index, member in enumerate(value):
            for departure in find_departures(self.of, member):
                yield departure.under(index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries(Shape):
    """An object whose keys the client chooses, with values of one shape."""

    of: Shape
    most: int | None = None
    longest_key: int | None = None
    kind = dict

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong with the number of entries, with their keys and in their values."""
        if self.most is not None and len(value) > self.most:
            yield Departure(constraint="many_entries", wanted=f"an object of at most {self.most}", got=value)
        for key, member in value.items():
            if self.longest_key is not None and len(key) > self.longest_key:
                wanted = f"under a key of at most {self.longest_key} characters, not {len(key)}"
                yield Departure(constraint="long_key", wanted=wanted, got=member).under(EntryKey(key))
            for departure in find_departures(self.of, member):
                yield departure.under(EntryKey(key))


@dataclass(frozen=True, slots=True)
class Either(Shape):
    """A value of one of several kinds."""

    options: tuple[Shape, ...]

    @property
    def wanted(self) -> str:
        """The kinds of value, in words."""
        return " or ".join(option.wanted for option in self.options)

    def takes(self, value: Any) -> bool:
        """Say whether a value is of one of the kinds."""
        return any(option.takes(value) for option in self.options)

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong by the option that takes the value."""
        yield from next(option for option in self.options if option.takes(value)).look_into(value)
