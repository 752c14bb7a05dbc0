"""What the service remembers of each request, for the checks and the reports."""

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
    reply left for, `has_more_calls` a reply with several calls to a request that asked for one at a time,
    `breaks_schema` one with a call that has other arguments than those that the request allows, and
    `withholds_choices` an answer with one of a reply's several choices.
    """

    request: Request
    body: Any
    model: str | None
    violations: tuple[Violation, ...]
    response: Response
    reply: int | None
    unscripted: bool
    has_more_calls: bool = False
    breaks_schema: bool = False
    withholds_choices: bool = False
