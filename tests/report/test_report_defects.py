from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import report_samples as samples

from conformance._data.case_id import CaseId
from conformance._data.open_world.matching import Cause
from conformance._judging.result import Finding, Result
from conformance.report.defects import find_defects

SILENCE = Cause(kind="silence")


def refused(about: samples.Statement, text: str) -> Finding:
    cause = Cause(kind="refused declaration", said=text)
    return samples.finding(about, what="the declaration", got=f"refused ({text})", wanted="accepted", cause=cause)


def told(*results: Result, **more: Any) -> list[tuple[list[str], list[str]]]:
    """Return what each defect of a run violates, and the cases that show it."""
    return [
        ([violation.requirement for violation in defect.violations], [result.case for result in defect.results])
        for defect in find_defects(samples.report(samples.run(results, **more)))
    ]


def test_tells_a_requirement_once() -> None:
    results = (samples.failed("one"), samples.failed("two"), samples.failed("one", surface="java"))
    (defect,) = find_defects(samples.report(samples.run(results)))
    assert [violation.requirement for violation in defect.violations] == ["AST-MODEL-DEFAULT"]
    assert sorted((result.case, result.surface) for result in defect.results) == [
        ("one", "java"),
        ("one", "python"),
        ("two", "python"),
    ]


def test_tells_the_gravest_first() -> None:
    results = (
        samples.failed("key", samples.KEY, findings=(samples.finding(samples.KEY, what="key"),)),
        samples.failed(),
        samples.result("tool-name", samples.TOOL, outcome="errored", reason="a crash"),
    )
    assert [defect.status for defect in find_defects(samples.report(samples.run(results)))] == [
        "errored",
        "must failed",
        "should failed",
    ]


def test_shows_a_case_that_violates_a_must_before_one_in_whose_edition_it_is_a_should() -> None:
    as_should = samples.finding(level="should")
    earlier = samples.failed("a-first", level="should", findings=(as_should,))
    later = samples.in_edition(samples.failed("b-second"), "2025-05-15")
    (defect,) = find_defects(samples.report(samples.run((earlier, later))))
    assert [(one.edition, one.case) for one in defect.results] == [
        ("2025-05-15", "b-second"),
        (samples.OLD, "a-first"),
    ]


def test_tells_what_shows_in_most_cases_first() -> None:
    tools = [samples.failed(case, samples.TOOL, findings=(samples.finding(samples.TOOL, what=case),)) for case in "ab"]
    assert [violated for violated, _ in told(samples.failed(), *tools)] == [["AST-TOOL-NAME"], ["AST-MODEL-DEFAULT"]]


def test_a_finding_belongs_to_the_requirement_that_it_is_about() -> None:
    other = samples.failed("other", samples.KEY, findings=(samples.finding(samples.KEY, what="key"),))
    broken = samples.failed(findings=(samples.finding(), samples.finding(samples.KEY, what="key")))
    assert told(broken, other) == [
        (["AST-MODEL-DEFAULT"], ["default-model"]),
        (["AST-SERVICE-KEY"], ["other", "default-model"]),
    ]


def test_takes_the_words_of_a_finding_for_an_unknown_requirement() -> None:
    strange = samples.statement("AST-STRANGE", statement="It is strange.")
    (defect,) = find_defects(samples.report(samples.run((samples.failed("x", strange),))))
    assert defect.violations[0].statement == "It is strange."


def test_requirements_that_are_violated_in_the_same_words_are_one_broken_thing() -> None:
    results = (samples.failed("model"), samples.failed("tool", samples.TOOL), samples.failed("key", samples.KEY))
    assert told(*results) == [
        (["AST-MODEL-DEFAULT", "AST-TOOL-NAME", "AST-SERVICE-KEY"], ["model", "tool", "key"]),
    ]


def test_musts_that_are_violated_in_other_words_are_told_apart() -> None:
    tool = samples.failed("tool", samples.TOOL, findings=(samples.finding(samples.TOOL, got='"another"'),))
    assert len(told(samples.failed("model"), tool)) == 2


def test_a_refusal_is_one_broken_thing_whatever_it_is_about() -> None:
    results = [
        samples.failed(str(number), about, findings=(refused(about, text),))
        for number, (about, text) in enumerate(
            [
                (samples.MODEL, "TypeError: AddTodo: the handler at 0x7f01 has 2 parameters"),
                (samples.TOOL, "TypeError: Remember: the handler at 0x7f02 has 3 parameters"),
                (samples.TOOL, "TypeError: Tick: the handler at 0x7f03 has 2 parameters"),
            ]
        )
    ]
    assert told(*results) == [(["AST-TOOL-NAME", "AST-MODEL-DEFAULT"], ["1", "2", "0"])]


def raised(about: samples.Statement, what: str, text: str) -> Finding:
    return samples.finding(about, what=what, where=f"ask raised {text}", cause=Cause(kind="error", said=text))


