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
from conformance._judging.result import Finding, Outcome, Result
from conformance.contract import Surface

_TOOLS: Final = "AST-SERVICE-TOOLS"
"""The requirement that the tools of an app are judged by as a whole."""


def judge_app(app: BuiltApp, edition: str) -> list[Result]:
    """Judge every skill of an app by one edition, in the order of their declaration; then the app's tools.

    Raises CaseFileError if the suite's data cannot be read.
    """
    requirements = edition_of(edition).requirements
    documented = edition_of(edition).spellings["powershell"].prefilled  # the surface that documents them all
    view = AppView(app=app, type=documented["type"], direction=documented["direction"])
    judge = _AppJudge(app, edition)
    for name, skill in _named(app.skills):
        for criterion in CRITERIA:
            requirement = _requirement(criterion, requirements, app)
            if requirement is not None:
                judge.judge_skill(skill, name, criterion, requirement, view)
    judge.judge_tools(requirements[_TOOLS])
    return judge.results


def _named(skills: Iterable[DeclaredSkill]) -> Iterator[tuple[str, DeclaredSkill]]:
    """Yield each skill with its function's name, numbered from the second of that name on."""
    seen: Counter[str] = Counter()
    for skill in skills:
        name = skill.function.name
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}-{seen[name]}"), skill


def _requirement(criterion: Criterion, requirements: Mapping[str, Requirement], app: BuiltApp) -> Requirement | None:
    known = (requirements[name] for name in criterion.requirements if name in requirements)
    return next((requirement for requirement in known if app.surface in requirement.levels), None)


class _AppJudge:
    """Collects the results of one app in one edition."""

    def __init__(self, app: BuiltApp, edition: str) -> None:
        self.app = app
        self.edition = edition
        self.results: list[Result] = []

    def judge_skill(
        self, skill: DeclaredSkill, name: str, criterion: Criterion, requirement: Requirement, view: AppView
    ) -> None:
        result = self._result(
            requirement,
            case=f"{criterion.slug}-of-{name}",
            title=f"{name}: {criterion.title}.",
            place=self.app.place_of(skill, criterion.key),
            file=skill.function.file,
        )
        judged = _judge(result, requirement, self.app.surface, lambda: criterion.check(skill, view))
        if judged.outcome == "failed":
            judged = replace(judged, notes=tuple(_misspellings(skill, criterion.key)))
        self.results.append(judged)

    def judge_tools(self, requirement: Requirement) -> None:
        """Judge what the model will see of all skills together; what one tool alone breaks is judged with its skill."""
        tools: list[dict[str, Any]] = []

        def check() -> Iterator[Mismatch]:
            for skill in self.app.skills:
                try:
                    tools.append(tool_of(skill, self.app.settings))
                except (NotJudgedError, ValueError) as error:
                    raise NotJudgedError(f"has a tool that is not known ({skill.function.name}: {error})") from error
            for violation in find_violations(tools):
                if violation.param == "tools":
                    got = f"refused with {violation.answer} ({violation.message})"
                    yield Mismatch(what="the tools", got=got, wanted="accepted by the service")

        result = self._result(
            requirement,
            case="tools",
            title="The model is offered no more tools than OpenAI accepts.",
            place=self.app.place_of(self.app.skills[0]),
            file=self.app.skills[0].function.file,
        )
        judged = _judge(result, requirement, self.app.surface, check)
        self.results.append(judged if judged.reason else replace(judged, tools=tools))

    def _result(self, requirement: Requirement, *, case: str, title: str, place: str, file: str) -> Result:
        return Result(
            implementation=self.app.name,
            id=CaseId.of_case(self.edition, f"{self.app.name}/{file}", case, self.app.surface),
            title=title,
            requirement=requirement.id,
            group=requirement.group,
            level=requirement.levels[self.app.surface],
            place=place,
            outcome="passed",
        )


def _judge(
    result: Result, requirement: Requirement, surface: Surface, check: Callable[[], Iterable[Mismatch]]
) -> Result:
    started = time.perf_counter()
    try:
        findings = tuple(Finding.of(requirement, surface, mismatch) for mismatch in check())
    except NotJudgedError as error:
        return replace(result, outcome="not applicable", reason=str(error), seconds=time.perf_counter() - started)
    outcome: Outcome = "failed" if findings else "passed"
    return replace(result, outcome=outcome, findings=findings, seconds=time.perf_counter() - started)


def _misspellings(skill: DeclaredSkill, key: str | None) -> Iterator[str]:
    """Say which member of the binding may be meant for one that is missing."""
    if key is not None and key not in skill.binding:
        unknown = [member for member in skill.binding if member not in PARAMETERS]
        for member in difflib.get_close_matches(key, unknown, n=1, cutoff=0.8):
            yield f"the binding has {member}, which is not documented; {key}?"
