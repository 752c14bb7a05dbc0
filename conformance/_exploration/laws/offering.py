"""Laws about what the model is told of the skills, and which model that is."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from conformance._data.matching import ABSENT, unequal
from conformance._exploration.hearing import Heard, Hearing
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.declaring import DEFAULT_MODEL
from conformance._exploration.laws.law import Contradiction, Law, LawCheck, differs, law
from conformance._exploration.meaning import fault_of
from conformance._exploration.told import MADE_UP, NameSource, ToldSkill, read_skills
from conformance._judging.observation import request_tree
from conformance._service import Provider
from conformance._service.tool_schema import find_schema_faults
from conformance._text import json_values


def _tools(heard: Heard) -> Mapping[str, Any]:
    tools = heard.tree.get("tools")
    return tools if isinstance(tools, dict) else {}


def _offered(hearing: Hearing) -> Iterator[tuple[Heard, ToldSkill, Mapping[str, Any]]]:
    """Yield each request, and each skill that it offers beside its tool; equal tools of later requests once."""
    known: list[Any] = []
    for heard in hearing.heard:
        tools = _tools(heard)
        if any(tools is one for one in known):
            continue
        known.append(tools)
        for skill in hearing.skills:
            tool = tools.get(skill.tool) if skill.tool is not None else None
            if isinstance(tool, dict):
                yield heard, skill, tool


@law("AST-TOOL-OFFERED", needs="ask")
def offered(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that the first request offers every skill, and nothing else."""
    for heard in hearing.heard[:1]:
        count = len(_tools(heard))
        if hearing.skills and count != len(hearing.skills):
            wanted = [skill.tool for skill in hearing.skills]
            yield Contradiction("tools", json_values.show(list(_tools(heard))), json_values.show(wanted), heard.where)


def _named_by(*sources: NameSource) -> LawCheck:
    def check(hearing: Hearing) -> Iterator[Contradiction]:
        for heard in hearing.heard[:1]:
            tools = _tools(heard)
            if len(tools) != len(hearing.skills):
                continue
            for skill in hearing.skills:
                if skill.named_by in sources and skill.tool is not None and skill.tool not in tools:
                    yield Contradiction(
                        "tools",
                        json_values.show(list(tools)),
                        f"among them {json_values.show(skill.tool)}",
                        heard.where,
                    )

    return check


named_as_given = law("AST-TOOL-NAME", needs="ask")(_named_by("given"))
named_by_function = law("AST-TOOL-NAME-FALLBACK", needs="ask")(_named_by("function"))
named_by_setting = law("AST-TOOL-NAME-SETTING", needs="ask")(_named_by("setting"))


