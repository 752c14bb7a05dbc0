"""Commands, measured: how long they take and how much memory they need at most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of a command: its wall time, its processor time, and the peak of its memory (without its workers)."""

    seconds: float
    processor: float
    megabytes: float


def measure(command: Sequence[str], variables: Mapping[str, str] | None = None) -> Measured:
    """Run a command that is to succeed; exit with what it printed if it does not."""
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        environment = {**os.environ, **(variables or {})}
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise SystemExit(f"{output.read()}\n{command}: status {process.returncode}")
    processor = usage.ru_utime + usage.ru_stime
    return Measured(seconds=seconds, processor=processor, megabytes=usage.ru_maxrss / 1024)


def judge(implementation: str, *options: str, explore: int = 0) -> tuple[str, ...]:
    """Return the command that judges an implementation."""
    return (*PYTEST, f"--impl={implementation}", f"--impl-explore={explore}", *options)
