"""Judges a program that speaks the protocol: `exec:<command>`."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from itertools import count
from time import monotonic
from typing import Any, Final

from conformance._isolation.runner import CaseTimeoutError
from conformance._targets import protocol
from conformance._targets.contract_error import ContractError
from conformance._targets.process import Process, ProcessEndedError
from conformance._targets.protocol import BrokenMessageError, Failure, RpcRequest, Success
from conformance._targets.target import Target
from conformance._text import json_values, limits
from conformance.contract import EDITIONS, SURFACES, Context, Skill, SkillHandler
from conformance.errors import ImplementationError

PREFIX: Final = "exec:"


class RemoteError(Exception):
    """The program answered a call with an error."""


def load_remote(spec: str, seconds: float = limits.START_SECONDS) -> Target:
    """Start the command that follows `exec:` and ask what it offers; raise ImplementationError."""
    program = _Program(_split(spec), seconds)
    try:
        offer = program.start()
    except OSError as error:
        found = f"{type(error).__name__}: {error}"
        raise ImplementationError(spec, found, "a command that can be run without a shell") from error
    except (ContractError, RemoteError, CaseTimeoutError) as error:
        said = program.recover()
        got, wanted = (error.found, error.expected) if isinstance(error, ContractError) else (str(error), None)
        found = f"initialize: {got}" + (f"; standard error ends: {said}" if said else "")
        expected = f'{wanted or "a program that answers"} (see docs/protocol.md, "initialize")'
        raise ImplementationError(spec, found, expected) from error
    except BaseException:
        program.close()
        raise
    return Target(
        name=offer["name"],
        spec=spec,
        version=offer["version"],
        surfaces=tuple(surface for surface in SURFACES if surface in offer["surfaces"]),
        editions=tuple(edition for edition in EDITIONS if edition in offer.get("editions", EDITIONS)),
        create_app=program.create_app,
        transport="loopback",
        prepare=program.prepare,
        recover=program.recover,
        close=program.close,
    )


def _split(spec: str) -> list[str]:
    expected = "exec: and a command, as in 'exec:node adapter.mjs'"
    if os.name != "posix":
        raise ImplementationError(spec, f"a system of the kind {os.name!r}", "one with process groups, as on Linux")
    try:
        command = shlex.split(spec.removeprefix(PREFIX))
    except ValueError as error:
        raise ImplementationError(spec, str(error), expected) from error
    if not command:
        raise ImplementationError(spec, "no command", expected)
    return command


class _Program:
    """The command: started once, and afresh after it broke."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        self._command = command
        self._seconds = seconds
        self._peer: _Peer | None = None
        self._said: str | None = None
        self._offer: Mapping[str, Any] = {}

    def start(self) -> Mapping[str, Any]:
        """Start it, and return what it says of itself.

        Raises OSError, ContractError, RemoteError or CaseTimeoutError.
        """
        self._said = None
        self._peer = _Peer(Process(self._command))
        try:
            self._offer = self._peer.call("initialize", {"protocol": protocol.VERSION}, self._seconds)
        except TimeoutError:
            raise CaseTimeoutError(self._seconds, stopped=True) from None
        return self._offer

    def prepare(self) -> None:
        """Start it afresh if it does not run; raise ContractError or CaseTimeoutError."""
        if self._peer is not None and not self._peer.process.pipes.is_quiet:
            self.recover()  # it died or spoke up while nothing was asked of it: no case is to blame
        if self._peer is None:
            try:
                self.start()
            except (OSError, RemoteError) as error:
                raise ContractError(f"the program could not be started afresh: {error}") from error

    def create_app(self, context: Context) -> _RemoteApp:
        peer = self._peer
        if peer is None:
            raise ContractError("found no process that runs")
        peer.process.pipes.forget_errors()
        settings = {**context.environment}
        created = peer.call(
            "create_app", {"edition": context.edition, "surface": context.surface, "environment": settings}
        )
        return _RemoteApp(peer, created["app"], created.get("construct"), self._offer["capabilities"])

    def recover(self) -> str | None:
        """Kill the process if it still runs, and return the end of what the last one wrote on its standard error."""
        if self._peer is not None:
            self._peer.process.kill()
            self._said = self._peer.process.pipes.errors or None
            self._peer = None
        return self._said

    def close(self) -> None:
        """End the process in order."""
        if self._peer is not None:
            self._peer.process.close()
            self._peer = None


