"""Plays scenarios in this process, in a thread that can be interrupted."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any, Final
from uuid import uuid4  # by name: an implementation may patch the module

from conformance._data.scenario import Episode, Scenario
from conformance._isolation.environment import CallersEnvironment
from conformance._isolation.imports import Imports
from conformance._isolation.leftover_processes import MARK, kill_marked, make_mark
from conformance._isolation.network import NetworkGuard
from conformance._isolation.runner import CaseTimeoutError, Runner
from conformance._isolation.state import state_kept
from conformance._judging.observation import Observation
from conformance._judging.play import Play, Reads
from conformance._judging.result import ANY_CLIENT
from conformance._service import Script, Service
from conformance._targets.contract_error import ContractError
from conformance._targets.module import check_app, close_app
from conformance._targets.target import Target
from conformance._transport.endpoints import Endpoints, Transport
from conformance._transport.switchboard import Switchboard
from conformance.contract import Context

_PROBE_KEY: Final = "sk-conformance"
_KEY: Final = f"{_PROBE_KEY}-{uuid4().hex}"
_NUMBERS: Final = count(1)
"""What tells the key of one case from that of another: an implementation may have made all that is random the same."""

_BASE_URL: Final = "OPENAI_BASE_URL"


class LocalPlayer:
    """What the scenarios of a run share: the thread that plays them, the network guard, the switchboard.

    What the cases start is marked, so that it can be found, with a mark of the player's own unless one is given.
    """

    def __init__(
        self,
        board: Switchboard,
        *,
        seconds: float,
        endpoints: Mapping[Transport, Endpoints],
        mark: str | None = None,
        make_service: Callable[[Script], Service] = Service,
    ) -> None:
        self._board = board
        self._endpoints = endpoints
        self._seconds = seconds
        self._runner = Runner()
        self._guard = NetworkGuard()
        self._environment = CallersEnvironment()
        self._imports = Imports()
        self._mark = mark or make_mark()
        self._make_service = make_service

    def play(self, scenario: Scenario, target: Target, reads: Reads, seen: Observation) -> None:
        """Play one scenario, and write down what is seen; nothing that the implementation does is raised."""
        self._play(scenario, target, reads, seen)
        if seen.crash is not None and (printed := target.recover()):
            seen.notes.append(f"standard error ends: {printed}")
        seen.notes += self.take_late()

    def take_late(self) -> list[str]:
        """Say which requests of earlier cases came since the last call."""
        return [f"an earlier case's request came late: {late}" for late in self._board.take_late()]

    def _play(self, scenario: Scenario, target: Target, reads: Reads, seen: Observation) -> None:
        endpoints = self._endpoints[target.transport]
        script = _script(scenario, endpoints)
        service = self._make_service(script)
        access = endpoints.settings(scenario.provider, script.key)
        try:
            target.prepare()
            with self._board.serving(script.key, service), self._isolated(access, seen.notes):
                playing = Play(scenario, reads, _creating(target, scenario, access), service, seen)
                self._runner.call(playing.play, self._seconds, recover=target.recover)
        except ContractError as error:
            seen.crash = f"before the case: {error}"
        except CaseTimeoutError as error:
            seen.silence = "interrupted" if error.stopped else "left behind"
            seen.crash, seen.crashed_by = f"{error}, in {seen.phase}", None
            self._imports.forget_half_done()
        exchanges = service.exchanges
        seen.exchanges_before, seen.exchanges = exchanges[: seen.first_exchange], exchanges[seen.first_exchange :]
        seen.unused = len(service.unused)
        advice = f" ({ANY_CLIENT})" if target.transport == "intercepted" else ""
        seen.notes += [f"a connection to {host} was blocked{advice}" for host in self._guard.take_blocked()]
        has_base_url = scenario.provider == "azure" or _BASE_URL in access
        if not has_base_url and any(_BASE_URL in said for said in _errors(seen)):
            seen.notes.append(f"{_BASE_URL} is not set where requests are intercepted ({ANY_CLIENT})")

    @contextmanager
    def _isolated(self, settings: Mapping[str, str], notes: list[str]) -> Iterator[None]:
        """Let foreign code run in this process; what it changes is put back, and noted."""
        settings = {**settings, MARK: self._mark}
        changed: list[str] = []
        try:
            with self._environment.replaced(settings), self._guard.closed(), state_kept() as changed:
                yield
        finally:
            notes += [f"{what} was changed, and was restored" for what in changed]

    def check_app(self, target: Target) -> None:
        """Raise ImplementationError if an app of the implementation could not be judged in any case.

        An app that can't be created is for the cases to report.
        """
        settings = self._endpoints[target.transport].settings("openai", _PROBE_KEY)
        context = Context(edition=target.editions[0], surface=target.surfaces[0], environment=settings)
        apps = []

        def create() -> None:
            with suppress(BaseException):  # KeyboardInterrupt included
                app = target.create_app(context)
                close_app(app)
                apps.append(app)

        try:
            target.prepare()
            with self._isolated(settings, []):
                self._runner.call(create, self._seconds, recover=target.recover)
        except (ContractError, CaseTimeoutError):
            pass
        if apps:
            check_app(target.spec, apps[0])
        else:
            target.recover()

    def close(self) -> None:
        """End the player's thread, and every process that the cases started and left."""
        self._runner.close()
        kill_marked(self._mark)


def _errors(seen: Observation) -> Iterator[str]:
    """Yield what the implementation's errors say."""
    causes = (seen.refusal, seen.again_error, seen.crashed_by, *(post.error for post in seen.posts))
    yield from (cause.said for cause in causes if cause is not None)


def _script(scenario: Scenario, endpoints: Endpoints) -> Script:
    return Script(
        provider=scenario.provider,
        key=f"{_KEY}-{next(_NUMBERS)}",
        endpoint=endpoints.of(scenario.provider),
        replies=scenario.model_replies,
        models=scenario.models,
    )


def _creating(target: Target, scenario: Scenario, access: Mapping[str, str]) -> Callable[[Episode], Any]:
    """Make what creates a scenario's apps, each with its own settings, which an implementation may copy as it likes."""
    others = {name for episode in scenario.episodes for name in episode.settings}

    def create_app(episode: Episode) -> Any:
        for name in others - episode.settings.keys():
            os.environ.pop(name, None)
        os.environ.update(episode.settings)
        settings = {**access, **episode.settings}
        return target.create_app(Context(edition=scenario.edition, surface=scenario.surface, environment=settings))

    return create_app
