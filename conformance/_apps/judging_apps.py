"""Judges the skills of an app by what an edition requires of a declaration."""

import difflib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from conformance._apps.criteria import CRITERIA, AppView, Criterion
from conformance._apps.declared_skill import BuiltApp, DeclaredSkill
from conformance._apps.skill_tool import NotJudgedError, find_violations, tool_of
from conformance._data.case_id import CaseId
from conformance._data.editions import edition_of
from conformance._data.open_world.matching import Mismatch
from conformance._data.requirements import Requirement
from conformance._data.surfaces import PARAMETERS
from conformance._judging.result import Finding, Result
from conformance.contract import Surface

_TOOLS: Final = "AST-SERVICE-TOOLS"
"""The requirement that the tools of an app are judged by as a whole."""

_UNKNOWN: Final = "has a tool that is not known, and so nothing to compare with a snapshot"


def judge_app(app: BuiltApp, edition: str) -> list[Result]:
    """Judge every skill of an app by one edition, in the order of their declaration; then the app's tools.

    Raises CaseFileError if the suite's data cannot be read.
    """
    requirements = edition_of(edition).requirements
    documented = edition_of(edition).spellings["powershell"].prefilled  # the surface that documents them all
    view = AppView(app=app, edition=edition, type=documented["type"], direction=documented["direction"])
    results = [
        _judge_skill(view, skill, name, criterion, requirement)
        for name, skill in _named(app.skills)
        for criterion in CRITERIA
        if (requirement := _requirement(criterion, requirements, app.surface)) is not None
    ]
    return [*results, _judge_tools(view, requirements[_TOOLS])]


def _named(skills: Iterable[DeclaredSkill]) -> Iterator[tuple[str, DeclaredSkill]]:
    """Yield each skill with its function's name, numbered from the second of that name on."""
    seen: Counter[str] = Counter()
    for skill in skills:
        name = skill.function.name
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}-{seen[name]}"), skill


def _requirement(criterion: Criterion, requirements: Mapping[str, Requirement], surface: Surface) -> Requirement | None:
    known = (requirements[name] for name in criterion.requirements if name in requirements)
    return next((requirement for requirement in known if surface in requirement.levels), None)


def _judge_skill(
    view: AppView, skill: DeclaredSkill, name: str, criterion: Criterion, requirement: Requirement
) -> Result:
    case, title = f"{criterion.slug}-of-{name}", f"{name}: {criterion.title}."
    requirement = replace(requirement, statement=criterion.statement or requirement.statement)
    result = _judge(view, skill, requirement, lambda: criterion.check(skill, view), case, title, criterion.key)
    remarks = criterion.remark(skill) if criterion.remark is not None else ()
    return replace(result, notes=(*_misspellings(skill, criterion.key), *remarks))


def _judge_tools(view: AppView, requirement: Requirement) -> Result:
    """Judge what the model will see of all skills together; what one tool alone breaks is judged with its skill."""
    tools: list[dict[str, Any]] = []

    def check() -> Iterator[Mismatch]:
        for skill in view.app.skills:
            if view.app.is_disabled(skill):
                continue
            try:
                tools.append(tool_of(skill, view.app.settings))
            except NotJudgedError as error:
                raise NotJudgedError(f"{_UNKNOWN} ({skill.function.name}: {error})") from error
            except ValueError as error:
                fault = "its parameter description is not JSON"
                raise NotJudgedError(f"{_UNKNOWN} ({skill.function.name}: {fault})") from error
        for violation in find_violations(tools) if tools else ():
            if violation.param == "tools":
                got = f"refused with {violation.answer} ({violation.message})"
                yield Mismatch(what="the tools", got=got, wanted="accepted by the service")

    title = "The model is offered no more tools than OpenAI accepts."
    result = _judge(view, view.app.skills[0], requirement, check, "tools", title)
    return result if result.reason else replace(result, tools=tools)


def _judge(  # noqa: PLR0913, PLR0917  # what is judged, by what, and what it is called
    view: AppView,
    skill: DeclaredSkill,
    requirement: Requirement,
    check: Callable[[], Iterable[Mismatch]],
    case: str,
    title: str,
    key: str | None = None,
) -> Result:
    """Judge by one requirement; the result points at a skill's binding, or at the member `key` of that."""
    started, surface = time.perf_counter(), view.app.surface
    findings: tuple[Finding, ...] = ()
    reason = None
    try:
        findings = tuple(Finding.of(requirement, surface, mismatch) for mismatch in check())
    except NotJudgedError as error:
        reason = str(error)
    return Result(
        implementation=view.app.name,
        id=CaseId.of_case(view.edition, f"{view.app.name}/{skill.function.file}", case, surface),
        title=title,
        requirement=requirement.id,
        group=requirement.group,
        level=requirement.levels[surface],
        place=view.app.place_of(skill, key),
        outcome="not applicable" if reason is not None else "failed" if findings else "passed",
        reason=reason,
        findings=findings,
        seconds=time.perf_counter() - started,
    )


def _misspellings(skill: DeclaredSkill, key: str | None) -> Iterator[str]:
    """Say which member of the binding may be meant for one that is missing."""
    if key is not None and key not in skill.binding:
        unknown = [member for member in skill.binding if member not in PARAMETERS]
        for member in difflib.get_close_matches(key, unknown, n=1, cutoff=0.8):
            yield f"the binding has {member}, which is not documented; {key}?"
