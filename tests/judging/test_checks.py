"""Each kind of finding occurs when it must, names its requirement, and does not occur otherwise."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conformance._data.case import Case
from conformance._data.expectation import RefusalExpected, read_expectation
from conformance._data.requirements import Requirement
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._judging.checks import find_faults, notes
from conformance._judging.observation import Invocation, Observation, Post
from conformance._service import Exchange, Fault, Reply, Request, Response, Violation
from conformance.contract import SURFACES, Argument

AREAS = ("auth", "url", "model", "messages", "tools", "body")


def requirement(name, level="must"):
    return Requirement(
        id=name,
        statement="What an implementation does.",
        section="Example",
        levels=dict.fromkeys(SURFACES, level),
        path=Path("requirements.yaml"),
        line=1,
    )


SKILL = Declaration(function="AddTodo", argument=Argument(name="task", type="string"), trigger={})
REFUSAL = RefusalExpected(refused=SKILL, control=SKILL)


def case(expect=None, episode=None, expectation=None):
    return Case(
        id="a-case",
        title="A title.",
        why=None,
        requirement=requirement("AST-THE-CASE"),
        service={area: requirement(f"AST-SERVICE-{area.upper()}", "should") for area in AREAS},
        root=Path("cases"),
        path=Path("cases/a.yaml"),
        line=1,
        scenario=Scenario(
            edition="2024-04-14",
            surface="python",
            episode=episode or Episode(skills=(SKILL,), prompts=("Hi",), model_replies=(Reply(text="Hello."),)),
        ),
        expectation=expectation or read_expectation(expect),
        needs=None,
    )


def violation(rule="rule", area="tools", *, certain=True, code="invalid_value"):
    return Violation(
        rule=rule,
        area=area,
        param="tools[0]",
        message="tools[0] is wrong",
        status=400,
        type="invalid_request_error",
        code=code,
        certain=certain,
    )


def exchange(*violations, unscripted=False, model="gpt-3.5-turbo", **body):
    body = {"model": model, "messages": [{"role": "user", "content": "Hi"}], **body}
    return Exchange(
        request=Request(method="POST", url="https://api.openai.com/v1/chat/completions", headers={}),
        body=body,
        model=model,
        violations=violations,
        response=Response(status=200, headers={}, body=b""),
        reply=0,
        unscripted=unscripted,
    )


def seen(**changes):
    return Observation(**{"posts": [Post(reply="Hello.", error=None)], "exchanges": (exchange(),), **changes})


def found(a_case, observation):
    return [(finding.requirement, str(finding)) for finding in find_faults(a_case, observation)]


OURS = "AST-THE-CASE"


def tool(name, **function):
    return {"type": "function", "function": {"name": name, **function}}


MESSAGES = '[{"role": "user", "content": "Hi"}]'
BODY = f'{{"model": "gpt-3.5-turbo", "messages": {MESSAGES}}}'
SENT = f'{{"body": {BODY}, "model": "gpt-3.5-turbo", "messages": {MESSAGES}, "results": {{}}, "told": {{}}}}'
ACCEPTED = "accepted by the service"
RAISED = [Post(reply=None, error="ValueError: no")]
TOOL_MESSAGES = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "text", "text": "Add "}, {"type": "text", "text": "milk"}]},
    {"role": "tool", "tool_call_id": "call_1", "content": '{"result": "added"}'},
]

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
    "a request elsewhere is no chat request": (
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
    "a refusal whose control is accepted": (case(expectation=REFUSAL), seen(refused="no")),
}


@pytest.mark.parametrize(("a_case", "observation"), CONFORMING.values(), ids=CONFORMING)
def test_finds_nothing_in_what_conforms(a_case, observation):
    assert found(a_case, observation) == []


VIOLATING = {
    "another reply": (
        case(expect={"answer": "Bye."}),
        seen(),
        [(OURS, 'the reply = "Hello.", but should be "Bye."')],
    ),
    "an error instead of the reply": (
        case(expect={"answer": "Hello."}),
        seen(posts=RAISED),
        [(OURS, 'ask raised ValueError: no: the reply = absent, but should be "Hello."')],
    ),
    "an error that the expectation does not read": (
        case(expect={"invocations": []}),
        seen(posts=RAISED),
        [(OURS, "ask = raised ValueError: no, but should be a reply")],
    ),
    "an error of an earlier post": (
        case(expect={"request": {}}),
        seen(posts=[*RAISED, Post(reply="Hello.", error=None)]),
        [(OURS, "ask = raised ValueError: no, but should be a reply")],
    ),
    "a reply instead of an error": (
        case(expect={"error": True}),
        seen(),
        [(OURS, 'ask = returned "Hello.", but should be an error raised')],
    ),
    "an error of an earlier post where the last one's is wanted": (
        case(expect={"error": True}),
        seen(posts=[*RAISED, Post(reply="Hello.", error=None)]),
        [(OURS, 'ask = returned "Hello.", but should be an error raised')],
    ),
    "other replies": (
        case(expect={"answers": ["Hello.", "Bye."]}),
        seen(posts=[Post(reply="Hello.", error=None), *RAISED]),
        [(OURS, 'answers[1] = absent, but should be "Bye."')],
    ),
    "too many requests": (
        case(expect={"request": {"model": "gpt-3.5-turbo"}}),
        seen(exchanges=(exchange(), exchange())),
        [(OURS, "number of chat requests = 2, but should be 1")],
    ),
    "no request": (
        case(expect={"request": {"model": "gpt-4"}}),
        seen(exchanges=()),
        [(OURS, "number of chat requests = 0, but should be 1")],
    ),
    "too few requests": (
        case(expect={"requests": [{}, {"model": "gpt-4"}]}),
        seen(),
        [(OURS, "number of chat requests = 1, but should be 2")],
    ),
    "another model": (
        case(expect={"requests": [{"model": "gpt-4"}]}),
        seen(),
        [(OURS, 'request 1: model = "gpt-3.5-turbo", but should be "gpt-4"')],
    ),
    "a tool that is missing": (
        case(expect={"request": {"tools": {"AddTodo": {}}}}),
        seen(exchanges=(exchange(tools=[]),)),
        [(OURS, "request 1: tools.AddTodo = absent, but should be an object with any members")],
    ),
    "a tool too many": (
        case(expect={"request": {"tools": {"AddTodo": {}}}}),
        seen(exchanges=(exchange(tools=[tool("AddTodo"), tool("Other")]),)),
        [(OURS, 'request 1: tools.Other = {"name": "Other"}, but should be absent')],
    ),
    "a tool twice": (
        case(expect={"request": {"tools": {"AddTodo": {}}}}),
        seen(exchanges=(exchange(tools=[tool("AddTodo"), tool("AddTodo")]),)),
        [(OURS, 'request 1: tools.AddTodo (again) = {"name": "AddTodo"}, but should be absent')],
    ),
    "another argument": (
        case(expect={"invocations": [{"skill": "AddTodo", "argument": 1}]}),
        seen(invocations=[Invocation(skill="AddTodo", argument=True)]),
        [(OURS, "invocations[0].argument = true, but should be 1")],
    ),
    "a call too many": (
        case(expect={"invocations": [{"skill": "AddTodo"}]}),
        seen(invocations=[Invocation(skill="AddTodo", argument="a"), Invocation(skill="AddTodo", argument="a")]),
        [(OURS, "length of invocations = 2, but should be 1")],
    ),
    "a request after the script's end": (
        case(expect={"answer": "Hello."}),
        seen(exchanges=(exchange(), exchange(unscripted=True))),
        [(OURS, "request 2: the request = one more, but should be none after the last reply")],
    ),
    "a reply that was never asked for": (
        case(expect={"answer": "Hello."}),
        seen(unused=2),
        [(OURS, "replies never asked for = 2, but should be every scripted reply asked for")],
    ),
    "a reply that was never asked for, after an error that no fault explains": (
        case(expect={"error": True}),
        seen(posts=RAISED, unused=1),
        [(OURS, "replies never asked for = 1, but should be every scripted reply asked for")],
    ),
    "a request that the service refused": (
        case(expect={"invocations": []}),
        seen(exchanges=(exchange(violation()),), posts=RAISED, unused=1),
        [
            (
                "AST-SERVICE-TOOLS",
                "request 1: the request = refused with 400 invalid_value (tools[0] is wrong), but should be "
                + ACCEPTED,
            )
        ],
    ),
    "a refusal without a code": (
        case(expect={"invocations": []}),
        seen(exchanges=(exchange(violation(area="messages", code=None)),)),
        [
            (
                "AST-SERVICE-MESSAGES",
                "request 1: the request = refused with 400 invalid_request_error (tools[0] is wrong), but should be "
                + ACCEPTED,
            )
        ],
    ),
    "a request to another host": (
        case(expect={"request": {"model": "gpt-4"}}),
        seen(exchanges=(exchange(violation("url-host", "url")), exchange(model="gpt-4"))),
        [
            (
                "AST-SERVICE-URL",
                "request 1: the request = refused with 400 invalid_value (tools[0] is wrong), but should be "
                + ACCEPTED,
            )
        ],
    ),
    "no function where the binding should be": (
        case({"binding": {"type": "x"}}),
        seen(bindings={}),
        [(OURS, "AddTodo: binding = absent, but should be an object with type")],
    ),
    "bindings never read": (
        case({"bindings": {"AddTodo": {}}}),
        seen(),
        [(OURS, "bindings.AddTodo = absent, but should be an object with any members")],
    ),
    "another binding at the second reading": (
        case({"bindings_again": {"AddTodo": {"name": "a"}}}),
        seen(bindings={"AddTodo": [{"name": "a"}]}, bindings_again={"AddTodo": [{"name": "b"}]}),
        [(OURS, 'second reading: bindings.AddTodo.name = "b", but should be "a"')],
    ),
    "an error at the second reading": (
        case({"bindings_again": {"AddTodo": {"name": "a"}}}),
        seen(bindings={"AddTodo": [{"name": "a"}]}, again_error="ValueError: once only"),
        [
            (
                OURS,
                "second reading: bindings = an error raised (ValueError: once only), but should be the same as before",
            )
        ],
    ),
    "requests that a word does not take": (
        case(expect={"requests": {"$one_of": [[{"model": "a"}], [{"model": "b"}]]}}),
        seen(),
        [
            (
                OURS,
                f'requests = [{SENT}], but should be [{{"model": "a"}}] or [{{"model": "b"}}]',
            )
        ],
    ),
    "another construct": (
        case({"construct": "A"}),
        seen(construct="B"),
        [(OURS, 'construct = "B", but should be "A"')],
    ),
    "a declaration refused": (
        case({"accepted": True}),
        seen(refusal="ValueError: no"),
        [(OURS, "the declaration = refused (ValueError: no), but should be accepted")],
    ),
    "a declaration accepted that must not be": (
        case(expectation=REFUSAL),
        seen(),
        [(OURS, "the declaration = accepted, but should be refused")],
    ),
    "an app before that ended otherwise": (
        case(expect={"answer": "Hello."}),
        seen(broken_before="1 of 2 replies asked for"),
        [(OURS, "the app before: its conversation = 1 of 2 replies asked for, but should be as the script has it")],
    ),
    "a control refused": (
        case(expectation=REFUSAL),
        seen(refused="no", refusal="ValueError: never"),
        [(OURS, "the control declaration = refused (ValueError: never), but should be accepted")],
    ),
}


@pytest.mark.parametrize(("a_case", "observation", "findings"), VIOLATING.values(), ids=VIOLATING)
def test_finds_what_violates(a_case, observation, findings):
    assert found(a_case, observation) == findings


def test_a_finding_has_the_level_of_its_requirement():
    observation = seen(exchanges=(exchange(violation()),))
    (first, second) = find_faults(case(expect={"answer": "Bye."}), observation)
    assert (first.requirement, first.level) == (OURS, "must")
    assert (second.requirement, second.level) == ("AST-SERVICE-TOOLS", "should")


def test_an_app_before_whose_request_was_refused_is_judged_by_that_alone():
    observation = seen(exchanges=(exchange(violation()),), broken_before="ask raised BadRequestError")
    (finding,) = find_faults(case(expect={"answer": "Bye."}), observation)
    assert finding.requirement == "AST-SERVICE-TOOLS"


def test_each_area_of_the_service_has_its_requirement():
    observation = seen(exchanges=tuple(exchange(violation(area=area)) for area in AREAS))
    assert [finding.requirement for finding in find_faults(case(expect={"invocations": []}), observation)] == [
        f"AST-SERVICE-{area.upper()}" for area in AREAS
    ]


def test_notes_what_may_be_refused_without_a_finding():
    observation = seen(exchanges=(exchange(violation(certain=False)),), notes=["a connection was blocked"])
    assert found(case(expect={"answer": "Hello."}), observation) == []
    assert notes(observation) == [
        "a connection was blocked",
        "request 1: tools[0] is wrong (not known for certain to be refused)",
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
