"""What the rules judge: a request, taken apart once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from conformance._service._history import History, read_history
from conformance._service._route import Route, read_route
from conformance._service._schema import SchemaFault, examine
from conformance._service._script import Script
from conformance._service._wire import Request
from conformance._text import json_values

__all__ = ["Place", "Subject", "read_subject"]

Place: TypeAlias = tuple[str, dict[str, Any]]
"""An object in the body, with its place: `messages[0]`, `tools[2].function`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A request and its parts; only what has the right shape to be looked into appears among the parts.

    `json` is the parsed body or, with `unreadable` saying why, None; `body` is it if it is an object, else
    empty. `parts` are the content parts of all messages, `calls` their tool calls, `called` those calls'
    functions; `functions` and `customs` are what the tools declare. `faults` are those of the functions'
    parameters.
    """

    script: Script
    request: Request
    route: Route
    json: Any
    unreadable: str | None
    body: dict[str, Any]
    messages: list[Place]
    parts: list[Place]
    calls: list[Place]
    called: list[Place]
    tools: list[Place]
    functions: list[Place]
    customs: list[Place]
    faults: list[tuple[str, SchemaFault]]
    history: History

    @property
    def model(self) -> Any:
        """The effective model, as it stands in the body, or the deployment that the path names."""
        return self.route.deployment if self.route.form == "deployments" else self.body.get("model")

    @property
    def top(self) -> list[Place]:
        """The body itself, whose keys stand at no place."""
        return [("", self.body)]

    @property
    def texts(self) -> list[Place]:
        """The content parts that are text."""
        return [(where, part) for where, part in self.parts if part.get("type") == "text"]

    @property
    def function_calls(self) -> list[Place]:
        """The tool calls that call a function."""
        return [(where, call) for where, call in self.calls if call.get("type", "function") == "function"]


def read_subject(script: Script, request: Request) -> Subject:
    """Take a request apart; never raises, whatever its bytes are."""
    parsed, unreadable = _parse(request.body)
    body = parsed if isinstance(parsed, dict) else {}
    messages = _objects("messages", body.get("messages"))
    calls = [p for where, m in messages for p in _objects(f"{where}.tool_calls", m.get("tool_calls"))]
    tools = _objects("tools", body.get("tools"))
    functions = list(_members(tools, "function"))
    return Subject(
        script=script,
        request=request,
        route=read_route(script, request),
        json=parsed,
        unreadable=unreadable,
        body=body,
        messages=messages,
        parts=[p for where, m in messages for p in _objects(f"{where}.content", m.get("content"))],
        calls=calls,
        called=list(_members(calls, "function")),
        tools=tools,
        functions=functions,
        customs=list(_members(tools, "custom")),
        faults=[
            (f"{where}.parameters", fault)
            for where, function in functions
            if function.get("parameters") is not None
            for fault in examine(function["parameters"], strict=function.get("strict") is True)
        ],
        history=read_history(messages),
    )


def _parse(body: bytes) -> tuple[Any, str | None]:
    try:
        return json_values.parse(body.decode("utf-8")), None
    except ValueError as error:
        return None, str(error)


def _objects(where: str, value: Any) -> list[Place]:
    if not isinstance(value, list):
        return []
    return [(f"{where}[{index}]", item) for index, item in enumerate(value) if isinstance(item, dict)]


def _members(places: Iterable[Place], key: str) -> Iterable[Place]:
    for where, item in places:
        member = item.get(key)
        if isinstance(member, dict):
            yield f"{where}.{key}", member
