"""Defects that an error or a refusal explains: which failures are one, what they are reported under."""

from dataclasses import replace

import report_samples as samples

from conformance._data.open_world.matching import Cause
from conformance._judging.result import Result
from conformance.report.defects import find_defects
from conformance.report.forms.html_data import describe
from conformance.report.forms.terminal import View, show, show_briefly

ORIGIN = "AttributeError came from app.py:7 in App.add_skill"
LONG = "\n".join(f"line {number}" for number in range(30))


def told(*results: Result) -> list[tuple[list[str], list[str]]]:
    """Return what each defect violates, and the cases that show it."""
    return [
        ([violation.requirement for violation in defect.violations], [result.case for result in defect.results])
        for defect in find_defects(samples.report(samples.run(results)))
    ]


def screen(*results: Result) -> str:
    return "\n".join(line.text for line in show(samples.report(samples.run(results)), View(width=120)))


def refused(case: str, about: samples.Statement, text: str, origin: str = ORIGIN) -> Result:
    cause = Cause(kind="refused declaration", said=f"AttributeError: {text}", origin=origin)
    finding = samples.finding(about, what="the declaration", got=f"refused ({cause})", wanted="accepted", cause=cause)
    return samples.failed(case, about, findings=(finding,), requests=())


def raised(case: str, about: samples.Statement) -> Result:
    cause = Cause(kind="error", said="TypeError: unsupported operand")
    finding = samples.finding(about, what="answers[0]", where=f"ask raised {cause}", cause=cause)
    return samples.failed(case, about, findings=(finding,))


def test_errors_of_one_class_from_one_place_are_one_defect_whatever_they_say() -> None:
    deeper = ORIGIN + ", called at app.py:{} in main"
    results = (
        refused("a", samples.MODEL, "bad milk", deeper.format(9)),
        refused("b", samples.TOOL, "bad bread", deeper.format(9)),
        refused("c", samples.MODEL, "bad weather", deeper.format(8)),
    )
    assert told(*results) == [
        (["AST-MODEL-DEFAULT", "AST-TOOL-NAME"], ["a", "b"]),
        (["AST-MODEL-DEFAULT"], ["c"]),
    ]


def test_crashes_at_one_place_are_one_defect_whatever_they_say() -> None:
    cause = Cause(kind="error", origin="MemoryError came from app.py:7 in App.ask")
    results = [
        samples.result(case, outcome="errored", reason=f"ask raised MemoryError: {text}", cause=cause)
        for case, text in (("a", "Remind me to buy milk"), ("b", "What else?"))
    ]
    assert told(*results) == [([], ["a", "b"])]


def test_an_error_is_apart_from_what_else_violates_its_requirements() -> None:
    other = samples.failed("c", findings=(samples.finding(),))
    assert told(raised("a", samples.MODEL), raised("b", samples.TOOL), other) == [
        (["AST-MODEL-DEFAULT", "AST-TOOL-NAME"], ["a", "b"]),
        (["AST-MODEL-DEFAULT"], ["c"]),
    ]


def test_a_refused_declaration_stands_above_the_requirements_that_it_violates() -> None:
    text = screen(refused("a", samples.MODEL, "no attribute"), refused("b", samples.KEY, "no attribute"))
    assert "\n\nA declaration is refused (AttributeError: no attribute)\n  2 cases show it. The simplest:\n" in text
    assert "\n  Violated: AST-MODEL-DEFAULT (must): Without a model, gpt-3.5-turbo is used.\n" in text
    assert "Also violated" not in text


def test_what_ask_raised_stands_above_the_requirements_that_it_violates() -> None:
    text = screen(raised("a", samples.MODEL), raised("b", samples.TOOL))
    assert "\n\nask raised TypeError: unsupported operand\n  2 cases show it. The simplest:\n" in text


def test_an_error_that_a_defect_is_reported_as_is_not_repeated_in_what_was_found() -> None:
    def found(case: str, about: samples.Statement) -> Result:
        one = raised(case, about)
        got = "absent (ask raised TypeError: unsupported operand)"
        return replace(one, findings=tuple(replace(finding, got=got) for finding in one.findings))

    text = screen(found("a", samples.MODEL), found("b", samples.TOOL))
    assert text.count("TypeError: unsupported operand") == 1
    assert "      answers[0] = absent, but should be" in text
    assert screen(found("a", samples.MODEL)).count("TypeError: unsupported operand") == 1


def test_a_requirement_that_an_error_alone_violates_is_what_is_reported() -> None:
    assert "\n\nAST-MODEL-DEFAULT (must): Without" in screen(raised("a", samples.MODEL), raised("b", samples.MODEL))


def test_a_refused_request_stands_under_the_requirement_of_the_service_and_musts_are_marked() -> None:
    refusal = samples.finding(samples.KEY, what="the request", cause=Cause(kind="refused request", said="key"))
    others = [samples.statement(f"AST-TOOL-{number}") for number in range(5)]
    results = [samples.failed(one.id, one, findings=(samples.finding(one), refusal)) for one in others]
    text = screen(*results)
    assert "\n\nAST-SERVICE-KEY (should): " in text
    assert "Also violated: AST-TOOL-0 (must), AST-TOOL-1 (must)" in text


def test_refused_requests_are_alike_that_break_one_rule() -> None:
    cause = Cause(kind="refused request", said="tool_calls answered")
    refusals = [samples.finding(samples.KEY, what="the request", got=got, cause=cause) for got in ("a", "b")]
    results = [
        samples.failed(case, about, findings=(refusal,))
        for case, about, refusal in zip("ab", (samples.MODEL, samples.TOOL), refusals, strict=True)
    ]
    assert told(*results) == [(["AST-SERVICE-KEY"], ["a", "b"])]


def test_the_page_has_an_error_as_the_heading_too() -> None:
    results = (raised("a", samples.MODEL), raised("b", samples.TOOL))
    (defect,) = describe(samples.report(samples.run(results)))["defects"]
    assert (defect["level"], defect["statement"]) == (None, "ask raised TypeError: unsupported operand")


def test_an_error_of_many_lines_is_cut() -> None:
    results = (refused("a", samples.MODEL, LONG), samples.result("b", outcome="errored", reason=f"ask raised {LONG}"))
    text = screen(*results)
    assert text.count("line 3\n") == 2
    assert "line 4" not in text
    assert text.count("… and 26 more lines") == 2
    report = samples.report(samples.run(results))
    assert "line 4" not in "".join(line.text for line in show_briefly(report, View(width=120)))


def test_a_long_line_of_a_note_is_cut() -> None:
    result = replace(samples.failed("a"), notes=(f"the smallest scenario:\nreturns: {'a' * 10_000}\nname: x",))
    text = screen(result)
    assert f"\n    returns: {'a' * 231} … (10009 characters)\n    name: x\n" in text
    report = samples.report(samples.run((result,)))
    whole = "\n".join(line.text for line in show(report, View(width=120, whole=True)))
    assert "a" * 10_000 in whole


def test_parameters_of_another_skill_are_one_defect_whatever_requirements_they_violate() -> None:
    def wrong(case: str, about: samples.Statement, cause: Cause | None = None) -> Result:
        finding = samples.finding(about, what=f"tools.{case}.parameters")
        return samples.failed(case, about, findings=(finding,), cause=cause)

    mixed_up = Cause(kind="mixed up")
    results = (wrong("a", samples.TOOL, mixed_up), wrong("b", samples.MODEL, mixed_up), wrong("c", samples.KEY))
    (_, first), (_, second) = told(*results)
    assert (sorted(first), second) == (["a", "b"], ["c"])
