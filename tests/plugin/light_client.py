"""What the reference implementation uses of the official client, in a small part of its time."""

import json
import ssl
from functools import cache

import httpx


class Answer(dict):
    """A JSON object whose members are attributes; those that it does not have are None."""

    __getattr__ = dict.get


class LightClient:
    """Makes chat completions for the settings of an app; as the official one, it tries again where that may help."""

    def __init__(self, settings):
        self.chat = self.completions = self
        self._settings = settings

    def create(self, **body):
        url, headers = self._address(body["model"])
        with httpx.Client(verify=_security()) as http:
            response = http.post(url, headers=headers, json=body)
            if response.status_code in {408, 409, 429} or response.status_code >= 500:
                response = http.post(url, headers=headers, json=body)
        response.raise_for_status()
        return json.loads(response.text, object_hook=Answer)

    def _address(self, model):
        settings = self._settings
        if endpoint := settings.get("AZURE_OPENAI_ENDPOINT"):
            path = f"/openai/deployments/{model}/chat/completions?api-version={settings['OPENAI_API_VERSION']}"
            return endpoint + path, {"api-key": settings["AZURE_OPENAI_KEY"]}
        base = settings.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
        return f"{base}/chat/completions", {"Authorization": f"Bearer {settings['OPENAI_API_KEY']}"}


@cache
def _security():
    """Make what all requests share, since it takes a while."""
    return ssl.create_default_context()
