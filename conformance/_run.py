"""Runs a case against an implementation: one app, or the few that the case needs, from create_app to close."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FunctionType, MappingProxyType
from typing import Any, Final

from conformance import _json
from conformance._case import Case, Declaration, Episode
from conformance._checks import check, notes
from conformance._implementation import Subject, check_app
from conformance._isolation import CaseTimeoutError, Interrupt, NetworkGuard, Runner, environment
from conformance._observation import Binding, Call, Observation, Post
from conformance._result import Outcome, Result, Sent
from conformance._service import Exchange, Script, Service
from conformance._switchboard import Switchboard
from conformance.contract import Argument, Context, Skill

OPENAI_ENDPOINT: Final = "https://api.openai.com"
AZURE_ENDPOINT: Final = "https://conformance.openai.azure.com"
AZURE_API_VERSION: Final = "2024-10-21"

PYTHON_TYPES: Final = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "array": list,
    "object": dict,
}
"""The annotation of a skill's argument, by its JSON type."""


_LEFT_BEHIND: Final = " and could not be interrupted: its thread was left behind"
_OTHER_CLIENT: Final = " (the suite answers clients on httpx and httpx2 only)"
_MAX_BODY: Final = 20_000


class ContractError(Exception):
    """The implementation did what the contract rules out for right and wrong implementations alike."""


class Session:
    """What the cases of a run share: the thread that runs them, the network guard, the switchboard."""

    def __init__(self, board: Switchboard, *, seconds: float) -> None:
        self.board = board
        self.seconds = seconds
        self.runner = Runner()
        self.guard = NetworkGuard()

    def run(self, case: Case, subject: Subject) -> Result:
        """Run one case and judge it; nothing that the implementation does is raised."""
        started = time.perf_counter()
        script = _script(case)
        service = Service(script)
        context = Context(edition=case.edition, surface=case.surface, environment=_settings(case, script))
        seen = Observation()
        with self.board.serving(script.key, service), environment(context.environment), self.guard.closed():
            try:
                self.runner.call(lambda: _Stage(case, subject, context, service, seen).play(), self.seconds)
            except CaseTimeoutError as error:
                seen.crash = f"{error}, in {seen.stage}" + ("" if error.stopped else _LEFT_BEHIND)
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


