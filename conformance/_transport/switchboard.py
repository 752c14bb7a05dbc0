"""Hands each request to the service of the case that it belongs to, whichever transport brought it.

Each case has a key of its own, so that a request which an earlier case left behind is known by its key.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from conformance._service import Request, Response, Service

_NOBODY = Response(
    status=404,
    headers={"content-type": "application/json"},
    body=b'{"error": {"message": "No case is running.", "type": "conformance_error", "param": null, "code": null}}',
)


class Switchboard:
    """Serves one case at a time; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: tuple[str, Service] | None = None
        self._retired: set[str] = set()
        self._late: list[str] = []

    @contextmanager
    def serving(self, key: str, service: Service) -> Iterator[None]:
        """Let `service` answer every request until the end of the block, except those with a key of before."""
        with self._lock:
            self._current = key, service
        try:
            yield
        finally:
            with self._lock:
                self._current = None
                self._retired.add(key)

    def answer(self, request: Request) -> Response:
        """Answer a request by the case that it belongs to; one of an earlier case is remembered as late."""
        with self._lock:
            if _keys(request) & self._retired:
                self._late.append(f"{request.method} {request.url}")
                return _NOBODY
            current = self._current
        return _NOBODY if current is None else current[1].answer(request)

    def take_late(self) -> list[str]:
        """Return the late requests since the last call."""
        with self._lock:
            late, self._late = self._late, []
        return late


def _keys(request: Request) -> set[str]:
    """Return what may be the key: `authorization` has it after a word that clients spell in their own ways."""
    return {request.headers.get("api-key", ""), *request.headers.get("authorization", "").split()}
