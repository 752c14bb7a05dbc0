"""Wrong with one provider only, or with particular models and deployments."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

WITH_MODEL = ("2024-04-14",)


@subtle(
    "On Azure OpenAI, underscores in the declared model become dashes in the address.",
    "AST-MODEL-DEPLOYMENT",
    editions=WITH_MODEL,
)
class UnderscoresOfDeploymentDashed(App):
    def url(self, model):
        return super().url(model.replace("_", "-") if self.on_azure else model)


@subtle(
    "On Azure OpenAI, a deployment's name is cut to 32 characters in the address.",
    "AST-MODEL-DEPLOYMENT",
    editions=WITH_MODEL,
)
class DeploymentCutAt32(App):
    def url(self, model):
        return super().url(model[:32] if self.on_azure else model)


@subtle(
    "The model is looked for in the first five skills only; if a later skill is the one that declares it, it is lost.",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class ModelOfFirstFiveSkillsOnly(App):
    def model(self):
        return next((skill.given["model"] for skill in self.skills[:5] if "model" in skill.given), self.default_model)


@subtle(
    "On OpenAI (not on Azure OpenAI), capital letters in the declared model become small ones.",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class ModelInSmallLettersOnOpenAI(App):
    def model(self):
        return super().model() if self.on_azure else super().model().lower()


@subtle(
    "A model with colons, such as a fine-tuned one, is cut after its second colon.",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class FineTunedModelCut(App):
    def model(self):
        return ":".join(super().model().split(":")[:2])


@subtle("On Azure OpenAI, no more than sixteen tools are offered.", "AST-TOOL-OFFERED")
class SixteenToolsOnAzure(App):
    def tools(self):
        return super().tools()[:16] if self.on_azure else super().tools()


@subtle("On Azure OpenAI, a function's description is cut after 1024 characters.", "AST-TOOL-DESCRIPTION")
class DescriptionCutOnAzure(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text[:1024] if self.on_azure else text


@subtle(
    "On Azure OpenAI, an answer that is a refusal without text is returned as the word None.",
    "AST-CONVERSATION-CUT-SHORT",
)
class RefusalReturnedAsNoneOnAzure(App):
    def finish(self, turn, reply):
        if self.on_azure and reply["content"] is None and reply.get("refusal"):
            reply = {**reply, "content": str(None)}
        return super().finish(turn, reply)


@subtle(
    "When the service refuses a prompt because of its content filter, an apology is returned as if the model said it.",
    "AST-CONVERSATION-ERROR",
)
class ApologyForContentFilter(App):
    def fail(self, response):
        if response.status == 400 and b"content_filter" in response.content:
            return {"content": "I'm sorry, but I can't help with that."}
        return super().fail(response)


@subtle(
    "On Azure OpenAI, from the third prompt on, requests go to the default deployment instead of the declared one.",
    "AST-MODEL-DEPLOYMENT",
    editions=WITH_MODEL,
)
class DefaultDeploymentFromThirdPrompt(App):
    prompts = 0

    def prompt(self, message):
        self.prompts += 1
        return super().prompt(message)

    def url(self, model):
        return super().url(self.default_model if self.on_azure and self.prompts > 2 else model)


@subtle(
    "Reasoning models (declared models that begin with o and a digit) are offered no tools.",
    "AST-TOOL-OFFERED",
    editions=WITH_MODEL,
)
class NoToolsForReasoningModels(App):
    def tools(self):
        model = self.model()
        return [] if model[:1] == "o" and model[1:2].isdigit() else super().tools()


@subtle(
    "Models are known to refuse max_tokens by their exact names, so variants such as gpt-5-mini are sent it.",
    "AST-SERVICE-BODY",
    "AST-MODEL-GIVEN",
    editions=WITH_MODEL,
)
class MaxTokensForVariantsOfReasoningModels(App):
    def body(self, messages):
        body = super().body(messages)
        if body["model"].startswith("gpt-5") and body["model"] != "gpt-5":
            return {**body, "max_tokens": 4096}
        return body


@subtle(
    "On Azure OpenAI, characters beyond ASCII in a result that is a text are told as escapes.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class NonAsciiResultsEscapedOnAzure(App):
    def word_result(self, result):
        text = super().word_result(result)
        return text.encode("ascii", "backslashreplace").decode() if self.on_azure else text
