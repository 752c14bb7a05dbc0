"""Runs a case against an implementation and judges what was seen."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from time import perf_counter
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from conformance._data.case import Case
from conformance._data.scenario import Scenario
from conformance._isolation import (
    MARK,
    CaseTimeoutError,
    NetworkGuard,
    Runner,
    environment,
    kill_marked,
    make_mark,
    state_kept,
)
from conformance._judging.checks import find_faults, notes
from conformance._judging.observation import Observation
from conformance._judging.patience import Patience, suggest_hosting
from conformance._judging.play import Play, Reads
from conformance._judging.result import Finding, Outcome, Result, Sent
from conformance._service import Exchange, Provider, Script, Service
from conformance._targets.faults import ContractError
from conformance._targets.module import check_app
from conformance._targets.target import Target
from conformance._text.words import make_printable_json
from conformance._transport.endpoints import INTERCEPTED, Endpoints, Transport
from conformance._transport.switchboard import Switchboard
from conformance.contract import Context

AZURE_API_VERSION: Final = "2024-10-21"

CaseCheck: TypeAlias = Callable[[Case, Observation], Iterable[Finding]]
"""Yields the violations that an observation shows."""

_LEFT_BEHIND: Final = " and could not be interrupted: its thread was left behind"
_PROBE_KEY: Final = "sk-conformance"
_OTHER_CLIENT: Final = " (the suite answers clients on httpx and httpx2 only)"
_MAX_BODY: Final = 20_000


class Session:
    """What the cases of a run share: the thread that runs them, the network guard, the switchboard."""

    def __init__(
        self, board: Switchboard, *, seconds: float, endpoints: Mapping[Transport, Endpoints] | None = None
    ) -> None:
        self.board = board
        self.endpoints = endpoints or {"intercepted": INTERCEPTED}
        self.seconds = seconds
        self.runner = Runner()
        self.guard = NetworkGuard()
        self.patience = Patience()
        self._mark = make_mark()

    def run(self, case: Case, target: Target, check: CaseCheck = find_faults) -> Result:
        """Run one case and judge it by `check`; nothing that the implementation does is raised."""
        started = perf_counter()
        seen = self.play(case.scenario, target, Reads.of(case))
        return _judge(case, target, seen, perf_counter() - started, check)

    def play(self, scenario: Scenario, target: Target, reads: Reads) -> Observation:
        """Play one scenario and return what was seen; nothing that the implementation does is raised."""
        seen = Observation(crash=self.patience.reason_to_stop(target))
        if seen.crash is None:
            self._play(scenario, target, reads, seen)
            if seen.crash is not None and (printed := target.recover()):
                seen.notes.append(f"standard error ends: {printed}")
        seen.notes += [f"an earlier case's request came late: {late}" for late in self.board.take_late()]
        return seen

    def _play(self, scenario: Scenario, target: Target, reads: Reads, seen: Observation) -> None:
        endpoints = self.endpoints[target.transport]
        script = _script(scenario, endpoints)
        service = Service(script)
        settings = _settings(scenario, script, endpoints)
        context = Context(edition=scenario.edition, surface=scenario.surface, environment=settings)
        timeout = None
        try:
            target.prepare()
            with self.board.serving(script.key, service), self._isolated(context, seen.notes):
                playing = Play(scenario, reads, lambda: target.create_app(context), service, seen)
                self.runner.call(playing.play, self.seconds, recover=target.recover)
        except ContractError as error:
            seen.crash = f"before the case: {error}"
        except CaseTimeoutError as error:
            timeout = error
            left = "" if error.stopped else f"{_LEFT_BEHIND}; {suggest_hosting(target)}"
            seen.crash = f"{error}, in {seen.phase}{left}"
        self.patience.note(target, timeout)
        exchanges = service.exchanges
        seen.exchanges_before, seen.exchanges = exchanges[: seen.first_exchange], exchanges[seen.first_exchange :]
        seen.unused = len(service.unused)
        seen.notes += [f"a connection to {host} was blocked{_OTHER_CLIENT}" for host in self.guard.take_blocked()]

    @contextmanager
    def _isolated(self, context: Context, remarks: list[str]) -> Iterator[None]:
        """Let foreign code run in this process; what it changes is put back, and remarked upon."""
        settings = {**context.environment, MARK: self._mark}
        changed: list[str] = []
        try:
            with environment(settings), self.guard.closed(), state_kept() as changed:
                yield
        finally:
            remarks += [f"{what} was changed, and is put back" for what in changed]

    def check_app(self, target: Target) -> None:
        """Raise ImplementationError if an app of the implementation could not be judged in any case.

        An app that can't be created is for the cases to report.
        """
        settings = _access("openai", _PROBE_KEY, self.endpoints[target.transport])
        context = Context(edition=target.editions[0], surface=target.surfaces[0], environment=settings)
        apps = []

        def create() -> None:
            app = target.create_app(context)
            close = getattr(app, "close", None)
            if callable(close):
                close()
            apps.append(app)

        try:
            target.prepare()
            with self._isolated(context, []):
                self.runner.call(_silenced(create), self.seconds, recover=target.recover)
        except (ContractError, CaseTimeoutError):
            pass
        if apps:
            check_app(target.spec, apps[0])
        else:
            target.recover()

    def close(self) -> None:
        """End the run's thread, and every process that the cases started and left."""
        self.runner.close()
        kill_marked(self._mark)


