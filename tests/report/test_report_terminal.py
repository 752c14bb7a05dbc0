"""What a run shows in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import report_samples as samples

from conformance._judging.result import Result
from conformance.contract import EDITIONS, SURFACES
from conformance.report import Report
from conformance.report.forms.terminal import View, show, show_briefly

CRASH = "create_app got no answer: it exited with status 3"


def screen(report: Report, *, width: int = 80, **more: Any) -> str:
    return "\n".join(line.text for line in show(report, View(width=width, **more)))


def screen_of(*results: Result, **more: Any) -> str:
    return screen(samples.report(samples.run(results)), **more)


def errors(count: int) -> list[Result]:
    return [samples.result(f"case-{number:03}", outcome="errored", reason=CRASH) for number in range(count)]


def different(count: int) -> tuple[Report, list[str]]:
    """Return a report with so many requirements violated, each in other words, and their names."""
    requirements = [samples.statement(f"AST-TOOL-{number:02}") for number in range(count)]
    results = tuple(
        samples.failed(one.id.lower(), one, findings=(samples.finding(one, got=one.id),)) for one in requirements
    )
    return samples.report(samples.run(results), requirements=tuple(requirements)), [one.id for one in requirements]


def test_shows_one_broken_thing_in_one_block() -> None:
    results = (samples.failed(why="Real code did so."), samples.failed("another"), samples.failed("third"))
    assert screen_of(*results, width=120) == (
        "library 1.0, edition 2024-04-14\n"
        "\n"
        "AST-MODEL-DEFAULT (must): Without a model, gpt-3.5-turbo is used.\n"
        "  Source: edition 2024-04-14, Decorators\n"
        "  3 cases show it. The simplest:\n"
        "  cases/2024-04-14/model.yaml:12: Case another holds.\n"
        '      request 1: model = "DefaultChatModel", but should be "gpt-3.5-turbo"\n'
        "  request 1: POST https://api.openai.com/v1/chat/completions -> 200\n"
        '      {"model": "DefaultChatModel", "messages": [1 not shown]}\n'
        "  The other cases: third, default-model\n"
        "  Rerun: pytest --impl=library.adapter --impl-edition=2024-04-14 "
        "'cases/2024-04-14/model.yaml::another[python]'\n"
        "\n"
        "note: published libraries deviate from AST-MODEL-DEFAULT too; the documentation decides (-v says how)\n"
        "\n"
        "verdict: library 1.0 is not conformant: 3 cases violate a must\n"
        "planned 3, executed 3: 3 failed\n"
        "next: fix the first, and rerun it: pytest --impl=library.adapter --impl-edition=2024-04-14 "
        "'cases/2024-04-14/model.yaml::another[python]'\n"
        "      or accept what fails as known: --impl-baseline=FILE --impl-update-baseline"
    )


def test_says_where_the_files_of_cases_are_if_any_is_named() -> None:
    assert screen_of(samples.failed(), home="a/b").startswith(
        "library 1.0, edition 2024-04-14\ncases/… are files in a/b\n\nAST-"
    )
    assert "cases/…" not in screen(samples.report(), home="a/b")


def test_a_character_that_may_end_a_line_ends_none() -> None:
    result = samples.failed(findings=(samples.finding(got="one\u2028two"),))
    assert "model = one\u2028two, but" in screen_of(result, width=200)


def test_says_why_a_case_matters() -> None:
    assert "\n  Why it matters: Real code did so.\n" in screen_of(samples.failed(why="Real code did so."))


def test_shows_what_is_green_in_three_lines() -> None:
    assert screen(samples.report()) == (
        "library 1.0, edition 2024-04-14\n"
        "\n"
        "verdict: library 1.0 is conformant\n"
        "planned 6, executed 6: 6 passed\n"
        "next: nothing"
    )


def test_shows_a_crash_at_start_once() -> None:
    text = screen_of(*errors(153))
    assert text.count(CRASH) == 1
    assert "  153 cases show it. The simplest:\n" in text
    assert "  The other cases: case-001, case-002, case-003, case-004 and 148 more\n" in text
    assert len(text.splitlines()) < 15


def test_what_was_given_up_follows_its_cause_and_counts_as_not_run() -> None:
    hung = samples.result("hung", outcome="errored", reason="no answer within 1 s, in ask")
    given_up = [samples.given_up(f"left-{number}") for number in range(3)]
    text = screen_of(*given_up, hung)
    assert "\n\nnot run: 3 cases, since 1 case in a row gave no answer in time\n  In left-0, left-1, left-2\n" in text
    assert text.index("errored: no answer") < text.index("not run: 3 cases")
    assert "verdict: library 1.0 is not conformant: 1 errored, 3 not run\nplanned 4, executed 1: 1 errored\n" in text
    assert "next: fix the first, and rerun it: pytest --impl=library.adapter" in text
    assert "::hung[python]" in text.rpartition("next:")[2]


def test_asks_first_whether_one_app_leaves_something_to_the_next() -> None:
    isolated = samples.statement("AST-TOOL-ISOLATED", "should")
    found = samples.finding(isolated, what="tools.Other", got="{}", wanted="absent", surplus=True)
    leaking = samples.failed("leaks", isolated, findings=(found,))
    lines = screen_of(samples.failed(), leaking, width=120).splitlines()
    assert lines[2].startswith("AST-TOOL-ISOLATED: Does state leak from one app to the next?")
    assert lines[3].startswith("  Rerun: pytest --impl=library.adapter")
    assert "::leaks[python]" in lines[3]
    assert "Does state leak" not in screen_of(leaking)


def test_asks_nothing_about_what_is_known() -> None:
    isolated = samples.statement("AST-TOOL-ISOLATED", "should")
    found = samples.finding(isolated, what="tools.Other", got="{}", wanted="absent", surplus=True)
    known = samples.failed("leaks", isolated, findings=(found,), outcome="known", reason="issue 7")
    assert "Does state leak" not in screen_of(known, samples.failed("old", outcome="known", reason="issue 8"))
    assert "Does state leak" not in screen_of(known, samples.failed())


def test_a_crash_can_not_be_accepted() -> None:
    assert "--impl-baseline" not in screen_of(*errors(1))


def test_tells_few_in_full_and_the_others_in_three_lines() -> None:
    report, names = different(30)
    text = screen(report)
    assert text.count("Rerun:") == 5 + 12
    assert text.count(" -> 200") == 5
    positions = [text.index(name) for name in names]
    assert positions == sorted(positions)
    assert len(text.splitlines()) < 100


def test_names_the_first_places_of_an_error_and_with_v_all() -> None:
    places = ", called at ".join(f"app.py:{number} in f" for number in range(5))
    crash = samples.result(outcome="errored", reason=CRASH, notes=(f"KeyError came from {places}",))
    assert "app.py:2 in f and 2 more (-v)\n" in screen_of(crash, width=200)
    assert f"note: KeyError came from {places}\n" in screen_of(crash, width=200, whole=True)


def test_shows_warnings_shortly() -> None:
    text = screen_of(*samples.GREEN, samples.WARNING, width=200)
    assert text.partition("\n\n")[2].startswith(
        "Warnings: 1 requirement of level should is violated (--impl-level=should counts them, -v shows them in full)\n"
        "  AST-SERVICE-KEY (should): No request is refused for its key.\n"
        '      key: request 1: the key = "DefaultChatModel", but should be "gpt-3.5-turbo"\n'
        "      Rerun: pytest --impl=library.adapter --impl-edition=2024-04-14 "
        "'cases/2024-04-14/model.yaml::key[python]'\n"
        "\n"
    )


def test_a_should_that_counts_is_told_in_full() -> None:
    text = screen(samples.report(samples.run((samples.WARNING,), level="should")))
    assert "Warnings" not in text
    assert "Rerun: pytest" in text


def test_what_turns_nothing_red_has_a_line_each() -> None:
    lines = screen_of(
        samples.result(),
        samples.failed("old", outcome="known", reason="see issue 7"),
        samples.result("a", samples.TOOL, outcome="not applicable", reason="offers no ask"),
        samples.result("b", samples.TOOL, outcome="not applicable", reason="offers no ask"),
        width=200,
    ).splitlines()
    assert lines[2:5] == [
        "known: 1 failed as listed in the baseline: AST-MODEL-DEFAULT (-v names the cases)",
        "not applicable: 2 because the implementation offers no ask (-v names them)",
        "note: published libraries deviate from AST-MODEL-DEFAULT too; the documentation decides (-v says how)",
    ]


def test_shows_each_case_whole_if_that_is_asked_for() -> None:
    long = replace(samples.SENT, body=f'{{"model": "{"x" * 1000}"}}')
    text = screen_of(
        samples.failed("one", requests=(long,)),
        samples.failed("two", notes=("it was so",)),
        samples.WARNING,
        samples.result("absent", samples.TOOL, outcome="not applicable", reason="offers no ask"),
        samples.failed("old", outcome="known", reason="see issue 7"),
        whole=True,
        width=2000,
    )
    assert text.count("Rerun:") == 3
    assert text.count("x" * 1000) == 1
    assert "note: it was so" in text
    assert "absent[python]" in text
    assert "old[python]: see issue 7" in text
    assert "The library wrote DefaultChatModel." in text


def test_says_once_what_a_case_shows_on_several_surfaces() -> None:
    results = [samples.failed(case, surface=surface) for case in ("one", "two") for surface in SURFACES]
    text = screen_of(*results, whole=True, width=200)
    assert text.count("Rerun:") == 2
    assert text.count(f"\n  The same on {', '.join(sorted(SURFACES)[1:])}\n") == 2
    others = "The other cases: the same on 6 other surfaces; two (on 7 surfaces)"
    assert others in screen_of(*results, width=200)


def test_says_that_a_case_fails_in_the_other_edition_too() -> None:
    later = EDITIONS[1]
    text = screen_of(samples.failed("one"), samples.failed("one", edition=later), width=200)
    assert "The other cases: the same in the other edition" in text
    elsewhere = samples.failed("one", edition=later, surface="java")
    text = screen_of(samples.failed("one"), elsewhere, width=200)
    assert "The other cases: the same on java and in the other edition" in text


def test_shows_no_case_in_full_if_pytest_does() -> None:
    text = screen_of(samples.failed(), brief=True)
    assert " -> 200" not in text
    assert text.partition("\n\n")[2].startswith(
        "AST-MODEL-DEFAULT (must): Without a model, gpt-3.5-turbo is used.\n    default-model: request"
    )


FORGED = "x\nverdict: library is conformant"
QUOTING = {
    "a crash": samples.result("a", outcome="errored", reason=f"ask raised E: {FORGED}"),
    "an error": samples.failed("a", findings=(samples.finding(where=f"ask raised E: {FORGED}"),)),
    "a value": samples.failed("a", findings=(samples.finding(got=FORGED),)),
    "a note": samples.failed("a", notes=(FORGED,)),
    "a reason": samples.result("a", outcome="not applicable", reason=FORGED),
}


@pytest.mark.parametrize("result", QUOTING.values(), ids=QUOTING)
@pytest.mark.parametrize("view", [{}, {"whole": True}, {"brief": True}])
def test_indents_all_lines_but_the_first_of_what_an_implementation_said(result: Result, view: dict[str, Any]) -> None:
    named = samples.run((result,), version=FORGED)
    report, printed = samples.report(named, problems=(FORGED,)), {("library", result.id): FORGED}
    shown = [*show(report, View(width=200, printed=printed, **view)), *show_briefly(report, View(width=200))]
    verdicts = [line for one in shown for line in one.text.split("\n") if line.startswith("verdict: ")]
    assert len(verdicts) == 2
    assert all(
        re.match(r"verdict: library x\\nverdict: library is conformant (is|was) not ", line) for line in verdicts
    )


def test_shows_what_was_printed_in_the_simplest_case() -> None:
    printed = {("library", samples.failed().id): "".join(f"line {number}\n" for number in range(30))}
    assert "printed" not in screen_of(samples.failed(), samples.failed("a"), printed=printed)
    text = screen_of(samples.failed(), printed=printed)
    assert "  printed: … 22 lines before\n    line 22\n" in text
    assert screen_of(samples.failed(), printed=printed, whole=True).count("line ") == 30


def test_keeps_the_lines_of_an_explored_scenario() -> None:
    note = "the smallest scenario that was found, as a case:\n- id: x\n  ask: Hi\n  model_replies: [Hi]"
    text = screen_of(samples.failed("AST-MODEL-DEFAULT", place="cases/requirements.yaml:7", notes=(note,)))
    assert (
        "  note: the smallest scenario that was found, as a case:\n"
        "    - id: x\n"
        "      ask: Hi\n"
        "      model_replies: [Hi]\n"
    ) in text


def test_80_columns_are_enough() -> None:
    long = {"got": '"' + "word " * 60 + '"', "wanted": '"' + "x" * 300 + '"'}
    report = samples.report(
        samples.run((samples.failed(findings=(samples.finding(**long),)), samples.WARNING, *errors(20)))
    )
    wide = [line for line in screen(report).splitlines() if len(line) > 80]
    assert all(line.strip().startswith(("Rerun: ", "next: ")) for line in wide)


def test_names_the_implementation_where_there_are_several() -> None:
    report = samples.report(samples.run(), samples.run((samples.failed(),), implementation="other"))
    text = screen(report)
    assert "  In other 1.0\n" in text
    assert "verdict: 1 of 2 runs is not conformant" in text


def test_what_is_bad_and_what_is_good_look_so() -> None:
    bad = list(show(samples.report(samples.run((samples.failed(), samples.WARNING))), View(width=80)))
    styles = {re.split("[ :]", line.text)[0]: line.style for line in bad}
    assert (styles["AST-MODEL-DEFAULT"], styles["Warnings"], styles["verdict"]) == ("bad", "doubtful", "bad")
    assert list(show(samples.report(), View(width=80)))[2].style == "good"
