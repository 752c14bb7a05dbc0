"""The requests of a run's results, in a temporary file once they are many: a run may have a hundred thousand cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from json import dumps, loads  # by name: an implementation may patch the module
from tempfile import SpooledTemporaryFile
from typing import IO, Final, overload

from conformance._judging.result import Sent
from conformance._text import limits


class RequestStore:
    """Keeps requests until it is closed."""

    def __init__(self) -> None:
        self._file: Final[IO[bytes]] = SpooledTemporaryFile(limits.REQUESTS_IN_MEMORY_BYTES)  # noqa: SIM115  # see close

    def keep(self, requests: Sequence[Sent]) -> Sequence[Sent]:
        """Return requests that equal these, and take no memory."""
        if not requests:
            return ()
        data = dumps(list(map(astuple, requests))).encode("ascii")
        start = self._file.seek(0, 2)
        self._file.write(data)
        return _KeptRequests(self._file, start, len(data), len(requests))

    def close(self) -> None:
        """Forget what was kept."""
        self._file.close()


class _KeptRequests(Sequence[Sent]):
    """The requests of one result; read, and changed, whenever they are looked at."""

    __slots__ = ("_change", "_count", "_file", "_size", "_start")

    def __init__(
        self, file: IO[bytes], start: int, size: int, count: int, change: Callable[[Sent], Sent] | None = None
    ) -> None:
        self._file, self._start, self._size, self._count, self._change = file, start, size, count, change

    def changed(self, change: Callable[[Sent], Sent]) -> _KeptRequests:
        """Return these requests, each changed when it is looked at; requests that are changed already stay so."""
        before = self._change
        both = change if before is None else lambda sent: change(before(sent))
        return _KeptRequests(self._file, self._start, self._size, self._count, both)

    def _read(self) -> Sequence[Sent]:
        self._file.seek(self._start)
        records = loads(self._file.read(self._size))
        requests = [Sent(method=method, url=url, body=body, status=status) for method, url, body, status in records]
        return requests if self._change is None else list(map(self._change, requests))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Sent: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sent]: ...

    def __getitem__(self, index: int | slice) -> Sent | Sequence[Sent]:
        return self._read()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __iter__(self) -> Iterator[Sent]:
        return iter(self._read())


def change_requests(requests: Sequence[Sent], change: Callable[[Sent], Sent]) -> Sequence[Sent]:
    """Return requests, each changed; those that are kept in a file stay there."""
    return requests.changed(change) if isinstance(requests, _KeptRequests) else tuple(map(change, requests))
