"""What `-q` shows: little, but all that is needed."""

from __future__ import annotations

import pytest
import report_samples as samples
from test_report_end import verdict
from test_report_terminal import CRASH, different

from conformance.report.forms.terminal import View, show_briefly


def test_gives_each_defect_three_lines_if_little_is_wanted() -> None:
    report, names = different(3)
    lines = [line.text for line in show_briefly(report, View(width=200))]
    assert [line.partition(" ")[0] for line in lines[:9:3]] == names
    assert all(line.startswith("    ") for line in lines[1:9:3])
    assert all(line.startswith("    Rerun: pytest ") for line in lines[2:9:3])
    assert lines[9:] == ["", *verdict(report)]
    assert [line.text for line in show_briefly(report, View(width=200, brief=True))] == verdict(report)


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (
            "KeyError came from app.py:3 in find, called at app.py:2 in App.ask",
            "note: KeyError came from app.py:3 in find",
        ),
        ("time was up at app.py:3 in App.ask", "note: time was up at app.py:3 in App.ask"),
        ("standard error ends: Traceback\n  File\nValueError: no\n", "note: standard error ends: ValueError: no"),
    ],
)
def test_names_the_place_of_an_error_even_if_little_is_wanted(note: str, shown: str) -> None:
    crash = samples.result(outcome="errored", reason=CRASH, notes=("request 1: odd", note))
    lines = [line.text for line in show_briefly(samples.report(samples.run((crash,))), View(width=200))]
    assert lines[:3] == [f"errored: {CRASH}", "    In default-model", f"    {shown}"]


def test_says_what_is_not_offered_even_if_little_is_wanted() -> None:
    reason = "offers no ask"
    report = samples.report(samples.run((*samples.GREEN, samples.result(outcome="not applicable", reason=reason))))
    lines = [line.text for line in show_briefly(report, View(width=200))]
    assert lines[0] == "not applicable: 1 because the implementation offers no ask (-v names them)"


def test_names_what_warnings_are_about_even_if_little_is_wanted() -> None:
    report = samples.report(samples.run((*samples.GREEN, samples.WARNING)))
    lines = [line.text for line in show_briefly(report, View(width=200))]
    assert lines[0] == f"Warnings (--impl-level=should counts them): {samples.KEY.id}"
    assert ", 1 warning" in lines[2]
