"""Liberties in reaching the service: other forms of the same address, and of the key."""

from __future__ import annotations

from urllib.parse import quote

import httpx
from mutants.base import App

from liberties.liberty import liberty


@liberty("Azure OpenAI has an address like OpenAI's, with the deployment in the body.")
class UsesAzureLikeOpenai(App):
    def url(self, model):
        return (
            f"{self.settings['AZURE_OPENAI_ENDPOINT']}/openai/v1/chat/completions"
            if self.on_azure
            else App.url(self, model)
        )


@liberty("There it takes the key as a bearer token, as OpenAI does.")
class UsesAzureByBearer(App):
    url = UsesAzureLikeOpenai.app.url

    def headers(self):
        key = self.settings["AZURE_OPENAI_API_KEY" if self.on_azure else "OPENAI_API_KEY"]
        return {"Authorization": f"Bearer {key}"}


@liberty("A key may be sent in both headers that Azure OpenAI knows, as older clients do.")
class SendsTheKeyTwice(App):
    def headers(self):
        given = super().headers()
        return given | {"Authorization": f"Bearer {given['api-key']}"} if self.on_azure else given


@liberty("Where the deployment is in the address, the body need not name it.")
class NamesTheDeploymentOnce(App):
    def encode(self, body):
        return super().encode({key: value for key, value in body.items() if key != "model" or not self.on_azure})


@liberty("Headers of one's own, and their letters, are free.")
class SendsHeadersOfItsOwn(App):
    def headers(self):
        own = {
            "User-Agent": "todos/1.0",
            "X-Request-Id": "7",
            "Accept": "application/json",
            "OpenAI-Organization": "org-1",
        }
        return own | {name.upper(): value for name, value in super().headers().items()}


@liberty("The parts of an Azure address may be escaped or not.")
class EscapesTheDeployment(App):
    def url(self, model):
        return super().url(model).replace(quote(model), "".join(f"%{byte:02X}" for byte in model.encode()))


@liberty("What is sent elsewhere, such as how much a model was used, is not for a model.")
class ReportsItsUse(App):
    def ask(self, message):
        answer = super().ask(message)
        used = {"model": self.model(), "event": "chat", "tokens": 12}
        httpx.post("https://telemetry.example.org/v1/usage", json=used)
        return answer
