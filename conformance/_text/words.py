"""What messages are made of: counted things, lists and texts cut short, the word that was meant, errors."""

import difflib
import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from json import dumps  # by name: an implementation may patch the module
from typing import Final

from conformance._text import limits

_MARK_ON_NOTHING: Final = re.compile(r"(?:^|(?<=[^\w\u0300-\u036f]))[\u0300-\u036f]+")
"""Accents and the like that belong to no letter: they would be drawn onto what stands before them."""

_ANYTHING: Final = (Exception, GeneratorExit, KeyboardInterrupt, SystemExit)
"""What foreign code may raise, but not the runner's Interrupt."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the nearest known word as a question, or all of them if none is near."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"{near[0]!r}?" if near else "one of " + ", ".join(known)


def count(number: int, noun: str) -> str:
    """Return a number of things: `1 case`, `2 cases`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def name_some(names: Sequence[str], limit: int) -> str:
    """List the first few names, and how many more there are."""
    more = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {more} more" if more > 0 else "")


def cut_text(text: str, limit: int) -> str:
    """Return the beginning of a text that is longer than `limit` characters, and how long it is."""
    return text if len(text) <= limit else f"{text[:limit]} … ({len(text)} characters)"


def describe_error(error: BaseException, limit: int = limits.ERROR_CHARACTERS) -> str:
    """Describe an error by its type and its text, whatever foreign code made of that; a longer one is cut."""
    name = type(error).__name__
    try:
        text = str(error)
    except _ANYTHING:
        text = "(its text cannot be shown)"
    if len(text) > limit:
        # This stands in front, since a text is cut again where it is shown.
        name, text = f"{name} (the first {limit} of {len(text)} characters)", text[:limit]
    return make_printable(f"{name}: {text}" if text else name)


def describe_value(value: object) -> str:
    """Return the repr of a value, or why there is none: its code raises, or an integer has too many digits."""
    try:
        return repr(value)
    except _ANYTHING as error:
        return f"(a {type(value).__name__} that cannot be shown: {describe_error(error)})"


def make_printable(text: str) -> str:
    """Escape what can't be seen or told from a space, what moves other text, and what no other process can be given."""
    return _escape(text, lambda odd: odd.encode("unicode_escape").decode())


def quote_for_shell(text: str) -> str:
    r"""Quote a text as one word of a command; what cannot be seen is written as bytes, as in `$'\xc2\xa0'`."""
    if not has_odd_characters(text):
        return shlex.quote(text)
    quoted = _escape(text.replace("\\", r"\\").replace("'", r"\'"), _write_bytes)
    return f"$'{quoted}'"


def split_lines(text: str) -> list[str]:
    """Split a text at line feeds only: what else may end a line is escaped where it is shown."""
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def make_printable_json(text: str) -> str:
    """Escape the same characters as JSON does, so that what is JSON stays so."""
    return _escape(text, lambda odd: dumps(odd)[1:-1])


def has_odd_characters(text: str) -> bool:
    """Say whether a text has characters that are escaped where it is shown."""
    return make_printable(text) != text


def _escape(text: str, escaped: Callable[[str], str]) -> str:
    if not text.isprintable():
        text = "".join(one if one.isprintable() or one in "\t\n" else escaped(one) for one in text)
    return text if text.isascii() else _MARK_ON_NOTHING.sub(lambda mark: escaped(mark[0]), text)


def _write_bytes(odd: str) -> str:
    # Half a surrogate pair is a byte of a path that is not UTF-8, or what no path has.
    errors = "surrogateescape" if "\udc80" <= odd <= "\udcff" else "surrogatepass"
    return "".join(f"\\x{byte:02x}" for byte in odd.encode("utf-8", errors))
