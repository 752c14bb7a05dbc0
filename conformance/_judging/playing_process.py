"""The process in which an isolated implementation lives: plays the scenarios that it is sent."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from io import RawIOBase
from threading import Lock
from typing import BinaryIO, TypeAlias

from conformance._isolation.leftover_processes import MARK
from conformance._isolation.leftovers import Leftovers
from conformance._isolation.process_state import ProcessState
from conformance._judging.local_player import LocalPlayer
from conformance._judging.observation import Observation
from conformance._judging.pickled_lines import Entered, Loaded, News, Played, Setup, ToPlay, decode, encode
from conformance._service import Exchange, Request, Response, Script, Service
from conformance._targets.hosting import lines_of, protocol_streams
from conformance._targets.loading import load_target
from conformance._targets.target import Target
from conformance._transport.answering import answering
from conformance._transport.switchboard import Switchboard
from conformance.errors import ImplementationError

Tell: TypeAlias = Callable[[News], None]
"""Tells the suite something, at once."""


def main() -> None:
    """Serve on standard input and output until the suite closes them."""
    with protocol_streams() as (receive, send):
        _serve(receive, _teller(send))


def _serve(receive: RawIOBase, tell: Tell) -> None:
    lines = lines_of(receive)
    setup: Setup = decode(next(lines))
    try:
        target = load_target(setup.spec, transport=setup.transport, seconds=setup.seconds)
        tell(Entered(phase="create_app"))  # of a first app, which has a time of its own
        with _playing(target, setup.seconds, tell) as player:
            player.check_app(target)
            tell(Loaded(name=target.name, version=target.version, surfaces=target.surfaces, editions=target.editions))
            for line in lines:
                tell(_play(decode(line), target, player, tell))
    except ImplementationError as error:
        tell(error)


@contextmanager
def _playing(target: Target, seconds: float, tell: Tell) -> Iterator[LocalPlayer]:
    board = Switchboard()
    with answering(board, {target.transport}) as endpoints:
        player = LocalPlayer(
            board,
            seconds=seconds,
            endpoints=endpoints,
            mark=os.environ[MARK],
            make_service=lambda script: _ToldService(script, tell),
        )
        with closing(player):
            yield player


def _play(order: ToPlay, target: Target, player: LocalPlayer, tell: Tell) -> Played:
    state, leftovers = ProcessState(), Leftovers()
    seen = _ToldObservation(tell)
    player.play(order.scenario, target, order.reads, seen)
    seen.notes += state.restore()
    lost = state.lost()
    seen.notes += [f"{what} was changed, so the process is not used again" for what in lost]
    threads = [thread.name for thread in leftovers.threads]
    return Played(seen=seen.copy(), lost=tuple(lost), threads=tuple(threads))


def _teller(send: BinaryIO) -> Tell:
    """Make what writes to the suite; what is said when nobody can hear it any more is lost."""
    lock = Lock()

    def tell(value: News) -> None:
        line = encode(value)
        with lock:
            send.write(line)
            send.flush()

    return tell


def _hint(tell: Tell, value: Entered | Exchange) -> None:
    """Tell what is only needed if the process then dies: an implementation may have made that impossible."""
    with suppress(Exception):
        tell(value)


class _ToldObservation(Observation):
    """Tells of each phase as the implementation enters it."""

    __slots__ = ("_tell",)

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def enter(self, phase: str) -> None:
        super().enter(phase)
        _hint(self._tell, Entered(phase=phase))

    def copy(self) -> Observation:
        """Return what was seen as it is now, and as it can be sent."""
        return Observation(**{field.name: getattr(self, field.name) for field in fields(Observation)})


class _ToldService(Service):
    """Tells of each request as it is answered."""

    def __init__(self, script: Script, tell: Tell) -> None:
        super().__init__(script)
        self._tell = tell

    def answer(self, request: Request) -> Response:
        response = super().answer(request)
        _hint(self._tell, self.exchanges[-1])
        return response
