"""What messages are made of: counted things, lists and texts cut short, the word that was meant, errors."""

import difflib
from collections.abc import Iterable, Sequence

_CODES = tuple(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n")
_NOT_IN_YAML = (0xFFFE, 0xFFFF)
_CONTROLS_IN_JSON = {code: f"\\u{code:04x}" for code in (*_CODES, *_NOT_IN_YAML)}
_CONTROLS = _CONTROLS_IN_JSON | {code: f"\\x{code:02x}" for code in _CODES}


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


def describe_error(error: BaseException) -> str:
    """Describe an error by its type and its text, whatever foreign code made of that."""
    name = type(error).__name__
    try:
        text = str(error)
    except (Exception, GeneratorExit, KeyboardInterrupt, SystemExit):  # noqa: BLE001  # but not the runner's Interrupt
        text = "(its text cannot be shown)"
    text = make_printable(text)
    return f"{name}: {text}" if text else name


def make_printable(text: str) -> str:
    """Escape what a terminal or another process can't be given: control characters, halves of surrogate pairs."""
    return text.translate(_CONTROLS).encode("utf-8", "backslashreplace").decode()


def make_printable_json(text: str) -> str:
    """Escape the same characters as JSON does, so that what is JSON stays so."""
    return text.translate(_CONTROLS_IN_JSON).encode("utf-8", "backslashreplace").decode()
