"""Says whether a tool message holds a function's result, whole and delimited: the word `$result` of patterns.

A result is held as text, as JSON equal to it, as a member of a JSON value, or inside a sentence:
`Function Result: '"added"'` holds "added". A result that was cut off, rounded, renamed or rewritten is not held.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final

from conformance._text import json_values, limits

_BRACKET: Final = re.compile(r"[\[{]")
_ESCAPE: Final = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_ESCAPED: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_FIRST_UNSPACED: Final = "\u0e00"  # Thai; the scripts before it put spaces or marks between words
_NUMBER: Final = re.compile(r"(?<![\w.+-])-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w|\.\d)")


def holds(content: Any, result: Any) -> bool:
    """Say whether `content`, that of a tool message, holds `result`, a JSON value."""
    if not isinstance(content, str):
        return False
    whole = _parsed(content)
    if result == "" and not isinstance(whole, str | _NotJson):
        return _is_member(whole, result)
    if isinstance(whole, str) and isinstance(result, str) and whole != result and _parsed(whole) == result:
        return False  # quoted twice
    if not isinstance(whole, _NotJson) and any(_says(member, result) for member in json_values.walk(whole)):
        return True
    return any(_says_in_passing(text, result) for text in dict.fromkeys((content, _unescape(content))))


class _NotJson:
    """Stands for a text that is not JSON."""


def _parsed(text: str) -> Any:
    try:
        return json_values.parse(text)
    except ValueError:
        return _NotJson()


def _is_member(value: Any, result: Any) -> bool:
    return any(json_values.equal(member, result) for member in json_values.walk(value))


def _says(member: Any, result: Any) -> bool:
    """Say whether a JSON value is the result, or a text that holds it."""
    return json_values.equal(member, result) or (isinstance(member, str) and _says_in_passing(member, result))


def _says_in_passing(text: str, result: Any) -> bool:
    """Say whether a text holds the result somewhere, with something else around it or not."""
    if isinstance(result, str):
        return _has_delimited(text, result)
    if result is None or isinstance(result, bool):
        return _has_delimited(text, {None: "null", True: "true", False: "false"}[result])
    if isinstance(result, int | float):
        spaced = text if text.isascii() else "".join(" " if _is_unspaced(letter) else letter for letter in text)
        return any(_is_number(match[0], result) for match in _NUMBER.finditer(spaced))
    return any(_is_member(value, result) for value in _decoded(text))


def _has_delimited(text: str, wanted: str) -> bool:
    """Say whether a text has another one in it that is not a part of a longer word or number."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not _joined(text[start - 1 : start], wanted[:1]) and not _joined(wanted[-1:], text[end : end + 1]):
            around = text[max(start - 2, 0) : start], text[end : end + 2]
            if not _continues_a_number(wanted, *around):
                return True
        start = text.find(wanted, start + 1)
    return False


def _joined(left: str, right: str) -> bool:
    """Say whether two characters belong to one word; in Japanese, a word in Latin letters has no spaces around it."""
    return bool(re.fullmatch(r"\w\w", left + right)) and _is_unspaced(left) == _is_unspaced(right)


def _is_unspaced(letter: str) -> bool:
    """Say whether a letter is of a script that joins words, or endings, without spaces, such as that of Japanese."""
    return letter >= _FIRST_UNSPACED and unicodedata.category(letter) in {"Lo", "Lm"}


def _continues_a_number(wanted: str, before: str, after: str) -> bool:
    """Say whether digits at the ends of `wanted` belong to a longer number, as 7 does in -7, 1.7 and 7.5."""
    starts, ends = wanted[:1].isdigit(), wanted[-1:].isdigit()
    return (starts and re.fullmatch(r".?[-+]|\d[.,]", before) is not None) or (
        ends and re.fullmatch(r"[.,]\d", after) is not None
    )


def _is_number(token: str, result: float) -> bool:
    try:
        return float(token) == result if isinstance(result, float) else Decimal(token) == result
    except (InvalidOperation, OverflowError):
        return False


def _unescape(text: str) -> str:
    """Resolve the escapes of JSON texts wherever they stand; halves of surrogate pairs are joined."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2]), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decoded(text: str) -> Iterator[Any]:
    """Yield the JSON objects and arrays that stand in a text."""
    decoder = JSONDecoder()
    position = 0
    for _ in range(limits.DECODED_BRACKETS):
        match = _BRACKET.search(text, position)
        if match is None:
            return
        try:
            value, position = decoder.raw_decode(text, match.start())
        except (JSONDecodeError, RecursionError):
            position = match.end()
        else:
            yield value
