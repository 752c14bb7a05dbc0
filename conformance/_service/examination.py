"""Checks a request against the rules."""

from collections.abc import Iterable
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.route import Route
from conformance._service.rule import STAGES, Rule, Stage
from conformance._service.rules import BODY_TABLES, RULES
from conformance._service.script import Provider
from conformance._service.structure import find_structural_violations
from conformance._service.violation import Violation

_BY_STAGE: Final[dict[Stage, tuple[Rule, ...]]] = {
    stage: tuple(rule for rule in RULES if rule.stage == stage) for stage in STAGES
}
_OF_SENDER: Final = STAGES[:2]
_OF_BODY: Final = STAGES[2:]
_LONG: Final = 4_000
"""A body of more bytes than this is not remembered."""

_MOST_REMEMBERED: Final = 512
_remembered: dict[tuple[Provider, frozenset[str] | None, Route, bytes], tuple[Violation, ...]] = {}
"""What was found in recent bodies, by all that the rules about bodies look at."""


def examine(view: RequestView) -> tuple[Violation, ...]:
    """List every violation, in the order of the rules, up to the end of the first stage that refuses.

    What was found in recent bodies is remembered, since many cases send the same.
    """
    violations = _examine(view, _OF_SENDER)
    if any(violation.certain for violation in violations):
        return violations
    if len(view.request.body) > _LONG:
        return violations + _examine(view, _OF_BODY)
    looked_at = (view.script.provider, view.script.models, view.route, view.request.body)
    found = _remembered.get(looked_at)
    if found is None:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        found = _remembered[looked_at] = _examine(view, _OF_BODY)
    return violations + found


def _examine(view: RequestView, stages: Iterable[Stage]) -> tuple[Violation, ...]:
    violations: list[Violation] = []
    for stage in stages:
        violations += _find(stage, view)
        if any(violation.certain for violation in violations):
            break
    return tuple(violations)


def _find(stage: Stage, view: RequestView) -> Iterable[Violation]:
    if stage == "structure":
        return find_structural_violations(BODY_TABLES[view.script.provider], view.body)
    return (violation for rule in _BY_STAGE[stage] for violation in rule.find_violations(view))
