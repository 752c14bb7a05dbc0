"""Slips in requests: the model, the address, the prompt and the settings of a request."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urljoin

from mutants.base import App
from mutants.subtle.subtle import subtle

WITH_MODEL = ("2024-04-14",)


@subtle(
    "When a declared model has a dot and is on Azure, the dot is missing from the deployment's name.",
    "AST-MODEL-DEPLOYMENT",
    editions=WITH_MODEL,
)
class DotlessDeployments(App):
    def url(self, model):
        return super().url(model if model == self.default_model else model.replace(".", ""))


@subtle(
    "When the skill declared last has no model, the model that an earlier skill declared is not used.",
    "AST-MODEL-GIVEN",
    surfaces=("csharp-isolated",),
    editions=WITH_MODEL,
)
class ModelOfTheLastSkill(App):
    def model(self):
        return self.skills[-1].given.get("model", self.default_model) if self.skills else self.default_model


@subtle(
    "When the results of calls are sent, the request names the default model instead of the declared one.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    surfaces=("python", "csharp-inprocess"),
    editions=WITH_MODEL,
)
class ModelOfFirstRequestOnly(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "model": self.default_model} if messages[-1]["role"] == "tool" else body


@subtle(
    "When the api-version in the settings is a preview, the suffix -preview is lost.",
    "AST-SERVICE-URL",
)
class ApiVersionCutToItsDate(App):
    def url(self, model):
        return re.sub(r"(api-version=\d{4}-\d\d-\d\d).*", r"\1", super().url(model))


@subtle(
    "When the Azure endpoint has a path of its own, as behind a gateway, the path is dropped from the address.",
    "AST-SERVICE-URL",
    surfaces=("typescript",),
)
class EndpointPathDropped(App):
    def url(self, model):
        if not self.on_azure:
            return super().url(model)
        path = f"/openai/deployments/{quote(model)}/chat/completions?api-version={self.settings['OPENAI_API_VERSION']}"
        return urljoin(self.settings["AZURE_OPENAI_ENDPOINT"], path)


@subtle(
    "When a prompt contains an emoji or another character beyond the basic plane, the character is lost.",
    "AST-CONVERSATION-ANSWER",
    surfaces=("java",),
)
class FourByteCharactersLost(App):
    def prompt(self, message):
        return super().prompt("".join(letter for letter in message if ord(letter) <= 0xFFFF))


@subtle(
    "When a conversation has grown long, the answer is left fewer than 16 tokens.",
    "AST-TOOL-CALLABLE",
)
class TokensLeftForTheAnswer(App):
    def body(self, messages):
        used = len(json.dumps(messages)) // 4
        return {**super().body(messages), "max_tokens": max(1, 4096 - used)}


@subtle(
    "When the declared model is a reasoning model, max_tokens is sent all the same, which the service refuses.",
    "AST-SERVICE-BODY",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class MaxTokensForEveryModel(App):
    def body(self, messages):
        return {**super().body(messages), "max_tokens": 1000}


@subtle(
    "When a prompt mentions JSON, every request demands an answer in JSON.",
    "AST-TOOL-CALLABLE",
    surfaces=("javascript",),
)
class JsonModeWhenJsonIsMentioned(App):
    def body(self, messages):
        prompts = [message["content"] for message in messages if message["role"] == "user"]
        mode = {"response_format": {"type": "json_object"}} if "json" in prompts[-1].lower() else {}
        return {**super().body(messages), **mode}


@subtle(
    "When a prompt has several lines, they are joined into one.",
    "AST-CONVERSATION-ANSWER",
    surfaces=("powershell",),
)
class PromptLinesJoined(App):
    def prompt(self, message):
        return super().prompt(" ".join(message.splitlines()))