def _silenced(function: Callable[[], None]) -> Callable[[], None]:
    """Make a function that keeps what it raises, KeyboardInterrupt included, to itself."""

    def call() -> None:
        with suppress(BaseException):
            function()

    return call


def make_error(case: Case, target: Target, reason: str) -> Result:
    """Make the result of a case that could not be run to its end."""
    return _judge(case, target, Observation(crash=reason), 0.0, find_faults)


def _script(scenario: Scenario, endpoints: Endpoints) -> Script:
    before = scenario.before.model_replies if scenario.before is not None else ()
    return Script(
        provider=scenario.provider,
        key=f"sk-conformance-{uuid.uuid4().hex}",
        endpoint=endpoints.azure if scenario.provider == "azure" else endpoints.openai,
        replies=(*before, *scenario.episode.model_replies),
        models=scenario.models,
    )


def _settings(scenario: Scenario, script: Script, endpoints: Endpoints) -> Mapping[str, str]:
    """Return the settings of the function app."""
    return MappingProxyType({**_access(scenario.provider, script.key, endpoints), **scenario.settings})


def _access(provider: Provider, key: str, endpoints: Endpoints) -> dict[str, str]:
    """Return the settings that lead to a provider, and to one only: some clients refuse both at once."""
    if provider == "azure":
        return {
            "AZURE_OPENAI_ENDPOINT": endpoints.azure,
            "AZURE_OPENAI_KEY": key,
            "AZURE_OPENAI_API_KEY": key,
            "OPENAI_API_VERSION": AZURE_API_VERSION,
        }
    base_url = {} if endpoints.openai_base_url is None else {"OPENAI_BASE_URL": endpoints.openai_base_url}
    return {"OPENAI_API_KEY": key, **base_url}


def _judge(case: Case, target: Target, seen: Observation, seconds: float, check: CaseCheck) -> Result:
    outcome: Outcome = "passed"
    reason = None
    findings = []
    if seen.crash is not None:
        outcome, reason = "errored", seen.crash
    elif seen.missing is not None:
        outcome, reason = "not applicable", f"offers no {seen.missing}"
    else:
        findings = list(check(case, seen))
        outcome = "failed" if findings else "passed"
    return Result(
        implementation=target.name,
        id=case.id,
        title=case.title,
        requirement=case.requirement.id,
        group=case.requirement.group,
        level=case.requirement.level_on(case.surface),
        place=case.place,
        outcome=outcome,
        reason=reason,
        findings=tuple(findings),
        notes=tuple(notes(seen)),
        requests=tuple(map(sent, seen.exchanges)),
        seconds=seconds,
        tools=next((exchange.body["tools"] for exchange in seen.exchanges if _has_tools(exchange.body)), None),
    )


def _has_tools(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("tools"), list)


def sent(exchange: Exchange) -> Sent:
    """Return a request as a report shows it."""
    request = exchange.request
    return Sent(
        method=request.method,
        url=request.url,
        body=make_printable_json(request.body[:_MAX_BODY].decode("utf-8", "replace")),
        status=exchange.response.status,
    )
