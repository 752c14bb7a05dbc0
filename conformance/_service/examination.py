"""Holding a request against the rules."""

from collections.abc import Iterable
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import STAGES, Rule, Stage
from conformance._service.rules import BODY_TABLES, RULES
from conformance._service.structure import find_structural_violations
from conformance._service.violation import Violation

__all__ = ["examine"]

_BY_STAGE: Final[dict[Stage, tuple[Rule, ...]]] = {
    stage: tuple(rule for rule in RULES if rule.stage == stage) for stage in STAGES
}


def examine(view: RequestView) -> tuple[Violation, ...]:
    """List every violation, in the order of the rules, up to the end of the first stage that refuses."""
    violations: list[Violation] = []
    for stage in STAGES:
        violations += _find(stage, view)
        if any(violation.certain for violation in violations):
            break
    return tuple(violations)


def _find(stage: Stage, view: RequestView) -> Iterable[Violation]:
    if stage == "structure":
        return find_structural_violations(BODY_TABLES[view.script.provider], view.body)
    return (violation for rule in _BY_STAGE[stage] for violation in rule.find_violations(view))
