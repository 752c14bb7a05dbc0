"""Which JSON values the languages of the surfaces cannot hold as they are."""

from collections.abc import Collection
from typing import Any, Final

from conformance._text import json_values
from conformance.contract import Surface

UNBOUNDED: Final = frozenset({"python"})
"""Surfaces whose language has integers of any size, as JSON has."""

_SCRIPTS: Final = frozenset({"javascript", "typescript"})
DOUBLES: Final = _SCRIPTS | {"powershell"}
"""Surfaces whose language has no integers beyond those that a floating-point number can hold."""


def is_exact(value: Any, surface: Surface) -> bool:
    """Say whether a language can hold a value: some have floating-point numbers only, or names without case."""
    return tells_apart(value, surface) and (surface not in DOUBLES or _is_double(value))


def _is_double(value: Any) -> bool:
    return all(not isinstance(one, int) or abs(one) < 2**53 for one in json_values.walk(value))


def tells_apart(value: Any, surface: Surface) -> bool:
    """Say whether a language takes all names in a value for different ones, and for names.

    PowerShell ignores the case of those in an object. In JavaScript, `__proto__` is not a name like others: some
    libraries refuse a text that has it, as an attack, or leave it out.
    """
    if surface not in DOUBLES:
        return True
    return all(_are_told_apart(one, surface) for one in json_values.walk(value) if isinstance(one, dict))


def _are_told_apart(names: Collection[str], surface: Surface) -> bool:
    if surface in _SCRIPTS:
        return "__proto__" not in names
    return len({name.casefold() for name in names}) == len(names)
