"""Models, addresses and bodies that the service or the documentation would not have."""

from __future__ import annotations

import os
import re

from mutants.base import App
from mutants.subtle.subtle import subtle

WITH_MODEL = ("2024-04-14",)


@subtle(
    "When only a skill in the middle of three or more declares a model, it is overlooked.",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class ModelOfFirstOrLast(App):
    def model(self):
        ends = [*self.skills[:1], *self.skills[-1:]]
        return next((skill.given["model"] for skill in ends if "model" in skill.given), self.default_model)


@subtle(
    "When a declared deployment on Azure OpenAI has capital letters, its address has small ones.",
    "AST-MODEL-DEPLOYMENT",
    "AST-SERVICE-MODEL",
    editions=WITH_MODEL,
)
class AddressInSmallLetters(App):
    def url(self, model):
        return super().url(model).lower()


@subtle(
    "When an app before this one declared a model, this one uses it in place of the default.",
    "AST-MODEL-ISOLATED",
    "AST-MODEL-DEFAULT",
    editions=WITH_MODEL,
)
class ModelLeftInSettings(App):
    def declare(self, skill, given):
        super().declare(skill, given)
        if "model" in given:
            os.environ["OPENAI_MODEL"] = given["model"]

    def model(self):
        return os.environ.get("OPENAI_MODEL", self.default_model)


@subtle(
    "When the declared model is a fine-tuned one, only its part before the first colon after ft: is used.",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class FineTuningLost(App):
    def model(self):
        return super().model().removeprefix("ft:").split(":")[0]


@subtle(
    "When the declared model is a reasoning model of the gpt-5 family, it is sent max_tokens, which it refuses.",
    "AST-SERVICE-BODY",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class LimitForReasoningModels(App):
    def body(self, messages):
        body = super().body(messages)
        return body if re.match(r"o\d", body["model"]) else {**body, "max_tokens": 1000}


@subtle(
    "When an app on Azure OpenAI was made before, an app on OpenAI goes to Azure too.",
    "AST-SERVICE-URL",
    "AST-SERVICE-KEY",
    "AST-CONVERSATION-ANSWER",
)
class ProviderLeftInSettings(App):
    def __init__(self, context):
        super().__init__(context)
        if "AZURE_OPENAI_ENDPOINT" in self.settings:
            os.environ["OPENAI_API_TYPE"] = "azure"

    @property
    def on_azure(self):
        return os.environ.get("OPENAI_API_TYPE") == "azure"


@subtle(
    "When a skill with a model is declared after the first prompt, Azure OpenAI is called at the old deployment.",
    "AST-MODEL-DEPLOYMENT",
    editions=WITH_MODEL,
)
class AddressMadeOnce(App):
    address = None

    def url(self, model):
        self.address = self.address or super().url(model)
        return self.address


@subtle("When a conversation has grown long, the tokens left for the answer shrink to one.", "AST-TOOL-CALLABLE")
class TokensLeftOver(App):
    def body(self, messages):
        used = sum(len(message["content"] or "") for message in messages) // 4
        return {**super().body(messages), "max_tokens": max(1, 2048 - used)}


@subtle("When the prompt mentions a skill by name, each request of it demands a call of it.", "AST-TOOL-CALLABLE")
class MentionDemandsCall(App):
    def body(self, messages):
        said = [message["content"] for message in messages if message["role"] == "user"][-1]
        named = [skill.name for skill in self.skills if skill.name in said]
        choice = {"tool_choice": {"type": "function", "function": {"name": named[0]}}} if named else {}
        return {**super().body(messages), **choice}


@subtle(
    "When an app without skills is asked a second time, it sends an empty list of tools.",
    "AST-TOOL-NONE",
    "AST-SERVICE-TOOLS",
)
class EmptyToolsLater(App):
    def body(self, messages):
        return {**super().body(messages), "tools": self.tools()} if self.history else super().body(messages)
