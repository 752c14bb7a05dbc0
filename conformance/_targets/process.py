"""A foreign program that runs for the suite, in a process group of its own."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from typing import IO

from conformance._isolation.environment import public_environment
from conformance._isolation.leftover_processes import MARK, kill_marked, make_mark
from conformance._targets.pipes import Pipes
from conformance._text import limits


class ProcessEndedError(Exception):
    """A program writes no more lines; the text says what became of it."""


class Process:
    """A program that has been started; its environment holds nothing of the caller's that is private.

    Raises OSError if it can't be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._mark = make_mark()
        self._program = subprocess.Popen(  # noqa: S603  # to run what the caller names is the purpose
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**public_environment(), MARK: self._mark},
        )
        stdin, stdout, stderr = map(_take, (self._program.stdin, self._program.stdout, self._program.stderr))
        self.pipes = Pipes(stdin, stdout, stderr, lambda: self._program.poll() is not None)

    def receive(self, seconds: float | None = None) -> bytes:
        """Wait for a line of its standard output.

        Raises ProcessEndedError if none will come, and TimeoutError if none has come in time.
        """
        try:
            return self.pipes.receive(seconds)
        except EOFError as error:
            wrote = f"it wrote {error}, and " if str(error) else ""
            raise ProcessEndedError(wrote + self._describe_end()) from None

    def kill(self) -> None:
        """Kill it and whatever it started."""
        # The group may outlive its leader; one of the same number that is not ours can't be killed by us.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._program.pid, signal.SIGKILL)
        kill_marked(self._mark)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._program.wait(limits.INPUT_CLOSED_SECONDS)
        self.pipes.close()

    def close(self) -> None:
        """Close its standard input, and kill what is left after the grace period."""
        self.pipes.close_input()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._program.wait(limits.INPUT_CLOSED_SECONDS)
        self.kill()

    def _describe_end(self) -> str:
        try:
            status = self._program.wait(limits.OUTPUT_CLOSED_SECONDS)
        except subprocess.TimeoutExpired:
            return "it runs on with its standard output closed"
        if status >= 0:
            return f"it exited with status {status}"
        with contextlib.suppress(ValueError):
            return f"it was killed by {signal.Signals(-status).name}"
        return f"it was killed by signal {-status}"


def _take(stream: IO[bytes] | None) -> int:
    """Take the descriptor out of a pipe's file object."""
    if stream is None:
        raise TypeError("a standard stream that is not a pipe")
    descriptor = os.dup(stream.fileno())
    stream.close()
    return descriptor
