"""Makes what can be judged of what `--impl` names, by the form of its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from conformance import _implementation, _remote
from conformance._implementation import Subject, Transport
from conformance._isolation import handlers_kept, hide_secrets


def load(spec: str, *, transport: Transport = "intercepted", seconds: float = _remote.START_SECONDS) -> Subject:
    """Load a module (`transport` says how its requests are answered) or start a program; raise ImplementationError.

    A program gets `seconds` to start, and not less than START_SECONDS.
    """
    if spec.startswith(_remote.PREFIX):
        return _remote.load_remote(spec, max(seconds, _remote.START_SECONDS))
    with hide_secrets(), handlers_kept():
        return replace(_implementation.load(spec), transport=transport)


def tell_apart(subjects: Sequence[Subject]) -> list[Subject]:
    """Name those that share a name as `--impl` does."""
    names = Counter(subject.name for subject in subjects)
    return [replace(one, name=one.spec) if names[one.name] > 1 else one for one in subjects]
