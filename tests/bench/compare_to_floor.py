"""Prints the wall time of the main job beside that of a floor, run in turn, and their ratio.

Run as `python tests/bench/compare_to_floor.py [ROUNDS]`. The floor (floor.py) runs as many empty tests and makes as
many client calls as the suite does. The machine's noise hits both; the ratio is that of the medians. With a LIMIT in
the environment a larger ratio is an error.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
MAIN_JOB = (*PYTEST, "--impl=reference_impl", "--impl-explore=0")
FLOOR = (*PYTEST, str(HERE / "floor.py"))


def main(rounds: int) -> None:
    """Measure and print."""
    tests, calls = count()
    floor_size = {"FLOOR_TESTS": str(tests), "FLOOR_CALLS": str(calls)}
    print(f"{tests} tests, {calls} client calls; {rounds} rounds, in turn")
    mains, floors = [], []
    for _ in range(rounds):
        floors.append(measure(FLOOR, floor_size))
        mains.append(measure(MAIN_JOB, {}))
    for name, times in (("main job", mains), ("floor", floors)):
        shown = f"{statistics.median(times):.2f} s (from {min(times):.2f} to {max(times):.2f})"
        print(f"{name:>8}: {shown}")
    ratio = statistics.median(mains) / statistics.median(floors)
    print(f"{'ratio':>8}: {ratio:.2f}")
    limit = float(os.environ.get("LIMIT", "inf"))
    if ratio > limit:
        raise SystemExit(f"the ratio is {ratio:.2f}, but should be at most {limit}")


def count() -> tuple[int, int]:
    """Return how many cases the main job runs and how many requests they cause."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        run((*MAIN_JOB, f"--impl-report={report}"), {})
        results = json.loads(report.read_text("utf-8"))["runs"][0]["results"]
    return len(results), sum(len(result["requests"]) for result in results)


def measure(command: tuple[str, ...], variables: Mapping[str, str]) -> float:
    """Return the wall time of a command, in seconds."""
    started = time.perf_counter()
    run(command, variables)
    return time.perf_counter() - started


def run(command: tuple[str, ...], variables: Mapping[str, str]) -> None:
    """Run a command that is to succeed; show what it printed if it does not."""
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stdout}{done.stderr}\n{command}: status {done.returncode}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
