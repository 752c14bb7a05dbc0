"""Where a transport serves each provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from conformance._service import Provider

AZURE_API_VERSION: Final = "2024-10-01-preview"
"""A preview, so that it shows whether it is sent whole."""

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

    def of(self, provider: Provider) -> str:
        """Return where a provider is served."""
        return self.azure if provider == "azure" else self.openai

    def settings(self, provider: Provider, key: str) -> dict[str, str]:
        """Return the settings that lead to a provider, and to one only: some clients refuse both at once."""
        if provider == "azure":
            return {
                "AZURE_OPENAI_ENDPOINT": self.azure,
                "AZURE_OPENAI_KEY": key,
                "AZURE_OPENAI_API_KEY": key,
                "OPENAI_API_VERSION": AZURE_API_VERSION,
            }
        base_url = {} if self.openai_base_url is None else {"OPENAI_BASE_URL": self.openai_base_url}
        return {"OPENAI_API_KEY": key, **base_url}


INTERCEPTED: Final = Endpoints(
    openai="https://api.openai.com", azure="https://conformance.openai.azure.com", openai_base_url=None
)