def test_an_error_that_every_prompt_ends_in_is_one_broken_thing() -> None:
    results = (
        samples.failed("one", findings=(raised(samples.MODEL, "number of chat requests", "OSError: disk 1 is full"),)),
        samples.failed(
            "two",
            samples.TOOL,
            findings=(
                raised(samples.TOOL, "answers[0]", "OSError: disk 2 is full"),
                replace(raised(samples.KEY, "ask", "OSError: disk 2 is full"), where=None),
            ),
        ),
        samples.failed(
            "law", samples.TOOL, findings=(raised(samples.TOOL, "the reply to prompt 1", "OSError: disk 3 is full"),)
        ),
        samples.failed("three", samples.TOOL, findings=(raised(samples.TOOL, "answers[0]", "KeyError: 'x'"),)),
    )
    ((violated, cases),) = told(*results[:3])
    assert sorted(violated) == ["AST-MODEL-DEFAULT", "AST-SERVICE-KEY", "AST-TOOL-NAME"]
    assert sorted(cases) == ["law", "one", "two"]
    assert len(told(results[0], results[3])) == 2


@pytest.mark.parametrize("text", ["ValueError: the handler at 0x7f01 has 2 parameters", "TypeError: no such model"])
def test_refusals_for_other_reasons_are_told_apart(text: str) -> None:
    first = refused(samples.MODEL, "TypeError: the handler at 0x7f01 has 2 parameters")
    second = refused(samples.TOOL, text)
    results = (samples.failed("a", findings=(first,)), samples.failed("b", samples.TOOL, findings=(second,)))
    assert len(told(*results)) == 2


def test_a_should_that_is_violated_only_where_a_must_is_stands_beside_it() -> None:
    findings = (samples.finding(), samples.finding(samples.KEY, what="key", got="absent"))
    assert told(samples.failed(findings=findings)) == [
        (["AST-MODEL-DEFAULT", "AST-SERVICE-KEY"], ["default-model"]),
    ]


def test_the_refusal_of_a_control_is_that_of_any_declaration() -> None:
    first, second = (refused(about, "TypeError: no") for about in (samples.MODEL, samples.TOOL))
    control = replace(second, what="the control declaration")
    results = (samples.failed("a", findings=(first,)), samples.failed("b", samples.TOOL, findings=(control,)))
    assert len(told(*results)) == 1


def test_what_only_exploration_found_stands_after_what_cases_found() -> None:
    laws = [
        samples.failed(name, samples.TOOL, id=CaseId.of_law(samples.OLD, name, "python"), findings=(tool,))
        for name, tool in (("a", samples.finding(samples.TOOL, what="x")), ("b", samples.finding(samples.TOOL)))
    ]
    assert [violated for violated, _ in told(*laws, samples.failed())] == [["AST-MODEL-DEFAULT"], ["AST-TOOL-NAME"]]


def test_what_follows_from_a_refused_request_is_one_broken_thing() -> None:
    def refusal(index: int) -> Finding:
        got = f"refused with 400 invalid (tools[{index}].function: array schema has no items)"
        cause = Cause(kind="refused request", said="array-items")
        return samples.finding(samples.KEY, what="the request", got=got, wanted="accepted", cause=cause)

    results = (
        samples.failed("model", findings=(samples.finding(what="the reply"), refusal(0))),
        samples.failed("tool", samples.TOOL, findings=(samples.finding(samples.TOOL, what="calls"), refusal(4))),
        samples.failed("key", samples.KEY, findings=(refusal(1),)),
    )
    (defect,) = find_defects(samples.report(samples.run(results)))
    assert [violation.requirement for violation in defect.violations] == [
        "AST-SERVICE-KEY",
        "AST-MODEL-DEFAULT",
        "AST-TOOL-NAME",
    ]
    assert defect.status == "must failed"
    assert defect.findings[0].what == "the request"
    unrefused = samples.failed("another", findings=(samples.finding(),))
    assert (["AST-MODEL-DEFAULT"], ["another"]) in told(*results, unrefused)
    assert told(results[0])[0] == (["AST-SERVICE-KEY", "AST-MODEL-DEFAULT"], ["model"])


def declared(case: str, got: str, about: samples.Statement = samples.TOOL) -> Result:
    return samples.failed(case, about, findings=(samples.finding(about, what="the parameter description", got=got),))


def test_skills_of_a_built_app_are_told_apart_by_what_was_declared() -> None:
    results = (declared("of-AddTodo", '{"type": "array"}'), declared("of-GetTodos", '{"type": "string"}'))
    assert [cases for _, cases in told(*results, spec="app:todo")] == [["of-AddTodo"], ["of-GetTodos"]]
    assert [cases for _, cases in told(*results)] == [["of-AddTodo", "of-GetTodos"]]


def test_what_all_skills_of_a_built_app_have_in_common_is_one_broken_thing() -> None:
    results = [declared(f"of-{number:02}", '"in"') for number in range(32)]
    assert [len(cases) for _, cases in told(*results, spec="app:todo")] == [32]


def accepted(about: samples.Statement, case: str, member: str) -> Result:
    got = f"accepted with {member}"
    found = samples.finding(about, what="the declaration of AddTodo", got=got, wanted="refused", where=None)
    return samples.failed(case, about, findings=(found,))


