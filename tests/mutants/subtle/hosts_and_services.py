"""Defects of what stands around an app: Azure OpenAI's limits and filters, and the writers of function.json."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@subtle(
    "On Azure OpenAI, what its filter cut off is replaced by a notice, although part of the answer is there.",
    "AST-CONVERSATION-CUT-SHORT",
)
class AzureFilterNotice(App):
    def receive(self, response):
        reply = super().receive(response)
        reason = json.loads(response.content)["choices"][0].get("finish_reason")
        if self.on_azure and reason == "content_filter" and not reply.get("tool_calls"):
            return {**reply, "content": "The response was filtered due to the content management policy."}
        return reply


@subtle(
    "On Azure OpenAI, the description of a function is cut to the 1024 characters that were once its limit.",
    "AST-TOOL-DESCRIPTION",
)
class AzureDescriptionLimit(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text[:1024] if self.on_azure else text


@altering("binding_of", "AST-BINDING-DESCRIPTION")(
    "Comments are stripped from function.json by a regular expression, which cuts a description with a URL in it."
)
def comment_stripper_eats_urls(binding):
    return {**binding, "functionDescription": re.sub(r"//.*", "", binding["functionDescription"])}


@subtle(
    "With a depth of 4 for function.json, what lies deeper in a parameter description is a text.",
    "AST-BINDING-PARAMETERS",
    surfaces=("powershell",),
)
class FunctionJsonDepthFour(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = binding.get("parameterDescriptionJson")
        return {**binding, "parameterDescriptionJson": json.dumps(self.cut(json.loads(text), 0))} if text else binding

    def cut(self, value, depth):
        if depth > 4 and isinstance(value, list | dict):
            return " ".join(map(str, value))
        if isinstance(value, list):
            return [self.cut(item, depth + 1) for item in value]
        return {k: self.cut(v, depth + 1) for k, v in value.items()} if isinstance(value, dict) else value
