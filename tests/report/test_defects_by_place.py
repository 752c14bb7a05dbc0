"""Failures at the same place of a tool, a message or an answer are one defect, whatever requirement they violate."""

from __future__ import annotations

from typing import Any

import pytest
import report_samples as samples

from conformance._data.case_id import CaseId
from conformance._data.open_world.matching import Cause
from conformance._judging.result import Result
from conformance.report.advice import advise
from conformance.report.defects import Defect, find_defects
from conformance.report.failure_text import tell_briefly
from conformance.report.leaks import find_leaks

DESCRIPTION = samples.statement("AST-TOOL-DESCRIPTION")
CALL = samples.statement("AST-CONVERSATION-CALL")
EXAMPLE = samples.statement("AST-CONVERSATION-EXAMPLE")
PARALLEL = samples.statement("AST-CONVERSATION-PARALLEL", "should")
VALUE = samples.statement("AST-CONVERSATION-RESULT-VALUE", "should")
ISOLATED = samples.statement("AST-CONVERSATION-ISOLATED", "should")


def wrong(case: str, about: samples.Statement, what: str, got: str = '"x"', wanted: str = '"y"', **more: Any) -> Result:
    return samples.failed(case, about, findings=(samples.finding(about, what=what, got=got, wanted=wanted, **more),))


def defects(*results: Result) -> tuple[Defect, ...]:
    return find_defects(samples.report(samples.run(results)))


def violated(*results: Result) -> list[list[str]]:
    return [[one.requirement.removeprefix("AST-") for one in defect.violations] for defect in defects(*results)]


SAME = [
    ("tools.AddTodo.description", '"a."', "tools.GetTodos.description", '"b."'),
    ("tools.AddTodo.parameters.properties.a.title", "absent", "tools.X.parameters.properties.b.title", "absent"),
    ("messages[1].content", "null", "messages[3].content", "absent"),
    ("results.call_1", '"1"', "results.call_z", '"2"'),
    ("invocations[0].argument", "null", "argument of AddTodo", "null"),
    ("ask", 'returned ""', "answers[1]", '""'),
]
DIFFERENT = [
    ("tools.AddTodo.description", '"a."', "results.call_1", '"ok"'),
    ("tools.AddTodo.parameters.properties.a.title", "absent", "tools.AddTodo.parameters.properties.a.type", "absent"),
    ("messages[1].content", "null", "messages[3].content", '"cut"'),
    ("invocations[0].argument", "null", "invocations[0].argument", "0"),
    ("answers[0]", '"Sorry"', "answers[1]", '""'),
    ("model", '"a"', "model", '"b"'),
]


@pytest.mark.parametrize(("what", "got", "other", "there"), SAME)
def test_what_is_wrong_at_the_same_place_is_one_defect(what: str, got: str, other: str, there: str) -> None:
    first, second = wrong("a", DESCRIPTION, what, got), wrong("b", CALL, other, there)
    (both,) = violated(first, second)
    assert sorted(both) == ["CONVERSATION-CALL", "TOOL-DESCRIPTION"]


@pytest.mark.parametrize(("what", "got", "other", "there"), DIFFERENT)
def test_what_is_wrong_at_different_places_is_told_apart(what: str, got: str, other: str, there: str) -> None:
    assert len(violated(wrong("a", DESCRIPTION, what, got), wrong("b", CALL, other, there))) == 2


def test_a_case_that_shows_something_else_too_is_told_apart() -> None:
    two = (samples.finding(CALL, what="results.call_1"), samples.finding(CALL, what="tools.AddTodo.description"))
    assert len(violated(wrong("a", DESCRIPTION, "tools.X.description"), samples.failed("b", CALL, findings=two))) == 2


def test_what_should_be_nothing_is_told_apart_from_what_is_changed() -> None:
    changed, odd = (wrong(w, about, "invocations[0].argument", "0", w) for w, about in (("1", CALL), ("null", VALUE)))
    assert len(violated(changed, odd)) == 2


