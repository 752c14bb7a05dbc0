"""Runs a case against an implementation and judges what was seen."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from conformance._case import Case
from conformance._checks import check, notes
from conformance._implementation import Subject, Transport, check_app
from conformance._isolation import CaseTimeoutError, NetworkGuard, Runner, environment
from conformance._observation import Observation
from conformance._result import Outcome, Result, Sent
from conformance._service import Exchange, Script, Service
from conformance._stage import Stage
from conformance._switchboard import Switchboard
from conformance.contract import Context

AZURE_API_VERSION: Final = "2024-10-21"

_LEFT_BEHIND: Final = " and could not be interrupted: its thread was left behind"
_OTHER_CLIENT: Final = " (the suite answers clients on httpx and httpx2 only)"
_MAX_BODY: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a transport serves each provider, and the base URL that OpenAI's clients are to be given (None: theirs)."""

    openai: str
    azure: str
    openai_base_url: str | None


INTERCEPTED: Final = Endpoints(
    openai="https://api.openai.com", azure="https://conformance.openai.azure.com", openai_base_url=None
)


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

    def run(self, case: Case, subject: Subject) -> Result:
        """Run one case and judge it; nothing that the implementation does is raised."""
        started = time.perf_counter()
        endpoints = self.endpoints[subject.transport]
        script = _script(case, endpoints)
        service = Service(script)
        context = Context(edition=case.edition, surface=case.surface, environment=_settings(case, script, endpoints))
        seen = Observation()
        with self.board.serving(script.key, service), environment(context.environment), self.guard.closed():
            try:
                playing = Stage(case, subject, context, service, seen)
                self.runner.call(playing.play, self.seconds, recover=subject.recover)
            except CaseTimeoutError as error:
                seen.crash = f"{error}, in {seen.stage}" + ("" if error.stopped else _LEFT_BEHIND)
            if seen.crash is not None and (printed := subject.recover()):
                seen.notes.append(f"standard error ends: {printed}")
        seen.exchanges = service.exchanges[seen.first_exchange :]
        seen.unused = len(service.unused)
        seen.notes += [f"a connection to {host} was blocked{_OTHER_CLIENT}" for host in self.guard.take_blocked()]
        seen.notes += [f"an earlier case's request came late: {late}" for late in self.board.take_late()]
        return _judge(case, subject, seen, time.perf_counter() - started)

    def check_app(self, subject: Subject) -> None:
        """Raise ImplementationError if an app of the implementation could not be judged in any case.

        An app that can't be created is for the cases to report.
        """
        context = Context(
            edition=subject.editions[0],
            surface=subject.surfaces[0],
            environment={"OPENAI_API_KEY": "sk-conformance"},
        )

        def create() -> Any:
            app = subject.create_app(context)
            close = getattr(app, "close", None)
            if callable(close):
                close()
            return app

        with environment(context.environment), self.guard.closed():
            try:
                app = self.runner.call(create, self.seconds)
            except (Exception, SystemExit):  # noqa: BLE001  # whatever it raises, each case will say so
                return
        check_app(subject.spec, app)

    def close(self) -> None:
        """End the run's thread."""
        self.runner.close()


def _script(case: Case, endpoints: Endpoints) -> Script:
    before = case.before.replies if case.before is not None else ()
    return Script(
        provider=case.provider,
        key=f"sk-conformance-{uuid.uuid4().hex}",
        endpoint=endpoints.azure if case.provider == "azure" else endpoints.openai,
        replies=(*before, *case.episode.replies),
        models=case.models,
    )


def _settings(case: Case, script: Script, endpoints: Endpoints) -> Mapping[str, str]:
    """Return the settings of the function app, one provider's only: some clients refuse both at once."""
    if case.provider == "openai":
        access = {"OPENAI_API_KEY": script.key}
        if endpoints.openai_base_url is not None:
            access["OPENAI_BASE_URL"] = endpoints.openai_base_url
    else:
        access = {
            "AZURE_OPENAI_ENDPOINT": script.endpoint,
            "AZURE_OPENAI_KEY": script.key,
            "AZURE_OPENAI_API_KEY": script.key,
            "OPENAI_API_VERSION": AZURE_API_VERSION,
        }
    return MappingProxyType({**access, **case.settings})


def _judge(case: Case, subject: Subject, seen: Observation, seconds: float) -> Result:
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
        implementation=subject.name,
        edition=case.edition,
        surface=case.surface,
        case=case.id,
        title=case.title,
        requirement=case.requirement.id,
        group=case.requirement.group,
        level=case.requirement.level,
        place=f"cases/{case.path.relative_to(case.root).as_posix()}:{case.line}",
        outcome=outcome,
        reason=reason,
        findings=tuple(findings),
        notes=tuple(notes(seen)),
        requests=tuple(map(_sent, seen.exchanges)),
        seconds=seconds,
        tools=next((exchange.body["tools"] for exchange in seen.exchanges if _has_tools(exchange.body)), None),
    )


def _has_tools(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("tools"), list)


def _sent(exchange: Exchange) -> Sent:
    request = exchange.request
    return Sent(
        method=request.method,
        url=request.url,
        body=request.body[:_MAX_BODY].decode("utf-8", "replace"),
        status=exchange.response.status,
    )