@law("AST-TOOL-NONE", needs="ask")
def none_offered(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that an app without skills offers no tools."""
    for heard in hearing.heard if not hearing.skills else ():
        if heard.tree.get("tools") is not None:
            yield differs("tools", heard.tree["tools"], None, heard.where)


@law("AST-TOOL-ISOLATED", needs="ask")
def of_this_app_only(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that no tool, and no description of one's parameters, is that of an app before."""
    before = hearing.scenario.before
    earlier = read_skills(before) if before is not None else ()
    mine = {skill.tool: skill for skill in hearing.skills}
    for heard in hearing.heard[:1]:
        tools = _tools(heard)
        for skill in earlier:
            if skill.tool is None or skill.tool not in tools or None in mine:
                continue
            later = mine.get(skill.tool)
            if later is None:
                yield differs("tools", list(tools), list(mine), heard.where)
            elif _is_kept(tools[skill.tool], skill, later):
                yield differs(f"tools.{skill.tool}.parameters", skill.schema, "nothing of an app before", heard.where)


def _is_kept(tool: Any, earlier: ToldSkill, later: ToldSkill) -> bool:
    """Say whether a made-up schema is what was given for another argument before."""
    if later.schema is not MADE_UP or earlier.declaration.argument == later.declaration.argument:
        return False
    return isinstance(tool, dict) and json_values.equal(tool.get("parameters"), earlier.schema)


@law("AST-TOOL-EVERY-ROUND", needs="ask")
def offered_in_every_request(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that every later request offers the tools of the first one."""
    first = hearing.heard[0] if hearing.heard else None
    for heard in hearing.heard[1:]:
        if first is not None and _tools(heard).keys() != _tools(first).keys():
            yield differs("tools", list(_tools(heard)), list(_tools(first)), heard.where)


@law("AST-TOOL-DESCRIPTION", needs="ask")
def described(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that the model is given each description to the letter."""
    for heard, skill, tool in _offered(hearing):
        wanted = skill.given.get("functionDescription")
        if tool.get("description") != wanted:
            yield differs(f"tools.{skill.tool}.description", tool.get("description"), wanted, heard.where)


@law("AST-TOOL-PARAMETERS", needs="ask")
def parameters(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that the model is given each parameter description that was declared, equal as JSON."""
    for heard, skill, tool in _offered(hearing):
        if skill.schema is MADE_UP or not is_exact(skill.schema, hearing.scenario.surface):
            continue
        for one in unequal(skill.schema, tool.get("parameters", ABSENT), f"tools.{skill.tool}.parameters"):
            yield Contradiction(one.what, one.got, one.wanted, heard.where)


def _made_up(requirement: str) -> Law:
    def check(hearing: Hearing) -> Iterator[Contradiction]:
        for heard, skill, tool in _offered(hearing):
            if skill.schema is not MADE_UP:
                continue
            argument = skill.declaration.argument
            fault = fault_of(tool.get("parameters"), argument, hearing.scenario.surface)
            if fault is not None and fault.requirement == requirement:
                yield Contradiction(f"tools.{skill.tool}.parameters{fault.at}", fault.got, fault.wanted, heard.where)

    return law(requirement, needs="ask")(check)


@law("AST-SCHEMA-ITEMS", needs="ask")
def says_what_items_are(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that a made-up schema says what an array holds; the service refuses one that does not."""
    for number, exchange in enumerate(hearing.seen.exchanges[:1], 1):
        tools = request_tree(exchange).get("tools")
        if not isinstance(tools, dict):
            continue
        for skill in hearing.skills:
            tool = tools.get(skill.tool)
            if skill.schema is MADE_UP and skill.declaration.argument.type == "array" and isinstance(tool, dict):
                for kind, fault in find_schema_faults(tool.get("parameters")):
                    if kind == "items":
                        yield Contradiction(f"tools.{skill.tool}.parameters", fault, "items", f"request {number}")


@law("AST-MODEL-GIVEN", needs="ask")
def model_given(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that each request to OpenAI names the model that is given."""
    if hearing.scenario.provider == "openai":
        yield from _named(hearing, _model(hearing))


@law("AST-MODEL-DEPLOYMENT", needs="ask")
def deployment_given(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that each request to Azure OpenAI goes to the deployment that is given."""
    if hearing.scenario.provider == "azure":
        yield from _named(hearing, _model(hearing))


def _names_default(requirement: str, provider: Provider) -> Law:
    def check(hearing: Hearing) -> Iterator[Contradiction]:
        given = any("model" in skill.given for skill in hearing.skills)
        if not given and hearing.scenario.provider == provider:
            yield from _named(hearing, DEFAULT_MODEL)

    return law(requirement, needs="ask")(check)


def _model(hearing: Hearing) -> str | None:
    """Return the one model that is given; None if there is none, or several, which is left open."""
    given = {skill.given.get("model") for skill in hearing.skills} - {None}
    return given.pop() if len(given) == 1 else None


def _named(hearing: Hearing, model: str | None) -> Iterator[Contradiction]:
    for heard in hearing.heard if model is not None else ():
        if heard.tree.get("model") != model:
            yield differs("model", heard.tree.get("model"), model, heard.where)


OFFERING: Final[tuple[Law, ...]] = (
    offered,
    named_as_given,
    named_by_function,
    named_by_setting,
    none_offered,
    of_this_app_only,
    offered_in_every_request,
    described,
    parameters,
    _made_up("AST-SCHEMA-OBJECT"),
    _made_up("AST-SCHEMA-TYPE"),
    says_what_items_are,
    model_given,
    deployment_given,
    _names_default("AST-MODEL-DEFAULT", "openai"),
    _names_default("AST-MODEL-DEFAULT-DEPLOYMENT", "azure"),
)
