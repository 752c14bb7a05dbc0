"""Which defects runs and editions have in common, which count, and what changed from one run to a later one."""

from __future__ import annotations

from dataclasses import replace

import report_samples as samples

from conformance.report.changes import comparisons
from conformance.report.defects import find_defects


def test_tells_once_what_two_editions_say_alike() -> None:
    newer = replace(samples.MODEL, edition=samples.NEW)
    results = (samples.failed(), samples.failed(about=newer))
    (defect,) = find_defects(samples.report(samples.run(results, editions=(samples.OLD, samples.NEW))))
    assert defect.violations[0].editions == (samples.OLD, samples.NEW)


def test_what_is_known_is_told_last_and_apart() -> None:
    found = find_defects(samples.report(samples.run((samples.failed("old", outcome="known"), samples.failed("new")))))
    assert [(defect.status, [result.case for result in defect.results]) for defect in found] == [
        ("must failed", ["new"]),
        ("known", ["old"]),
    ]


def test_runs_share_a_defect_if_it_is_the_same_in_each() -> None:
    first, second = samples.run((samples.failed(),)), samples.run((samples.failed(),), implementation="other")
    third = samples.run((samples.failed(findings=(samples.finding(got='"third"'),)),), implementation="third")
    assert [defect.runs for defect in find_defects(samples.report(first, second, third))] == [(0, 1), (2,)]


def test_a_run_that_is_superseded_has_no_part_in_it() -> None:
    old = samples.run((samples.failed(),), superseded=True)
    assert find_defects(samples.report(old, samples.run(version="1.1"))) == ()


def test_a_should_is_red_where_the_level_says_so() -> None:
    failure = samples.failed("key", samples.KEY)
    for level, red in (("must", False), ("should", True)):
        (defect,) = find_defects(samples.report(samples.run((failure,), level=level)))
        assert defect.red is red


def test_compares_runs_of_one_implementation() -> None:
    before = (
        samples.failed("fixed"),
        samples.result("spoilt"),
        samples.failed("lasting"),
        samples.result("dropped", outcome="not applicable", reason="offers no ask"),
        samples.failed("no-longer-offered"),
        samples.result("gone"),
        samples.result("same"),
    )
    after = (
        samples.result("fixed"),
        samples.failed("spoilt"),
        samples.result("lasting", outcome="errored", reason="a crash"),
        samples.result("dropped"),
        samples.result("no-longer-offered", outcome="not applicable", reason="offers no ask"),
        samples.result("new"),
        samples.result("same"),
    )
    other = samples.run(implementation="other")
    report = samples.report(samples.run(before), other, samples.run(after, version="1.1"))
    (comparison,) = comparisons(report)
    assert (comparison.earlier, comparison.later) == (0, 2)
    assert [change.result.case for change in comparison.fixed] == ["fixed"]
    assert [change.result.case for change in comparison.broken] == ["spoilt"]
    assert sorted(change.result.case for change in comparison.other) == ["dropped", "lasting", "no-longer-offered"]
    assert (comparison.lasting, comparison.gone, comparison.new) == (1, 1, 1)
