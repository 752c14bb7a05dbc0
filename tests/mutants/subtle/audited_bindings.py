"""Requirement by requirement: bindings and models that are wrong in rare situations."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "Once the model has called skills, the bindings have the type of the chat request's tools.",
    "AST-BINDING-TYPE",
    "AST-BINDING-REPEATABLE",
)
class TypedLikeToolsAfterCalls(App):
    def answers(self, calls):
        self.type = calls[0]["type"]
        return super().answers(calls)


@subtle(
    "The binding of an argument that is an array or an object has the direction inout.",
    "AST-BINDING-DIRECTION",
)
class ContainersGoBothWays(App):
    def binding_of(self, skill):
        both = {"direction": "inout"} if skill.argument.type in {"array", "object"} else {}
        return super().binding_of(skill) | both


@subtle(
    "If an earlier function has an argument of the same name, the binding's name is numbered.",
    "AST-BINDING-NAME",
)
class HomonymsNumbered(App):
    def binding_of(self, skill):
        before = self.skills[: self.skills.index(skill)]
        same = sum(other.argument.name == skill.argument.name for other in before)
        return super().binding_of(skill) | ({"name": f"{skill.argument.name}{same + 1}"} if same else {})


@subtle(
    "The binding lacks a function name that differs from the function's own at most by case.",
    "AST-BINDING-FUNCTION-NAME",
)
class RedundantNamesLeftOut(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if binding.get("functionName", "").lower() == skill.function.lower():
            del binding["functionName"]
        return binding


@subtle(
    "In the binding, what a description has between two percent signs is lost like a setting that is not there.",
    "AST-BINDING-DESCRIPTION",
)
class PercentagesTakenForSettings(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], ""), binding["functionDescription"])
        return binding | {"functionDescription": text}


def without_nulls(value):
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return value


@subtle(
    "In the binding, members of the parameter description whose value is null are missing.",
    "AST-BINDING-PARAMETERS",
)
class NullMembersMissingInBindings(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(without_nulls(skill.schema))
        return binding


@subtle(
    "Of functions that have the same description, each has what the last of them declares.",
    "AST-BINDING-EACH",
    "AST-BINDING",
)
class FiledByDescription(App):
    def bindings(self):
        filed = {skill.given["functionDescription"]: self.binding_of(skill) for skill in self.skills}
        return {skill.function: [filed[skill.given["functionDescription"]]] for skill in self.skills}


@subtle(
    "At the second reading, a parameter description is written as the JSON text of its JSON text.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-PARAMETERS",
)
class QuotedAtSecondReading(App):
    readings = 0

    def bindings(self):
        self.readings += 1
        return super().bindings()

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if self.readings > 1 and "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(binding["parameterDescriptionJson"])
        return binding


@subtle(
    "A binding has the parameter description that an earlier app declared for a function and argument of these names.",
    "AST-BINDING-ISOLATED",
    "AST-BINDING-PARAMETERS",
)
class SchemasOfAncestors(App):
    known: ClassVar[dict[tuple[str, str], str]] = {}

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if text := binding.get("parameterDescriptionJson"):
            binding["parameterDescriptionJson"] = self.known.setdefault((skill.function, skill.argument.name), text)
        return binding


@subtle(
    "A skill without a model is refused if an earlier one has declared a model.",
    "AST-MODEL-OPTIONAL",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class ModelsForAllOrNone(App):
    def check_given(self, given):
        super().check_given(given)
        if "model" not in given and any("model" in skill.given for skill in self.skills):
            raise ValueError("only some skills have a model")


@subtle(
    "The default model gives way to its variant for long contexts from the twelfth message on.",
    "AST-MODEL-DEFAULT",
    "AST-SERVICE-MODEL",
    editions=("2024-04-14",),
)
class LongTalksUpgraded(App):
    def body(self, messages):
        body = super().body(messages)
        if len(messages) >= 12 and body["model"] == self.default_model:
            body["model"] += "-16k"
        return body


@subtle(
    "On Azure OpenAI, an app without skills calls a deployment named gpt-35-turbo.",
    "AST-MODEL-DEFAULT-DEPLOYMENT",
    "AST-SERVICE-MODEL",
    editions=("2024-04-14",),
)
class SkilllessDeployment(App):
    def model(self):
        return "gpt-35-turbo" if self.on_azure and not self.skills else super().model()


@subtle(
    "The date at the end of a declared model's name is lost.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    "AST-SERVICE-MODEL",
    editions=("2024-04-14",),
)
class UndatedModels(App):
    def model(self):
        return re.sub(r"-(\d{4}-\d{2}-\d{2}|\d{4})$", "", super().model())


@subtle(
    "The results of a skill that declares no model go to the default model, whatever other skills declare.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class CalledSkillChoosesTheModel(App):
    called = None

    def ask(self, message):
        self.called = None
        return super().ask(message)

    def find(self, name):
        self.called = super().find(name)
        return self.called

    def model(self):
        return self.called.given.get("model", self.default_model) if self.called else super().model()


@subtle(
    "On Azure OpenAI, the request goes to a deployment whose name lacks the dots of the declared model.",
    "AST-MODEL-DEPLOYMENT",
    "AST-MODEL-DEFAULT-DEPLOYMENT",
    "AST-SERVICE-MODEL",
    editions=("2024-04-14",),
)
class DotlessDeclaredDeployments(App):
    def url(self, model):
        return super().url(model if model == self.default_model else model.replace(".", ""))


@subtle(
    "On Azure OpenAI, the deployment is that of an earlier app whose skills had the same names.",
    "AST-MODEL-ISOLATED",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class ClientsPooledBySkills(App):
    pool: ClassVar[dict[tuple[str, ...], str]] = {}

    def url(self, model):
        if not self.on_azure or not self.skills:
            return super().url(model)
        return self.pool.setdefault(
            (*[skill.name for skill in self.skills], self.settings["AZURE_OPENAI_ENDPOINT"]), super().url(model)
        )
