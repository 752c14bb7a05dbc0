"""What a run plans: every case, law and declared skill for every implementation, in the order of the editions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from conformance._data.case_id import CaseId
from conformance._data.editions import edition_of
from conformance._data.requirements import Requirement
from conformance._judging.result import Result
from conformance._judging.session import make_error
from conformance._targets.target import Target
from conformance.plugin.judge import Judge, usage_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One thing to judge for one implementation.

    `path` and `line` are the place of what says so. `judge` returns the result, `fail` makes one of a reason why there
    is none.
    """

    id: CaseId
    target: Target
    requirement: Requirement
    path: Path
    line: int
    judge: Callable[[], Result]
    fail: Callable[[str], Result]


def make_plans(judge: Judge) -> Iterator[Plan]:
    """Plan what the options ask for; raise pytest.UsageError for a case file or an app that can't be read."""
    with usage_errors():
        for edition in judge.options.editions:
            yield from _plan_cases(judge, edition)
            yield from _plan_apps(judge, edition)
            yield from _plan_laws(judge, edition)


def _plan_cases(judge: Judge, edition: str) -> Iterator[Plan]:
    targets = [target for target in judge.players if edition in target.editions]
    for case in judge.cases(edition) if targets else ():
        for target in targets:
            if case.surface in target.surfaces and case.surface in judge.options.surfaces:
                yield Plan(
                    id=case.id,
                    target=target,
                    requirement=case.requirement,
                    path=case.path,
                    line=case.line,
                    judge=partial(judge.judge, case, target),
                    fail=partial(make_error, case, target),
                )


def _plan_apps(judge: Judge, edition: str) -> Iterator[Plan]:
    """Plan what apps on disk declare: it was judged when they were read."""
    for target in judge.targets:
        if target.is_played or not set(target.surfaces) & set(judge.options.surfaces):
            continue
        for result in judge.judge_built_app(target, edition):
            file, _, line = result.place.rpartition(":")
            yield Plan(
                id=result.id,
                target=target,
                requirement=edition_of(edition).requirements[result.requirement],
                path=Path(file),
                line=int(line),
                judge=partial(judge.baseline.weigh, result),
                fail=partial(_spoil, result),
            )


def _spoil(result: Result, reason: str) -> Result:
    return replace(result, outcome="errored", reason=reason)


def _plan_laws(judge: Judge, edition: str) -> Iterator[Plan]:
    """Plan the laws, those that share what is played side by side."""
    for target, law in judge.explored(edition):
        yield Plan(
            id=law.id,
            target=target,
            requirement=law.requirement,
            path=law.path,
            line=law.line,
            judge=partial(judge.explore, law, target),
            fail=partial(law.lost, target),
        )
