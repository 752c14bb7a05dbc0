"""The in-process transport: answers the requests of every httpx and httpx2 client in this process.

The one module that names respx and httpx. respx knows httpcore, below httpx; the clients on httpx2 (openai 3.x)
stand on httpcore2, whose classes have the same shape, so one mocker patches both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import ClassVar, Final

import httpx
import respx
from respx.mocks import HTTPCoreMocker

from conformance._service import Request, Response

_LOOPBACK: Final = re.compile(r"localhost|127\.\d+\.\d+\.\d+|\[?::1\]?")


class _HTTPCoresMocker(HTTPCoreMocker):
    """Patches httpcore and, where it is installed, httpcore2."""

    name = "httpcore-and-httpcore2"
    targets: ClassVar[list[str]] = [
        target.replace("httpcore.", f"{module}.", 1)
        for module in ("httpcore", "httpcore2")
        if find_spec(module) is not None
        for target in HTTPCoreMocker.targets
    ]


@contextmanager
def intercepting(answer: Callable[[Request], Response]) -> Iterator[None]:
    """Let `answer` answer every request that leaves this process through httpx or httpx2; loopback passes."""
    router = respx.MockRouter(using=_HTTPCoresMocker.name, assert_all_called=False, assert_all_mocked=False)

    def respond(request: httpx.Request) -> httpx.Response | httpx.Request:
        router.reset()  # respx keeps every call; the service keeps what is needed
        if _LOOPBACK.fullmatch(request.url.host):
            return request  # passes; a second route for it would be asked at every request
        response = answer(
            Request(
                method=request.method,
                url=str(request.url),
                headers={
                    name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.headers.raw
                },  # Headers.items() would cost as much as all the service's rules
                body=request.content,
            )
        )
        return httpx.Response(response.status, headers=dict(response.headers), content=response.body)

    router.route().mock(side_effect=respond)
    with router:
        yield
