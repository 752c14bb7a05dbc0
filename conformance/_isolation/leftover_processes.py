"""Finds the processes that an implementation started, and left, by a mark in the environment which they inherit."""

import contextlib
import os
import signal
from pathlib import Path
from typing import Final
from uuid import uuid4  # by name: an implementation may patch the module

from conformance._text import limits

MARK: Final = "CONFORMANCE_MARK"
"""The variable that holds the mark."""

_PROC: Final = Path("/proc")


def make_mark() -> str:
    """Make a mark that no other process has."""
    return uuid4().hex


def kill_marked(mark: str) -> None:
    """Kill every process but this one that started with the mark; on Linux only, elsewhere nothing is found.

    A process that wiped its environment can't be found.
    """
    for _ in range(limits.MAX_ROUNDS):
        found = _find(f"{MARK}={mark}".encode())
        if not found:
            return
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _find(entry: bytes) -> list[int]:
    found = []
    for folder in _PROC.glob("[0-9]*"):
        pid = int(folder.name)
        # A process that ended meanwhile, or is somebody else's, can't be read.
        with contextlib.suppress(OSError):
            if pid != os.getpid() and entry in (folder / "environ").read_bytes().split(b"\0"):
                found.append(pid)
    return found
