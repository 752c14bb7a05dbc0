"""The shapes of objects with known keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from conformance._service.departure import Constraint, Departure, EntryKey, Variant
from conformance._service.shapes.shape import Shape, find_departures
from conformance._service.shapes.values import Text

_LONGEST_GUESS: Final = 40  # no key is half as long, and guessing takes its time
_MOST_GUESSES: Final = 100

Null: TypeAlias = Literal["refused", "taken", "doubtful", "as missing"]
"""What the service makes of null: `doubtful` where the description has none, but clients send it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record; `older` says that its absence is reported in the form of the service's older errors."""

    name: str
    shape: Shape
    required: bool = False
    null: Null = "refused"
    older: bool = False
    source: str = ""

    def is_missing(self, record: Mapping[str, Any]) -> bool:
        """Say whether a record lacks the key that it has to have."""
        if not self.required:
            return False
        return self.name not in record or (self.null == "as missing" and record[self.name] is None)

    @property
    def missing(self) -> Departure:
        """What is wrong with a record that lacks the key."""
        constraint: Constraint = "missing_older" if self.older else "missing"
        return Departure(constraint=constraint, wanted=f"there, {self.shape.wanted}").under(self.name)

    def find_departures(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong with the value of the key."""
        if value is None and self.null != "refused":
            if self.null == "doubtful":
                yield Departure(constraint="null", wanted=f"{self.shape.wanted}, or absent").under(self.name)
            return
        for departure in find_departures(self.shape, value):
            yield departure.under(self.name)


@dataclass(frozen=True)
class Record(Shape):
    """An object with known keys; the `spare` ones may stand there if they are null."""

    source: str
    fields: tuple[Field, ...]
    spare: frozenset[str] = frozenset()
    unknown: Constraint = "unknown"
    kind = dict

    @cached_property
    def names(self) -> frozenset[str]:
        """The known keys."""
        return frozenset(field.name for field in self.fields)

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find the missing keys, then the unknown ones, then what is wrong with the rest: in the service's order."""
        for field in self.fields:
            if field.is_missing(value):
                yield field.missing
        if not value.keys() <= self.names:
            yield from self._find_unknown(value)
        for field in self.fields:
            if field.name in value:
                yield from field.find_departures(value[field.name])

    def _find_unknown(self, value: Mapping[str, Any]) -> Iterator[Departure]:
        for number, key in enumerate(key for key in value if key not in self.names):
            if value[key] is None and key in self.spare:
                yield Departure(constraint="null", wanted="absent").under(EntryKey(key))
            else:
                close = get_close_matches(key[:_LONGEST_GUESS], self.names, n=1) if number < _MOST_GUESSES else []
                wanted = f" (did you mean {close[0]}?)" if close else ""
                yield Departure(constraint=self.unknown, wanted=wanted).under(EntryKey(key))


@dataclass(frozen=True)
class Tagged(Shape):
    """One of several records, told apart by the word under one key."""

    tag: str
    members: Mapping[str, Record]
    kind = dict

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong with the tag, or else in the record that it names."""
        if self._tag.is_missing(value):
            yield self._tag.missing
        elif departures := list(self._tag.find_departures(value[self.tag])):
            yield from departures
        else:
            name = value[self.tag]
            for departure in self.members[name].look_into(value):
                yield departure.under(Variant(name))

    @cached_property
    def _tag(self) -> Field:
        return Field(self.tag, Text(words=tuple(self.members)), required=True)


def must_be(key: str, *words: str) -> Field:
    """Return a key that has to hold one of some words."""
    return Field(key, Text(words=words), required=True)


def by_type(name: str, shape: Shape) -> tuple[Field, Field]:
    """Return the keys of a thing that stands under the name of its type."""
    return must_be("type", name), Field(name, shape, required=True)
