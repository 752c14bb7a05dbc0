"""Simpler values in place of a value, the simplest first."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

T = TypeVar("T")

PLAIN: Final = "Hi"
"""The simplest text."""


def shorter(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Yield a sequence without parts of it: half of it, a quarter, and so on down to each element."""
    size = len(items)
    while size:
        for start in range(0, len(items), size):
            yield (*items[:start], *items[start + size :])
        size //= 2


def with_one_simpler(items: Sequence[T], simpler: Callable[[T], Iterator[T]]) -> Iterator[tuple[T, ...]]:
    """Yield a sequence with one of its elements made simpler."""
    for index, item in enumerate(items):
        yield from ((*items[:index], one, *items[index + 1 :]) for one in simpler(item))


def simpler_text(text: str) -> Iterator[str]:
    """Yield simpler texts."""
    if text not in {PLAIN, ""}:
        yield PLAIN
        yield from filter(None, map("".join, shorter(text)))


def simpler_value(value: Any) -> Iterator[Any]:
    """Yield simpler JSON values of the same type."""
    if isinstance(value, str):
        yield from simpler_text(value)
    elif isinstance(value, list):
        yield from map(list, shorter(value))
        yield from map(list, with_one_simpler(value, simpler_value))
    elif isinstance(value, dict):
        yield from map(dict, shorter(tuple(value.items())))
        for key, member in value.items():
            yield from ({**value, key: one} for one in simpler_value(member))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from (one for one in _numbers(value) if one != value)


def _numbers(value: float) -> Iterator[float]:
    yield from (0, 1)
    if isinstance(value, int) and abs(value) > 1:
        yield value // 2
        yield value - 1 if value > 0 else value + 1
