"""Lets the process end although threads that an implementation started hold it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from time import sleep
from typing import Final

GRACE: Final = 3.0
"""Seconds that the interpreter gets to end on its own."""


def end_in_time(status: Callable[[], int]) -> None:
    """When the interpreter shuts down, give it the grace period, and then end the process with a status.

    The interpreter waits for threads, which may hang; nothing public runs before it does.
    """
    threading._register_atexit(_watch, status)  # type: ignore[attr-defined]  # noqa: SLF001


def _watch(status: Callable[[], int]) -> None:
    threading.Thread(target=_end, args=(status,), name="conformance-exit", daemon=True).start()


def _end(status: Callable[[], int]) -> None:
    sleep(GRACE)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status())