class _Stage:
    """Plays one case in the runner's thread; what happens is written down in `seen` as it happens."""

    def __init__(self, case: Case, subject: Subject, context: Context, service: Service, seen: Observation) -> None:
        self.case = case
        self.subject = subject
        self.context = context
        self.service = service
        self.seen = seen

    def play(self) -> None:
        """Play the case's apps one after another, up to what makes going on pointless."""
        case, seen = self.case, self.seen
        try:
            if case.before is not None:
                with self._app() as app:
                    if self._declares(app, case.before.skills, recording=None):
                        self._posts(app, case.before)
                seen.posts.clear()
                seen.first_exchange = len(self.service.exchanges)
            if case.refused is not None and seen.missing is None and seen.refusal is None:
                with self._app() as app:
                    if self._declares(app, case.episode.skills, recording=None):
                        seen.refused = self._refusal(app, (case.refused,), recording=None)
            if seen.missing is None and seen.refusal is None:
                with self._app() as app:
                    self._main(app)
        except ContractError as error:
            seen.crash = f"{seen.stage} {error}"
        except BaseException as error:
            seen.crash = f"{seen.stage} raised {_describe(error)}"
            if isinstance(error, Interrupt):
                raise

    def _main(self, app: Any) -> None:
        case, seen = self.case, self.seen
        control = () if case.accepted is None else (case.accepted,)
        if not self._declares(app, (*case.episode.skills, *control), recording=seen.calls):
            return
        if case.view == "construct":
            seen.construct = app.construct
        elif case.view == "binding":
            seen.bindings = self._bindings(app)
            if "bindings_again" in case.expect:
                seen.bindings_again = self._bindings(app)
        else:
            self._posts(app, case.episode)

    @contextmanager
    def _app(self) -> Iterator[Any]:
        self.seen.stage = "create_app"
        app = self.subject.create_app(self.context)
        try:
            if self.case.needs is not None and not _offers(app, self.case.needs):
                self.seen.missing = self.case.needs
            yield app
        finally:
            stage, self.seen.stage = self.seen.stage, "close"
            close = getattr(app, "close", None)
            if callable(close):
                close()
            self.seen.stage = stage

    def _declares(self, app: Any, declarations: tuple[Declaration, ...], *, recording: list[Call] | None) -> bool:
        """Declare what is to be accepted, and tell whether it was (False too if something needed is missing)."""
        if self.seen.missing is None:
            self.seen.refusal = self._refusal(app, declarations, recording=recording)
        return self.seen.missing is None and self.seen.refusal is None

    def _refusal(self, app: Any, declarations: tuple[Declaration, ...], *, recording: list[Call] | None) -> str | None:
        """Declare skills, and return the error that refused one, raised by add_skill or the bindings after it."""
        try:
            for declaration in declarations:
                self.seen.stage = "add_skill"
                app.add_skill(_skill(declaration, [] if recording is None else recording))
            if _offers(app, "bindings"):
                self.seen.stage = "bindings"
                app.bindings()
        except (RecursionError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001  # any error refuses
            return _describe(error)
        return None

    def _bindings(self, app: Any) -> Mapping[str, list[Binding]]:
        """Read the bindings as JSON; raise ContractError for what is no function.json."""
        self.seen.stage = "bindings"
        bindings = app.bindings()
        try:
            value = json.loads(json.dumps(dict(bindings)))
        except (TypeError, ValueError) as error:
            raise ContractError(f"returned what is not JSON ({error}): {_json.show(repr(bindings))}") from error
        for function, candidates in value.items():
            if not isinstance(candidates, list) or not all(isinstance(one, dict) for one in candidates):
                expected = "a list of bindings for each function's name"
                raise ContractError(f"returned {_json.show(candidates)} for {function}; expected {expected}")
        return dict(value)

    def _posts(self, app: Any, episode: Episode) -> None:
        for message in episode.ask:
            self.seen.stage = "ask"
            try:
                reply = app.ask(message)
            except (RecursionError, MemoryError):
                raise
            except Exception as error:  # noqa: BLE001  # an error of ask is for the case to judge
                self.seen.posts.append(Post(reply=None, error=_describe(error)))
                continue
            if not isinstance(reply, str):
                raise ContractError(f"returned {type(reply).__name__} {_json.show(reply)}; expected text")
            self.seen.posts.append(Post(reply=reply, error=None))


def _offers(app: Any, member: str) -> bool:
    value = getattr(app, member, None)
    return isinstance(value, str) if member == "construct" else callable(value)


def _describe(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # noqa: BLE001  # an error that can't be shown
        text = "(its text cannot be shown)"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _skill(declaration: Declaration, calls: list[Call]) -> Skill:
    def respond(argument: Any) -> Any:
        calls.append(Call(skill=declaration.function, argument=argument))
        if declaration.raises is not None:
            raise RuntimeError(declaration.raises)
        return argument if declaration.echoes else declaration.returns

    return Skill(
        name=declaration.function,
        trigger=declaration.trigger,
        argument=declaration.argument,
        handler=_plain_function(declaration.function, declaration.argument, respond),
    )


def _plain_function(name: str, argument: Argument, respond: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Make a function whose one parameter has the argument's name, to be called by position or by keyword."""

    def template(value: Any) -> Any:
        return respond(value)

    code = template.__code__.replace(co_varnames=(argument.name,), co_name=name, co_qualname=name)
    function = FunctionType(code, {}, name, None, template.__closure__)
    function.__annotations__ = {argument.name: PYTHON_TYPES[argument.type]}
    return function


def _script(case: Case) -> Script:
    before = case.before.replies if case.before is not None else ()
    return Script(
        provider=case.provider,
        key=f"sk-conformance-{uuid.uuid4().hex}",
        endpoint=AZURE_ENDPOINT if case.provider == "azure" else OPENAI_ENDPOINT,
        replies=(*before, *case.episode.replies),
        models=case.models,
    )


def _settings(case: Case, script: Script) -> Mapping[str, str]:
    """Return the settings of the function app, one provider's only: some clients refuse both at once."""
    if case.provider == "openai":
        access = {"OPENAI_API_KEY": script.key}
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
        place=f"{case.path}:{case.line}",
        outcome=outcome,
        reason=reason,
        findings=tuple(findings),
        notes=tuple(notes(seen)),
        requests=tuple(map(_sent, seen.exchanges)),
        seconds=seconds,
    )


def _sent(exchange: Exchange) -> Sent:
    request = exchange.request
    return Sent(
        method=request.method,
        url=request.url,
        body=request.body[:_MAX_BODY].decode("utf-8", "replace"),
        status=exchange.response.status,
    )