def test_replies_that_were_left_follow_from_a_wrong_answer() -> None:
    findings = tuple(samples.finding(VALUE, what=what, got='""') for what in ("the reply", "replies never requested"))
    assert len(violated(wrong("a", PARALLEL, "ask", 'returned ""'), samples.failed("b", VALUE, findings=findings))) == 1


def test_scenarios_word_otherwise_what_cases_say() -> None:
    law = CaseId.of_law(samples.OLD, "law", "python")
    other = samples.failed("law", VALUE, id=law, findings=(samples.finding(VALUE, what="its conversation"),))
    case = wrong("b", VALUE, "results.call_1")
    assert len(violated(wrong("a", PARALLEL, "results.call_2"), case, other)) == 1


def test_a_should_about_what_is_wrong_names_the_defect_and_a_must_keeps_it_red() -> None:
    values = [wrong(case, VALUE, "results.call_1") for case in "ab"]
    passed = [samples.result(case, VALUE) for case in "cdefg"]
    (defect,) = defects(wrong("todo", EXAMPLE, "results.call_1"), *values, *passed)
    assert [one.requirement for one in defect.violations] == [VALUE.id, EXAMPLE.id]
    assert (defect.red, defect.status, defect.simplest.case) == (True, "must failed", "todo")
    report = samples.report(samples.run((*values, wrong("todo", EXAMPLE, "results.call_1"))))
    text = "\n".join(line.text for line in tell_briefly(report, defect))
    assert "Also violated: AST-CONVERSATION-EXAMPLE (must)" in text


def test_a_must_that_is_mostly_met_does_not_name_a_defect_that_more_cases_of_a_should_show() -> None:
    met = [samples.result(case, CALL) for case in "abc"]
    ordered = [wrong(case, PARALLEL, "results.call_1", f'"{case}"') for case in "de"]
    assert violated(*met, wrong("f", CALL, "results.call_1"), *ordered) == [
        ["CONVERSATION-PARALLEL", "CONVERSATION-CALL"]
    ]
    assert violated(wrong("f", CALL, "results.call_1"), *ordered)[0][0] == "CONVERSATION-CALL"


def test_what_a_conversation_leaves_to_the_next_is_what_names_the_defect() -> None:
    answers = [wrong(case, CALL, "length of messages", "7", "1") for case in "abc"]
    more = {"got": "9", "wanted": '1; the first difference: messages[0].content = "x", but should be "y"'}
    leaks = wrong("leaks", ISOLATED, "length of messages", surplus=True, **more)
    assert violated(*answers, leaks) == [["CONVERSATION-ISOLATED", "CONVERSATION-CALL"]]
    report = samples.report(samples.run((*answers, leaks)))
    assert list(find_leaks(report, find_defects(report))) == [ISOLATED.id]
    assert "::leaks[python]" in next(iter(advise(report, find_defects(report))))
    fewer = wrong("d", VALUE, "length of messages", "1", "3")
    assert len(violated(*answers, fewer)) == 2


def refused(rule: str, message: str) -> list[Result]:
    """Return a refusal in cases of two requirements, which make it a defect of its own."""
    got, cause = f"refused with 400 invalid ({message})", Cause(kind="refused request", said=rule)
    found = samples.finding(samples.KEY, what="the request", got=got, wanted="accepted", cause=cause)
    return [samples.failed(f"{rule}-{about.id}", about, findings=(found,)) for about in (samples.KEY, samples.TOOL)]


@pytest.mark.parametrize(
    ("rule", "message", "number"),
    [
        ("temperature-unsupported-o3", "temperature = 0.2, but should be 1", 1),
        ("top-p", "top_p = 0.2, but should be 1", 2),
        ("text", "messages[0].content = 1, but should be text", 2),
    ],
)
def test_a_field_that_is_refused_by_two_rules_is_one_defect(rule: str, message: str, number: int) -> None:
    one = refused("temperature-unsupported", "temperature = 0.2, but should be absent")
    assert len(violated(*one, *refused(rule, message))) == number
