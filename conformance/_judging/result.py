"""What came of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

from conformance._data.case_id import CaseId
from conformance._data.open_world.matching import Cause, Mismatch
from conformance._data.requirements import Level, Requirement
from conformance._text.words import make_printable
from conformance.contract import Surface

_Record = TypeVar("_Record", "Cause", "Finding", "Sent", "Result")
_Caused = TypeVar("_Caused", "Finding", "Result")

Outcome: TypeAlias = Literal["passed", "failed", "known", "not applicable", "errored"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

NOT_RUN: Final = "not run: "
"""How the reason begins where `was_run` is False."""

ANY_CLIENT: Final = "--impl-transport=loopback serves any client, not only those on httpx and httpx2"
"""What helps a client that can't be intercepted: notes that suggest it contain this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One violation of a requirement, worded as a `Mismatch` is: `where`: `what` = `got`, but should be `wanted`."""

    requirement: str
    level: Level
    statement: str
    section: str
    what: str
    got: str
    wanted: str
    where: str | None = None
    cause: Cause | None = None
    surplus: bool = False

    @classmethod
    def of(cls, requirement: Requirement, surface: Surface, mismatch: Mismatch) -> Finding:
        """Make a finding about a requirement on a surface."""
        return cls(
            requirement=requirement.id,
            level=requirement.levels[surface],
            statement=requirement.statement,
            section=requirement.section,
            **mismatch._asdict(),
        )

    def __str__(self) -> str:
        return str(Mismatch(self.what, self.got, self.wanted, self.where))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request that reached the service, as a report shows it: no key in it; `status` is the answer's."""

    method: str
    url: str
    body: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of one case for one implementation, surface and edition.

    `reason` says why it is not applicable, or what went wrong when it is errored. `notes` are things worth knowing
    that violate nothing. `cause` is what it comes from, if that is known and no finding says it. `seconds` is the time
    that the case took. `tools` is the first tools array that reached the service, for a review; it does not travel.
    `why` says why the case matters, where that is not plain. `was_run` is False if it is errored since what the
    implementation did before ended the run of its cases.
    """

    implementation: str
    id: CaseId
    title: str
    requirement: str
    group: str
    level: Level
    place: str
    outcome: Outcome
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    cause: Cause | None = None
    requests: Sequence[Sent] = ()
    seconds: float = 0.0
    tools: list[Any] | None = None
    why: str | None = None
    was_run: bool = True

    @property
    def edition(self) -> str:
        """The edition that it is judged by."""
        return self.id.edition

    @property
    def surface(self) -> str:
        """The surface on which it was played."""
        return self.id.surface

    @property
    def case(self) -> str:
        """The case without its surface and edition: `default-model`."""
        return self.id.case

    @property
    def worst(self) -> Level | None:
        """The highest level that was violated."""
        levels = {finding.level for finding in self.findings}
        return "must" if "must" in levels else "should" if levels else None

    def printable(self) -> Result:
        """Return the result with what it says printable, and without what does not travel.

        What identifies it stays as it is, since paths and commands are made of that: it is escaped where it is shown.
        """
        return replace(
            _printable(self),
            implementation=self.implementation,
            place=self.place,
            findings=tuple(map(_printable, self.findings)),
            notes=tuple(map(make_printable, self.notes)),
            requests=tuple(map(_printable, self.requests)),
            tools=None,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the result as a JSON object; `from_json` reads it."""
        value = asdict(replace(self, requests=tuple(self.requests), tools=None))
        del value["tools"]
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Result:
        """Read what `to_json` returned, without the members that this version of the suite does not know."""
        return replace(
            _read_caused(cls, value),
            id=CaseId(**value["id"]),
            findings=tuple(_read_caused(Finding, finding) for finding in value["findings"]),
            notes=tuple(value["notes"]),
            requests=tuple(Sent(**known(Sent, sent)) for sent in value["requests"]),
        )


def known(kind: type[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of an object that are fields of a record."""
    return {field.name: value[field.name] for field in fields(kind) if field.name in value}


def _read_caused(kind: type[_Caused], value: Mapping[str, Any]) -> _Caused:
    cause = value.get("cause")
    return kind(**{**known(kind, value), "cause": cause and Cause(**known(Cause, cause))})


def _printable(value: _Record) -> _Record:
    """Make every text that is a member of a record printable."""
    changes: dict[str, Any] = {}
    for name in value.__dataclass_fields__:
        said = getattr(value, name)
        shown = make_printable(said) if isinstance(said, str) else _printable(said) if isinstance(said, Cause) else said
        if shown != said:
            changes[name] = shown
    return replace(value, **changes) if changes else value
