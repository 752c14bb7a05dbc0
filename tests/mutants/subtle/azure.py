"""What goes wrong on Azure OpenAI only, where fewer people try it."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

from mutants.base import App
from mutants.subtle.subtle import subtle

FIRST = ["2024-04-14"]
DEPLOYMENT = ("AST-MODEL-DEPLOYMENT", "AST-SERVICE-MODEL")


@subtle("A blank in a deployment's name is written as a plus in the address.", *DEPLOYMENT, editions=FIRST)
class WritesBlanksOfDeploymentsAsPlus(App):
    def url(self, model):
        return super().url(model).replace(quote(model), quote_plus(model))


@subtle(
    "A deployment's name is encoded twice, which shows where it has to be encoded at all.", *DEPLOYMENT, editions=FIRST
)
class EncodesDeploymentsTwice(App):
    def url(self, model):
        return super().url(quote(model) if self.on_azure else model)


@subtle("A deployment's name is cut after 32 characters.", *DEPLOYMENT, editions=FIRST)
class CutsLongDeployments(App):
    def url(self, model):
        return super().url(model[:32] if self.on_azure else model)


@subtle("A deployment's name loses its accents in the address.", *DEPLOYMENT, editions=FIRST)
class SendsDeploymentsInAscii(App):
    def url(self, model):
        return super().url(model.encode("ascii", "ignore").decode() if self.on_azure else model)


@subtle(
    "On Azure OpenAI the deployment is that of the first skill, so that a model named by the second alone is lost.",
    *DEPLOYMENT,
    editions=FIRST,
)
class TakesTheDeploymentFromTheFirstSkill(App):
    def model(self):
        first = self.skills[0].given if self.skills else {}
        return first.get("model", self.default_model) if self.on_azure else super().model()


@subtle(
    "On Azure OpenAI the default deployment is called from the second prompt on.",
    *DEPLOYMENT,
    editions=FIRST,
)
class CallsTheDefaultDeploymentLater(App):
    def url(self, model):
        return super().url(self.default_model if self.on_azure and self.history else model)


@subtle(
    "On Azure OpenAI an older api-version than that of the settings is asked from the second round on.",
    "AST-SERVICE-URL",
)
class AsksAnOlderVersionLater(App):
    rounds = 0

    def url(self, model):
        self.rounds += 1
        url = super().url(model)
        if not self.on_azure or self.rounds == 1:
            return url
        return f"{url.partition('=')[0]}=2023-05-15"


@subtle("On Azure OpenAI the third prompt and later ones are sent alone.", "AST-CONVERSATION-HISTORY")
class ForgetsLongConversationsOnAzure(App):
    def send(self, messages):
        prompts = [index for index, message in enumerate(messages) if message["role"] == "user"]
        return super().send(messages[prompts[-1] :] if self.on_azure and len(prompts) > 2 else messages)


@subtle("On Azure OpenAI the skills are not offered after a result.", "AST-TOOL-EVERY-ROUND", "AST-TOOL-OFFERED")
class OffersNothingAfterResultsOnAzure(App):
    def body(self, messages):
        body = super().body(messages)
        if self.on_azure and messages[-1]["role"] == "tool":
            body.pop("tools", None)
        return body


@subtle("On Azure OpenAI the text beside a call is dropped.", "AST-CONVERSATION-REPLAY")
class DropsTextBesideCallsOnAzure(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "content": None} if self.on_azure else reply, answers)


@subtle("On Azure OpenAI a result that is an object is written as Python writes it.", "AST-CONVERSATION-RESULT")
class WritesPythonOnAzure(App):
    def word_result(self, result):
        return str(result) if self.on_azure and isinstance(result, dict) else super().word_result(result)


@subtle("On Azure OpenAI integers are read as doubles, which shows beyond 2^53.", "AST-CONVERSATION-ARGUMENT")
class ReadsDoublesOnAzure(App):
    def read_arguments(self, text):
        arguments = super().read_arguments(text)
        if not self.on_azure:
            return arguments
        return {name: int(float(one)) if type(one) is int else one for name, one in arguments.items()}


@subtle(
    "On Azure OpenAI a description is cut after 1024 characters, a limit that other services have.",
    "AST-TOOL-DESCRIPTION",
)
class CutsDescriptionsOnAzure(App):
    def description_of(self, skill):
        description = super().description_of(skill)
        return description[:1024] if self.on_azure else description


@subtle("On Azure OpenAI a given parameter description loses additionalProperties.", "AST-TOOL-PARAMETERS")
class OpensSchemasOnAzure(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if self.on_azure and isinstance(schema, dict):
            schema.pop("additionalProperties", None)
        return schema


@subtle(
    "On Azure OpenAI the status 400 is always taken for the content filter, and a sentence returned.",
    "AST-CONVERSATION-ERROR",
)
class ExcusesTheContentFilterOnAzure(App):
    def fail(self, response):
        if self.on_azure and response.status == 400:
            return {"role": "assistant", "content": "Your prompt was blocked by the content filter."}
        return super().fail(response)


@subtle(
    "On Azure OpenAI the answers to calls of one skill are kept by the skill's name, so that the last is every call's.",
    "AST-CONVERSATION-PARALLEL",
)
class KeepsAnswersByNameOnAzure(App):
    def answers(self, calls):
        answers = super().answers(calls)
        if not self.on_azure:
            return answers
        by_name = {call["function"]["name"]: answer["content"] for call, answer in zip(calls, answers, strict=True)}
        return [self.tool_message(call, by_name[call["function"]["name"]]) for call in calls]


@subtle("On Azure OpenAI no setting is filled in for a placeholder in a name.", "AST-TOOL-NAME-SETTING")
class LeavesPlaceholdersOnAzure(App):
    def resolve(self, name):
        return name.replace("%", "") if self.on_azure else super().resolve(name)


@subtle(
    "On Azure OpenAI an array argument's items are told to be texts.",
    "AST-SCHEMA-TYPE",
)
class TellsItemsAreTextsOnAzure(App):
    def property_of(self, skill):
        made_up = super().property_of(skill)
        return {**made_up, "items": {"type": "string"}} if self.on_azure and "items" in made_up else made_up


@subtle(
    "On Azure OpenAI arguments that are JSON text of an object inside a text are read.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class ReadsArgumentsTwiceOnAzure(App):
    def read_arguments(self, text):
        if self.on_azure and text.startswith('"'):
            return super().read_arguments(json.loads(text))
        return super().read_arguments(text)
