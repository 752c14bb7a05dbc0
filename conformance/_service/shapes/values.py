"""The shapes of values that have no parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conformance._service.departure import Constraint, Departure
from conformance._service.json_kinds import is_integer, is_number
from conformance._service.shapes.shape import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Anything(Shape):
    """A value that other rules judge, or none; with `object_only` it has to be an object."""

    object_only: bool = False

    @property
    def wanted(self) -> str:
        """The kind of value, in words."""
        return "an object" if self.object_only else "a value"

    def takes(self, value: Any) -> bool:
        """Say whether a value is of the kind."""
        return not self.object_only or isinstance(value, dict)


@dataclass(frozen=True, slots=True)
class Flag(Shape):
    """True or false."""

    kind = bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Shape):
    """A number, or only a whole one; as in JSON Schema, 2.0 is whole."""

    whole: bool = False
    least: float | None = None
    most: float | None = None

    @property
    def wanted(self) -> str:
        """The kind of value, in words."""
        return "an integer" if self.whole else "a number"

    def takes(self, value: Any) -> bool:
        """Say whether a value is of the kind."""
        return is_integer(value) if self.whole else is_number(value)

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find whether a number is out of range."""
        if self.least is not None and value < self.least:
            below: Constraint = "integer_below" if self.whole else "decimal_below"
            yield Departure(constraint=below, wanted=f"at least {self.least}", got=value)
        elif self.most is not None and value > self.most:
            above: Constraint = "integer_above" if self.whole else "decimal_above"
            yield Departure(constraint=above, wanted=f"at most {self.most}", got=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Shape):
    """A string: one of some words, of a form that a regular expression describes, not empty, not too long."""

    words: tuple[str, ...] = ()
    pattern: str | None = None
    form: str = ""
    filled: bool = False
    longest: int | None = None
    kind = str

    def look_into(self, value: Any) -> Iterator[Departure]:
        """Find what is wrong with a string; an empty one is only reported as empty."""
        if self.words and value not in self.words:
            yield Departure(constraint="word", wanted=f"one of {', '.join(self.words)}", got=value)
        elif self.filled and not value:
            yield Departure(constraint="empty_text", wanted="at least one character", got=value)
        elif self.longest is not None and len(value) > self.longest:
            wanted = f"at most {self.longest} characters, not {len(value)}"
            yield Departure(constraint="long_text", wanted=wanted, got=value)
        elif self.pattern is not None and re.fullmatch(self.pattern, value) is None:
            yield Departure(constraint="form", wanted=self.form, got=value)
