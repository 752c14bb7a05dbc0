"""Models, addresses, keys and other settings of a request that are wrong under two conditions at once."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.examined_faults import Retrying
from mutants.subtle.subtle import subtle

MODELS = ("2024-04-14",)


@subtle(
    "When only the third skill or a later one names a model, the default is used.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=MODELS,
)
class ModelLookedForInTwoSkills(App):
    def model(self):
        return next((s.given["model"] for s in self.skills[:2] if "model" in s.given), self.default_model)


@subtle(
    "When a declared deployment's name has a dot, the request goes to one without it.",
    "AST-MODEL-DEPLOYMENT",
    editions=MODELS,
    surfaces=("python", "csharp-isolated"),
)
class DeploymentDotsDropped(App):
    def url(self, model):
        return super().url(model if model == self.default_model else model.replace(".", ""))


@subtle(
    "When a prompt has ended in an error, later prompts use the default model in place of the declared one.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=MODELS,
)
class FallbackModelAfterRefusal(App):
    refused = False

    def fail(self, response):
        self.refused = True
        super().fail(response)

    def model(self):
        return self.default_model if self.refused else super().model()


@subtle(
    "When a request with results is repeated after a fault, it names the default model, not the declared one.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-GIVEN",
    editions=MODELS,
)
class LaterRoundRepeatedWithDefault(Retrying):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "model": self.default_model} if self.again and messages[-1]["role"] == "tool" else body


@subtle(
    "When a conversation has more than ten messages, the default model's longer kin takes the declared one's place.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=MODELS,
)
class LongTalkChangesModel(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "model": "gpt-3.5-turbo-16k"} if len(messages) > 10 else body


@subtle("When the api-version in the settings is a preview, the address has it without that word.", "AST-SERVICE-URL")
class PreviewVersionShortened(App):
    def url(self, model):
        return super().url(model).removesuffix("-preview")


@subtle("When a request is repeated on Azure, the key goes as a bearer token.", "AST-SERVICE-KEY")
class AzureRepeatsWithBearer(Retrying):
    def headers(self):
        headers = super().headers()
        return {"Authorization": f"Bearer {headers['api-key']}"} if self.again and self.on_azure else headers


@subtle(
    "When a request's texts fit into Latin-1 but not into ASCII, it is sent in Latin-1.",
    "AST-SERVICE-BODY",
    "AST-CONVERSATION-ANSWER",
    surfaces=("powershell",),
)
class WebRequestBodyInLatin(App):
    def encode(self, body):
        text = json.dumps(body, ensure_ascii=False)
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            return text.encode()


@subtle("When there are more than thirty-two skills, the further ones are not offered.", "AST-TOOL-OFFERED")
class ToolsPagedByThirtyTwo(App):
    def tools(self):
        return super().tools()[:32]


@subtle(
    "When there are more than ten skills, their descriptions are mixed up, as their indices are sorted as texts.",
    "AST-TOOL-DESCRIPTION",
)
class DescriptionsSortedByTextIndex(App):
    def description_of(self, skill):
        order = sorted(range(len(self.skills)), key=str)
        return super().description_of(self.skills[order[self.skills.index(skill)]])


@subtle(
    "When a conversation has grown past some ten thousand letters, an answer may have fewer than 16 tokens.",
    "AST-TOOL-CALLABLE",
)
class RemainingBudgetShrinksAnswer(App):
    def body(self, messages):
        used = sum(len(message["content"] or "") for message in messages) // 3
        return {**super().body(messages), **({"max_tokens": max(1, 4096 - used)} if used > 3500 else {})}


@subtle("When an app has no skills, an answer ends at its first blank line.", "AST-TOOL-CALLABLE")
class BlankLineStopsPlainTalk(App):
    def body(self, messages):
        return {**super().body(messages), **({} if self.skills else {"stop": ["\n\n"]})}


@subtle("When a skill has returned an empty object, the next request demands an answer in JSON.", "AST-SERVICE-BODY")
class EmptyObjectDemandsJson(App):
    def body(self, messages):
        last = messages[-1]
        formed = last["role"] == "tool" and last["content"] == "{}"
        return {**super().body(messages), **({"response_format": {"type": "json_object"}} if formed else {})}


@subtle("When a skill has failed, the request with that failure forbids further calls.", "AST-TOOL-CALLABLE")
class FailureForbidsFurtherCalls(App):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def body(self, messages):
        failed, self.failed = self.failed, False
        return {**super().body(messages), **({"tool_choice": "none"} if failed and self.skills else {})}
