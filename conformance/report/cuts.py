"""How much of a long text is shown; with -v it is more, and the report in JSON has all of it."""

from typing import Final

from conformance._text import json_values
from conformance._text.error_places import CALLED
from conformance._text.words import cut_text, split_lines

_MAX_HEADING: Final = 240
_MAX_TEXT: Final = 600
_MAX_LINE: Final = 240
_MAX_BODY: Final = 1500
_MAX_ERROR_LINES: Final = 4
_MAX_NOTE_LINES: Final = 40
_MAX_PRINTED_LINES: Final = 8
_MAX_PLACES: Final = 3


def cut_body(body: str) -> str:
    """Cut the body of a request."""
    return body if len(body) <= _MAX_BODY else json_values.show(body, _MAX_BODY)


def cut_note(note: str) -> str:
    """Cut a note, which may be a whole scenario, or name many places in the code."""
    places = note.split(CALLED)
    if len(places) > _MAX_PLACES:
        return f"{CALLED.join(places[:_MAX_PLACES])} and {len(places) - _MAX_PLACES} more (-v)"
    return _head_of(_cut_lines(note), _MAX_NOTE_LINES)


def cut_error(text: str) -> str:
    """Cut what may quote an error, which may quote anything."""
    return _head_of(cut_text(text, _MAX_TEXT), _MAX_ERROR_LINES)


def cut_heading(text: str) -> str:
    """Cut an error that is told in full below."""
    return _head_of(cut_text(text, _MAX_HEADING), _MAX_ERROR_LINES)


def cut_printed(text: str) -> str:
    """Cut what was printed: its end says most."""
    return _tail_of(_cut_lines(text), _MAX_PRINTED_LINES)


def _cut_lines(text: str) -> str:
    return "\n".join(cut_text(line, _MAX_LINE) for line in split_lines(text))


def _head_of(text: str, limit: int) -> str:
    lines = split_lines(text)
    return (
        text.rstrip() if len(lines) <= limit else "\n".join([*lines[:limit], f"… and {len(lines) - limit} more lines"])
    )


def _tail_of(text: str, limit: int) -> str:
    lines = split_lines(text)
    return (
        text.rstrip() if len(lines) <= limit else "\n".join([f"… {len(lines) - limit} lines before", *lines[-limit:]])
    )
