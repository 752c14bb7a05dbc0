"""Runs foreign code for a limited time."""

import ctypes
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from os import getpid  # by name: an implementation may patch the module
from time import monotonic
from typing import Any, TypeVar

from conformance._text import limits

T = TypeVar("T")


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

    In the main thread a hang would hang the run, and a KeyboardInterrupt that the implementation raises would look like
    the user's. All calls of a run share one thread, as some libraries demand.
    """

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._tasks: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=_work, args=(self._tasks,), name="conformance-runner", daemon=True)
        self._thread.start()
        self._process = getpid()

    def call(self, function: Callable[[], T], seconds: float, *, recover: Callable[[], object] = lambda: None) -> T:
        """Return what `function` returns or raise what it raises; raise CaseTimeoutError when time is up.

        `recover` is called then, to free a function that waits for another process.
        """
        if self._process != getpid():  # a fork has no other thread than the one that forked
            self._start()
        future: Future[T] = Future()
        self._tasks.put((function, future))
        try:
            return future.result(seconds)
        except TimeoutError:
            if future.done():  # a TimeoutError of its own, or it ended just now
                return future.result()
        except BaseException:
            if not future.done():  # a signal raised it here, such as that of pytest-timeout
                self._abandon(future, recover)
            raise
        raise CaseTimeoutError(seconds, stopped=self._abandon(future, recover))

    def _abandon(self, future: Future[Any], recover: Callable[[], object]) -> bool:
        """Go on in another thread than the one that a function holds; tell whether the function ended."""
        recover()
        ended = self._interrupt(future)
        self._tasks.put(None)
        self._start()
        return ended

    def _interrupt(self, future: Future[Any]) -> bool:
        """Interrupt the function until it ends or the grace is over; tell whether it ended."""
        identity = ctypes.c_ulong(self._thread.ident or 0)
        end = monotonic() + limits.INTERRUPTED_SECONDS
        while not future.done() and monotonic() < end:
            # The thread ends when it is told to, and not before: an interrupt never meets one that has ended.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(Interrupt))
            with suppress(TimeoutError):
                future.exception(limits.INSIST_SECONDS)
        return future.done()

    def close(self) -> None:
        """End the thread, or leave it behind if foreign code holds it; it ends when that returns."""
        self._tasks.put(None)
        self._thread.join(limits.INTERRUPTED_SECONDS)


def _work(tasks: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None]) -> None:
    try:
        while (task := tasks.get()) is not None:
            function, future = task
            try:
                future.set_result(function())
            except BaseException as error:  # noqa: BLE001  # whatever foreign code raises is the caller's to judge
                future.set_exception(error)
                del error
            del task, function, future
    except Interrupt:
        pass  # it came just when the function had ended
