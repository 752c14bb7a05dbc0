"""What conforms has no findings, and those that there are have the right requirement and level."""

import json
from dataclasses import replace

import pytest
from judged_samples import (
    AREAS,
    OURS,
    RAISED,
    REFUSAL,
    REFUSED,
    TOOL_MESSAGES,
    case,
    exchange,
    found,
    seen,
    tool,
    violation,
)

from conformance._data.open_world.matching import Cause, Mismatch
from conformance._data.scenario import Episode
from conformance._judging.checks import check_by_expectation
from conformance._judging.observation import Invocation
from conformance._service import Fault, Reply

CONFORMING = {
    "a reply": (case(expect={"answer": "Hello."}), seen()),
    "a request": (case(expect={"request": {"model": "gpt-3.5-turbo"}}), seen()),
    "requests that a word takes": (
        case(expect={"requests": {"$one_of": [[{"model": "gpt-3.5-turbo"}], [{}, {}]]}}),
        seen(exchanges=(exchange(), exchange())),
    ),
    "no tools": (case(expect={"request": {"tools": {"$absent": True}}}), seen()),
    "the tools that are named": (
        case(expect={"request": {"tools": {"AddTodo": {"description": "Add"}}}}),
        seen(exchanges=(exchange(tools=[tool("AddTodo", description="Add", strict=False)]),)),
    ),
    "messages without instructions, content parts joined": (
        case(expect={"request": {"messages": [{"role": "user", "content": "Add milk"}, {"role": "tool"}]}}),
        seen(exchanges=(exchange(messages=TOOL_MESSAGES),)),
    ),
    "a result": (
        case(expect={"requests": [{"results": {"call_1": {"$result": "added"}}}]}),
        seen(exchanges=(exchange(messages=TOOL_MESSAGES),)),
    ),
    "calls": (
        case(expect={"invocations": [{"skill": "AddTodo", "argument": "milk"}]}),
        seen(invocations=[Invocation(skill="AddTodo", argument="milk")]),
    ),
    "no call": (case(expect={"invocations": []}), seen()),
    "an error that is wanted": (case(expect={"error": True}), seen(posts=RAISED)),
    "an error or a reply": (case(expect={"answer": {"$one_of": ["x", {"$absent": True}]}}), seen(posts=RAISED)),
    "replies that a scripted fault made needless": (
        case(
            expect={"error": True},
            episode=Episode(prompts=("Hi",), model_replies=(Fault(status=500), Reply(text="Hello."))),
        ),
        seen(posts=RAISED, unused=1),
    ),
    "replies that an error made needless which the answers allow": (
        case(expect={"answers": [{"$one_of": ["Hello.", {"$absent": True}]}]}),
        seen(posts=[replace(RAISED[0], requests=1)], unused=1),
    ),
    "a request elsewhere is not a chat request": (
        case(expect={"request": {"model": "gpt-4"}}),
        seen(exchanges=(exchange(violation("url-host", certain=False)), exchange(model="gpt-4"))),
    ),
    "a binding": (
        case({"binding": {"type": "AssistantSkillTrigger", "functionName": "AddTodo"}}),
        seen(bindings={"AddTodo": [{"TYPE": "AssistantSkillTrigger", "functionname": "AddTodo"}]}),
    ),
    "the trigger among other bindings": (
        case({"binding": {"name": "task"}}),
        seen(bindings={"AddTodo": [{"type": "http", "name": "x"}, {"type": "assistantskilltrigger", "name": "task"}]}),
    ),
    "bindings read twice": (
        case({"bindings": {"AddTodo": {"name": "a"}}, "bindings_again": {"AddTodo": {"name": "a"}}}),
        seen(bindings={"AddTodo": [{"name": "a"}]}, bindings_again={"AddTodo": [{"name": "a"}]}),
    ),
    "a construct": (case({"construct": {"$letters": "AB"}}), seen(construct="a_b")),
    "an acceptance": (case({"accepted": True}), seen()),
    "a refusal whose control is accepted": (case(expectation=REFUSAL), seen()),
}


@pytest.mark.parametrize(("a_case", "observation"), CONFORMING.values(), ids=CONFORMING)
def test_finds_nothing_in_what_conforms(a_case, observation):
    assert found(a_case, observation) == []


def test_a_finding_has_the_level_of_its_requirement():
    observation = seen(exchanges=(exchange(violation()),))
    (first, second) = check_by_expectation(case(expect={"answer": "Bye."}), observation)
    assert (first.requirement, first.level) == (OURS, "must")
    assert (second.requirement, second.level) == ("AST-SERVICE-TOOLS", "should")


def test_an_app_before_whose_request_was_refused_is_judged_by_that_alone():
    observation = seen(
        exchanges=(exchange(violation()),), broken_before=Mismatch("its conversation", "ask raised E", "as scripted")
    )
    (finding,) = check_by_expectation(case(expect={"answer": "Bye."}), observation)
    assert finding.requirement == "AST-SERVICE-TOOLS"


def test_each_area_of_the_service_has_its_requirement():
    observation = seen(exchanges=tuple(exchange(violation(area=area)) for area in AREAS))
    assert [finding.requirement for finding in check_by_expectation(case(expect={"invocations": []}), observation)] == [
        f"AST-SERVICE-{area.upper()}" for area in AREAS
    ]


STRANGE_BODIES = [
    None,
    [],
    "text",
    {"messages": "none"},
    {"messages": [None, 5, {"role": "tool"}, {"role": "user", "content": [None]}]},
    {"tools": 5},
    {"tools": [None, 5, {"function": 5}, {"function": {"name": None}}]},
    {"tools": {"a": 1}, "messages": [{"role": "tool", "tool_call_id": {"a": 1}, "content": None}]},
]


@pytest.mark.parametrize("body", STRANGE_BODIES, ids=json.dumps)
def test_reads_any_body(body):
    strange = replace(exchange(), body=body, model=None)
    expect = {"request": {"model": "x", "tools": {"A": {}}, "messages": [{}], "results": {"call_1": {"$result": 1}}}}
    assert {name for name, _ in found(case(expect=expect), seen(exchanges=(strange,)))} == {OURS}


@pytest.mark.parametrize(
    ("observation", "causes"),
    [
        (seen(refusal=REFUSED), [REFUSED]),
        (seen(posts=RAISED, unused=1), [RAISED[0].error]),
        (seen(exchanges=(exchange(violation("a rule")),)), [Cause(kind="refused request", said="a rule")]),
    ],
    ids=["a declaration", "ask", "the service"],
)
def test_a_finding_has_what_it_follows_from(observation, causes):
    findings = check_by_expectation(case(expect={"answer": "Hello."}), observation)
    assert [finding.cause for finding in findings] == causes
