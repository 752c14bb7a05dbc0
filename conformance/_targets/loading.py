"""Makes what can be judged of what `--impl` names, by the form of its name."""

import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from types import FrameType
from typing import Final

from conformance._isolation.environment import hide_secrets
from conformance._isolation.runner import Interrupt
from conformance._isolation.state import handlers_kept
from conformance._targets import remote
from conformance._targets.module import load_module
from conformance._targets.target import Target
from conformance._text import limits
from conformance._text.error_places import where_from
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
    with hide_secrets(), _in_time(spec, seconds), handlers_kept():
        return replace(load_module(spec), transport=transport)


@contextmanager
def _in_time(spec: str, seconds: float) -> Iterator[None]:
    """Interrupt a module that hangs, in the main thread, where an import may set handlers of signals.

    There is no limit where there are no alarms, as on Windows, and for a module that catches what interrupts it or
    sets the alarm itself. An alarm that others have set is put off until the end.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    handler, started = signal.signal(signal.SIGALRM, _interrupt), monotonic()
    others = signal.setitimer(signal.ITIMER_REAL, seconds, limits.INTERRUPTED_SECONDS)
    try:
        try:
            yield
        finally:  # an alarm may still come before this, but no second one
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
    except Interrupt as error:
        place = where_from(error)
        found = f"no answer within {seconds:g} s, while it was loaded" + (f" ({place})" if place else "")
        raise ImplementationError(spec, found, LOADED_IN_TIME) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler or signal.SIG_DFL)
        _resume(others, monotonic() - started)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise Interrupt


def _resume(timer: tuple[float, float], passed: float) -> None:
    """Set a timer again, if it was set, by what is left of its time."""
    seconds, interval = timer
    if seconds:
        signal.setitimer(signal.ITIMER_REAL, max(seconds - passed, limits.INSIST_SECONDS), interval)


def with_unique_names(targets: Sequence[Target]) -> list[Target]:
    """Return the implementations, those that share a name named as `--impl` does."""
    names = Counter(target.name for target in targets)
    return [replace(one, name=one.spec) if names[one.name] > 1 else one for one in targets]
