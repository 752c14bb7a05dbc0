"""Puts back what foreign code changes in this process: the working directory, patched functions, signal handlers."""

import builtins
import gc
import io
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

_KEPT: Final[Mapping[ModuleType, tuple[str, ...]]] = {
    builtins: ("__import__", "input", "isinstance", "len", "open", "print", "repr"),
    io: ("BytesIO", "StringIO", "open"),
    json: ("dump", "dumps", "load", "loads"),
    os: ("environ", "fspath", "getcwd", "getenv", "getpid", "kill", "read", "stat", "write"),
    socket: ("create_connection", "getaddrinfo", "socket"),
    sys: ("excepthook", "stderr", "stdin", "stdout", "unraisablehook"),
    threading: ("Condition", "Event", "Lock", "Thread", "excepthook"),
    time: ("monotonic", "perf_counter", "sleep", "time"),
}
"""What is commonly patched and would change other cases, the suite or pytest."""

_SIGNALS: Final = sorted(signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})


def current_folder() -> str | None:
    """Return the working directory, or None if it was removed."""
    try:
        return os.getcwd()  # noqa: PTH109  # Path.cwd() is slower, and this runs for every case
    except FileNotFoundError:
        return None


@contextmanager
def state_kept() -> Iterator[list[str]]:
    """Put everything back at the end of the block; the list that is yielded then says what had changed."""
    changed: list[str] = []
    folder = os.getcwd()  # noqa: PTH109  # as above
    limit = sys.getrecursionlimit()
    members = [_members_of(module) for module in _KEPT]
    collector = _Collector()
    try:
        yield changed
    finally:
        changed += _restore_members(members)
        if collector.restore():
            changed.append("the garbage collector")
        if sys.getrecursionlimit() != limit:
            sys.setrecursionlimit(limit)
            changed.append("the recursion limit")
        if current_folder() != folder:
            os.chdir(folder)
            changed.append("the working directory")


def _members_of(module: ModuleType) -> tuple[Any, ...]:
    """Return what is kept of a module, None for what is gone."""
    return tuple(map(vars(module).get, _KEPT[module]))


def _restore_members(before: list[tuple[Any, ...]]) -> Iterator[str]:
    for (module, names), members in zip(_KEPT.items(), before, strict=True):
        for name, member, now in zip(names, members, _members_of(module), strict=True):
            if now is not member:
                setattr(module, name, member)
                yield f"{module.__name__}.{name}"


class _Collector:
    """How the garbage collector was set up when this was made."""

    def __init__(self) -> None:
        self._state = gc.isenabled(), gc.get_threshold(), gc.get_debug()
        self._callbacks = list(gc.callbacks)

    def restore(self) -> bool:
        """Set it up as it was; tell whether it was set up otherwise."""
        enabled, threshold, debug = self._state
        if self._state == (gc.isenabled(), gc.get_threshold(), gc.get_debug()) and self._callbacks == gc.callbacks:
            return False
        (gc.enable if enabled else gc.disable)()
        gc.set_threshold(*threshold)
        gc.set_debug(debug)
        gc.callbacks[:] = self._callbacks
        return True


@contextmanager
def handlers_kept() -> Iterator[None]:
    """Put back the handlers of signals, which only the main thread can set: an import can, a case can't."""
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)
