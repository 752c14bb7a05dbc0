"""JSON values as JSON sees them, where Python sees them otherwise."""

from collections.abc import Iterator
from decimal import Decimal
from json import dumps, loads  # by name: an implementation may patch the module
from math import isfinite
from typing import Any

from conformance._text import limits
from conformance._text.words import describe_value, make_printable_json


def equal(left: Any, right: Any) -> bool:
    """Say whether two values are the same JSON value.

    Unlike `==`, true is not 1; as in JSON, 1 is 1.0 and the order of an object's members does not count. A double is
    also the integer that its digits stand for: JavaScript writes 5.374237944966943e+16 with zeros.
    """
    if left is right:
        return True
    if isinstance(left, str) or isinstance(right, str):
        return bool(left == right)
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right) or _is_written_out(left, right) or _is_written_out(right, left)


def _is_written_out(integer: Any, number: Any) -> bool:
    return (
        isinstance(integer, int) and isinstance(number, float) and isfinite(number) and Decimal(repr(number)) == integer
    )


def walk(value: Any) -> Iterator[Any]:
    """Yield a JSON value and all that is in it."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for member in inner:
        yield from walk(member)


def show(value: Any, limit: int = limits.SHOWN_VALUE_CHARACTERS) -> str:
    """Show a value as one line of JSON, cut in the middle when it is longer than `limit` characters."""
    text = _as_text(value)
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} … {text[-half:]} ({_length(value, text)} characters)"


def show_apart(got: Any, wanted: Any, limit: int = limits.SHOWN_VALUE_CHARACTERS) -> tuple[str, str]:
    """Show two values that differ as `show` does, or both around their first difference where that would be cut out."""
    one, other = _as_text(got), _as_text(wanted)
    half = limit // 2
    if max(len(one), len(other)) <= limit or one[:half] != other[:half]:
        return show(got, limit), show(wanted, limit)
    pairs = enumerate(zip(one, other, strict=False))
    same = next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
    start = same - limit // 4
    return _window(got, one, start, start + limit), _window(wanted, other, start, start + limit)


def _window(value: Any, text: str, start: int, end: int) -> str:
    more = " …" if len(text) > end else ""
    return f"… {text[start:end]}{more} ({_length(value, text)} characters)"


def _length(value: Any, text: str) -> int:
    return len(value) if isinstance(value, str) else len(text)


def _as_text(value: Any) -> str:
    try:
        text = dumps(value, ensure_ascii=False, default=repr)
    except Exception:  # noqa: BLE001  # an implementation's value may be anything, and its repr raise anything
        text = describe_value(value)
    return make_printable_json(text)


def parse(text: str) -> Any:
    """Parse JSON text; raise ValueError for what is not JSON, NaN and Infinity included, and for what can't be read."""
    try:
        return loads(text, parse_constant=_refuse_constant, parse_int=_read_integer)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _read_integer(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:
        raise ValueError("an integer of more digits than Python reads") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
