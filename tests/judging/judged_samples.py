"""Cases and observations made by hand, so that what is to be found in them is known."""

from dataclasses import replace
from pathlib import Path

from conformance._data.case import Case
from conformance._data.expectation import RefusalExpected, read_expectation
from conformance._data.open_world.matching import Cause
from conformance._data.requirements import Requirement
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._judging.checks import check_by_expectation
from conformance._judging.observation import Observation, Post
from conformance._service import Exchange, Reply, Request, Response, Violation
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
REFUSAL = RefusalExpected(control=replace(SKILL, trigger={"functionDescription": "Add"}))


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
        needs=(),
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
    return [(finding.requirement, str(finding)) for finding in check_by_expectation(a_case, observation)]


OURS = "AST-THE-CASE"


def tool(name, **function):
    return {"type": "function", "function": {"name": name, **function}}


MESSAGES = '[{"role": "user", "content": "Hi"}]'
ACCEPTED = "accepted by the service"
REFUSED = Cause(kind="refused declaration", said="ValueError: no")
RAISED = [Post(reply=None, error=Cause(kind="error", said="ValueError: no"))]
TOOL_MESSAGES = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "text", "text": "Add "}, {"type": "text", "text": "milk"}]},
    {"role": "tool", "tool_call_id": "call_1", "content": '{"result": "added"}'},
]
