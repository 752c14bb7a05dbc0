"""Runs a case against an implementation and judges what was seen."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from time import perf_counter
from typing import Any, Final, TypeAlias

from conformance._data.case import Case
from conformance._data.scenario import Scenario
from conformance._judging.checks import check_by_expectation
from conformance._judging.isolated_player import IsolatedPlayer
from conformance._judging.local_player import LocalPlayer
from conformance._judging.observation import Observation, breaks_schema, has_more_calls, lacks_choices
from conformance._judging.patience import ISOLATION, Patience
from conformance._judging.play import Reads
from conformance._judging.result import Finding, Outcome, Result, Sent
from conformance._judging.result_notes import find_cause, notes
from conformance._service import Exchange
from conformance._targets.target import Target
from conformance._text import limits
from conformance._text.schema_patterns import UnreadSchemaError
from conformance._text.words import make_printable_json
from conformance._transport.answering import answering
from conformance._transport.endpoints import Endpoints, Transport
from conformance._transport.switchboard import Switchboard

CaseCheck: TypeAlias = Callable[[Case, Observation], Iterable[Finding]]
"""Yields the violations that an observation shows."""

_LEFT_BEHIND: Final = " and could not be interrupted: its thread was left behind"

_ONE_CALL: Final = "asks for one call at a time (parallel_tool_calls: false), and the case has several"
_CLOSED: Final = "allows the model no other arguments (additionalProperties: false), and the case has some"
_ONE_CHOICE: Final = "streams and asks for one choice, and the case has several"

_READABLE: Final = "expected a schema that can be applied to every value"


class Session:
    """Runs the cases of a run; those of `isolated` implementations, by their specs, are played where they live."""

    def __init__(
        self,
        board: Switchboard,
        *,
        seconds: float,
        endpoints: Mapping[Transport, Endpoints],
        isolated: Mapping[str, IsolatedPlayer] | None = None,
    ) -> None:
        self.patience = Patience()
        self._player = LocalPlayer(board, seconds=seconds, endpoints=endpoints)
        self._isolated = isolated or {}

    def run(self, case: Case, target: Target, check: CaseCheck = check_by_expectation) -> Result:
        """Run one case and judge it by `check`; nothing that the implementation does is raised."""
        started = perf_counter()
        seen = self.play(case.scenario, target, Reads.of(case))
        return _judge(case, target, seen, perf_counter() - started, check)

    def play(self, scenario: Scenario, target: Target, reads: Reads) -> Observation:
        """Play one scenario and return what was seen; nothing that the implementation does is raised."""
        crash = self.patience.reason_to_stop(target)
        if crash is not None:
            return Observation(crash=crash, was_played=False, notes=self._player.take_late())
        if target.spec in self._isolated:
            seen = self._isolated[target.spec].play(scenario, reads)
        else:
            seen = Observation()
            self._player.play(scenario, target, reads, seen)
        self.patience.note(target, seen.silence)
        if seen.silence == "left behind":
            seen.crash = f"{seen.crash}{_LEFT_BEHIND}; {ISOLATION}"
        return seen

    def check_app(self, target: Target) -> None:
        """Raise ImplementationError if an app of the implementation could not be judged in any case."""
        if target.spec not in self._isolated:
            self._player.check_app(target)

    def close(self) -> None:
        """End the run's thread, and every process that the cases started and left."""
        self._player.close()


@contextmanager
def open_session(
    transports: Collection[Transport], *, seconds: float, isolated: Mapping[str, IsolatedPlayer] | None = None
) -> Iterator[Session]:
    """Open a session whose service is reached over some transports, until the end of the block."""
    board = Switchboard()
    with (
        answering(board, transports) as endpoints,
        closing(Session(board, seconds=seconds, endpoints=endpoints, isolated=isolated)) as session,
    ):
        yield session


def make_error(case: Case, target: Target, reason: str) -> Result:
    """Make the result of a case that could not be run to its end."""
    return _judge(case, target, Observation(crash=reason), 0.0, check_by_expectation)


def _judge(case: Case, target: Target, seen: Observation, seconds: float, check: CaseCheck) -> Result:
    outcome: Outcome
    reason = None
    findings = []
    if seen.crash is not None:
        outcome, reason = "errored", seen.crash
    elif seen.missing is not None:
        outcome, reason = "not applicable", f"offers no {seen.missing}"
    else:
        try:
            findings = list(check(case, seen))
            outcome = "failed" if findings else "passed"
            if findings and has_more_calls(seen):
                outcome, reason, findings = "not applicable", _ONE_CALL, []
            elif findings and breaks_schema(seen):
                outcome, reason, findings = "not applicable", _CLOSED, []
            elif not findings and lacks_choices(seen):
                outcome, reason = "not applicable", _ONE_CHOICE
        except UnreadSchemaError as error:
            outcome, reason = "errored", f"the case cannot be judged: {case.place}: {error}; {_READABLE}"
    return Result(
        implementation=target.name,
        id=case.id,
        title=case.title,
        why=case.why,
        requirement=case.requirement.id,
        group=case.requirement.group,
        level=case.requirement.levels[case.surface],
        place=case.place,
        outcome=outcome,
        reason=reason,
        findings=tuple(findings),
        notes=notes(seen, outcome, findings),
        cause=find_cause(seen, findings),
        requests=tuple(map(as_sent, seen.exchanges)),
        seconds=seconds,
        was_run=seen.was_played,
        tools=next((exchange.body["tools"] for exchange in seen.exchanges if _has_tools(exchange.body)), None),
    )


def _has_tools(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("tools"), list)


def as_sent(exchange: Exchange) -> Sent:
    """Return a request as a report shows it."""
    request = exchange.request
    return Sent(
        method=request.method,
        url=request.url,
        body=make_printable_json(request.body[: limits.KEPT_BODY_BYTES].decode("utf-8", "replace")),
        status=exchange.response.status,
    )
