"""Blocks connections that leave this machine."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

_ADDRESSES: Final[Mapping[str, Callable[[tuple[Any, ...]], Any]]] = {
    "socket.connect": lambda arguments: arguments[1],
    "socket.sendto": lambda arguments: arguments[1],
    "socket.sendmsg": lambda arguments: arguments[1],
    "socket.getaddrinfo": lambda arguments: arguments[:2],
    "socket.gethostbyname": lambda arguments: (arguments[0], None),
    "socket.gethostbyaddr": lambda arguments: (arguments[0], None),
    "socket.getnameinfo": lambda arguments: arguments[0],
}
"""The audit events of what leaves this machine, each with how to find the address in its arguments."""


class ConnectionBlockedError(OSError):
    """A connection to anywhere but this machine, while a case runs."""


class NetworkGuard:
    """Blocks connections and name look-ups that leave this machine while it is closed, and remembers them.

    An audit hook sees every socket of the interpreter, whatever library opens it, and patches nothing. It can't be
    removed, so it is installed once a process, at the first use, and does nothing while open.
    """

    _closed: NetworkGuard | None = None
    _installed = False

    def __init__(self) -> None:
        self._blocked: list[str] = []

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Block until the end of the block."""
        if not NetworkGuard._installed:
            NetworkGuard._installed = True
            sys.addaudithook(_audit)
        NetworkGuard._closed = self
        try:
            yield
        finally:
            NetworkGuard._closed = None

    def take_blocked(self) -> list[str]:
        """Return what was blocked since the last call."""
        blocked, self._blocked = self._blocked, []
        return blocked

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise ConnectionBlockedError for a connection or look-up that leaves this machine."""
        host, port = _address(event, arguments)
        if host is None or _is_this_machine(host):
            return
        where = host if port is None else f"{host}:{port}"
        self._blocked.append(where)
        raise ConnectionBlockedError(f"the conformance suite blocks connections while a case runs: {where}")


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    guard = NetworkGuard._closed  # noqa: SLF001  # the hook is the guard's other half
    if guard is not None and event in _ADDRESSES:
        guard.check(event, arguments)


def _address(event: str, arguments: tuple[Any, ...]) -> tuple[str | None, Any]:
    """Return the host (None: not a network address) and port (None: none is named) of a socket's audit event."""
    address = _ADDRESSES[event](arguments)
    if not isinstance(address, tuple):
        return None, None
    host, port = address[:2]
    if not isinstance(host, str | bytes):  # netlink's, between programs and the kernel
        return None, None
    return host.decode(errors="replace") if isinstance(host, bytes) else host, port


def _is_this_machine(host: str) -> bool:
    """Say whether a host is this machine, whose name a server on all addresses looks up."""
    if host.lower() in {"", "localhost", socket.gethostname().lower()}:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified
