"""Plays scenarios in a separate process, with the same results as in this one.

`playing_process.py` is the other side: what runs in that process.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import Any, Final

from conformance._data.scenario import Scenario
from conformance._isolation.runner import CaseTimeoutError
from conformance._judging.observation import Observation
from conformance._judging.pickled_lines import Entered, Loaded, Played, Setup, ToPlay, decode, encode
from conformance._judging.play import Reads
from conformance._targets.loading import LOADED_IN_TIME
from conformance._targets.process import Process, ProcessEndedError
from conformance._targets.target import Target
from conformance._text import limits
from conformance._transport.endpoints import Transport
from conformance.errors import ImplementationError

_PROGRAM: Final = """
import sys
sys.path[:] = {path!r}
from conformance._judging.playing_process import main
main()
"""
"""What the process runs: it finds the modules that this process finds."""

_SPARE: Final = limits.INTERRUPTED_SECONDS + 2.0
"""Seconds beyond a case's own in which its process interrupts the implementation, and says so."""


class IsolatedPlayer:
    """An implementation in Python in a process of its own: started once, and afresh after it was lost."""

    def __init__(self, spec: str, *, transport: Transport, seconds: float) -> None:
        self._setup = Setup(spec=spec, transport=transport, seconds=seconds)
        self._worker: _Worker | None = None

    def load(self) -> Target:
        """Start the process, and return what was loaded there; raise ImplementationError."""
        self._worker = _Worker(self._setup)
        loaded = self._worker.loaded
        return Target(
            name=loaded.name,
            spec=self._setup.spec,
            version=loaded.version,
            surfaces=loaded.surfaces,
            editions=loaded.editions,
            transport=self._setup.transport,
            close=self.close,
        )

    def play(self, scenario: Scenario, reads: Reads) -> Observation:
        """Have a scenario played, and return what was seen.

        If the process ends that played others before, the scenario is played once more, in a fresh one: what earlier
        ones left in the process is not to cost this one anything.
        """
        before = self._worker
        seen = self._play(scenario, reads)
        if before is None or not before.has_ended or not before.played:
            return seen
        again = self._play(scenario, reads)
        if again.crash is None:
            left = f"; the thread {before.threads[0]} was left in it" if before.threads else ""
            again.notes.append(f"{seen.crash}, but not in a fresh process, so an earlier case is to blame{left}")
        return again

    def _play(self, scenario: Scenario, reads: Reads) -> Observation:
        try:
            worker = self._worker = self._worker or _Worker(self._setup)
        except (OSError, ImplementationError) as error:
            return Observation(crash=f"before the case: the process could not be started afresh: {error}")
        seen = worker.play(ToPlay(scenario=scenario, reads=reads))
        if worker.is_spent:
            self.close()
        return seen

    def close(self) -> None:
        """End the process in order, or at once if that can't be."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


class _Worker:
    """One process in which an implementation was loaded, and what became of it; raises ImplementationError.

    `is_spent` tells whether nothing more is to be played in it, `has_ended` whether it ended on its own.
    """

    def __init__(self, setup: Setup) -> None:
        self.played = 0
        self.threads: tuple[str, ...] = ()
        self.is_spent = True
        self.has_ended = False
        self._setup = setup
        self._process = Process([sys.executable, "-X", "faulthandler", "-c", _PROGRAM.format(path=sys.path)])
        self.loaded = self._load()

    def _load(self) -> Loaded:
        limit = max(self._setup.seconds, limits.START_SECONDS)
        try:
            self._process.pipes.send(encode(self._setup))
            told = self._receive(limit, "it was loaded", LOADED_IN_TIME, "a module that can be imported")
            if isinstance(told, Entered):
                in_time = "an app that is created sooner, or a longer time limit (--impl-timeout)"
                told = self._receive(self._setup.seconds, "a first app was created", in_time, "an app")
        finally:
            if errors := self._process.pipes.errors:
                print(errors, file=sys.stderr)  # noqa: T201  # pytest captures it
        if not isinstance(told, Loaded):
            self.close()
            raise told
        self.is_spent = False
        return told

    def _receive(self, seconds: float, doing: str, in_time: str, expected: str) -> Any:
        """Return what the process tells; raise ImplementationError if it does not tell anything in its time."""
        try:
            return decode(self._process.receive(seconds + _SPARE))
        except TimeoutError:
            found, expected = f"no answer within {seconds:g} s", in_time
        except ProcessEndedError as error:
            found = f"its process ended: {error}"
        self.close()
        raise ImplementationError(self._setup.spec, f"{found}, while {doing}", expected)

    def play(self, order: ToPlay) -> Observation:
        """Have a scenario played; what became of the process is noted."""
        self._process.pipes.forget_errors()
        self.is_spent = True  # until the scenario has come to its end
        seen, exchanges = Observation(), []
        end = monotonic() + self._setup.seconds + _SPARE
        try:
            self._process.pipes.send(encode(order))
            while not isinstance(told := decode(self._process.receive(end - monotonic())), Played):
                if isinstance(told, Entered):
                    seen.enter(told.phase)
                else:
                    exchanges.append(told)
            return self._take(told)
        except TimeoutError:
            seen.silence = "interrupted"
            seen.crash = f"{CaseTimeoutError(self._setup.seconds, stopped=True)}, in {seen.phase}"
        except ProcessEndedError as error:
            self.has_ended = True
            seen.crash = f"{seen.phase} got no answer: {error}"
        seen.exchanges = tuple(exchanges)
        self.close()
        if errors := self._process.pipes.errors:
            seen.notes.append(f"standard error ends: {errors}")
        return seen

    def _take(self, played: Played) -> Observation:
        """Return what was seen, and print what the process wrote meanwhile, as if it had been written here."""
        seen = played.seen
        self.played += 1
        self.threads = played.threads or self.threads
        self.is_spent = bool(played.lost) or seen.silence == "left behind"
        if seen.silence == "left behind":
            seen.silence = "interrupted"  # as it is when the process has ended
        if errors := self._process.pipes.errors:
            print(errors, file=sys.stderr)  # noqa: T201  # pytest captures it
        return seen

    def close(self) -> None:
        """End the process, in order if something could be played in it."""
        if self.is_spent:
            self._process.kill()
        else:
            self._process.close()
