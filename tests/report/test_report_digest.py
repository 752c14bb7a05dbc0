from __future__ import annotations

import report_samples as samples

from conformance.report.changes import comparisons
from conformance.report.digest import violations


def test_says_the_same_thing_once() -> None:
    results = (samples.failed("one"), samples.failed("two"), samples.failed("one", surface="java"))
    (violation,) = violations(samples.report(samples.run(results)))
    (sighting,) = violation.sightings
    assert sorted((result.case, result.surface) for result in sighting.results) == [
        ("one", "java"),
        ("one", "python"),
        ("two", "python"),
    ]


def test_lists_the_gravest_first() -> None:
    results = (
        samples.failed("key", samples.KEY),
        samples.failed(),
        samples.result("tool-name", samples.TOOL, outcome="errored", reason="a crash"),
    )
    found = violations(samples.report(samples.run(results)))
    assert [(violation.requirement, violation.status) for violation in found] == [
        ("AST-TOOL-NAME", "errored"),
        ("AST-MODEL-DEFAULT", "must failed"),
        ("AST-SERVICE-KEY", "should failed"),
    ]


def test_puts_a_finding_under_the_requirement_that_it_is_about() -> None:
    broken = samples.failed(findings=(samples.finding(), samples.finding(samples.KEY)))
    found = violations(samples.report(samples.run((broken,))))
    assert [violation.requirement for violation in found] == ["AST-MODEL-DEFAULT", "AST-SERVICE-KEY"]


def test_takes_the_words_of_a_finding_for_an_unknown_requirement() -> None:
    strange = samples.statement("AST-STRANGE", statement="It is strange.")
    (violation,) = violations(samples.report(samples.run((samples.failed("x", strange),))))
    assert violation.statement == "It is strange."


def test_keeps_runs_side_by_side() -> None:
    first, second = samples.run((samples.failed(),)), samples.run((samples.failed(),), implementation="other")
    found = violations(samples.report(first, second))
    assert [(violation.requirement, violation.run) for violation in found] == [
        ("AST-MODEL-DEFAULT", 0),
        ("AST-MODEL-DEFAULT", 1),
    ]


def test_compares_runs_of_one_implementation() -> None:
    before = (
        samples.failed("mended"),
        samples.result("spoilt"),
        samples.failed("lasting"),
        samples.result("dropped", outcome="not applicable", reason="offers no ask"),
        samples.failed("no-longer-offered"),
        samples.result("gone"),
        samples.result("same"),
    )
    after = (
        samples.result("mended"),
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
    assert [change.result.case for change in comparison.fixed] == ["mended"]
    assert [change.result.case for change in comparison.broken] == ["spoilt"]
    assert sorted(change.result.case for change in comparison.other) == ["dropped", "lasting", "no-longer-offered"]
    assert (comparison.lasting, comparison.gone, comparison.new) == (1, 1, 1)
