"""Incidents in the address, the headers, the model and the settings of requests, mostly of one provider."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urljoin, urlsplit

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a skill that declares no model has been called, the next requests name the default, not the declared model.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class IncidentModelOfSkillCalledLast(App):
    called = None

    def find(self, name):
        self.called = super().find(name)
        return self.called

    def model(self):
        return self.called.given.get("model", self.default_model) if self.called else super().model()


@subtle(
    "When a deployment's name needs quoting in the URL, every request after the first has it quoted once more.",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class IncidentDeploymentQuotedInPlace(App):
    deployment = None

    def url(self, model):
        address = super().url(self.deployment or model)
        self.deployment = quote(self.deployment or model)
        return address


@subtle(
    "When the Azure endpoint has a port, requests go to the host without it.",
    "AST-SERVICE-URL",
)
class IncidentEndpointLosesPort(App):
    def url(self, model):
        address = super().url(model)
        port = urlsplit(address).port
        return address.replace(f":{port}/", "/", 1) if self.on_azure and port else address


@subtle(
    "When the Azure endpoint has a path, as that of a gateway has, requests go to the root of its host.",
    "AST-SERVICE-URL",
)
class IncidentEndpointLosesGatewayPath(App):
    def url(self, model):
        address = super().url(model)
        if not self.on_azure:
            return address
        return urljoin(self.settings["AZURE_OPENAI_ENDPOINT"], address[address.index("/openai/deployments/") :])


@subtle(
    "When the api-version in the settings is a preview, it is sent as the plain date.",
    "AST-SERVICE-URL",
)
class IncidentPreviewVersionCutToDate(App):
    def url(self, model):
        return re.sub(r"(api-version=\d{4}-\d\d-\d\d).*", r"\1", super().url(model))


@subtle(
    "When an app on Azure has no skills, the deployment gpt-35-turbo is called.",
    "AST-MODEL-DEFAULT-DEPLOYMENT",
    editions=("2024-04-14",),
)
class IncidentAzureSpellingWithoutSkills(App):
    def model(self):
        return "gpt-35-turbo" if self.on_azure and not self.skills else super().model()


@subtle(
    "When an app on Azure sends results, the tools are not sent with them.",
    "AST-TOOL-EVERY-ROUND",
)
class IncidentAzureFollowUpWithoutTools(App):
    def body(self, messages):
        body = super().body(messages)
        if self.on_azure and messages[-1]["role"] == "tool":
            body.pop("tools", None)
        return body


@subtle(
    "When a reply of Azure has a text beside its calls, the text is not repeated with them.",
    "AST-CONVERSATION-REPLAY",
    surfaces=("javascript",),
)
class IncidentAzureReplayWithoutText(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "content": None} if self.on_azure else reply, answers)


@subtle(
    "When the declared model is of the gpt-5 family, requests have a max_tokens that it does not take.",
    "AST-SERVICE-BODY",
    editions=("2024-04-14",),
)
class IncidentMaxTokensForReasoningModel(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "max_tokens": 1000} if body["model"].startswith("gpt-5") else body


@subtle(
    "When the last call of a round failed, the next request demands a call.",
    "AST-TOOL-CALLABLE",
)
class IncidentFailureDemandsCall(App):
    failed = False

    def ask(self, message):
        self.failed = False
        return super().ask(message)

    def body(self, messages):
        return {**super().body(messages), **({"tool_choice": "required"} if self.failed and self.skills else {})}

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def word_result(self, result):
        self.failed = False
        return super().word_result(result)


@subtle(
    "When one function has been called three times in a prompt, the next requests of the prompt forbid calls.",
    "AST-TOOL-CALLABLE",
)
class IncidentLoopGuardForbidsCalls(App):
    called = ()

    def ask(self, message):
        self.called = []
        return super().ask(message)

    def find(self, name):
        self.called.append(name)
        return super().find(name)

    def body(self, messages):
        looping = any(self.called.count(name) >= 3 for name in self.called)
        return {**super().body(messages), **({"tool_choice": "none"} if looping and self.skills else {})}


@subtle(
    "When a conversation grows beyond 16,400 characters, answers are limited to fewer than 16 tokens.",
    "AST-TOOL-CALLABLE",
)
class IncidentTokensLeftInWindow(App):
    def body(self, messages):
        left = max(1, 4096 - len(json.dumps(messages)) // 4)
        return {**super().body(messages), **({"max_completion_tokens": left} if left < 4000 else {})}


@subtle(
    "When an answer of Azure has several choices, the last one is taken.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class IncidentAzureTakesLastChoice(App):
    def receive(self, response):
        if response.status >= 400 or not self.on_azure:
            return super().receive(response)
        return json.loads(response.content)["choices"][-1]["message"]


@subtle(
    "When the deployment declared for Azure has a dot in its name, the one without the dot is called.",
    "AST-MODEL-DEPLOYMENT",
    surfaces=("csharp-inprocess",),
    editions=("2024-04-14",),
)
class IncidentDeploymentLosesDot(App):
    def model(self):
        model = super().model()
        return model.replace(".", "") if self.on_azure and model != self.default_model else model


@subtle(
    "When the declared model is a fine-tuned one, requests name the model that it was made from.",
    "AST-MODEL-GIVEN",
    surfaces=("java",),
    editions=("2024-04-14",),
)
class IncidentFineTunedModelNameSplit(App):
    def model(self):
        parts = super().model().split(":")
        return parts[1] if parts[0] == "ft" else parts[0]
