"""Plays a scenario against an implementation, from create_app to close, and writes down what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from json import dumps, loads  # by name: an implementation may patch the module
from typing import Any

from conformance._data.case import Case, Need
from conformance._data.expectation import Reading, RefusalExpected, readings_of
from conformance._data.open_world.matching import Cause, Mismatch
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import find_twins
from conformance._isolation.runner import Interrupt
from conformance._judging.foreign_values import as_builtin
from conformance._judging.observation import Binding, Invocation, Observation, Post
from conformance._judging.played_skills import PlayedSkills
from conformance._service import Reply, Service
from conformance._targets.contract_error import ContractError
from conformance._targets.module import close_app
from conformance._text import json_values
from conformance._text.words import describe_value

_NO_ANSWER = (ContractError, RecursionError, MemoryError)
"""Exceptions that neither refuse a declaration nor end a conversation."""

_FEW_PROMPTS = 2
"""Between so many prompts the bindings are not read: what a reading changes shows in longer conversations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What is read of an app, and what it must offer for that; `control` is declared after its skills."""

    readings: frozenset[Reading]
    needs: tuple[Need, ...] = ()
    control: Declaration | None = None

    @classmethod
    def of(cls, case: Case) -> Reads:
        """Return what a case reads."""
        expected = case.expectation
        control = expected.control if isinstance(expected, RefusalExpected) else None
        return cls(readings=readings_of(expected), needs=case.needs, control=control)


@dataclass(frozen=True, slots=True)
class Play:
    """Plays one scenario in the runner's thread; what happens is written down in `seen` as it happens."""

    scenario: Scenario
    reads: Reads
    create_app: Callable[[Episode], Any]
    service: Service
    seen: Observation

    def play(self) -> None:
        """Play the scenario's apps one after another, up to what makes going on pointless."""
        scenario, seen = self.scenario, self.seen
        try:
            before = scenario.before
            if before is not None:
                with self._app(before) as app:
                    if self._declares(app, before.skills, recording=[]) and "ask" in seen.offered:
                        self._posts(app, before)
                seen.broken_before = self._went_wrong(before) if "ask" in seen.offered else None
                if seen.broken_before is not None:
                    return
                seen.posts.clear()
                self.service.go_to(len(before.model_replies))
                seen.first_exchange = len(self.service.exchanges)
            if scenario.refused and seen.missing is None and seen.refusal is None:
                self._declare_what_is_refused()
            if seen.missing is None and seen.refusal is None:
                with self._app(scenario.episode) as app:
                    self._main(app)
        except ContractError as error:
            seen.crash = f"{seen.phase} {error}"
        except BaseException as error:
            cause = seen.note_error(error)
            seen.crash = f"{seen.phase} raised {cause}"
            seen.crashed_by = replace(cause, said=seen.crash)
            if isinstance(error, Interrupt):
                raise

    def _declare_what_is_refused(self) -> None:
        """Declare it in an app of its own, whose `close` may do anything: what becomes of such an app is left open."""
        try:
            with self._app(self.scenario.episode) as app:
                if self._declares(app, self.scenario.episode.skills, recording=[]):
                    for declaration in self.scenario.refused:
                        self._try(app, declaration)
        except Exception:
            if self.seen.phase != "close":
                raise

    def _try(self, app: Any, declaration: Declaration) -> None:
        self.seen.tried = declaration
        if self._refusal(app, (declaration,), recording=[]) is None:
            self.seen.accepted.append(declaration)
            self.seen.bindings_of_refused = self.seen.bindings
        self.seen.tried = None

    def _went_wrong(self, before: Episode) -> Mismatch | None:
        """Say how the conversation of the app before differed from its script; with a fault in it, it may end early."""
        if before.has_faults:
            return None
        errors = [post.error for post in self.seen.posts if post.error is not None]
        if errors:
            return _before(f"ask raised {errors[-1]}", errors[-1])
        used = sum(exchange.reply is not None for exchange in self.service.exchanges)
        if self.seen.refusal is None and self.seen.missing is None and used != len(before.model_replies):
            return _before(f"{used} of {len(before.model_replies)} replies requested")
        return None

    def _main(self, app: Any) -> None:
        episode, seen = self.scenario.episode, self.seen
        control = () if self.reads.control is None else (self.reads.control,)
        if not self._declares(app, (*episode.skills, *control), recording=seen.invocations):
            return
        readings = self.reads.readings
        if "construct" in readings:
            seen.construct = str.__str__(app.construct)  # of a subclass only the text
        if "bindings again" in readings and _offers(app, "bindings"):
            seen.bindings_again = self._read_again(app)
        reads_on = "bindings after" in readings and _offers(app, "bindings")
        if "conversation" in readings and _offers(app, "ask"):
            self._posts(app, episode, reads_between=reads_on)
        if reads_on and seen.again_error is None:
            seen.bindings_after = self._read_again(app)

    @contextmanager
    def _app(self, episode: Episode) -> Iterator[Any]:
        self.seen.enter("create_app")
        app = self.create_app(episode)
        try:
            self.seen.missing = next((need for need in self.reads.needs if not _offers(app, need)), None)
            self.seen.offered = frozenset(member for member in ("bindings", "ask") if _offers(app, member))
            yield app
        finally:
            phase = self.seen.phase
            self.seen.enter("close")
            close_app(app)
            self.seen.phase = phase

    def _declares(self, app: Any, declarations: tuple[Declaration, ...], *, recording: list[Invocation]) -> bool:
        """Declare what is to be accepted, and tell whether it was (False too if something needed is missing)."""
        if self.seen.missing is None:
            self.seen.refusal = self._refusal(app, declarations, recording=recording)
        return self.seen.missing is None and self.seen.refusal is None

    def _refusal(self, app: Any, declarations: tuple[Declaration, ...], *, recording: list[Invocation]) -> Cause | None:
        """Declare skills, and return the error that refused one, raised by add_skill or the bindings after it."""
        played = PlayedSkills(self.service, recording)
        try:
            for declaration in declarations:
                self.seen.enter("add_skill")
                self.seen.declaring = declaration
                app.add_skill(played.skill(declaration))
            self.seen.declaring = None
            if _offers(app, "bindings"):
                self.seen.bindings = self._bindings(app)
        except (*_NO_ANSWER, Interrupt):
            raise
        except BaseException as error:  # noqa: BLE001  # whatever is raised refuses, as the contract says
            if self.seen.tried is not None:  # it is to be refused
                return Cause(kind="refused declaration")
            return self.seen.note_error(error, "refused declaration")
        return None

    def _read_again(self, app: Any) -> Mapping[str, list[Binding]] | None:
        try:
            return self._bindings(app)
        except _NO_ANSWER:
            raise
        except Exception as error:  # noqa: BLE001  # an error of a further reading is for the case to judge
            self.seen.again_error = self.seen.note_error(error)
            return None

    def _bindings(self, app: Any) -> Mapping[str, list[Binding]]:
        """Read the bindings as JSON; raise ContractError for what function.json cannot hold."""
        self.seen.enter("bindings")
        bindings = app.bindings()
        try:
            value = loads(dumps(bindings, allow_nan=False, default=as_builtin))
        except (TypeError, ValueError) as error:
            shown = json_values.show(describe_value(bindings))
            raise ContractError(f"returned what is not JSON ({error}): {shown}") from error
        if not isinstance(value, dict):
            raise ContractError(f"returned {json_values.show(value)}", "a mapping of function names to bindings")
        for function, candidates in value.items():
            if not isinstance(candidates, list) or not all(isinstance(one, dict) for one in candidates):
                found = f"returned {json_values.show(candidates)} for {function}"
                raise ContractError(found, "a list of bindings for each function's name")
            for twins in filter(None, map(find_twins, candidates)):
                found = f"returned a binding of {function} with {' and '.join(twins)}"
                raise ContractError(f"{found}, which the host takes for the same", "one of them")
        return value

    def _posts(self, app: Any, episode: Episode, *, reads_between: bool = False) -> None:
        """Post the prompts; between the first two of many, the bindings may be read, which is to change nothing."""
        for number, message in enumerate(episode.prompts):
            if reads_between and number == 1 and len(episode.prompts) > _FEW_PROMPTS:
                self._read_again(app)
            self.seen.enter("ask")
            self.service.begin_prompt()
            reply, error = self._ask(app, message)
            requests = self.service.count - self.seen.first_exchange
            self.seen.posts.append(Post(reply=reply, error=error, requests=requests))

    def _ask(self, app: Any, message: str) -> tuple[str | None, Cause | None]:
        """Post a message, and return the reply, or the error in its place; raise ContractError for any other value."""
        try:
            reply = app.ask(message)
        except _NO_ANSWER:
            raise
        except Exception as error:  # noqa: BLE001  # an error of ask is for the case to judge
            return None, self.seen.note_error(error)
        if isinstance(reply, str):
            return str.__str__(reply), None  # of a subclass only the text
        if reply is None and self._model_said_nothing():
            return None, Cause(kind="error", said="nothing was returned")
        shown = "None" if reply is None else f"{type(reply).__name__} {json_values.show(reply)}"
        raise ContractError(f"returned {shown}", "text")

    def _model_said_nothing(self) -> bool:
        """Say whether the model's last reply has neither text nor calls: a refusal, or an answer that was cut off."""
        exchanges = self.service.exchanges
        last = exchanges[-1].reply if exchanges else None
        reply = None if last is None else self.scenario.model_replies[last]
        return isinstance(reply, Reply) and reply.text is None and not reply.calls


def _before(got: str, cause: Cause | None = None) -> Mismatch:
    return Mismatch("its conversation", got, "as scripted", "the earlier app", cause)


def _offers(app: Any, member: str) -> bool:
    value = getattr(app, member, None)
    return isinstance(value, str) if member == "construct" else callable(value)
