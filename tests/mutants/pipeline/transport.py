"""Requests to the service, repeated while it says that its fault will pass."""

from __future__ import annotations

import time
from urllib.parse import quote

import httpx

CLIENT = httpx.Client(timeout=60, trust_env=False)


class ServiceError(Exception):
    """The service does not answer with a completion."""

    def __init__(self, status, text):
        super().__init__(f"the service answers {status}: {text}")
        self.status = status


class Transport:
    """Sends a request, and repeats it while the service says that its fault will pass."""

    retries = 2

    def __init__(self, app):
        self.app = app
        self.settings = app.settings
        self.azure = "AZURE_OPENAI_ENDPOINT" in app.settings

    def address(self, model):
        if not self.azure:
            base = self.settings.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
            return f"{base.rstrip('/')}/chat/completions"
        endpoint, version = self.settings["AZURE_OPENAI_ENDPOINT"].rstrip("/"), self.settings["OPENAI_API_VERSION"]
        deployment = quote(model, safe="")
        return f"{endpoint}/openai/deployments/{deployment}/chat/completions?api-version={version}"

    def headers(self):
        if self.azure:
            return {"api-key": self.settings.get("AZURE_OPENAI_KEY") or self.settings["AZURE_OPENAI_API_KEY"]}
        return {"Authorization": f"Bearer {self.settings['OPENAI_API_KEY']}"}

    def post(self, model, body):
        for attempt in range(self.retries):
            response = self.send(model, body, attempt)
            if not self.passes(response):
                return self.receive(response)
            time.sleep(min(float(response.headers.get("retry-after-ms", 0)) / 1000, 0.05))
        return self.receive(self.send(model, body, self.retries))

    def send(self, model, body, attempt):
        headers = {"Content-Type": "application/json", **self.headers()}
        return CLIENT.post(self.address(model), headers=headers, content=body.encode())

    def passes(self, response):
        return response.status_code in (408, 409, 429) or response.status_code >= 500

    def receive(self, response):
        if response.status_code != 200:
            raise ServiceError(response.status_code, response.text)
        return response.json()
