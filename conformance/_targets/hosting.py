"""Serves an implementation in Python over the protocol: the other side of `exec:`."""

import io
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from io import RawIOBase
from itertools import count
from typing import Any, BinaryIO, Final

from conformance._isolation.environment import environment
from conformance._isolation.network import NetworkGuard
from conformance._isolation.state import state_kept
from conformance._targets import protocol
from conformance._targets.handlers import make_handler
from conformance._targets.module import check_app, close_app
from conformance._targets.protocol import BrokenMessageError, Failure, Id, RpcRequest, Success
from conformance._targets.target import Target
from conformance._text import json_values, limits
from conformance._text.words import describe_error, describe_value
from conformance.contract import Argument, Context, Skill, SkillHandler

CAPABILITIES: Final = ("bindings", "ask")

_REFUSING: Final = frozenset({"add_skill", "bindings"})
"""The methods of which anything that is raised is an answer: it refuses a declaration."""

_CHUNK: Final = 1 << 16

_PROBE: Final = {"OPENAI_API_KEY": "sk-conformance"}
"""The settings of the app that is created to see what the implementation offers."""


@contextmanager
def protocol_streams() -> Iterator[tuple[RawIOBase, BinaryIO]]:
    """Take standard input and output for the protocol alone.

    Until the end of the block what is printed, by Python or below it, goes to standard error, and nothing can be
    read from standard input.
    """
    sys.stdout.flush()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # what is printed is there when the process is killed
    # Unbuffered, because a buffer can't be closed while a thread waits for more.
    with os.fdopen(os.dup(0), "rb", buffering=0) as receive, os.fdopen(os.dup(1), "wb") as send, ExitStack() as files:
        null = files.enter_context(open(os.devnull, "rb"))  # noqa: PTH123  # a device
        os.dup2(null.fileno(), 0)
        os.dup2(2, 1)
        yield receive, send


