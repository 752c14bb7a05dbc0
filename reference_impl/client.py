"""The official client, for OpenAI or Azure OpenAI as the settings say."""

from __future__ import annotations

import atexit
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from reference_impl.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openai import DefaultHttpxClient, OpenAI
    from openai.types.chat import ChatCompletion

__all__ = ["complete", "connect"]

_OPENAI_URL = "https://api.openai.com/v1"


def connect(settings: Mapping[str, str]) -> OpenAI:
    """Make a client; raise SettingsError if a setting is missing.

    Azure OpenAI: AZURE_OPENAI_ENDPOINT, OPENAI_API_VERSION, and the key as the Python client
    (AZURE_OPENAI_API_KEY) or the Functions extension (AZURE_OPENAI_KEY) calls it. Without that endpoint
    OpenAI: OPENAI_API_KEY, and OPENAI_BASE_URL for a service that speaks like it.
    """
    from openai import AzureOpenAI, OpenAI  # noqa: PLC0415 - half a second; declarations do without it

    if endpoint := settings.get("AZURE_OPENAI_ENDPOINT"):
        return AzureOpenAI(
            azure_endpoint=endpoint,
            api_key=_require(settings, "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY"),
            api_version=_require(settings, "OPENAI_API_VERSION"),
            http_client=_http_client(),
        )
    return OpenAI(
        api_key=_require(settings, "OPENAI_API_KEY", hint=" (for Azure OpenAI: AZURE_OPENAI_ENDPOINT)"),
        base_url=settings.get("OPENAI_BASE_URL") or _OPENAI_URL,
        http_client=_http_client(),
    )


def complete(client: OpenAI, request: Mapping[str, Any]) -> ChatCompletion:
    """Send a chat request.

    It is what `client.chat.completions.create` sends, without trying every type of message on every message, which
    is half of the cost of a call.
    """
    from openai.types.chat import ChatCompletion  # noqa: PLC0415 - as above

    return client.post("/chat/completions", body=dict(request), cast_to=ChatCompletion)


def _require(settings: Mapping[str, str], *names: str, hint: str = "") -> str:
    value = next((settings[name] for name in names if settings.get(name)), None)
    if value is None:
        raise SettingsError(f"The setting {' or '.join(names)} is missing or empty{hint}.")
    return value


@cache
def _http_client() -> DefaultHttpxClient:
    """Make the process's one HTTP client: its SSL context costs 24 ms, and it knows nothing of any app.

    It is on httpx or httpx2, whichever the installed openai speaks, and keeps no cookies.
    """
    from openai import DefaultHttpxClient  # noqa: PLC0415 - as above

    client = DefaultHttpxClient(cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])))
    atexit.register(client.close)
    return client
