"""Gives up an implementation that keeps silent case after case, so that a run ends."""

from __future__ import annotations

import shlex
from collections import defaultdict
from typing import Final

from conformance._isolation import CaseTimeoutError
from conformance._targets.target import Target

MAX_LEFT_BEHIND: Final = 3
"""Cases in a row that hang and can't be interrupted: each leaves a thread behind that may disturb the others."""

MAX_SILENT: Final = 10
"""Cases in a row without an answer in time."""


class Patience:
    """Counts, for each implementation, the last cases in a row that timed out."""

    def __init__(self) -> None:
        self._timeouts: defaultdict[str, list[CaseTimeoutError]] = defaultdict(list)

    def note(self, target: Target, timeout: CaseTimeoutError | None) -> None:
        """Note how a case ended: with a time-out, or (None) otherwise."""
        if timeout is None:
            self._timeouts[target.spec].clear()
        else:
            self._timeouts[target.spec].append(timeout)

    def reason_to_stop(self, target: Target) -> str | None:
        """Say why no further case is to be run, if that is so."""
        timeouts = self._timeouts[target.spec]
        left_behind = sum(not timeout.stopped for timeout in timeouts)
        if left_behind >= MAX_LEFT_BEHIND:
            hung = f"{left_behind} cases in a row hung and could not be interrupted"
            return f"not run: {hung}; {suggest_hosting(target)}"
        if len(timeouts) >= MAX_SILENT:
            return f"not run: {len(timeouts)} cases in a row gave no answer in time"
        return None


def suggest_hosting(target: Target) -> str:
    """Say how to judge the implementation where it can be killed."""
    option = f"--impl=exec:python -m conformance host {shlex.quote(target.spec)}"
    return f"a process of its own can be killed: {shlex.quote(option)}"
