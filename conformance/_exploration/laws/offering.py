"""Laws about what the model is told of the skills, and which model that is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.open_world.matching import ABSENT, Mismatch, unequal
from conformance._data.surfaces import DEFAULT_MODEL
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.law import LawCheck, LawGroup, differs
from conformance._exploration.reading.argument_schemas import fault_of
from conformance._exploration.reading.conversation_trace import Trace, TracedRequest
from conformance._exploration.reading.predicted_calls import MADE_UP, NameSource, PredictedSkill, read_skills
from conformance._judging.observation import request_tree
from conformance._service import Provider
from conformance._service.tool_schema import find_schema_faults
from conformance._text import json_values

OFFERING: Final = LawGroup(needs="ask")

ModelOf: TypeAlias = Callable[[Iterable[PredictedSkill]], str | None]


def _tools(request: TracedRequest) -> Mapping[str, Any]:
    tools = request.tree.get("tools")
    return tools if isinstance(tools, dict) else {}


def _offered(trace: Trace) -> Iterator[tuple[TracedRequest, PredictedSkill, Mapping[str, Any]]]:
    """Yield each request, and each skill that it offers beside its tool; equal tools of later requests once."""
    known: list[Any] = []
    for request in trace.requests:
        tools = _tools(request)
        if any(tools is one for one in known):
            continue
        known.append(tools)
        for skill in trace.skills:
            tool = tools.get(skill.tool) if skill.tool is not None else None
            if isinstance(tool, dict):
                yield request, skill, tool


@OFFERING.law("AST-TOOL-OFFERED")
def offered(trace: Trace) -> Iterator[Mismatch]:
    """Check that the first request offers every skill, and nothing else."""
    for request in trace.requests[:1]:
        tools = _tools(request)
        if trace.skills and len(tools) != len(trace.skills):
            yield differs("tools", list(tools), [skill.tool for skill in trace.skills], request.where)


def _named_by(source: NameSource) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        for request in trace.requests[:1]:
            tools = _tools(request)
            if len(tools) != len(trace.skills):
                continue
            for skill in trace.skills:
                if skill.named_by == source and skill.tool is not None and skill.tool not in tools:
                    wanted = f"a list that holds {json_values.show(skill.tool)}"
                    yield Mismatch("tools", json_values.show(list(tools)), wanted, request.where)

    return check


OFFERING.law("AST-TOOL-NAME")(_named_by("given"))
OFFERING.law("AST-TOOL-NAME-FALLBACK")(_named_by("function"))
OFFERING.law("AST-TOOL-NAME-SETTING")(_named_by("setting"))


@OFFERING.law("AST-TOOL-NONE")
def none_offered(trace: Trace) -> Iterator[Mismatch]:
    """Check that an app without skills offers no tools."""
    for request in trace.requests if not trace.skills else ():
        if request.tree.get("tools") is not None:
            yield differs("tools", request.tree["tools"], None, request.where)


@OFFERING.law("AST-TOOL-ISOLATED")
def of_this_app_only(trace: Trace) -> Iterator[Mismatch]:
    """Check that no tool, and no description of one's parameters, is that of an app before."""
    before = trace.scenario.before
    earlier = read_skills(before) if before is not None else ()
    mine = {skill.tool: skill for skill in trace.skills}
    for request in trace.requests[:1]:
        tools = _tools(request)
        for skill in earlier:
            if skill.tool is None or skill.tool not in tools or None in mine:
                continue
            later = mine.get(skill.tool)
            if later is None:
                yield differs("tools", list(tools), list(mine), request.where)._replace(surplus=True)
            elif _is_kept(tools[skill.tool], skill, later):
                what, got = f"tools.{skill.tool}.parameters", json_values.show(skill.schema)
                yield Mismatch(what, got, "nothing of an app before", request.where, surplus=True)


def _is_kept(tool: Any, earlier: PredictedSkill, later: PredictedSkill) -> bool:
    """Say whether a made-up schema is what was given for another argument before."""
    if later.schema is not MADE_UP or earlier.declaration.argument == later.declaration.argument:
        return False
    return isinstance(tool, dict) and json_values.equal(tool.get("parameters"), earlier.schema)


