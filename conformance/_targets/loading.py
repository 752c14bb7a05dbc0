"""Makes what can be judged of what `--impl` names, by the form of its name."""

import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Final

from conformance._isolation.environment import hide_secrets
from conformance._isolation.runner import Interrupt
from conformance._isolation.state import handlers_kept
from conformance._targets import remote
from conformance._targets.module import load_module
from conformance._targets.target import Target
from conformance._text import limits
from conformance._transport.endpoints import Transport
from conformance.errors import ImplementationError

APP: Final = "app:"

LOADED_IN_TIME: Final = "a module that is imported sooner, or a longer time limit (--impl-timeout)"
"""What is expected of one that takes too long."""


def is_module(spec: str) -> bool:
    """Say whether `--impl` names a module in Python, and neither a program nor an app."""
    return not spec.startswith((remote.PREFIX, APP))


def load_target(spec: str, *, transport: Transport = "intercepted", seconds: float = limits.START_SECONDS) -> Target:
    """Load a module (`transport` says how its requests are answered) or start a program.

    Raises ImplementationError. It gets `seconds` to be loaded, and not less than limits.START_SECONDS.
    """
    seconds = max(seconds, limits.START_SECONDS)
    if spec.startswith(remote.PREFIX):
        return remote.load_remote(spec, seconds)
    if spec.startswith(APP):
        raise ImplementationError(spec, "a built app, which has no adapter", "an implementation")
    with hide_secrets(), handlers_kept(), _in_time(spec, seconds):
        return replace(load_module(spec), transport=transport)


@contextmanager
def _in_time(spec: str, seconds: float) -> Iterator[None]:
    """Interrupt a module that hangs, in the main thread, where an import may set handlers of signals.

    There is no limit where there are no alarms, as on Windows.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, limits.INTERRUPTED_SECONDS)
    try:
        yield
    except Interrupt as place:
        found = f"no answer within {seconds:g} s, while it was loaded ({place})"
        raise ImplementationError(spec, found, LOADED_IN_TIME) from place
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _interrupt(_: int, frame: FrameType | None) -> None:
    raise Interrupt(f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else "somewhere")


def tell_apart(targets: Sequence[Target]) -> list[Target]:
    """Name those that share a name as `--impl` does."""
    names = Counter(target.name for target in targets)
    return [replace(one, name=one.spec) if names[one.name] > 1 else one for one in targets]
