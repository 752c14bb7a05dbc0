"""Schemas made up, models, addresses and other settings of a request, after what clients and frameworks shipped."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle

FIRST = ("2024-04-14",)  # the edition that has a model


@subtle(
    "When the function's argument is called config, context or callbacks, the made-up schema leaves it out.",
    "AST-SCHEMA-OBJECT",
)
class ReservedArgumentsLeftOut(App):  # langchain's and FastMCP's own arguments
    def autogenerate(self, skill):
        if skill.argument.name in {"config", "context", "ctx", "callbacks", "run_manager"}:
            return {"type": "object", "properties": {}}
        return super().autogenerate(skill)


@subtle(
    "When the declared model has a dot or colon in its name, the Azure deployment is called without it.",
    "AST-MODEL-DEPLOYMENT",
    editions=FIRST,
)
class DotsOutOfDeployment(App):  # go-openai 978, autogen 6679
    def url(self, model):
        return super().url(model if model == self.default_model or not self.on_azure else re.sub("[.:]", "", model))


@subtle("When the declared model is a fine-tuned one, its base model is asked for.", "AST-MODEL-GIVEN", editions=FIRST)
class FineTunedModelStripped(App):
    def model(self):
        model = super().model()
        return model.split(":")[1] if model.startswith("ft:") else model


@subtle(
    "When results go back to the model, the default model is asked instead of the declared one.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=FIRST,
)
class FollowUpOnDefaultModel(App):  # spring-ai: the options are lost on the way back
    def body(self, messages):
        body = super().body(messages)
        return {**body, "model": self.default_model} if messages[-1]["role"] == "tool" else body


@subtle(
    "When a request with a declared model meets a rate limit, it is repeated with the default model.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=FIRST,
)
class FallbackModelOnRateLimit(App):  # litellm's fallbacks
    limited = False

    def model(self):
        return self.default_model if self.limited else super().model()

    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError as error:
            if "answers 429" not in str(error):
                raise
            self.limited = True
            return super().send(messages)
        finally:
            self.limited = False


@subtle(
    "When a call's arguments are malformed, the next request demands that the skill be called again.",
    "AST-TOOL-CALLABLE",
)
class DemandedAfterMalformed(App):  # instructor's way of asking again
    demanded = None

    def answer(self, name, arguments):
        known = {skill.name.lower(): skill.name for skill in self.skills}
        try:
            json.loads(arguments or "{}")
        except ValueError:
            self.demanded = known.get(name.lower())
        return super().answer(name, arguments)

    def body(self, messages):
        name, self.demanded = self.demanded, None
        choice = {"tool_choice": {"type": "function", "function": {"name": name}}} if name else {}
        return {**super().body(messages), **choice}


@subtle(
    "When the conversation gets long, the answer is allowed what is left of 4096 tokens, down to one.",
    "AST-TOOL-CALLABLE",
)
class TokensThatAreLeft(App):  # langchain's max_tokens of -1
    def body(self, messages):
        left = 4096 - len(json.dumps(messages)) // 4
        return {**super().body(messages), "max_completion_tokens": max(1, left)}
