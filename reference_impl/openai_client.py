"""The official client, for OpenAI or Azure OpenAI as the app's settings say."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openai import DefaultHttpxClient, OpenAI

__all__ = ["SettingsError", "connect"]


class SettingsError(LookupError):
    """The settings do not say how to reach the model."""


def connect(settings: Mapping[str, str]) -> OpenAI:
    """Make a client; raise SettingsError if a setting is missing.

    With AZURE_OPENAI_ENDPOINT it is for Azure OpenAI, whose key the Python client calls AZURE_OPENAI_API_KEY
    and the Functions extension AZURE_OPENAI_KEY; otherwise for OpenAI, or what OPENAI_BASE_URL names.
    """
    from openai import AzureOpenAI, OpenAI  # noqa: PLC0415 - half a second, which declarations do without

    if endpoint := settings.get("AZURE_OPENAI_ENDPOINT"):
        return AzureOpenAI(
            azure_endpoint=endpoint,
            api_key=_require(settings, "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY"),
            api_version=_require(settings, "OPENAI_API_VERSION"),
            http_client=_http_client(),
        )
    return OpenAI(
        api_key=_require(settings, "OPENAI_API_KEY"),
        base_url=settings.get("OPENAI_BASE_URL") or "https://api.openai.com/v1",
        http_client=_http_client(),
    )


def _require(settings: Mapping[str, str], *names: str) -> str:
    value = next((settings[name] for name in names if settings.get(name)), None)
    if value is None:
        raise SettingsError(f"The setting {' or '.join(names)} is missing or empty.")
    return value


@cache
def _http_client() -> DefaultHttpxClient:
    """Make the one HTTP client of the process: its SSL context costs 24 ms. Apps share no cookies through it."""
    from openai import DefaultHttpxClient  # noqa: PLC0415 - as above

    client = DefaultHttpxClient(cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])))
    atexit.register(client.close)
    return client
