"""Where a transport serves each provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Transport: TypeAlias = Literal["intercepted", "loopback"]
"""How requests reach the scripted service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a transport serves each provider, and the base URL that OpenAI's clients are to be given (None: theirs)."""

    openai: str
    azure: str
    openai_base_url: str | None

    @classmethod
    def at(cls, url: str) -> Endpoints:
        """Make the endpoints of a server that serves both providers at one URL, without a slash at its end."""
        return cls(openai=url, azure=url, openai_base_url=f"{url}/v1")


INTERCEPTED: Final = Endpoints(
    openai="https://api.openai.com", azure="https://conformance.openai.azure.com", openai_base_url=None
)
