"""What an implementation hands over, made into values of our own: its code may run when they are looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps, loads  # by name: an implementation may patch the module
from typing import Any, TypeVar

from conformance._text.words import describe_value

T = TypeVar("T")


def as_builtin(value: Any) -> Any:
    """Turn the mappings and sequences that the contract allows into those that JSON's encoder knows."""
    if isinstance(value, Mapping):
        return dict(_at_most(value.items()))
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return list(_at_most(value))
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _at_most(items: Iterable[T], most: int = 100_000) -> Iterator[T]:
    """Yield the items; raise ValueError for more than anybody binds, since an implementation's may never end."""
    for number, item in enumerate(items):
        if number == most:
            raise ValueError(f"more than {most} items")
        yield item


def as_json(argument: Any) -> Any:
    """Return what a function was called with as JSON, or its repr: it may have code of its own, and change later."""
    try:
        return loads(dumps(argument))
    except Exception:  # noqa: BLE001  # its own code, or one nested too deeply
        return describe_value(argument)
