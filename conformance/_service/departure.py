"""Where and how a JSON value departs from its shape."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from conformance._service.wording import shortened, should

Constraint: TypeAlias = Literal[
    "missing", "missing_older", "unknown", "unknown_in_text", "type", "null", "word", "form",
    "empty_text", "long_text", "empty_array", "long_array", "many_entries", "long_key",
    "integer_below", "integer_above", "decimal_below", "decimal_above",
]  # fmt: skip
"""What the tables of fields demand of a value.

`missing_older`: a required key whose absence the service reports in the words and the form of its older
errors. `null`: null where the description has none, of which it is not known whether the service minds; nor is it of
`unknown_in_text`, an unknown key in a text part (OpenAI's Agents SDK for JavaScript sends some).
"""


class EntryKey(str):
    """A key that the client chooses, in a map or as an unknown one."""

    __slots__ = ()


class Variant(str):
    """Which of several records a value is, by its role or type; no part of the place."""

    __slots__ = ()


PathPart: TypeAlias = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A constraint that a value does not keep, and the way to the value from the outside."""

    constraint: Constraint
    wanted: str
    got: Any = None
    path: tuple[PathPart, ...] = ()

    def under(self, part: PathPart) -> "Departure":
        """Return the same departure as it is seen one step further outside."""
        return replace(self, path=(part, *self.path))

    @property
    def message(self) -> str:
        """Say what was found and what is expected."""
        place = shortened(place_of(self.path))
        if self.constraint in {"missing", "missing_older"}:
            return f"{place} is missing, but should be {self.wanted}"
        if self.constraint in {"unknown", "unknown_in_text"}:
            return f"{place} is not a known key{self.wanted}"
        return should(place, self.got, self.wanted)


def place_of(path: Iterable[PathPart]) -> str:
    """Spell a path as the service names it: `messages[0].content`."""
    return _joined(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in path if not isinstance(part, Variant)
    )


def rule_of(path: Iterable[PathPart], constraint: Constraint) -> str:
    """Name the rule that a departure breaks: `messages[]<user>.content type`."""
    return f"{_joined(map(_in_general, path))} {constraint}"


def _in_general(part: PathPart) -> str:
    if isinstance(part, int):
        return "[]"
    if isinstance(part, Variant):
        return f"<{part}>"
    return ".*" if isinstance(part, EntryKey) else f".{part}"


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts).removeprefix(".")
