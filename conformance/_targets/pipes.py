"""Serves a program's standard streams, so that neither side can block the other or fill the memory."""

import contextlib
import os
import select
import threading
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Final

from conformance._text import limits

_CHUNK: Final = 1 << 16


class Pipes:
    """Owns the descriptors of a program's standard input, output and error; one thread serves them.

    `has_ended` tells whether the program has; what it wrote before is still read then.
    """

    def __init__(self, stdin: int, stdout: int, stderr: int, has_ended: Callable[[], bool]) -> None:
        self._stdin, self._stdout, self._stderr = stdin, stdout, stderr
        self._has_ended = has_ended
        self._had_ended = False
        self._changed = threading.Condition()
        self._lines: deque[bytes] = deque()
        self._part = bytearray()
        self._end: str | None = None
        self._outgoing = bytearray()
        self._errors = b""
        self._closes_input = False
        self._deadline = float("inf")
        self._alarm, self._bell = os.pipe()
        for descriptor in (stdin, stdout, stderr, self._alarm, self._bell):
            os.set_blocking(descriptor, False)
        self._thread = threading.Thread(target=self._serve, name="conformance-pipes", daemon=True)
        self._thread.start()

    def send(self, line: bytes) -> None:
        """Send a line at once or later; a program that reads nothing of a great deal is given up."""
        with self._changed:
            self._outgoing += line
            if len(self._outgoing) > limits.LINE_BYTES:
                self._outgoing.clear()
                self._end_lines(f"much, and read nothing of the {limits.LINE_BYTES} bytes that it was sent")
            self._ring()

    def receive(self, seconds: float | None = None) -> bytes:
        """Wait for a line; raise TimeoutError if none has come in time.

        Raises EOFError if none will come; its text, if there is one, says what the program wrote instead.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._lines or self._end is not None, seconds):
                raise TimeoutError
            if not self._lines:
                raise EOFError(self._end)
            line = self._lines.popleft()
            self._ring()
            return line

    @property
    def is_quiet(self) -> bool:
        """Whether lines may still come, and none waits."""
        with self._changed:
            return self._end is None and not self._lines

    def forget_errors(self) -> None:
        """Forget what came on standard error."""
        with self._changed:
            self._errors = b""

    @property
    def errors(self) -> str:
        """The end of what came on standard error."""
        with self._changed:
            return self._errors.decode("utf-8", "replace").strip()

    def close_input(self) -> None:
        """Close the program's standard input when all is sent."""
        with self._changed:
            self._closes_input = True
            self._ring()

    def close(self) -> None:
        """Read what is left of a program that was killed, and close everything."""
        with self._changed:
            self._deadline = min(self._deadline, monotonic() + limits.LAST_WORDS_SECONDS)
            self._ring()
        self._thread.join()

    def _ring(self) -> None:
        """Wake the thread."""
        if self._bell >= 0:
            with contextlib.suppress(BlockingIOError):
                os.write(self._bell, b".")

    # In the thread

    def _serve(self) -> None:
        try:
            while self._serve_once():
                pass
        finally:
            with self._changed:
                self._end_lines("")
                for descriptor in (self._stdin, self._stdout, self._stderr, self._alarm, self._bell):
                    _close(descriptor)
                self._bell = -1

    def _serve_once(self) -> bool:
        """Serve what is ready; return False when there is nothing more to serve."""
        with self._changed:
            is_full = len(self._lines) >= limits.WAITING_LINES
        had_ended = self._had_ended  # known before looking: all that it wrote is there to be read
        ready = self._wait(is_full=is_full, seconds=0 if had_ended and not is_full else limits.GLANCE_SECONDS)
        if not ready:
            self._had_ended = self._has_ended()
        with self._changed:
            if self._stdin in ready:
                self._write()
            if self._closes_input and not self._outgoing:
                self._stdin = _close(self._stdin)
            if self._stdout in ready:
                self._read_lines()
            if self._stderr in ready:
                self._read_errors()
            self._changed.notify_all()
            if monotonic() > self._deadline:
                return False
            return bool(ready) or not had_ended or is_full

    def _wait(self, *, is_full: bool, seconds: float) -> set[int]:
        """Return the descriptors that are ready."""
        poll = select.poll()
        poll.register(self._alarm, select.POLLIN)
        if self._stdin >= 0 and self._outgoing:
            poll.register(self._stdin, select.POLLOUT)
        if self._stdout >= 0 and not is_full and self._end is None:
            poll.register(self._stdout, select.POLLIN)
        if self._stderr >= 0:
            poll.register(self._stderr, select.POLLIN)
        ready = {descriptor for descriptor, _ in poll.poll(seconds * 1000)}
        if self._alarm in ready:
            os.read(self._alarm, _CHUNK)
        return ready

    def _write(self) -> None:
        try:
            written = os.write(self._stdin, self._outgoing[:_CHUNK])
        except BlockingIOError:
            return
        except OSError:  # nobody reads it any more
            self._outgoing.clear()
            self._stdin = _close(self._stdin)
            return
        del self._outgoing[:written]

    def _read_lines(self) -> None:
        data = os.read(self._stdout, _CHUNK)
        *whole, rest = data.split(b"\n")
        for line in whole:
            self._lines.append(bytes(self._part + line))
            self._part.clear()
        self._part += rest
        if len(self._part) > limits.LINE_BYTES:
            self._part.clear()
            self._end_lines(f"a line of more than {limits.LINE_BYTES} bytes")
        elif not data:
            self._stdout = _close(self._stdout)
            self._end_lines(f"half a line: {bytes(self._part[:200])!r}" if self._part else "")

    def _read_errors(self) -> None:
        data = os.read(self._stderr, _CHUNK)
        self._errors = (self._errors + data)[-limits.KEPT_ERROR_BYTES :]
        if not data:
            self._stderr = _close(self._stderr)

    def _end_lines(self, reason: str) -> None:
        if self._end is None:
            self._end = reason


def _close(descriptor: int) -> int:
    """Close a descriptor that is open, and return the one that stands for none."""
    if descriptor >= 0:
        os.close(descriptor)
    return -1
