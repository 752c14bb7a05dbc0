"""Each kind of finding occurs when it must, and names its requirement."""

from dataclasses import replace

import pytest
from judged_samples import ACCEPTED, OURS, RAISED, REFUSAL, REFUSED, SKILL, case, exchange, found, seen, tool, violation

from conformance._data.expectation import RefusalExpected
from conformance._data.open_world.matching import Cause, Mismatch
from conformance._data.scenario import Episode
from conformance._judging.checks import check_by_expectation
from conformance._judging.observation import Invocation, Post
from conformance._service import Fault

BROKEN = Mismatch("its conversation", "1 of 2 replies requested", "as scripted", "the earlier app")
DECLARED = 'AddTodo with {"functionName": "Add"}'
FILLED = 'functionName "%NAME%", which the settings make "Add Todo"'

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
        [(OURS, "ask raised ValueError: no, but should reply")],
    ),
    "an error of an earlier post": (
        case(expect={"request": {}}),
        seen(posts=[*RAISED, Post(reply="Hello.", error=None)]),
        [(OURS, "ask raised ValueError: no, but should reply")],
    ),
    "replies that nobody asked for since an error came before any request": (
        case(expect={"answers": [{"$one_of": ["Hello.", {"$absent": True}]}]}),
        seen(posts=RAISED, unused=1),
        [(OURS, "ask raised ValueError: no: replies never requested = 1, but should be 0")],
    ),
    "replies that nobody asked for since an error came that the case does not speak of": (
        case(expect={"answer": {"$one_of": ["Hello.", {"$absent": True}]}}),
        seen(posts=[replace(RAISED[0], requests=1)], unused=1),
        [(OURS, "ask raised ValueError: no: replies never requested = 1, but should be 0")],
    ),
    "an error before any fault of the service": (
        case(expect={"requests": [{}]}, episode=Episode(prompts=("Hi",), model_replies=(Fault(status=503),))),
        seen(posts=RAISED, exchanges=()),
        [(OURS, "ask raised ValueError: no: number of chat requests = 0, but should be 1")],
    ),
    "a reply instead of an error": (
        case(expect={"error": True}),
        seen(),
        [(OURS, 'ask returned "Hello.", but should raise an error')],
    ),
    "an error of an earlier post where the last one's is wanted": (
        case(expect={"error": True}),
        seen(posts=[*RAISED, Post(reply="Hello.", error=None)]),
        [(OURS, 'ask returned "Hello.", but should raise an error')],
    ),
    "other replies": (
        case(expect={"answers": ["Hello.", "Bye."]}),
        seen(posts=[Post(reply="Hello.", error=None), *RAISED]),
        [(OURS, 'ask raised ValueError: no: answers[1] = absent, but should be "Bye."')],
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
        [(OURS, "replies never requested = 2, but should be 0")],
    ),
    "a reply that was never asked for, after an error that no fault explains": (
        case(expect={"error": True}),
        seen(posts=RAISED, unused=1),
        [(OURS, "replies never requested = 1, but should be 0")],
    ),
    "a request that the service refused": (
        case(expect={"invocations": []}),
        seen(exchanges=(exchange(violation()),), posts=RAISED, unused=1),
        [
            (
                "AST-SERVICE-TOOLS",
                "request 1: the request was refused with 400 invalid_value (tools[0] is wrong), but should be "
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
                "request 1: the request was refused with 400 invalid_request_error (tools[0] is wrong), but should be "
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
                "request 1: the request was refused with 400 invalid_value (tools[0] is wrong), but should be "
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
    "another type after the conversation": (
        case({"bindings_after": {"AddTodo": {}}}),
        seen(bindings={"AddTodo": [{"type": "a"}]}, bindings_after={"AddTodo": [{"type": "b"}]}),
        [(OURS, 'after the conversation: bindings.AddTodo.type = "b", but should be "a"')],
    ),
    "an error at the second reading": (
        case({"bindings_again": {"AddTodo": {"name": "a"}}}),
        seen(bindings={"AddTodo": [{"name": "a"}]}, again_error=Cause(kind="error", said="ValueError: once only")),
        [
            (
                OURS,
                "later: bindings = an error raised (ValueError: once only), but should be the same as before",
            )
        ],
    ),
    "requests that a word does not take": (
        case(expect={"requests": {"$one_of": [[{"model": "a"}], [{"model": "b"}]]}}),
        seen(),
        [(OURS, 'request 1: model = "gpt-3.5-turbo", but should be "a"')],
    ),
    "another construct": (
        case({"construct": "A"}),
        seen(construct="B"),
        [(OURS, 'construct = "B", but should be "A"')],
    ),
    "a declaration refused": (
        case({"accepted": True}),
        seen(refusal=REFUSED),
        [(OURS, "the declaration was refused (ValueError: no), but should be accepted")],
    ),
    "a declaration accepted that must not be": (
        case(expectation=REFUSAL),
        seen(accepted=[replace(SKILL, trigger={"function_name": "my skill!", "function_description": "Add"})]),
        [(OURS, 'the declaration of AddTodo was accepted with functionName "my skill!", but should be refused')],
    ),
    "a declaration accepted that lacks something": (
        case(expectation=RefusalExpected(control=replace(SKILL, trigger={"functionDescription": "Add"}))),
        seen(accepted=[SKILL]),
        [(OURS, "the declaration of AddTodo was accepted without functionDescription, but should be refused")],
    ),
    "a declaration accepted whose function's own name is wrong": (
        case(expectation=REFUSAL),
        seen(accepted=[replace(SKILL, function="Add Todo", trigger={"functionDescription": "Add"})]),
        [(OURS, "the declaration of Add Todo was accepted with the function's own name, but should be refused")],
    ),
    "a declaration accepted whose name a setting makes wrong": (
        case(expectation=REFUSAL, episode=Episode(settings={"NAME": "Add Todo"})),
        seen(
            accepted=[replace(SKILL, function="Add", trigger={"functionName": "%NAME%", "functionDescription": "Add"})]
        ),
        [(OURS, f"the declaration of Add was accepted with {FILLED}, but should be refused")],
    ),
    "a declaration refused that is known": (
        case({"accepted": True}),
        seen(
            refusal=REFUSED,
            declaring=replace(SKILL, trigger={"functionName": "Add"}),
        ),
        [(OURS, f"the declaration of {DECLARED} was refused (ValueError: no), but should be accepted")],
    ),
    "an app before that ended otherwise": (
        case(expect={"answer": "Hello."}),
        seen(broken_before=BROKEN),
        [(OURS, "the earlier app: its conversation = 1 of 2 replies requested, but should be as scripted")],
    ),
    "a control refused": (
        case(expectation=REFUSAL),
        seen(refusal=Cause(kind="refused declaration", said="ValueError: never")),
        [(OURS, "the control declaration was refused (ValueError: never), but should be accepted")],
    ),
}


@pytest.mark.parametrize(("a_case", "observation", "findings"), VIOLATING.values(), ids=VIOLATING)
def test_finds_what_violates(a_case, observation, findings):
    assert found(a_case, observation) == findings


@pytest.mark.parametrize(("name", "is_surplus"), [("GetTodos", True), ("current_time", False)])
def test_only_a_tool_of_the_app_before_may_have_been_left_by_it(name, is_surplus):
    before = Episode(skills=(replace(SKILL, trigger={"functionName": "GetTodos"}),))
    judged = case(expect={"request": {"tools": {"AddTodo": {}}}})
    judged = replace(judged, scenario=replace(judged.scenario, before=before))
    offering = seen(exchanges=(exchange(tools=[tool("AddTodo"), tool(name)]),))
    (finding,) = check_by_expectation(judged, offering)
    assert (finding.what, finding.surplus) == (f"tools.{name}", is_surplus)
