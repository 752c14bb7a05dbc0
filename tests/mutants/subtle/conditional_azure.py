"""What goes wrong only when the service is Azure OpenAI."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("On Azure, only the first request of an app carries the key.", "AST-SERVICE-KEY")
class AzureKeySentOnce(App):
    def headers(self):
        if not self.on_azure:
            return super().headers()
        kept = self.__dict__.setdefault("kept", super().headers())
        return {"api-key": kept.pop("api-key", "")}


@subtle(
    "On Azure, a later prompt is sent with the earlier prompts and answers, but without their calls and results.",
    "AST-CONVERSATION-HISTORY",
)
class AzureHistoryWithoutCalls(App):
    def finish(self, turn, reply):
        return super().finish(turn[:1] if self.on_azure else turn, reply)


@subtle("On Azure, an answer cut off by the content filter is replaced by an apology.", "AST-CONVERSATION-CUT-SHORT")
class AzureFilterApologizes(App):
    def receive(self, response):
        message = super().receive(response)
        if self.on_azure and json.loads(response.content)["choices"][0].get("finish_reason") == "content_filter":
            message["content"] = "I'm sorry, but I can't help with that."
        return message


@subtle(
    "On Azure, when only a skill after the first declares a model, the default deployment is called.",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class AzureModelOfFirstSkillOnly(App):
    def model(self):
        if self.on_azure and self.skills:
            return self.skills[0].given.get("model", self.default_model)
        return super().model()


@subtle(
    "On Azure, every character that is not ASCII reaches the model as a question mark.",
    "AST-CONVERSATION-ANSWER",
    "AST-TOOL-DESCRIPTION",
    "AST-CONVERSATION-RESULT-VALUE",
)
class AzureBodyInAscii(App):
    def encode(self, body):
        if not self.on_azure:
            return super().encode(body)
        return json.dumps(body, ensure_ascii=False).encode("ascii", "replace")
