from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import report_samples as samples

from conformance._data.case_id import CaseId
from conformance.report import Report, ReportError, Run, is_report_red, merge

A, B = Path("a.json"), Path("b.json")


def shards(*runs: Run) -> list[tuple[Path, Report]]:
    return [(Path(f"{number}.json"), samples.report(run)) for number, run in enumerate(runs)]


def test_shards_add_up_to_the_whole_run() -> None:
    whole = samples.run()
    halves = (replace(whole, results=whole.results[::2]), replace(whole, results=whole.results[1::2]))
    assert merge(shards(*halves)) == merge(shards(*reversed(halves))) == samples.report(whole)


def test_what_one_shard_left_another_may_have_run() -> None:
    left = CaseId.of_case(samples.OLD, "model.yaml", "default-model", "java")
    never = CaseId.of_case(samples.OLD, "model.yaml", "never", "java")
    whole = samples.run()
    first = replace(whole, results=whole.results[1:], without_result=(left, never))
    second = replace(whole, results=whole.results[:1])
    assert merge(shards(first, second)).runs == (replace(whole, without_result=(never,)),)


def test_shards_may_be_of_different_editions_and_times() -> None:
    old = samples.run()
    newer = tuple(samples.in_edition(result, samples.NEW) for result in samples.GREEN)
    new = samples.run(newer, editions=(samples.NEW,), when="2025-11-22T09:00:00Z")
    (run,) = merge(shards(old, new)).runs
    assert run.editions == (samples.OLD, samples.NEW)
    assert run.when == "2025-11-22T09:00:00Z"
    assert len(run.results) == len(old.results) + len(new.results)


def test_shards_may_overlap_where_they_agree() -> None:
    whole = samples.run()
    assert merge(shards(whole, whole)).runs == (whole,)


def test_refuses_shards_that_contradict_each_other() -> None:
    with pytest.raises(ReportError) as caught:
        merge([(A, samples.report(samples.run())), (B, samples.report(samples.run((samples.failed(),))))])
    assert str(caught.value) == (
        "b.json: library 1.0, 2024-04-14/default-model[python]: must failed, but passed in a.json; "
        "expected shards that agree, or --over-time for runs one after the other"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1.1"},
        {"implementation": "other"},
        {"suite": "0.2.0"},
        {"level": "should"},
        {"environment": {"python": "CPython 3.13.0"}},
    ],
)
def test_runs_that_differ_stand_side_by_side(change: dict) -> None:
    first, second = samples.run(), samples.run((samples.failed(),), **change)
    merged = merge(shards(first, second))
    assert merged.runs == (first, second)
    assert is_report_red(merged)


def test_over_time_the_last_run_of_an_implementation_counts() -> None:
    bad, good = samples.run((samples.failed(),)), samples.run()
    better = merge(shards(bad, good), over_time=True)
    assert [run.superseded for run in better.runs] == [True, False]
    assert not is_report_red(better)
    assert is_report_red(merge(shards(good, bad), over_time=True))


def test_over_time_another_implementation_counts_still() -> None:
    bad, good = samples.run((samples.failed(),), implementation="other"), samples.run()
    assert is_report_red(merge(shards(bad, good, good), over_time=True))


def test_over_time_goes_on_from_a_merged_report() -> None:
    bad, good = samples.run((samples.failed(),)), samples.run()
    earlier = merge(shards(bad, good), over_time=True)
    assert merge([(A, earlier)]) == earlier
    again = merge([(A, earlier), (B, samples.report(bad))], over_time=True)
    assert [run.superseded for run in again.runs] == [True, True, False]


def test_runs_that_one_report_holds_apart_stay_apart() -> None:
    report = samples.report(samples.run(), samples.run((samples.failed(),)))
    assert merge([(A, report)]) == report


def test_unites_requirements_and_problems() -> None:
    newer = replace(samples.MODEL, edition=samples.NEW)
    reworded = replace(samples.TOOL, statement="In better words.")
    first = samples.report(requirements=(samples.MODEL, samples.TOOL), problems=("one", "two"))
    second = samples.report(requirements=(newer, reworded), problems=("two", "three"))
    merged = merge([(A, first), (B, second)])
    assert merged.requirements == (samples.MODEL, reworded, newer)
    assert merged.problems == ("one", "two", "three")


@pytest.mark.parametrize("more", [{"spec": "tests/other.py"}, {"options": ("--impl-transport=loopback",)}])
def test_what_was_judged_otherwise_is_another_run(more: dict[str, Any]) -> None:
    whole = samples.run()
    other = replace(whole, **more)
    assert merge(shards(whole, other)).runs == (whole, other)


def test_shards_may_have_baselines_of_their_own() -> None:
    whole = samples.run()
    halves = [
        replace(whole, results=whole.results[half::2], options=(f"--impl-baseline={half}.yaml",)) for half in (0, 1)
    ]
    (run,) = merge(shards(*halves)).runs
    assert run.results == whole.results
