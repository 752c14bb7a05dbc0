"""Markdown of any text: nothing that an implementation says has a meaning in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_MEANT: Final = re.compile(r"[\\`*{}\[\]<>#|~&!@$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=//)|(?<=www)\.")
"""What Markdown, its tables, formulas, mentions and bare links give a meaning to."""

_AT_START: Final = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""Control characters, those that have no width or turn the direction of text, and halves of surrogate pairs."""

_SHOWN_AS: Final = {"\n": "⏎", "\r": "⏎", "\t": " "}


def escape(text: str) -> str:
    """Return text as one line of Markdown that shows it as it is, and every unseen character by its number."""
    seen = _UNSEEN.sub(_show_unseen, text.replace("\r\n", "\n"))
    return _AT_START.sub(_as_entities, _MEANT.sub(_as_entities, seen))


def code(text: str) -> str:
    """Return text as code: an element, since within a table no number of backticks is safe."""
    return f"<code>{escape(text)}</code>"


def code_block(text: str) -> str:
    """Return text as a block of code that can be copied, in one line as `code`, so that it may stand in a list."""
    return f"<pre>{escape(text)}</pre>"


def table(texts: Sequence[str], numbers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose cells are Markdown: columns of text, then columns of numbers."""
    yield _row([*texts, *numbers])
    yield _row([*["---"] * len(texts), *["---:"] * len(numbers)])
    yield from map(_row, rows)


def cut_list(lines: Sequence[str], limit: int, noun: str) -> Iterator[str]:
    """Yield up to `limit` items of a list, and how many more there are."""
    yield from lines[:limit]
    if len(lines) > limit:
        yield f"- … and {len(lines) - limit} more {noun}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _show_unseen(match: re.Match[str]) -> str:
    return _SHOWN_AS.get(match[0], f"\\u{ord(match[0]):04x}")


def _as_entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])
