"""How a run ends in the terminal: what was not run, which problems there are beside the cases, and what to do next."""

from __future__ import annotations

import re

import pytest
import report_samples as samples

from conformance.report import Report
from conformance.report.defects import find_defects
from conformance.report.forms.terminal import View, show, show_briefly, show_verdict

LOOK = "look at the warnings: the documentation does not demand what they are about (--impl-level=should does)"
LEFT = tuple(samples.result(f"left-{number}").id for number in range(5))


def verdict(report: Report, view: View | None = None) -> list[str]:
    return [line.text for line in show_verdict(report, find_defects(report), view or View())]


def whole(report: Report, view: View) -> str:
    return "\n".join(line.text for line in show(report, view))


def test_the_lines_that_are_read_first_stand_last() -> None:
    report = samples.report(samples.run((samples.failed(), samples.WARNING)))
    assert whole(report, View()).endswith("\n".join(verdict(report)))


def test_says_what_was_not_run() -> None:
    report = samples.report(samples.run(without_result=LEFT))
    text = whole(report, View(width=200))
    assert (
        "not run: 5 (2024-04-14/left-0[python], 2024-04-14/left-1[python], 2024-04-14/left-2[python] and 2 more)\n"
    ) in text
    assert "planned 11, executed 6: 6 passed" in text


@pytest.mark.parametrize(
    ("report", "step"),
    [
        (samples.report(problems=("baseline.yaml:3: an entry that passes\nmore",)), "fix the problem above"),
        (samples.report(samples.run(without_result=LEFT[:1])), "run the cases that were not run"),
        (samples.report(samples.run(())), "no selected case applies: select others, or implement ask or bindings"),
        (samples.report(samples.run(samples.GREEN)), "nothing"),
        (samples.report(samples.run((*samples.GREEN, samples.WARNING))), LOOK),
    ],
)  # fmt: skip
def test_says_what_to_do_next(report: Report, step: str) -> None:
    assert verdict(report)[-1] == f"next: {step}"


def test_after_a_part_of_the_cases_the_next_step_is_to_run_them_all() -> None:
    def step(report: Report) -> str:
        return "\n".join(verdict(report, View(part=True))).partition("next: ")[2]

    everything = "run all cases, since what passes alone may fail after others"
    assert step(samples.report(samples.run(samples.GREEN))) == everything
    assert step(samples.report(samples.run((*samples.GREEN, samples.WARNING)))) == LOOK
    assert re.fullmatch("fix the first, and rerun it: .*", step(samples.report(samples.run((samples.failed(),)))))


def test_a_problem_is_told_in_full_also_with_q_or_in_one_line_where_pytest_tells_it() -> None:
    report = samples.report(problems=("this has changed: a/long/path\n--- reviewed\n+++ now", "that has changed: x"))
    full = [line.text for line in show(report, View(width=20))]
    start = full.index("this has changed: a/long/path")
    assert full[start : start + 5] == [full[start], "  --- reviewed", "  +++ now", "that has changed: x", ""]
    assert [line.text for line in show_briefly(report, View(width=20))][:5] == full[start : start + 5]
    brief = [line.text for line in show_briefly(report, View(width=20, brief=True))]
    assert brief[:2] == ["this has changed: a/long/path", "that has changed: x"]


def test_the_first_problems_are_told_and_with_v_all() -> None:
    report = samples.report(problems=tuple(f"problem {number}" for number in range(9)))
    some, every = ([line.text for line in show(report, View(width=80, whole=whole))] for whole in (False, True))
    assert "and 4 more problems (-v shows all)" in some
    assert "problem 8" not in some
    assert "problem 8" in every
