"""Keeps an implementation in this process from doing harm: its time, its environment, its connections."""

from __future__ import annotations

import ctypes
import ipaddress
import os
import queue
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from typing import Any, Final, TypeVar

T = TypeVar("T")

GRACE: Final = 1.0
"""Seconds that interrupted code gets to end."""

_SERVICE_VARIABLE = re.compile(r"(AZURE_)?OPENAI_")
_SECRET_VARIABLE = re.compile(r".*_(KEY|TOKEN|SECRET)")


class CaseTimeoutError(Exception):
    """Foreign code did not return in time; `stopped` tells whether it could be interrupted."""

    def __init__(self, seconds: float, *, stopped: bool) -> None:
        super().__init__(seconds, stopped)
        self.seconds = seconds
        self.stopped = stopped

    def __str__(self) -> str:
        return f"no answer within {self.seconds:g} s"


class Interrupt(BaseException):
    """Raised inside foreign code whose time is up."""


class Runner:
    """Runs foreign code in a thread of its own, one call after another, and leaves it behind if it hangs.

    In the main thread a hang would hang the run, and a KeyboardInterrupt of the implementation's could not be told
    from the user's. All calls of a run share one thread, as some libraries demand.
    """

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._tasks: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=_work, args=(self._tasks,), name="conformance", daemon=True)
        self._thread.start()

    def call(self, function: Callable[[], T], seconds: float, *, recover: Callable[[], object] = lambda: None) -> T:
        """Return what `function` returns or raise what it raises; raise CaseTimeoutError when time is up.

        `recover` is called then, to free a function that waits for another process.
        """
        future: Future[T] = Future()
        self._tasks.put((function, future))
        try:
            return future.result(seconds)
        except FutureTimeoutError:
            if future.done():  # the function's own TimeoutError
                raise
        recover()
        stopped = self._interrupt()
        self._start()
        raise CaseTimeoutError(seconds, stopped=stopped)

    def _interrupt(self) -> bool:
        self._tasks.put(None)
        identity = ctypes.c_ulong(self._thread.ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(Interrupt))
        self._thread.join(GRACE)
        return not self._thread.is_alive()

    def close(self) -> None:
        """End the thread, unless foreign code holds it."""
        self._tasks.put(None)
        self._thread.join(GRACE)


def _work(tasks: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None]) -> None:
    while (task := tasks.get()) is not None:
        function, future = task
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001  # whatever foreign code raises is the caller's to judge
            future.set_exception(error)
            del error
        del task, function, future


@contextmanager
def environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Export an app's settings, hide the caller's services and secrets, and put everything back."""
    before = dict(os.environ)
    for name in before:
        if _SERVICE_VARIABLE.match(name) or _SECRET_VARIABLE.fullmatch(name):
            del os.environ[name]
    os.environ.update(settings)
    try:
        yield
    finally:
        now = dict(os.environ)
        for name in now.keys() - before.keys():
            del os.environ[name]
        for name, value in before.items():
            if now.get(name) != value:
                os.environ[name] = value


class ConnectionBlockedError(OSError):
    """A connection to anywhere but this machine, while a case runs."""


class NetworkGuard:
    """Blocks connections and name look-ups that leave this machine while it is closed, and remembers them.

    An audit hook sees every socket of the interpreter, whatever library opens it, and patches nothing. It can't be
    removed, so it is installed once a process, at the first use, and does nothing while open.
    """

    _closed: NetworkGuard | None = None
    _installed = False

    def __init__(self) -> None:
        self._blocked: list[str] = []

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Block until the end of the block."""
        if not NetworkGuard._installed:
            NetworkGuard._installed = True
            sys.addaudithook(_audit)
        NetworkGuard._closed = self
        try:
            yield
        finally:
            NetworkGuard._closed = None

    def take_blocked(self) -> list[str]:
        """Return what was blocked since the last call."""
        blocked, self._blocked = self._blocked, []
        return blocked

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise ConnectionBlockedError for a connection or look-up that leaves this machine."""
        host, port = _target(event, arguments)
        if host is None or _is_loopback(host):
            return
        self._blocked.append(f"{host}:{port}")
        raise ConnectionBlockedError(f"the conformance suite blocks connections while a case runs: {host}:{port}")


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    guard = NetworkGuard._closed  # noqa: SLF001  # the hook is the guard's other half
    if guard is not None and event in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        guard.check(event, arguments)


def _target(event: str, arguments: tuple[Any, ...]) -> tuple[str | None, Any]:
    """Return the host (None: not a network address) and port of a socket's audit event."""
    if event == "socket.getaddrinfo":
        host, port = arguments[0], arguments[1]
        return host.decode() if isinstance(host, bytes) else host, port
    address = arguments[1]
    return (str(address[0]), address[1]) if isinstance(address, tuple) else (None, None)


def _is_loopback(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
