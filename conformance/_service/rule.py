"""What a rule of the scripted service is, and how rules about two fields find what is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from conformance._service.request_view import RequestView
from conformance._service.violation import Area, Violation
from conformance._service.wording import should

Stage: TypeAlias = Literal["address", "access", "document", "structure", "content"]

STAGES: tuple[Stage, ...] = ("address", "access", "document", "structure", "content")
"""In this order; where a certain rule of a stage is broken, the later stages are not looked at.

So the rules about the content can rely on the structure: every field that they read has its kind.
"""

Known: TypeAlias = Literal["recorded", "issue", "specified", "measured", "decided", "unverified"]
"""How a rule is known.

From a recorded real exchange; from a real body that is quoted in a public issue; from the published specification;
measured with the real client; decided here, because a body that breaks it cannot mean anything; or not verified.
"""

Objection: TypeAlias = tuple[str | None, str]
"""Where a request breaks a rule (`param` of the error), and the message."""

Finder: TypeAlias = Callable[[RequestView], Iterable[Objection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The error of the service; `type` None stands for one of Azure's gateway, which has neither type nor param."""

    status: int
    type: str | None
    code: str | None


def invalid(code: str | None = None, status: int = 400) -> Refusal:
    """Return the refusal of an invalid request."""
    return Refusal(status=status, type="invalid_request_error", code=code)


def gateway(code: str, status: int) -> Refusal:
    """Return a refusal of Azure's gateway."""
    return Refusal(status=status, type=None, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may be wrong with a request, and the error that the service answers it with.

    `source` says where the rule and its error are known from; `find` finds the places where a request
    breaks it.
    """

    id: str
    stage: Stage
    area: Area
    wrong: str
    refusal: Refusal
    known: Known
    source: str
    find: Finder

    @property
    def certain(self) -> bool:
        """Whether the service is known to refuse it; what is not verified justifies a warning at most."""
        return self.known != "unverified"

    def find_violations(self, view: RequestView) -> list[Violation]:
        """Find every place where a request breaks the rule."""
        return [
            Violation(
                rule=self.id,
                area=self.area,
                param=param,
                message=message,
                status=self.refusal.status,
                type=self.refusal.type,
                code=self.refusal.code,
                certain=self.certain,
            )
            for param, message in self.find(view)
        ]


RuleRow: TypeAlias = tuple[str, str, Refusal, Known, str, Finder]
"""A rule in a table: its id, what is wrong, the refusal, how it is known, from which source, what finds objections."""


def make_rules(stage: Stage, area: Area, *rows: RuleRow) -> tuple[Rule, ...]:
    """Make the rules of a stage and an area."""
    return tuple(
        Rule(id=id_, stage=stage, area=area, wrong=wrong, refusal=refusal, known=known, source=source, find=find)
        for id_, wrong, refusal, known, source, find in rows
    )


def find_alone(key: str, other: str) -> Finder:
    """Find a key that speaks of what another one has to hold."""

    def find(view: RequestView) -> Iterable[Objection]:
        if view.body.get(key) is not None and view.body.get(other) is None:
            yield key, should(key, view.body[key], f"absent, since there are no {other}")

    return find


def find_unless(key: str, flag: str) -> Finder:
    """Find a key that may be there only if a flag is true."""

    def find(view: RequestView) -> Iterable[Objection]:
        if view.body.get(key) is not None and view.body.get(flag) is not True:
            yield key, should(key, view.body[key], f"absent, since {flag} is not true")

    return find


def find_both(key: str, other: str) -> Finder:
    """Find a key that may not be there together with another one."""

    def find(view: RequestView) -> Iterable[Objection]:
        if view.body.get(key) is not None and view.body.get(other) is not None:
            yield key, f"{key} and {other} are both there, but only one of them should be"

    return find
