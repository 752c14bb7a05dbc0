"""Checks that several rules share, made for a key: it is absent, empty, of a wrong kind, an unknown word."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from conformance._service._kinds import is_of_kinds
from conformance._service._subject import Place, Subject
from conformance._service._wording import Finding, should

__all__ = ["Check", "Places", "has_empty", "has_strays", "has_unknown_word", "has_wrong_kind", "lacks"]

Check: TypeAlias = Callable[[Subject], Iterable[Finding]]
"""What a rule asks of a request: every place where it is broken, with the message."""

Places: TypeAlias = Literal[
    "top", "messages", "parts", "texts", "calls", "function_calls", "called", "tools", "functions", "customs"
]
"""The objects of a request that a check goes through, by their name in `Subject`."""


def lacks(places: Places, *keys: str) -> Check:
    """Check that each of the objects has the keys."""
    select = _selector(places)

    def check(subject: Subject) -> list[Finding]:
        return [
            (path := _path(where, key), f"{path} is missing, but should be there")
            for where, item in select(subject)
            for key in keys
            if key not in item
        ]

    return check


def has_wrong_kind(places: Places, key: str, *kinds: str) -> Check:
    """Check that in each of the objects the key, where it stands, has a value of one of the JSON kinds."""
    accepts = is_of_kinds(*kinds)
    wanted = " or ".join(kinds)
    select = _selector(places)

    def check(subject: Subject) -> list[Finding]:
        return [
            (path := _path(where, key), should(path, item[key], wanted))
            for where, item in select(subject)
            if key in item and not accepts(item[key])
        ]

    return check


def has_unknown_word(places: Places, key: str, *words: str) -> Check:
    """Check that in each of the objects the key, where it stands, has one of the words."""
    wanted = f"one of {', '.join(words)}"
    select = _selector(places)

    def check(subject: Subject) -> list[Finding]:
        return [
            (path := _path(where, key), should(path, item[key], wanted))
            for where, item in select(subject)
            if key in item and item[key] not in words
        ]

    return check


def has_empty(places: Places, key: str, empty: str | list[Any], wanted: str) -> Check:
    """Check that in none of the objects the key has the empty string or the empty list."""
    select = _selector(places)

    def check(subject: Subject) -> list[Finding]:
        return [
            (path := _path(where, key), should(path, empty, wanted))
            for where, item in select(subject)
            if item.get(key) == empty
        ]

    return check


def has_strays(places: Places, key: str) -> Check:
    """Check that the list under the key of each of the objects holds objects only."""
    select = _selector(places)

    def check(subject: Subject) -> list[Finding]:
        return [
            (path := _path(where, f"{key}[{index}]"), should(path, stray, "an object"))
            for where, item in select(subject)
            if isinstance(members := item.get(key), list)
            for index, stray in enumerate(members)
            if not isinstance(stray, dict)
        ]

    return check


def _selector(places: Places) -> Callable[[Subject], Iterable[Place]]:
    return attrgetter(places)


def _path(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