class Host:
    """Answers the suite's calls one after another; a skill's function may be called from any thread meanwhile."""

    def __init__(self, target: Target, receive: RawIOBase, send: BinaryIO) -> None:
        self._target = target
        self._receive = receive
        self._send = send
        self._lock = threading.Lock()
        self._calls: queue.SimpleQueue[RpcRequest | BrokenMessageError | None] = queue.SimpleQueue()
        self._waiting: dict[Id, Future[Any]] = {}
        self._ids = count(1)
        self._guard = NetworkGuard()
        self._app: Any = None
        self._key = 0
        self._settings = ExitStack()

    def serve(self) -> None:
        """Serve until the suite closes the connection; raise BrokenMessageError for a line that is not a message."""
        reader = threading.Thread(target=self._read, name="conformance-reader", daemon=True)
        reader.start()
        while (request := self._calls.get()) is not None:
            if isinstance(request, BrokenMessageError):
                raise request
            self._write(protocol.encode(self._answer(request)))
        self._settings.close()

    def _read(self) -> None:
        try:
            for line in lines_of(self._receive):
                message = protocol.decode(line)
                if isinstance(message, RpcRequest):
                    self._calls.put(message)
                elif isinstance(message, Success):
                    self._awaited(message.id).set_result(message.result)
                elif message.id is not None:
                    self._awaited(message.id).set_exception(RuntimeError(message.message))
        except BrokenMessageError as error:
            self._calls.put(error)
        finally:
            self._calls.put(None)

    def _awaited(self, id_: Id) -> Future[Any]:
        if id_ not in self._waiting:
            raise BrokenMessageError(f"an answer with the id {id_!r}", "the id of a call that is waiting for one")
        return self._waiting.pop(id_)

    def _write(self, line: bytes) -> None:
        with self._lock:
            self._send.write(line)
            self._send.flush()

    def _answer(self, request: RpcRequest) -> Success | Failure:
        """Answer a call; what is not an Exception ends the process, unless it refuses a declaration, as in process."""
        methods: dict[str, Callable[[dict[str, Any]], Any]] = {
            "initialize": self._initialize,
            "create_app": self._create_app,
            "add_skill": self._add_skill,
            "bindings": self._bindings,
            "ask": self._ask,
            "close_app": self._close_app,
        }
        method = methods.get(request.method)
        if method is None:
            return Failure(id=request.id, code=protocol.METHOD_NOT_FOUND, message=request.method)
        try:
            protocol.check_params(request)
            with self._guard.closed():
                result = method(request.params)
        except BrokenMessageError as error:
            return Failure(id=request.id, code=protocol.INVALID_PARAMS, message=str(error))
        except (RecursionError, MemoryError, KeyboardInterrupt):
            raise
        except BaseException as error:
            if not isinstance(error, Exception) and request.method not in _REFUSING:
                raise
            said = describe_error(error, limits.LINE_BYTES)  # the suite cuts it, and says how long it was
            return Failure(id=request.id, code=protocol.RAISED, message=said)
        finally:
            for host in self._guard.take_blocked():
                print(f"a connection to {host} was blocked", file=sys.stderr, flush=True)  # noqa: T201
        return Success(id=request.id, result=result)

    def _initialize(self, _: dict[str, Any]) -> dict[str, Any]:
        target = self._target
        return {
            "name": target.name,
            "version": target.version or "unknown",
            "surfaces": list(target.surfaces),
            "editions": list(target.editions),
            "capabilities": self._probe(),
        }

    def _probe(self) -> list[str]:
        """Return what an app offers; an app that can't be created is for the cases to find."""
        target = self._target
        context = Context(edition=target.editions[0], surface=target.surfaces[0], environment=_PROBE)
        with environment(_PROBE), state_kept():
            try:
                app = target.create_app(context)
                close_app(app)
            except BaseException:  # noqa: BLE001  # whatever it raises
                return list(CAPABILITIES)
        check_app(target.spec, app)
        return [name for name in CAPABILITIES if callable(getattr(app, name, None))]

    def _create_app(self, params: dict[str, Any]) -> dict[str, Any]:
        context = Context(edition=params["edition"], surface=params["surface"], environment=params["environment"])
        self._settings.close()
        self._settings.enter_context(environment(context.environment))
        self._settings.enter_context(state_kept())
        self._app = self._target.create_app(context)
        self._key += 1
        construct = getattr(self._app, "construct", None)
        return {"app": self._key, **({"construct": construct} if isinstance(construct, str) else {})}

    def _add_skill(self, params: dict[str, Any]) -> None:
        skill = params["skill"]
        argument = Argument(**skill["argument"])
        handler = self._handler(params["app"], skill["name"], argument)
        self._app.add_skill(Skill(name=skill["name"], trigger=skill["trigger"], argument=argument, handler=handler))

    def _handler(self, app: int, name: str, argument: Argument) -> SkillHandler:
        def invoke(value: Any) -> Any:
            request = RpcRequest(
                id=next(self._ids), method="invoke_skill", params={"app": app, "name": name, "argument": value}
            )
            line = protocol.encode(request)
            answer: Future[Any] = Future()
            self._waiting[request.id] = answer
            self._write(line)
            return answer.result()

        return make_handler(name, argument, invoke)

    def _bindings(self, _: dict[str, Any]) -> Any:
        """Return the bindings; what is not JSON is shown, and refused by the suite."""
        bindings = self._app.bindings()
        try:
            plain = dict(bindings)
            protocol.encode(Success(id=0, result=plain))
        except (TypeError, ValueError) as error:
            return f"not JSON ({error}): {json_values.show(describe_value(bindings))}"
        return plain

    def _ask(self, params: dict[str, Any]) -> dict[str, Any]:
        reply = self._app.ask(params["message"])
        return {"reply": reply if isinstance(reply, str) else {"not text": describe_value(reply)}}

    def _close_app(self, _: dict[str, Any]) -> None:
        app, self._app = self._app, None
        try:
            close_app(app)
        finally:
            self._settings.close()


def lines_of(stream: RawIOBase) -> Iterator[bytes]:
    """Yield the lines of a stream that has no buffer."""
    part = bytearray()
    while data := stream.read(_CHUNK):
        *whole, rest = data.split(b"\n")
        for line in whole:
            yield bytes(part + line)
            part.clear()
        part += rest
