"""Slips in the model, the address, the key and the settings of a request."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle

ONLY_2024 = ("2024-04-14",)


@subtle(
    "When a declared model has a dot in its name (gpt-4.1), the deployment on Azure is called without it.",
    "AST-MODEL-DEPLOYMENT",
    editions=ONLY_2024,
)
class DeploymentsHaveNoDots(App):
    def model(self):
        model = super().model()
        return model.replace(".", "") if self.on_azure and model != self.default_model else model


@subtle(
    "When the declared model is a fine-tuned one (ft:gpt-4o-mini:shop::abc), only the name of its base is sent.",
    "AST-MODEL-GIVEN",
    editions=ONLY_2024,
)
class FineTuningCutOff(App):
    def model(self):
        parts = super().model().split(":")
        return parts[1] if parts[0] == "ft" else ":".join(parts)


@subtle(
    "When the declared model is of the gpt-5 family, max_tokens is sent, which such models refuse.",
    "AST-SERVICE-BODY",
    editions=ONLY_2024,
)
class MaxTokensForEveryGpt(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "max_tokens": 1000} if body["model"].startswith("gpt-") else body


@subtle(
    "When a later prompt leads to a call, the request with its result names the default model.",
    "AST-MODEL-GIVEN",
    editions=ONLY_2024,
)
class LaterResultsGoToTheDefault(App):
    def body(self, messages):
        body = super().body(messages)
        late = self.history and messages[-1]["role"] == "tool"
        return {**body, "model": self.default_model} if late else body


@subtle(
    "When the service has once answered 401 or 403, later requests carry no key.",
    "AST-SERVICE-KEY",
    "AST-CONVERSATION-RECOVERY",
)
class KeyForgottenOnceRefused(App):
    refused = False

    def fail(self, response):
        self.refused = self.refused or response.status in (401, 403)
        return super().fail(response)

    def headers(self):
        return {} if self.refused else super().headers()


@subtle(
    "From the eighth round of a prompt on, the request forbids further calls.",
    "AST-TOOL-CALLABLE",
    "AST-CONVERSATION-ROUNDS",
)
class CallsForbiddenAfterSevenRounds(App):
    def body(self, messages):
        body = super().body(messages)
        last = max(i for i, message in enumerate(messages) if message["role"] == "user")
        rounds = sum("tool_calls" in message for message in messages[last:])
        return {**body, "tool_choice": "none"} if rounds >= 7 and "tools" in body else body


@subtle(
    "When the conversation is long (some 16,000 characters), the answer is allowed a single token.", "AST-TOOL-CALLABLE"
)
class TokenBudgetUsedUp(App):
    def body(self, messages):
        left = 4096 - len(json.dumps(messages)) // 4
        return {**super().body(messages), "max_completion_tokens": max(left, 1)}


@subtle("When the prompt mentions JSON, the request demands an answer in JSON.", "AST-TOOL-CALLABLE")
class JsonMentionedJsonDemanded(App):
    def body(self, messages):
        body = super().body(messages)
        prompt = [message["content"] for message in messages if message["role"] == "user"][-1]
        return {**body, "response_format": {"type": "json_object"}} if "JSON" in prompt else body


@subtle(
    "When the prompt mentions a skill by its name, every request for it demands a call of that skill, "
    "even with its result.",
    "AST-TOOL-CALLABLE",
)
class MentionedSkillDemanded(App):
    def body(self, messages):
        body = super().body(messages)
        prompt = [message["content"] for message in messages if message["role"] == "user"][-1]
        for skill in self.skills:
            if skill.name in prompt.split():
                body["tool_choice"] = {"type": "function", "function": {"name": skill.name}}
        return body
