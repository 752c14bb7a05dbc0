"""Words of a fixed vocabulary, and what a person who wrote another one probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the nearest known word as a question, or all of them if none is near."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"{near[0]!r}?" if near else "one of " + ", ".join(known)
