"""The scripted service: judges each request, answers it, and remembers it."""

from collections.abc import Iterable
from threading import Lock

from conformance._service.completions import complete, withholds_choices
from conformance._service.error_responses import decline, refuse, report_end_of_script, report_fault
from conformance._service.examination import examine
from conformance._service.exchange import Exchange
from conformance._service.request_view import RequestView, view_request
from conformance._service.script import Fault, Reply, Script, ToolCall
from conformance._service.tool_schema import is_closed_to
from conformance._service.wire import Request, Response
from conformance._text import json_values


class Service:
    """A strict stand-in for OpenAI or Azure OpenAI that says what its script says; free of HTTP.

    A request that breaks a certain rule is refused and leaves the script where it is; any other one gets the
    next reply. What is for another host, and not for a model, is declined and not remembered. May be asked from several
    threads: exchanges stand in the order in which they were answered.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._replies = list(script.replies)
        self._lock = Lock()
        self._exchanges: list[Exchange] = []
        self._served = 0
        self._has_begun_again = False
        self._lasting: int | None = None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What happened so far."""
        with self._lock:
            return tuple(self._exchanges)

    @property
    def count(self) -> int:
        """How many requests were answered so far."""
        with self._lock:
            return len(self._exchanges)

    @property
    def unused(self) -> tuple[Reply | Fault, ...]:
        """The replies that were never requested."""
        with self._lock:
            return () if self._has_begun_again else tuple(self._replies[self._served :])

    def extend(self, replies: Iterable[Reply | Fault]) -> None:
        """Let these replies follow those of the script."""
        with self._lock:
            self._replies += replies

    def begin_prompt(self) -> None:
        """End a fault that lasts until the next prompt."""
        with self._lock:
            if self._lasting is not None and self._replies[self._lasting].lasts == "prompt":
                self._lasting = None

    def go_to(self, index: int) -> None:
        """Let the reply of that index be the next, and every fault before it be over."""
        with self._lock:
            self._served = index
            self._lasting = None

    def answer(self, request: Request) -> Response:
        """Answer a request; never raises, whatever arrives."""
        view = view_request(self._script, request)
        if not view.concerns_a_model:
            return decline()
        violations = examine(view)
        refused = next((violation for violation in violations if violation.certain), None)
        with self._lock:
            reply = None if refused else self._take()
            said = None if reply is None else self._replies[reply]
            if refused:
                response = refuse(refused)
            elif reply is None:
                response = report_end_of_script(len(self._replies))
            else:
                response = self._say(reply, view)
            exchange = Exchange(
                request=request,
                body=view.json,
                model=view.model if isinstance(view.model, str) else None,
                violations=violations,
                response=response,
                reply=reply,
                unscripted=refused is None and reply is None,
                has_more_calls=isinstance(said, Reply) and _has_more_calls(said, view),
                breaks_schema=isinstance(said, Reply) and any(_breaks_schema(call, view) for call in said.calls),
                withholds_choices=isinstance(said, Reply) and withholds_choices(said, view.body),
            )
            self._exchanges.append(exchange)
        return response

    def _take(self) -> int | None:
        """Take the index of the reply that is due; a fault that lasts stays due."""
        if self._lasting is not None:
            return self._lasting
        if self._served == len(self._replies):
            if not (self._script.repeats and self._replies):
                return None
            self._served, self._has_begun_again = 0, True
        index = self._served
        self._served += 1
        if self._replies[index].lasts != "once":
            self._lasting = index
        return index

    def _say(self, index: int, view: RequestView) -> Response:
        reply = self._replies[index]
        if isinstance(reply, Fault):
            return report_fault(reply, self._script.provider)
        return complete(reply, view, number=len(self._exchanges) + 1)


def _has_more_calls(reply: Reply, view: RequestView) -> bool:
    """Say whether a reply has several calls although the request asked for one at a time."""
    return len(reply.calls) > 1 and view.body.get("parallel_tool_calls") is False


def _breaks_schema(call: ToolCall, view: RequestView) -> bool:
    """Say whether a call has arguments that the parameters of its tool, as the request has them, do not allow."""
    closed = [one.get("parameters") for _, one in view.functions if one.get("name") == call.name]
    try:
        arguments = json_values.parse(call.arguments) if closed else None
    except ValueError:
        return False
    return isinstance(arguments, dict) and any(is_closed_to(schema, arguments) for schema in closed)
