"""Gives up an implementation that keeps silent case after case, so that a run ends."""

from collections import defaultdict
from typing import Final

from conformance._judging.observation import Silence
from conformance._judging.result import NOT_RUN
from conformance._targets.target import Target
from conformance._text import limits

ISOLATION: Final = "with --impl-isolate it runs in a separate process, which can be killed"
"""What helps against an implementation that can't be stopped."""


class Patience:
    """Keeps, for each implementation, how the last cases in a row ended that gave no answer in time."""

    def __init__(self) -> None:
        self._silences: defaultdict[str, list[Silence]] = defaultdict(list)

    def note(self, target: Target, silence: Silence | None) -> None:
        """Note how a case ended: without an answer in time, or (None) otherwise."""
        if silence is None:
            self._silences[target.spec].clear()
        else:
            self._silences[target.spec].append(silence)

    def reason_to_stop(self, target: Target) -> str | None:
        """Say why no further case is to be run, if that is so."""
        silences = self._silences[target.spec]
        left_behind = silences.count("left behind")
        if left_behind >= limits.MAX_LEFT_BEHIND:
            return f"{NOT_RUN}{left_behind} cases in a row hung and could not be interrupted; {ISOLATION}"
        if len(silences) >= limits.MAX_SILENT:
            return f"{NOT_RUN}{len(silences)} cases in a row gave no answer in time"
        return None