def test_what_is_accepted_is_told_apart_by_requirement_and_once_for_each() -> None:
    results = (
        accepted(samples.MODEL, "a", 'functionName "Add Todo"'),
        accepted(samples.MODEL, "b", 'functionName "Todo.Add"'),
        accepted(samples.KEY, "c", 'parameterDescriptionJson "[]"'),
    )
    assert told(*results) == [(["AST-MODEL-DEFAULT"], ["a", "b"]), (["AST-SERVICE-KEY"], ["c"])]


def test_what_is_missing_since_no_request_was_sent_is_one_broken_thing() -> None:
    def silent(case: str, about: samples.Statement, what: str, got: str) -> Result:
        return samples.failed(case, about, findings=(samples.finding(about, what=what, got=got),), cause=SILENCE)

    results = (
        silent("a", samples.MODEL, "number of chat requests", "0"),
        silent("b", samples.TOOL, "the next request of prompt 1", "absent"),
        silent("c", samples.KEY, "answers[0]", '"Sorry."'),
    )
    assert len(told(*results)) == 1
    other = samples.failed("d", samples.TOOL, findings=(samples.finding(samples.TOOL, what="binding.type"),))
    assert len(told(*results, other)) == 2


def test_a_must_never_hides_beside_another_finding_of_its_cases() -> None:
    findings = (samples.finding(), samples.finding(samples.TOOL, what="name"))
    both = [samples.failed(case, findings=findings) for case in "ab"]
    assert [violated for violated, _ in told(*both)] == [["AST-MODEL-DEFAULT"], ["AST-TOOL-NAME"]]


def test_a_crash_is_told_once_with_the_cases_that_it_took() -> None:
    results = [
        samples.result(case, about, outcome="errored", reason=f"ask raised KeyError: 'user-{number}' at 0x7f{number}")
        for number, (case, about) in enumerate([("a", samples.MODEL), ("b", samples.TOOL), ("c", samples.KEY)])
    ]
    other = samples.result("d", outcome="errored", reason="close raised KeyError: 'user-0' at 0x7f0")
    assert told(*results, other) == [([], ["a", "b", "c"]), ([], ["d"])]


def test_a_value_that_is_no_text_is_told_once_wherever_it_is_in_memory() -> None:
    results = [
        samples.result(case, outcome="errored", reason=f'ask returned Future "<Future at 0x7f{case}>"; expected text')
        for case in "abc"
    ]
    assert told(*results) == [([], ["a", "b", "c"])]


@pytest.mark.parametrize(
    "value", ['{"x": "{\\"a\\": \\"b\\"}"}', "null", '[{"n": 1}, "line; expected"]', "[…] (9 characters)"]
)
def test_a_wrong_message_is_told_once_whatever_value_it_holds(value: str) -> None:
    def wrong(case: str, where: str, value: str) -> Result:
        reason = f"ask got the result of ask.{where} = {value}; expected a string"
        return samples.result(case, outcome="errored", reason=reason)

    results = [wrong("a", "reply", "5"), wrong("b", "reply", value), wrong("c", "other", "5")]
    assert told(*results) == [([], ["a", "b"]), ([], ["c"])]


def test_begins_with_the_case_that_is_read_fastest() -> None:
    long = replace(samples.SENT, body=samples.SENT.body * 9)
    results = (
        samples.failed("a-law", id=CaseId.of_law(samples.OLD, "a-law", "python"), requests=()),
        samples.failed("b-peculiar", why="Real code did so."),
        samples.failed("c-of-another-requirement", samples.TOOL, findings=(samples.finding(),), requests=()),
        samples.failed("d-two-findings", findings=(samples.finding(), samples.finding(where="request 2")), requests=()),
        samples.failed("e-two-requests", requests=(samples.SENT, samples.SENT)),
        samples.failed("f-long-request", requests=(long,)),
        samples.failed("g-simplest"),
        samples.failed("h-later", place=f"cases/{samples.OLD}/model.yaml:100"),
    )
    (first, *others), *_ = [cases for _, cases in told(*results)]
    assert first == "g-simplest"
    assert others == [
        "h-later",
        "b-peculiar",
        "f-long-request",
        "e-two-requests",
        "d-two-findings",
        "a-law",
        "c-of-another-requirement",
    ]


def test_a_wrong_result_is_told_once_below_the_requirement_that_fails_most_of_its_cases() -> None:
    def lost(case: str, about: samples.Statement, wanted: str) -> Result:
        what = f"results.call_{len(case)}"
        return samples.failed(case, about, findings=(samples.finding(about, what=what, got='"ok"', wanted=wanted),))

    about_results = samples.statement("AST-CONVERSATION-RESULT")
    named = [lost(case, samples.TOOL, case) for case in ("a", "bb")]
    right = [samples.result(case, samples.TOOL) for case in ("c", "d", "e")]
    expected = (["AST-CONVERSATION-RESULT", "AST-TOOL-NAME"], ["r", "a", "bb"])
    assert told(lost("r", about_results, "7"), *named, *right) == [expected]
    assert told(lost("r", about_results, "7"), *named)[0][0][0] == "AST-TOOL-NAME"
