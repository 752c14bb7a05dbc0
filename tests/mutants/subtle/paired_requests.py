"""Models, addresses and headers that are wrong only where two ordinary things come together."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


def said(messages):
    """Return the prompts in a request."""
    return [message["content"] for message in messages if message["role"] == "user"]


@subtle(
    "On Azure, the deployment is the default one if only a later skill declares a model.",
    "AST-MODEL-DEPLOYMENT",
    "AST-SERVICE-MODEL",
    editions=("2024-04-14",),
)
class AzureLeaderDeploys(App):
    def url(self, model):
        own = self.skills[0].given.get("model", self.default_model) if self.skills else model
        return super().url(own)


@subtle(
    "On Azure, a declared model's dots are left out of the deployment.",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
    surfaces=("python", "java"),
)
class AzureDotlessDeclared(App):
    def url(self, model):
        declared = any("model" in skill.given for skill in self.skills)
        return super().url(model.replace(".", "") if declared else model)


@subtle(
    "After a prompt that failed by the service's fault, a declared model gives way to the default.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class FaultDowngradesModel(App):
    faulted = False

    def fail(self, response):
        self.faulted = True
        return super().fail(response)

    def model(self):
        return self.default_model if self.faulted else super().model()


@subtle("On Azure, requests of the second prompt and later have an older api-version.", "AST-SERVICE-URL")
class AzureEncoreVersion(App):
    prompts = 0

    def prompt(self, message):
        self.prompts += 1
        return super().prompt(message)

    def url(self, model):
        version = self.settings["OPENAI_API_VERSION"] if self.on_azure else ""
        url = super().url(model)
        return url.replace(f"api-version={version}", "api-version=2023-05-15") if version and self.prompts > 1 else url


@subtle(
    "On Azure, from the second round of calls on, a bearer token takes the place of the api-key.", "AST-SERVICE-KEY"
)
class AzureSecondRoundBearer(App):
    late = False

    def body(self, messages):
        last = max(place for place, message in enumerate(messages) if message["role"] == "user")
        self.late = sum("tool_calls" in message for message in messages[last:]) > 1
        return super().body(messages)

    def headers(self):
        if self.on_azure and self.late:
            return {"Authorization": f"Bearer {self.settings['AZURE_OPENAI_KEY']}"}
        return super().headers()


@subtle(
    "Without a declared model, another default is used in the second prompt and later.",
    "AST-MODEL-DEFAULT",
    editions=("2024-04-14",),
)
class EncoreFreshDefault(App):
    def body(self, messages):
        body = super().body(messages)
        if len(said(messages)) > 1 and not any("model" in skill.given for skill in self.skills):
            body["model"] = "gpt-4o-mini"
        return body


@subtle(
    "On Azure, an app without a declared model calls the deployment of an app before it.",
    "AST-MODEL-ISOLATED",
    "AST-MODEL-DEFAULT-DEPLOYMENT",
    editions=("2024-04-14",),
)
class AzureFormerDeployment(App):
    former: dict = {}  # noqa: RUF012

    def model(self):
        model = super().model()
        if self.on_azure:
            if any("model" in skill.given for skill in self.skills):
                self.former["model"] = model
            return self.former.get("model", model)
        return model


@subtle(
    "With more than six messages, a declared model is replaced by its variant for long texts.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class LongTalkWiderModel(App):
    def body(self, messages):
        body = super().body(messages)
        if len(messages) > 6 and any("model" in skill.given for skill in self.skills):
            body["model"] += "-16k"
        return body


@subtle(
    "In the second round of a prompt and later, a declared model gives way to the default.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
    surfaces=("csharp-inprocess", "python"),
)
class SecondRoundCheapModel(App):
    def body(self, messages):
        body = super().body(messages)
        last = max(place for place, message in enumerate(messages) if message["role"] == "user")
        if sum("tool_calls" in message for message in messages[last:]) > 1:
            body["model"] = self.default_model
        return body
