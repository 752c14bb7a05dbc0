"""`python -m conformance serve`: the strict service alone, for any app to be pointed at while it is debugged."""

import argparse
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from conformance._data.script_file import KEY, load_script
from conformance._service import Exchange, Reply, Request, Response, Script, Service
from conformance._text.output import say
from conformance._transport.endpoints import Endpoints
from conformance._transport.loopback import serving
from conformance.errors import ConformanceError

HELP: Final = "serve the strict scripted OpenAI or Azure OpenAI on 127.0.0.1, and log what each request breaks"

_CANNED: Final = "This is a scripted reply."


class PortError(ConformanceError):
    """The requested port is not free, or is not a port."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "script",
        nargs="?",
        type=Path,
        metavar="SCRIPT.yaml",
        help="provider, key, models, model_replies and repeat (see cases/script.schema.json)",
    )
    parser.add_argument(
        "--reply",
        action="append",
        metavar="TEXT",
        help="without a script: reply this text, and the next one to the next request, again and again",
    )
    parser.add_argument("--provider", choices=("openai", "azure"), default="openai", help="without a script: whose")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on (default: a free one)")


def run(options: argparse.Namespace) -> int:
    """Serve until the user presses Ctrl-C."""
    desk = _Desk()
    # A shell starts what it puts into the background with Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with serving(desk.answer, options.port) as server:
            endpoints = Endpoints.at(server.url)
            script = _script(options, endpoints)
            desk.open(script)
            for line in _introduce(script, endpoints):
                say(line)
            threading.Event().wait()
    except KeyboardInterrupt:
        say(f"{desk.requests} requests")
    except OSError as error:
        raise PortError(f"--port={options.port}", error.strerror or str(error), "a free port") from error
    except OverflowError as error:
        raise PortError(f"--port={options.port}", "no such port", "0 to 65535") from error
    return 0


def _script(options: argparse.Namespace, endpoints: Endpoints) -> Script:
    if options.script is not None:
        return load_script(options.script, endpoints.of)
    replies = tuple(Reply(text=text) for text in options.reply or [_CANNED])
    endpoint = endpoints.of(options.provider)
    return Script(provider=options.provider, key=KEY, endpoint=endpoint, replies=replies, repeats=True)


def _introduce(script: Script, endpoints: Endpoints) -> Iterator[str]:
    """Say what to set in the app's environment."""
    yield from (f"{name}={value}" for name, value in endpoints.settings(script.provider, script.key).items())
    yield f"serving {len(script.replies)} scripted replies; Ctrl-C ends it"


class _Desk:
    """Answers and logs every request."""

    def __init__(self) -> None:
        self.requests = 0
        self._lock = threading.Lock()
        self._service: Service | None = None

    def open(self, script: Script) -> None:
        """Begin to answer."""
        with self._lock:
            self._service = Service(script)

    def answer(self, request: Request) -> Response:
        """Answer by the script."""
        with self._lock:
            if self._service is None:
                return Response(status=503, headers={"retry-after-ms": "10"}, body=b"")
            response = self._service.answer(request)
            self.requests += 1
            for line in _describe(self.requests, self._service.exchanges[-1]):
                say(line)
            return response


def _describe(number: int, exchange: Exchange) -> Iterator[str]:
    request = exchange.request
    yield f"request {number}: {request.method} {request.url} -> {exchange.response.status}"
    yield f"  {request.body.decode('utf-8', 'replace')}"
    for violation in exchange.violations:
        verdict = "refused" if violation.certain else "warning"
        yield f"  {verdict}: {violation.message} ({violation.rule}, {violation.answer})"
    if exchange.unscripted:
        yield "  the script has no reply left"
