"""What leaks from one app to the next is named before what follows from it."""

from __future__ import annotations

from typing import Any

import report_samples as samples

from conformance._data.open_world.matching import Cause
from conformance._judging.result import Result
from conformance.report.advice import advise
from conformance.report.defects import find_defects
from conformance.report.failure_text import tell_briefly
from conformance.report.forms.html_data import describe
from conformance.report.forms.markdown import render
from conformance.report.leaks import find_leaks

ISOLATED = samples.statement("AST-TOOL-ISOLATED", "should")
REFUSED = Cause(kind="refused declaration", said="OSError: no storage")


def left_over(case: str = "leaks", **more: Any) -> Result:
    finding = samples.finding(
        ISOLATED, **{"what": "tools.Other", "got": "{}", "wanted": "absent", "surplus": True, **more}
    )
    return samples.failed(case, ISOLATED, findings=(finding,))


def test_what_names_the_cause_stands_before_what_follows_from_it() -> None:
    keys = [samples.failed(case, samples.KEY, findings=(samples.finding(samples.KEY, what="key"),)) for case in "ab"]
    first, second = find_defects(samples.report(samples.run((*keys, left_over()))))
    assert [violation.requirement for violation in first.violations] == ["AST-TOOL-ISOLATED"]
    assert [violation.requirement for violation in second.violations] == ["AST-SERVICE-KEY"]


def test_the_next_step_is_to_rerun_what_names_the_cause() -> None:
    others = [samples.failed(case, samples.MODEL) for case in "ab"]
    report = samples.report(samples.run((*others, left_over())))
    step, _ = advise(report, find_defects(report))
    assert step.startswith("fix what leaks from one app to the next, and rerun it: pytest ")
    assert "::leaks[python]" in step


def test_an_error_is_to_be_fixed_before_what_may_follow_from_it() -> None:
    refused = {"what": "the declaration of AddTodo", "cause": REFUSED, "surplus": False}
    one = samples.failed("one", findings=(samples.finding(**refused),))
    report = samples.report(samples.run((left_over(**refused), one, samples.result("two"))))
    (defect,) = find_defects(report)
    step, _ = advise(report, [defect])
    assert step.startswith("fix the first, and rerun it: pytest ")
    assert list(find_leaks(report, [defect])) == ["AST-TOOL-ISOLATED"]
    named = next(line.text for line in tell_briefly(report, defect) if line.kind == "also")
    assert named.index("AST-MODEL-DEFAULT") < named.index("AST-TOOL-ISOLATED")


def test_every_report_asks_first_whether_an_app_leaves_something_behind() -> None:
    report = samples.report(samples.run((samples.failed(), left_over())))
    question = "AST-TOOL-ISOLATED: Does state leak from one app to the next? Other failures may follow from that."
    (head, rerun) = describe(report)["leaks"]
    assert (head["text"], "::leaks[python]" in rerun["text"]) == (question, True)
    text = render(report)
    assert question in text.partition("## What failed")[0]
    assert "<pre>pytest --impl=" in text.partition("## What failed")[0]
    assert describe(samples.report())["leaks"] == []


def test_finds_what_one_app_leaves_to_the_next() -> None:
    def leaks(*results: Result) -> list[str]:
        report = samples.report(samples.run(results))
        return list(find_leaks(report, find_defects(report)))

    assert leaks(samples.failed(), left_over()) == ["AST-TOOL-ISOLATED"]
    assert leaks(samples.failed(), left_over(got="absent", wanted='"Add"', surplus=False)) == []
    assert leaks(samples.failed()) == []
    refused = {"what": "the declaration of AddTodo", "cause": REFUSED}
    isolated = samples.failed("leaks", ISOLATED, findings=(samples.finding(ISOLATED, **refused),))
    default = samples.failed("one", findings=(samples.finding(**refused),))
    assert leaks(isolated, default) == []
    assert leaks(isolated, default, samples.result("two")) == ["AST-TOOL-ISOLATED"]
    # An app that refuses everything passes where something must be refused.
    required = samples.statement("AST-DECLARATION-DESCRIPTION-REQUIRED", "should")
    control = samples.failed("three", required, findings=(samples.finding(required, **refused),))
    assert leaks(isolated, default, control, samples.result("four", required)) == []
