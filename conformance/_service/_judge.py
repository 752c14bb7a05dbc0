"""Holding a request against the rules."""

from typing import Final

from conformance._service._record import Breach
from conformance._service._rule import STAGES, Rule
from conformance._service._rules import RULES
from conformance._service._subject import Subject

__all__ = ["judge"]

_BY_STAGE: Final[tuple[tuple[Rule, ...], ...]] = tuple(
    tuple(rule for rule in RULES if rule.stage == stage) for stage in STAGES
)


def judge(subject: Subject) -> tuple[Breach, ...]:
    """List every breach, in the order of the rules, up to the end of the first stage that refuses."""
    breaches: list[Breach] = []
    for rules in _BY_STAGE:
        found = [_breach(rule, param, message) for rule in rules for param, message in rule.check(subject)]
        breaches += found
        if any(breach.certain for breach in found):
            break
    return tuple(breaches)


def _breach(rule: Rule, param: str | None, message: str) -> Breach:
    return Breach(
        rule=rule.id,
        area=rule.area,
        param=param,
        message=message,
        status=rule.status,
        type=rule.type,
        code=rule.code,
        certain=rule.certain,
    )
