"""Makes what can be judged of what `--impl` names, by the form of its name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from conformance._isolation.environment import hide_secrets
from conformance._isolation.state import handlers_kept
from conformance._targets import remote
from conformance._targets.module import load_module
from conformance._targets.target import Target
from conformance._text import limits
from conformance._transport.endpoints import Transport
from conformance.errors import ImplementationError

APP: Final = "app:"


def is_module(spec: str) -> bool:
    """Say whether `--impl` names a module in Python, and neither a program nor an app."""
    return not spec.startswith((remote.PREFIX, APP))


def load_target(spec: str, *, transport: Transport = "intercepted", seconds: float = limits.START_SECONDS) -> Target:
    """Load a module (`transport` says how its requests are answered) or start a program.

    Raises ImplementationError. A program gets `seconds` to start, and not less than
    limits.START_SECONDS.
    """
    if spec.startswith(remote.PREFIX):
        return remote.load_remote(spec, max(seconds, limits.START_SECONDS))
    if spec.startswith(APP):
        raise ImplementationError(spec, "a built app, which has no adapter", "an implementation")
    with hide_secrets(), handlers_kept():
        return replace(load_module(spec), transport=transport)


def tell_apart(targets: Sequence[Target]) -> list[Target]:
    """Name those that share a name as `--impl` does."""
    names = Counter(target.name for target in targets)
    return [replace(one, name=one.spec) if names[one.name] > 1 else one for one in targets]
