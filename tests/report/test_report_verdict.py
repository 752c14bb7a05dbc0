from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import report_samples as samples

from conformance._data.case_id import CaseId
from conformance._judging.result import Result
from conformance.report import headline, is_report_red, verdicts_of
from conformance.report.verdict import verdict_of

WARNING = samples.failed("key", samples.KEY)
KNOWN = samples.failed(outcome="known")
ERRORED = samples.result(outcome="errored", reason="a crash")
ABSENT = samples.result(outcome="not applicable", reason="offers no ask")
LEFT = CaseId.of_case(samples.OLD, "model.yaml", "left", "python")


@pytest.mark.parametrize(
    ("results", "more", "words"),
    [
        (samples.GREEN, {}, "conformant"),
        ((*samples.GREEN, samples.failed("other")), {}, "1 case violates a must"),
        ((*samples.GREEN, samples.failed("other", findings=())), {}, "1 case violates a must"),
        ((*samples.GREEN, WARNING), {}, "conformant, 1 warning"),
        ((*samples.GREEN, WARNING), {"level": "should"}, "1 case violates a should"),
        ((*samples.GREEN, ERRORED, samples.failed("other")), {}, "1 errored, 1 case violates a must"),
        ((*samples.GREEN, KNOWN, KNOWN), {}, "conformant, 2 known failures"),
        (samples.GREEN, {"without_result": (LEFT,)}, "1 not run"),
        ((), {}, "nothing executed"),
        ((ABSENT,), {}, "nothing executed"),
        ((samples.GREEN[0], ABSENT), {}, "conformant, judged on 1 of 2 surfaces, 33% of the requirements judged there"),
        (samples.GREEN, {"surfaces": ("python",)}, "conformant"),
        (samples.GREEN, {"surfaces": ("python", "java", "powershell")}, "conformant"),
        (samples.GREEN, {"editions": (samples.OLD, samples.NEW)}, "conformant"),
    ],
)
def test_says_what_a_run_adds_up_to(results: tuple[Result, ...], more: dict[str, Any], words: str) -> None:
    report = samples.report(samples.run(results, **more))
    (verdict,) = verdicts_of(report)
    assert verdict.words == words
    assert verdict.red is is_report_red(report) is (not words.startswith("conformant"))


def test_rounds_the_share_of_what_was_judged_down() -> None:
    requirements = tuple(samples.statement(f"AST-TOOL-{number}", levels={"python": "must"}) for number in range(300))
    results = tuple(samples.result(one.id.lower(), one) for one in requirements[1:])
    (verdict,) = verdicts_of(samples.report(samples.run(results), requirements=requirements))
    assert (verdict.judged, verdict.observable, verdict.share) == (299, 300, 99)


def test_the_share_of_what_was_judged_is_not_0_if_anything_was() -> None:
    requirements = tuple(samples.statement(f"AST-TOOL-{number}") for number in range(300))
    run = samples.run((samples.result(about=requirements[0]),))
    assert verdict_of(run, requirements).share == 1
    assert verdict_of(samples.run(()), requirements).share == 0


def test_a_problem_beside_the_results_is_red() -> None:
    report = samples.report(problems=("known.yaml: 8 entries are out of date (--impl-update brings)\nknown.yaml:3: a",))
    assert is_report_red(report)
    assert headline(report) == "known.yaml: 8 entries are out of date; apart from that: library 1.0 is conformant"
    two = "2 problems outside the results; apart from that: library 1.0 is conformant"
    assert headline(samples.report(problems=("a", "b"))) == two
    bad = samples.run((samples.failed(),))
    both = "library 1.0 is not conformant: 1 case violates a must; stale"
    assert headline(samples.report(bad, problems=("stale",))) == both


def test_a_part_of_the_cases_is_no_verdict_on_the_whole() -> None:
    few = samples.run(samples.GREEN[:1], offered=390)
    part = "library 1.0 passed what was selected (1 of 390 cases); not judged as a whole"
    assert headline(samples.report(few)) == part
    warned = samples.run((samples.GREEN[0], WARNING), offered=390)
    assert verdict_of(warned, samples.REQUIREMENTS).words == (
        "passed what was selected (2 of 390 cases, 1 warning); not judged as a whole"
    )
    bad = samples.run((samples.failed(),), offered=390)
    assert headline(samples.report(bad)) == "library 1.0 is not conformant: 1 case violates a must"
    assert (
        headline(samples.report(few, few))
        == "Nothing failed in 2 runs, of which not all judged an implementation as a whole"
    )
    assert headline(samples.report(samples.run(offered=6))) == "library 1.0 is conformant"


def test_nothing_is_red() -> None:
    report = samples.report()
    empty = type(report)(requirements=(), runs=())
    assert is_report_red(empty)
    assert headline(empty) == "Nothing was judged"


def test_a_superseded_run_does_not_count() -> None:
    bad = samples.run((samples.failed(),), superseded=True)
    report = samples.report(bad, samples.run(version="1.1"))
    assert not is_report_red(report)
    assert headline(report) == "library 1.1 is conformant"


def test_the_headline_counts_runs() -> None:
    bad, good = samples.run((samples.failed(),)), samples.run(implementation="other")
    assert headline(samples.report(bad)) == "library 1.0 is not conformant: 1 case violates a must"
    assert headline(samples.report(bad, good)) == "1 of 2 runs is not conformant"
    assert headline(samples.report(bad, bad, good)) == "2 of 3 runs are not conformant"
    assert headline(samples.report(good, good)) == "All 2 runs are conformant"


def test_the_headline_counts_apart_what_was_not_judged_to_the_end() -> None:
    bad, good = samples.run((samples.failed(),)), samples.run(implementation="other")
    cut = samples.run(without_result=(samples.result("left").id,))
    assert headline(samples.report(cut)) == "library 1.0 was not judged to the end: 1 not run"
    assert headline(samples.report(samples.run(()))) == "library 1.0 was not judged: nothing executed"
    assert headline(samples.report(cut, good)) == "1 of 2 runs was not judged to the end"
    both = "1 of 3 runs is not conformant, 2 of 3 runs were not judged to the end"
    assert headline(samples.report(bad, cut, cut)) == both


def test_what_only_a_built_app_shows_concerns_nothing_that_is_played() -> None:
    built = samples.statement("AST-BINDING-BUILT", levels={"python": "must"}, built_apps="No case can see it.")
    played = samples.run((samples.result(about=samples.MODEL),), surfaces=("python",))
    app = samples.run((*played.results, samples.result("built", about=built)), surfaces=("python",))
    model = replace(samples.MODEL, levels={"python": "must"})
    assert verdict_of(played, [model, built]).share == 100
    assert (verdict_of(app, [model, built]).judged, verdict_of(app, [model, built]).observable) == (2, 2)
