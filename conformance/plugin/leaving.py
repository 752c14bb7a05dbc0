"""Lets the process end although an implementation's threads hold it, and with the status of the run."""

import atexit
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from time import sleep
from typing import Any, NoReturn

import pytest

from conformance._text import limits


def end_in_time(status: Callable[[], int], advice: str) -> None:
    """When the interpreter shuts down, give it the grace period, and then end the process with a status, saying so.

    The interpreter waits for threads, which may hang; nothing public runs before it does.
    """
    watch = threading.Thread(target=_end, args=(status, advice), name="conformance-exit", daemon=True)
    threading._register_atexit(watch.start)  # type: ignore[attr-defined]  # noqa: SLF001


def _end(status: Callable[[], int], advice: str) -> None:
    sleep(limits.INTERPRETER_SECONDS)
    names = [thread.name for thread in threading.enumerate() if not thread.daemon and thread.name != "MainThread"]
    what = f"a thread of the implementation ({', '.join(names)})" if names else "the implementation's exit handlers"
    sys.stdout.flush()
    held = f"kept this process alive for {limits.INTERPRETER_SECONDS:g} s after the run"
    print(f"\n{what} {held}; {advice}.", file=sys.stderr)  # noqa: T201
    sys.stderr.flush()
    os._exit(status())


def explain_exit(config: pytest.Config, advice: str) -> Callable[[], None]:
    """Let `os._exit`, which ends the run without a word, say which test called it, and never with status 0.

    Returns what undoes that.
    """
    original, process = os._exit, os.getpid()
    is_over = False

    def explained(status: int) -> NoReturn:
        if is_over:  # an exit handler kept it
            os._exit(status)
        if os.getpid() == process:  # and not in a child, which is to end like that
            with suppress(Exception):
                test = os.environ.get("PYTEST_CURRENT_TEST")
                when = f"in {test}" if test else "while an implementation was loaded"
                _write_at_once(config, f"os._exit({status}) ended this run {when}; {advice}.")
            original(status or pytest.ExitCode.TESTS_FAILED)
        original(status)

    def undo() -> None:
        nonlocal is_over
        is_over = True
        os._exit = original

    os._exit = explained
    return undo


def keep_status(kept: int) -> None:
    """Let no exit handler of an implementation, be it one that calls `os._exit`, turn a status into 0."""

    def guard() -> None:
        original = os._exit

        def exit_as_the_run(status: int) -> NoReturn:
            original(status or kept)

        os._exit = exit_as_the_run

    atexit.register(guard)  # what is registered last runs first


def _write_at_once(config: pytest.Config, line: str) -> None:
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    if capture is not None:
        capture.suspend_global_capture(in_=True)
    if not config.pluginmanager.hasplugin("terminalreporter"):  # it comes after the implementations
        print(line, file=sys.stderr, flush=True)  # noqa: T201  # as pytest writes its own errors then
        return
    writer = config.get_terminal_writer()
    writer.line()
    writer.line(line, red=True)
    writer.flush()