class _RemoteApp:
    """An app in the program, with as much of the contract as the program offers."""

    def __init__(self, peer: _Peer, key: Any, construct: str | None, capabilities: Sequence[str]) -> None:
        self.key = key
        self.handlers: dict[str, SkillHandler] = {}
        self._peer = peer
        peer.app = self
        if construct is not None:
            self.construct = construct
        if "bindings" in capabilities:
            self.bindings = self._bindings
        if "ask" in capabilities:
            self.ask = self._ask

    def add_skill(self, skill: Skill) -> None:
        argument = {"name": skill.argument.name, "type": skill.argument.type}
        declared = {"name": skill.name, "trigger": dict(skill.trigger), "argument": argument}
        self._peer.call("add_skill", {"app": self.key, "skill": declared})
        self.handlers[skill.name] = skill.handler

    def _bindings(self) -> Any:
        return self._peer.call("bindings", {"app": self.key})

    def _ask(self, message: str) -> str:
        reply: str = self._peer.call("ask", {"app": self.key, "message": message})["reply"]
        return reply

    def close(self) -> None:
        """Close the app, and print what the program wrote meanwhile, as if it ran in this process."""
        if self._peer.is_broken:
            return
        self._peer.call("close_app", {"app": self.key})
        if errors := self._peer.process.pipes.errors:
            print(errors, file=sys.stderr)  # noqa: T201  # pytest captures it


class _Peer:
    """The program's end of the conversation: calls it, and serves its calls of skills meanwhile."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.app: _RemoteApp | None = None
        self.is_broken = False
        self._ids = count(1)

    def call(self, method: str, params: Mapping[str, Any], seconds: float | None = None) -> Any:
        """Return the result of a method.

        Raises RemoteError for an error that the program answers, and ContractError, after which nothing more can
        be asked of it, for whatever else goes wrong; but TimeoutError where `seconds` are given and have passed.
        """
        end = None if seconds is None else monotonic() + seconds
        request = RpcRequest(id=next(self._ids), method=method, params=dict(params))
        try:
            self.process.pipes.send(protocol.encode(request))
            while True:
                message = protocol.decode(self.process.receive(None if end is None else end - monotonic()))
                if isinstance(message, RpcRequest):
                    self.process.pipes.send(self._serve(message))
                else:
                    return self._take(request, message)
        except RemoteError:
            raise
        except ProcessEndedError as error:
            self.is_broken = True
            raise ContractError(f"got no answer: {error}") from error
        except BrokenMessageError as error:
            self.is_broken = True
            raise ContractError(f"got {error.found}", error.expected) from error
        except BaseException:
            self.is_broken = True
            raise

    def _take(self, request: RpcRequest, response: Success | Failure) -> Any:
        if isinstance(response, Failure) and response.code in protocol.NOT_SERVED:
            what = f"error {response.code}: the program {protocol.NOT_SERVED[response.code]} {request.method}"
            raise BrokenMessageError(f"{what} ({response.message})", "an answer")
        if response.id != request.id:
            raise BrokenMessageError(f"a response with the id {json_values.show(response.id)}", str(request.id))
        if isinstance(response, Failure):
            raise RemoteError(response.message)
        protocol.check_result(request.method, response.result)
        return response.result

    def _serve(self, request: RpcRequest) -> bytes:
        """Answer a call of a skill's function; raise BrokenMessageError for any other call."""
        if request.method != "invoke_skill":
            raise BrokenMessageError(f"a call of {request.method!r}", "invoke_skill")
        protocol.check_params(request)
        app, name = request.params["app"], request.params["name"]
        handler = None
        if self.app is not None and json_values.equal(app, self.app.key):
            handler = self.app.handlers.get(name)
        if handler is None:
            message = f"the app {json_values.show(app)} has no skill {json_values.show(name)}"
            return protocol.encode(Failure(id=request.id, code=protocol.INVALID_PARAMS, message=message))
        try:
            return protocol.encode(Success(id=request.id, result=handler(request.params["argument"])))
        except Exception as error:  # noqa: BLE001  # a skill that raises is part of a case
            return protocol.encode(Failure(id=request.id, code=protocol.RAISED, message=str(error)))
