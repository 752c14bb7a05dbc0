"""Prints how fast the suite is: against a floor, by itself, on two workers, and as the corpus grows.

Run as `python tests/bench/bench.py`; `--help` explains its options. Ratios are held against those in ratios.json;
times are the machine's.

The floor (floor.py) runs as many empty tests and makes as many client calls as the main job does; the second floor
makes the same calls, with the bodies that the reference implementation sends. They are measured in turn, so that the
machine's noise hits all; a ratio is that of the medians. On a busy machine the ratio of processor times says more.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

from growth import write_cases
from measuring import PYTEST, Measured, judge, measure

HERE = Path(__file__).parent
RATIOS = HERE / "ratios.json"
FLOOR = (*PYTEST, str(HERE / "floor.py"))
REFERENCE, PLAIN_HTTPX = "reference_impl", "tests/conforming/plain_httpx.py"
MANY_SCENARIOS = 500
NOISE = 1.1
"""How much worse than the kept ratio is put down to noise."""


def main() -> None:
    """Measure, print and compare."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ratios = dict(_measure_all(folder, options))
    kept = json.loads(RATIOS.read_text("utf-8"))
    print(f"\n{'ratio':<45}{'now':>6}{'kept':>7}")
    for label, ratio in ratios.items():
        before = kept.get(label)
        is_worse = before is not None and ratio > before * NOISE
        print(f"{label:<45}{ratio:>6.2f}{before or '-':>7}{'  worse' if is_worse else ''}")
    if options.keep:
        now = {label: round(ratio, 2) for label, ratio in ratios.items()}
        RATIOS.write_text(json.dumps({**kept, **now}, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=2, help="how often the jobs and their floors are run (2)")
    parser.add_argument("--large", action="store_true", help="let the corpus grow to 100,000 cases too")
    parser.add_argument("--keep", action="store_true", help="write the ratios to ratios.json")
    return parser.parse_args()


def _measure_all(folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, float]]:
    yield from _against_the_floor(folder, options.rounds)
    _show_plain_httpx(folder)
    yield from _on_two_workers()
    yield from _growing(folder, [1_000, 10_000, *([100_000] if options.large else [])])


def _against_the_floor(folder: Path, rounds: int) -> Iterator[tuple[str, float]]:
    tests, bodies = _sent_to(REFERENCE, folder)
    size = {"FLOOR_TESTS": str(tests), "FLOOR_CALLS": str(len(bodies))}
    (folder / "bodies.json").write_text(json.dumps(bodies), "utf-8")
    same = {**size, "FLOOR_BODIES": str(folder / "bodies.json")}
    exploring = tuple(word for word in judge(REFERENCE) if not word.startswith("--impl-explore"))
    commands = {
        "floor": (FLOOR, size),
        "floor, same calls": (FLOOR, same),
        "main job": (judge(REFERENCE), {}),
        "with exploration": (exploring, {}),
    }
    rounds_of: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            rounds_of[name].append(measure(*command))
    print(f"{tests} cases, {len(bodies)} requests; the medians of {rounds} rounds, in turn:")
    walls = {name: [one.seconds for one in taken] for name, taken in rounds_of.items()}
    processor = {name: median(one.processor for one in taken) for name, taken in rounds_of.items()}
    for name, taken in walls.items():
        spread = f"from {min(taken):.2f} to {max(taken):.2f}"
        print(f"  {name:<20}{median(taken):7.2f} s ({spread}), {processor[name]:.2f} s of processor time")
    for job, floor in (("main job", "floor"), ("main job", "floor, same calls"), ("with exploration", "floor")):
        yield f"{job} / {floor}", median(walls[job]) / median(walls[floor])
        yield f"{job} / {floor}, processor", processor[job] / processor[floor]


def _sent_to(implementation: str, folder: Path) -> tuple[int, list[dict[str, object]]]:
    """Return how many cases an implementation is judged by, and the bodies that it sends; cut ones in short."""
    report = folder / "report.json"
    measure(judge(implementation, f"--impl-report={report}"))
    results = json.loads(report.read_text("utf-8"))["runs"][0]["results"]
    return len(results), [_body(sent["body"]) for result in results for sent in result["requests"]]


def _body(text: str) -> dict[str, object]:
    try:
        return dict(json.loads(text))
    except ValueError:  # a report cuts what is very long
        return {"model": "gpt-3.5-turbo", "messages": [{"role": "user", "content": text[:1000]}]}


def _show_plain_httpx(folder: Path) -> None:
    """Print how fast an implementation is judged whose own share is small."""
    cases, _ = _sent_to(PLAIN_HTTPX, folder)
    start = measure(judge(PLAIN_HTTPX, "-k", "default-model and python")).seconds
    judged = measure(judge(PLAIN_HTTPX)).seconds
    explored = measure(judge(PLAIN_HTTPX, explore=MANY_SCENARIOS)).seconds
    speed, search = cases / (judged - start), MANY_SCENARIOS / (explored - judged)
    print(f"on plain httpx, without the start: {speed:.0f} cases a second, {search:.0f} scenarios a second")


def _on_two_workers() -> Iterator[tuple[str, float]]:
    command = judge(REFERENCE, "--impl-edition=all", explore=MANY_SCENARIOS)
    alone, shared = (measure((*command, "-n", workers)).seconds for workers in ("0", "2"))
    print(f"both editions, {MANY_SCENARIOS} scenarios: {alone:.1f} s alone, {shared:.1f} s on two workers")
    print(f"  -n 2 is {alone / shared:.2f} times as fast")
    yield "on two workers / alone", shared / alone


def _growing(folder: Path, sizes: list[int]) -> Iterator[tuple[str, float]]:
    """Measure generated corpora, with the reports that hold the most."""
    print("  cases   seconds  ms of processor time a case  peak memory, with JSON and HTML report")
    costs = []
    for size in sizes:
        cases = folder / f"cases-{size}"
        write_cases(cases, size)
        reports = (f"--impl-report={folder}/{size}.json", f"--impl-report={folder}/{size}.html")
        taken = measure(judge(REFERENCE, f"--impl-cases={cases}", *reports, str(cases)))
        costs.append(1000 * taken.processor / size)
        print(f"{size:>7} {taken.seconds:>9.1f} {costs[-1]:>28.2f} {taken.megabytes:>9.0f} MB")
    for (small, cheap), (large, dear) in pairwise(zip(sizes, costs, strict=True)):
        yield f"cost of a case, {large:,} / {small:,}", dear / cheap


if __name__ == "__main__":
    main()
