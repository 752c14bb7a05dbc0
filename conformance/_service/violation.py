"""What is wrong with a request, by which rule of the service, and how the service answers it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Area: TypeAlias = Literal["url", "auth", "model", "messages", "tools", "body"]
"""Which part of a request a rule is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a request breaks.

    `param` is the place as the service names it (`tools[0].function.name`), `message` says in our words what
    was found there and what is expected. `status`, `type` and `code` are the service's own. Only a `certain`
    violation is refused; the others are warnings, because it is not verified that the service refuses them.
    """

    rule: str
    area: Area
    param: str | None
    message: str
    status: int
    type: str | None
    code: str | None
    certain: bool

    @property
    def answer(self) -> str:
        """How the service answers, in short: `400 invalid_value`, or `404` where that is all it says."""
        word = self.code or self.type
        return str(self.status) if word in {None, str(self.status)} else f"{self.status} {word}"
