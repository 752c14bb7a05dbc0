"""The in-process transport: answers the requests of every httpx and httpx2 client in this process.

The one module that names respx and httpx. respx knows httpcore, below httpx; the clients on httpx2 (openai 3.x)
stand on httpcore2, whose classes have the same shape, so one mocker patches both. respx patches and puts back. Its
routes are not used, since every request has the same one. A request is read as httpcore has it: making a request of
httpx's of it, matching that with routes and remembering it would take more time.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, ClassVar, Final

import httpcore
import httpx
import respx
from respx.mocks import HTTPCoreMocker

from conformance._service import Request, Response

_LOOPBACK: Final = re.compile(rb"localhost|127\.\d+\.\d+\.\d+|\[?::1\]?")


class _Router(respx.MockRouter):
    """What respx starts and stops: it has no routes, but what answers every request."""

    def __init__(self, answer: Callable[[Request], Response]) -> None:
        super().__init__(using=_HTTPCoresMocker.name, assert_all_called=False)
        self.answer = answer


class _HTTPCoresMocker(HTTPCoreMocker):
    """Patches httpcore and, where it is installed, httpcore2."""

    name = "httpcore-and-httpcore2"
    routers: ClassVar[list[Any]]
    targets: ClassVar[list[str]] = [
        target.replace("httpcore.", f"{module}.", 1)
        for module in ("httpcore", "httpcore2")
        if find_spec(module) is not None
        for target in HTTPCoreMocker.targets
    ]

    @classmethod
    def mock(cls, spec: Callable[..., Any]) -> Callable[..., Any]:
        """Make what takes the place of a method that sends a request; loopback is left to the method."""
        if spec.__name__ not in cls.target_methods:
            return spec

        def handle(self: object, request: Any) -> Any:
            if _LOOPBACK.fullmatch(request.url.host):
                return spec(self, request)
            return cls._answer(request, b"".join(request.stream))

        async def handle_async(self: object, request: Any) -> Any:
            if _LOOPBACK.fullmatch(request.url.host):
                return await spec(self, request)
            return cls._answer(request, b"".join([part async for part in request.stream]))

        return handle_async if inspect.iscoroutinefunction(spec) else handle

    @classmethod
    def _answer(cls, request: Any, body: bytes) -> httpcore.Response:
        response = cls.routers[-1].answer(
            Request(
                method=request.method.decode("latin-1"),
                url=_text_of(request.url),
                headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.headers},
                body=body,
            )
        )
        headers = {**response.headers, "content-length": str(len(response.body))}
        return httpcore.Response(
            response.status,
            headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            content=httpx.ByteStream(response.body),
        )


def _text_of(url: Any) -> str:
    """Return the text of a URL of httpcore's, whose host has no brackets where it is an address of IPv6."""
    host = url.host.decode("latin-1")
    host = f"[{host}]" if ":" in host and host[0] != "[" else host
    port = "" if url.port is None else f":{url.port}"
    return f"{url.scheme.decode('latin-1')}://{host}{port}{url.target.decode('latin-1')}"


@contextmanager
def intercepting(answer: Callable[[Request], Response]) -> Iterator[None]:
    """Let `answer` answer every request that leaves this process through httpx or httpx2; loopback passes.

    Within such a block another one may begin, whose `answer` is asked until its end.
    """
    with _Router(answer):
        yield
