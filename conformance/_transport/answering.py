"""Starts the transports that a run needs."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from conformance._transport.endpoints import INTERCEPTED, Endpoints, Transport
from conformance._transport.switchboard import Switchboard


@contextmanager
def answering(board: Switchboard, transports: Collection[Transport]) -> Iterator[Mapping[Transport, Endpoints]]:
    """Bring requests to the switchboard until the end of the block, by each of the transports that are named."""
    endpoints: dict[Transport, Endpoints] = {}
    with ExitStack() as started:
        if "loopback" in transports:
            from conformance._transport.loopback import serving  # noqa: PLC0415  # loaded by those who need it

            endpoints["loopback"] = Endpoints.at(started.enter_context(serving(board.answer)).url)
        if "intercepted" in transports:
            from conformance._transport.interception import intercepting  # noqa: PLC0415  # loaded by those who need it

            started.enter_context(intercepting(board.answer))
            endpoints["intercepted"] = INTERCEPTED
        yield endpoints
