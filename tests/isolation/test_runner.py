"""Foreign code runs for a limited time."""

import os
import signal
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError

import pytest

from conformance._isolation import runner
from conformance._isolation.runner import CaseTimeoutError, Runner
from conformance._text.words import describe_error


class LateFuture(Future):
    """A future whose function ends just after the time is up, before anybody can look whether it has."""

    def result(self, timeout=None):
        try:
            return super().result(timeout)
        except FutureTimeoutError:
            self.exception(timeout=5)
            raise


@pytest.fixture
def run():
    one = Runner()
    yield one.call
    one.close()


def test_takes_what_a_function_returns_at_the_very_end_of_its_time(run, monkeypatch):
    monkeypatch.setattr(runner, "Future", LateFuture)

    def return_late():
        time.sleep(0.05)
        return "done"

    assert run(return_late, seconds=0.01) == "done"


def test_raises_the_time_out_of_the_function_itself(run):
    def time_out():
        raise TimeoutError("mine")

    with pytest.raises(TimeoutError, match="mine"):
        run(time_out, seconds=5)


class HangingError(Exception):
    """An error whose text takes for ever."""

    def __str__(self):
        while time.monotonic():
            time.sleep(0.01)
        return ""


def test_stops_the_text_of_an_error_that_hangs(run):
    def describe_many():
        for _ in range(30):
            describe_error(HangingError())

    with pytest.raises(CaseTimeoutError) as caught:
        run(describe_many, seconds=0.1)
    assert caught.value.stopped


def test_goes_on_after_a_signal_that_ends_the_wait(run):
    """As pytest-timeout does it."""

    def fail(*_):
        raise AssertionError("the test took too long")

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(AssertionError, match="the test took too long"):
            run(lambda: time.sleep(20), seconds=30)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert run(lambda: "done", seconds=5) == "done"


def test_runs_in_a_fork_too(run):
    """As pytest-forked does it."""
    assert run(lambda: "done", seconds=5) == "done"
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = int(run(lambda: "done", seconds=5) != "done")
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
