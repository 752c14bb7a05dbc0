"""Slips of a port to configuration classes and a client of both providers."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "On Azure, requests that carry results have the key as a bearer token only (made by another method).",
    "AST-SERVICE-KEY",
)
class FollowUpsWithBearer(App):
    def send(self, messages):
        self.following = messages[-1]["role"] == "tool"
        return super().send(messages)

    def headers(self):
        headers = super().headers()
        return {"Authorization": f"Bearer {headers['api-key']}"} if self.following and "api-key" in headers else headers


@subtle(
    "On Azure, when the model's name has a dot, the deployment is called without it (gpt-35-turbo).",
    "AST-MODEL-DEPLOYMENT",
    "AST-MODEL-DEFAULT-DEPLOYMENT",
    "AST-SERVICE-MODEL",
    editions=("2024-04-14",),
)
class DeploymentsWithoutDots(App):
    def url(self, model):
        return super().url(model.replace(".", "") if self.on_azure else model)


@subtle(
    "When a skill without model follows one with a model, the default is used (a field's default overrides).",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class DefaultOfTheLastSkill(App):
    def model(self):
        return self.skills[-1].given.get("model", self.default_model) if self.skills else self.default_model


@subtle("When a model's name ends in a date, its alias is sent.", "AST-MODEL-GIVEN", editions=("2024-04-14",))
class DatedModelsByAlias(App):
    def model(self):
        return re.sub(r"-(\d{4}-\d\d-\d\d|\d{4})$", "", super().model())


@subtle(
    "On Azure, later prompts go to the deployment of the default model (the client is made again without options).",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class DefaultDeploymentLater(App):
    def url(self, model):
        return super().url(self.default_model if self.on_azure and self.history else model)
