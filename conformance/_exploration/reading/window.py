"""How long a conversation may be without an app having to leave out what was said first."""

from collections.abc import Iterable
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final

_WINDOW: Final = 24_000
"""Bytes that every model takes: the smallest window of published ones has 8,192 tokens, of about four bytes each."""

_FRAME: Final = 80
"""Bytes that stand around a message or a call in a request."""


def exceeds_window(said: Iterable[Any]) -> bool:
    """Say whether texts and other JSON values, the tools among them, may together be too long for some model.

    Letters beyond ASCII are counted as the six of their escapes: they may be sent so.
    """
    return sum(len(dumps(one)) + _FRAME for one in said) > _WINDOW
