"""How long a conversation may be without an app having to leave out what was said first."""

from collections.abc import Iterable
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final

WINDOW: Final = 24_000
"""Bytes that every model takes: the smallest window of published ones has 8,192 tokens, of about four bytes each."""


def exceeds_window(said: Iterable[Any]) -> bool:
    """Say whether texts and other JSON values, the tools among them, may together be too long for some model."""
    return sum(len(dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass")) for one in said) > WINDOW
