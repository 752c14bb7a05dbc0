"""What the service remembers of each request, for the checks and the reports."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from conformance._service._wire import Request, Response

__all__ = ["Area", "Breach", "Exchange"]

Area: TypeAlias = Literal["url", "auth", "model", "messages", "tools", "body"]
"""Which part of a request a rule is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule that a request broke.

    `param` is the place as the service names it (`tools[0].function.name`), `message` says in our words what
    was found there and what is expected. `status`, `type` and `code` are the service's own. Only a `certain`
    breach is refused; the others are warnings, because it is not verified that the service refuses them.
    """

    rule: str
    area: Area
    param: str | None
    message: str
    status: int
    type: str | None
    code: str | None
    certain: bool


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
    breaches: tuple[Breach, ...]
    response: Response
    reply: int | None
    unscripted: bool