@OFFERING.law("AST-TOOL-EVERY-ROUND")
def offered_in_every_request(trace: Trace) -> Iterator[Mismatch]:
    """Check that every later request offers the tools of the first one."""
    first = trace.requests[0] if trace.requests else None
    for request in trace.requests[1:]:
        if first is not None and _tools(request).keys() != _tools(first).keys():
            yield differs("tools", list(_tools(request)), list(_tools(first)), request.where)


@OFFERING.law("AST-TOOL-DESCRIPTION")
def described(trace: Trace) -> Iterator[Mismatch]:
    """Check that the model is given each description to the letter."""
    for request, skill, tool in _offered(trace):
        wanted = skill.given.get("functionDescription")
        if tool.get("description") != wanted:
            yield differs(f"tools.{skill.tool}.description", tool.get("description"), wanted, request.where)


@OFFERING.law("AST-TOOL-PARAMETERS")
def parameters(trace: Trace) -> Iterator[Mismatch]:
    """Check that the model is given each parameter description that was declared, equal as JSON."""
    for request, skill, tool in _offered(trace):
        if skill.schema is MADE_UP or not is_exact(skill.schema, trace.scenario.surface):
            continue
        for one in unequal(skill.schema, tool.get("parameters", ABSENT), f"tools.{skill.tool}.parameters"):
            yield one._replace(where=request.where)


def _made_up(requirement: str) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        for request, skill, tool in _offered(trace):
            if skill.schema is not MADE_UP:
                continue
            argument = skill.declaration.argument
            fault = fault_of(tool.get("parameters"), argument, trace.scenario.surface)
            if fault is not None and fault.requirement == requirement:
                yield Mismatch(f"tools.{skill.tool}.parameters{fault.at}", fault.got, fault.wanted, request.where)

    return check


OFFERING.law("AST-SCHEMA-OBJECT")(_made_up("AST-SCHEMA-OBJECT"))
OFFERING.law("AST-SCHEMA-TYPE")(_made_up("AST-SCHEMA-TYPE"))


@OFFERING.law("AST-SCHEMA-ITEMS")
def says_what_items_are(trace: Trace) -> Iterator[Mismatch]:
    """Check that a made-up schema says what an array holds; the service refuses one that does not."""
    for number, exchange in enumerate(trace.seen.exchanges[:1], 1):
        tools = request_tree(exchange).get("tools")
        if not isinstance(tools, dict):
            continue
        for skill in trace.skills:
            tool = tools.get(skill.tool)
            if skill.schema is MADE_UP and skill.declaration.argument.type == "array" and isinstance(tool, dict):
                parameters = tool.get("parameters")
                if "items" in dict(find_schema_faults(parameters)):
                    got = json_values.show(parameters)
                    where = f"request {number}"
                    yield Mismatch(f"tools.{skill.tool}.parameters", got, "a schema whose arrays have items", where)


def given_model(skills: Iterable[PredictedSkill]) -> str | None:
    """Return the one model that is given; None if there is none, or several, which is left open."""
    given = {skill.given.get("model") for skill in skills} - {None}
    return given.pop() if len(given) == 1 else None


def default_model(skills: Iterable[PredictedSkill]) -> str | None:
    """Return the documented model where none is given."""
    return None if any("model" in skill.given for skill in skills) else DEFAULT_MODEL


def _names(provider: Provider, model_of: ModelOf) -> LawCheck:
    """Check that each request to a provider names the model, or on Azure OpenAI the deployment, if there is one."""
    what = "deployment" if provider == "azure" else "model"

    def check(trace: Trace) -> Iterator[Mismatch]:
        model = model_of(trace.skills) if trace.scenario.provider == provider else None
        for request in trace.requests if model is not None else ():
            if request.tree.get("model") != model:
                yield differs(what, request.tree.get("model"), model, request.where)

    return check


OFFERING.law("AST-MODEL-GIVEN")(_names("openai", given_model))
OFFERING.law("AST-MODEL-DEPLOYMENT")(_names("azure", given_model))
OFFERING.law("AST-MODEL-DEFAULT")(_names("openai", default_model))
OFFERING.law("AST-MODEL-DEFAULT-DEPLOYMENT")(_names("azure", default_model))
