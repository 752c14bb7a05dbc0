"""What the service remembers of each request, for the checks and the reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from conformance._service.violation import Violation
from conformance._service.wire import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request, what was found in it, and how it was answered.

    `body` is the parsed JSON, or None where it could not be parsed. `model` is the effective one: the body's
    on OpenAI; on Azure the deployment, from the path or (in the /openai/v1/ form) from the body. `reply` is
    the index of the scripted reply that answered. `unscripted` marks a good request that the script had no
    reply left for.
    """

    request: Request
    body: Any
    model: str | None
    violations: tuple[Violation, ...]
    response: Response
    reply: int | None
    unscripted: bool


def functions_called(messages: Iterable[Any]) -> dict[str, str]:
    """Return the name of the function of each tool call in a history, by the call's id."""
    called = {}
    for message in messages:
        calls = message.get("tool_calls") if isinstance(message, dict) else None
        for call in calls if isinstance(calls, list) else ():
            if isinstance(call, dict) and isinstance(call.get("function"), dict):
                called[str(call.get("id"))] = str(call["function"].get("name"))
    return called
