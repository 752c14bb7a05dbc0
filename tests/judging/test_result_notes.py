"""Notes tell what is worth knowing beside findings, and nothing where nothing was found."""

import pytest
from judged_samples import case, exchange, found, seen, tool, violation

from conformance._data.open_world.matching import Mismatch
from conformance._judging.result import Finding
from conformance._judging.result_notes import find_cause, notes

REQUIREMENT = case(expect={"answer": "Hello."}).requirement


def finding(what, got="x", wanted="y"):
    return Finding.of(REQUIREMENT, "python", Mismatch(what, got, wanted))


def test_notes_what_may_be_refused_without_a_finding():
    observation = seen(
        exchanges=(exchange(violation(certain=False)),),
        notes=["a connection was blocked"],
        raised=["KeyError came from x"],
    )
    assert found(case(expect={"answer": "Hello."}), observation) == []
    told = ("a connection was blocked", "request 1: tools[0] is wrong (not known for certain to be refused)")
    assert notes(observation, "passed") == told
    assert notes(observation, "errored") == (*told, "KeyError came from x")


@pytest.mark.parametrize(
    ("what", "got", "is_told"),
    [
        ("ask", "raised KeyError: 'x'", True),
        ("the reply", "absent", True),
        ("results.call_1", "absent", False),
        ("the reply", '"Bye."', False),
    ],
)
def test_notes_where_an_error_came_from_beside_what_it_explains(what, got, is_told):
    told = notes(seen(raised=["KeyError came from x"]), "failed", [finding(what, got)])
    assert told == (("KeyError came from x",) if is_told else ())


def told(content, place=1):
    messages = [{"role": "user", "content": "Hi"}] * place
    return exchange(messages=[*messages, {"role": "tool", "tool_call_id": "call_1", "content": content}])


@pytest.mark.parametrize(
    ("exchanges", "is_said"),
    [
        ((told('[{"id": 1}]'), told("[]")), True),
        ((told("[]"), told("[]")), False),
        ((told('{"id": 1}'), told('{"id": 2}')), False),
        ((told('{"id": 1}'), told("{}", place=2)), False),
    ],
)
def test_notes_that_a_result_was_emptied_after_it_was_told(exchanges, is_said):
    observation = seen(exchanges=exchanges)
    assert any("is emptied" in note for note in notes(observation, "failed", [finding("messages[1]")])) is is_said
    assert notes(observation, "passed") == ()


TODO, NUMBER = ({"type": "object", "properties": {name: {}}} for name in ("todo", "number"))
OFFERED = seen(
    exchanges=(
        exchange(
            tools=[
                tool("AddTodo", parameters=TODO),
                tool("RemoveTodo", parameters=TODO),
                tool("CountTodos", parameters=NUMBER),
            ]
        ),
    )
)


def test_notes_which_tool_has_the_parameters_of_another_one():
    wrong = finding("tools.RemoveTodo.parameters.properties.todo")
    assert notes(OFFERED, "failed", [wrong]) == ("RemoveTodo is offered with the parameters of AddTodo",)


@pytest.mark.parametrize("member", ["CountTodos.parameters", "RemoveTodo.description", "Other.parameters"])
def test_notes_nothing_of_other_parameters_and_other_mistakes(member):
    assert notes(OFFERED, "failed", [finding(f"tools.{member}")]) == ()


@pytest.mark.parametrize(
    ("observation", "what", "kind"),
    [
        (OFFERED, "tools.RemoveTodo.parameters", "mixed up"),
        (seen(exchanges=()), "the reply", "silence"),
        (seen(exchanges=(), posts=[]), "bindings", None),
        (seen(), "the reply", None),
    ],
)
def test_finds_what_a_result_comes_from_that_no_finding_says(observation, what, kind):
    cause = find_cause(observation, [finding(what)])
    assert (cause.kind if cause else None) == kind
