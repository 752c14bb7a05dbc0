"""Judges implementations, and looks after what they leave behind."""

import os
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from conformance._judging.isolated_player import IsolatedPlayer
from conformance._judging.session import open_session
from conformance._targets.loading import load_target
from conformance._targets.target import Target

MISBEHAVING = Path(__file__).parent
REMOTE = f"exec:{sys.executable} {MISBEHAVING / 'remote_misbehaviour.py'}"

FAULTLESS = ["passed", "passed", "failed", "passed"]
FAULTY = ["passed", "errored", "failed", "passed"]


def target_of(implementation):
    """Make an object of this process judgeable, its requests being answered on loopback."""
    return Target(
        name="misbehaving",
        spec="misbehaving",
        version=None,
        surfaces=("python",),
        editions=("2024-04-14",),
        create_app=implementation.create_app,
        transport="loopback",
    )


@contextmanager
def judging(implementation, *, seconds=10.0, transport="loopback"):
    """Prepare an implementation (its spec, or a target) to be judged, and yield what runs a case."""
    target = load_target(implementation, transport=transport) if isinstance(implementation, str) else implementation
    try:
        with open_session({target.transport}, seconds=seconds) as session:
            yield lambda case: session.run(case, target)
    finally:
        target.close()


@contextmanager
def judging_isolated(spec, *, seconds=10.0, transport="loopback"):
    """Have an implementation judged in a process of its own, and yield what runs a case."""
    player = IsolatedPlayer(spec, transport=transport, seconds=seconds)
    target = player.load()
    try:
        with open_session((), seconds=seconds, isolated={spec: player}) as session:
            yield lambda case: session.run(case, target)
    finally:
        target.close()


def judge(implementation, cases, *, isolated=False, **options):
    with (judging_isolated if isolated else judging)(implementation, **options) as run:
        return [run(case) for case in cases]


def outcomes(results):
    return [result.outcome for result in results]


def runs(pid):
    """Say whether a process runs: one that is gone, or waits to be reaped by whoever adopted it, does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@contextmanager
def nothing_left():
    """Assert that threads, descriptors and children are as before."""
    before = set(threading.enumerate())
    descriptors = open_descriptors()
    yield
    end = time.monotonic() + 5
    while (left := set(threading.enumerate()) - before) and time.monotonic() < end:
        time.sleep(0.01)
    assert left == set()
    assert open_descriptors() <= descriptors
    assert children() == []


def open_descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


def children():
    """Return the command lines of this process's children."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" "))
        except OSError:
            continue
    return found
