"""Bindings and models, as the build tools and libraries of the Functions host write and read them."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


def pruned(node):
    """Leave out the members that are null."""
    if isinstance(node, dict):
        return {key: pruned(value) for key, value in node.items() if value is not None}
    return [pruned(item) for item in node] if isinstance(node, list) else node


@subtle("When two functions have arguments of one name, both have the binding of the first.", "AST-BINDING-EACH")
class BindingReusedForArgument(App):
    def bindings(self):
        made = {}
        return {skill.function: [made.setdefault(skill.argument.name, self.binding_of(skill))] for skill in self.skills}


@subtle("When a declared schema has a member null, the binding's has not.", "AST-BINDING-PARAMETERS")
class DecoratorPrunesNulls(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(pruned(skill.schema))
        return binding


@subtle(
    "When the declared name is the function's own, the binding does not contain it.",
    "AST-BINDING-FUNCTION-NAME",
    surfaces=("java",),
)
class MavenDropsNameLikeDefault(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {key: value for key, value in binding.items() if key != "functionName" or value != skill.function}


@subtle(
    "When the description has quotation marks, the binding's has a backslash before each.",
    "AST-BINDING-DESCRIPTION",
    surfaces=("csharp-isolated",),
)
class SourceGeneratorEscapesTwice(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": binding["functionDescription"].replace('"', '\\"')}


@subtle(
    "When the declared direction is inout, the binding has it too.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell",),
)
class InoutDirectionWavedThrough(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "direction": "inout"} if skill.given.get("direction", "").lower() == "inout" else binding


@subtle(
    "When the direction is declared as the former edition has it, the binding has it so.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell",),
    editions=("2025-05-15",),
)
class FormerDirectionKept(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "direction": "out"} if skill.given.get("direction", "").lower() == "out" else binding


@subtle(
    "When gpt-3.5-turbo is declared as the model, the binding contains the name of an enum's member.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class EnumMemberNameWritten(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "model": "DefaultChatModel"} if binding.get("model") == self.default_model else binding


@subtle(
    "When the declared model is a fine-tuned one, the request names only the model that it was made from.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class FineTunedIdSplitAtColon(App):
    def model(self):
        provider, _, rest = super().model().partition(":")
        return rest.split(":")[0] or provider


@subtle(
    "When the declared model has a dot in its name, the deployment is called without it.",
    "AST-MODEL-DEPLOYMENT",
    surfaces=("python", "java"),
    editions=("2024-04-14",),
)
class DeploymentNameDotless(App):
    def url(self, model):
        given = any("model" in skill.given for skill in self.skills)
        return super().url(model.replace(".", "") if given else model)


@subtle(
    "When only an earlier skill declares the model, the default is used.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class NewestSkillDecidesModel(App):
    def model(self):
        return self.skills[-1].given.get("model", self.default_model) if self.skills else self.default_model


@subtle(
    "When the declared model reasons and is none of the o series, max_tokens is sent to it.",
    "AST-SERVICE-BODY",
    editions=("2024-04-14",),
)
class ReasoningModelsListOutdated(App):
    def body(self, messages):
        body = super().body(messages)
        limit = "max_completion_tokens" if body["model"].startswith(("o1", "o3", "o4")) else "max_tokens"
        return {**body, limit: 1024}
