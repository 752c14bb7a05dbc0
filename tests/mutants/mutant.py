"""What a mutant is, which cases it must fail, and how that is compared with what it does fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from conformance._data.case import Case
from conformance._judging.result import Result
from conformance._judging.session import Session, open_session
from conformance.contract import EDITIONS, Surface
from mutants.base import App
from mutants.variant import Variant, name_after

OWN = "the case's own requirement"
"""A key of `fails`: for a defect that makes nearly everything fail, each case for its own reason."""

ERRORED = "errored"
"""A key of `fails`: cases in which the contract is broken, so that nothing can be judged."""

Selector: TypeAlias = str | Callable[[Case], bool]
"""The id of a case, with * for any characters; or a question about cases, where a defect concerns all of a kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant(Variant):
    """An app with one defect: `why` says what it is, `fails` for which requirement it fails which cases.

    A case can violate its own requirement, and those of the service; under a requirement * means its own cases.
    """

    fails: Mapping[str, Sequence[Selector]]

    def cases(self, cases: Sequence[Case], *, all_of_them: bool = False) -> list[Case]:
        """Return those of an edition's cases that it is judged by.

        A case that the editions share finds in the second what it found in the first, and is not played there again
        if it is to pass, unless all of them are wanted: that would take twice the time.
        """
        mine = [case for case in cases if case.surface in self.surfaces]
        return [case for case in mine if all_of_them or not self.has_passed(case) or self.must_violate(case)]

    def has_passed(self, case: Case) -> bool:
        """Say whether a case is played in an edition before as well."""
        return case.path.parent.name == "shared" and case.edition != self.editions[0]

    def must_violate(self, case: Case) -> frozenset[str]:
        """Return the requirements that it must be found to violate in a case."""
        own = {OWN, case.requirement.id}
        named = {key for key, selectors in self.fails.items() if any(_selects(one, case) for one in selectors)}
        others = {key for key in named - own if key == ERRORED or key.startswith("AST-SERVICE-")}
        return frozenset(others | ({case.requirement.id} if named & own else set()))

    def surprise(self, case: Case, result: Result) -> str | None:
        """Say how a result differs from what must come of the case; None if it does not."""
        wanted = self.must_violate(case)
        found = {finding.requirement for finding in result.findings} or ({ERRORED} if result.reason else set())
        # What follows from a refused request shows as a violation of the case's own requirement too, and the other
        # way round: where an answer is missing, the service refuses what comes next.
        follows = {case.requirement.id} if any(name.startswith("AST-SERVICE-") for name in wanted) else set()
        follows |= {name for name in found if name.startswith("AST-SERVICE-")} if wanted else set()
        if found - follows == wanted - follows:
            return None
        details = "; ".join([*map(str, result.findings), *([result.reason] if result.reason else [])])
        return f"{case.id.name} ({case.edition}): {_list(found)} instead of {_list(wanted)}: {details}"


def mutant(
    why: str,
    *,
    fails: Mapping[str, Sequence[Selector]],
    surfaces: Sequence[Surface] = ("python",),
    editions: Sequence[str] = EDITIONS,
) -> Callable[[type[App]], Mutant]:
    """Make a mutant of an app that overrides the step which it gets wrong; it is named after the class."""

    def make(app: type[App]) -> Mutant:
        name = name_after(app)
        return Mutant(name=name, why=why, app=app, fails=fails, surfaces=surfaces, editions=editions)

    return make


def judging(seconds: float = 10) -> AbstractContextManager[Session]:
    """Run cases in this process, without a pytest in between."""
    return open_session({"intercepted"}, seconds=seconds)


def _selects(selector: Selector, case: Case) -> bool:
    return selector(case) if callable(selector) else fnmatchcase(case.id.case, selector)


def _list(requirements: frozenset[str] | set[str]) -> str:
    return f"violates {', '.join(sorted(requirements))}" if requirements else "passes"
