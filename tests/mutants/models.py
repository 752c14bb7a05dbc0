"""The model of the page's first edition, and the deployment that it names on Azure OpenAI."""

# ruff: noqa: ARG002, RUF012  # a wrong step may not need all that it is given; tables are only read
from __future__ import annotations

from mutants.base import App
from mutants.kinds import asks_openai, both, names_no_model
from mutants.mutant import mutant

DEFAULT, GIVEN = "AST-MODEL-DEFAULT", "AST-MODEL-GIVEN"
DEFAULT_DEPLOYMENT = "AST-MODEL-DEFAULT-DEPLOYMENT"
DEPLOYMENT, ISOLATED = "AST-MODEL-DEPLOYMENT", "AST-MODEL-ISOLATED"
FIRST = ["2024-04-14"]


@mutant(
    "The default is a later model.",
    editions=FIRST,
    fails={
        DEFAULT: ["default-model"],
        ISOLATED: ["default-model-after-another-app"],
        DEFAULT_DEPLOYMENT: ["default-model-as-deployment"],
    },
)
class DefaultsToALaterModel(App):
    default_model = "gpt-4o"


@mutant(
    "The enum's name is sent as the model, and no service knows it.",
    editions=FIRST,
    fails={
        "AST-SERVICE-MODEL": [both(asks_openai, names_no_model)],
        DEFAULT: ["default-model"],
        DEFAULT_DEPLOYMENT: ["default-model-as-deployment"],
    },
)
class SendsTheEnumsName(App):
    default_model = "DefaultChatModel"


@mutant(
    "The enum's name stands in the binding (Python library 1.20 to 1.23).",
    editions=FIRST,
    fails={DEFAULT: ["default-model-in-binding"]},
)
class WritesTheEnumsName(App):
    def binding_of(self, skill):
        return {"model": "DefaultChatModel", **super().binding_of(skill)}


@mutant(
    "On Azure OpenAI the default deployment is spelled as Azure spells the model.",
    editions=FIRST,
    fails={
        DEFAULT_DEPLOYMENT: ["default-model-as-deployment"],
    },
)
class SpellsTheDefaultAsAzureDoes(App):
    def model(self):
        return super().model().replace("gpt-3.5", "gpt-35") if self.on_azure else super().model()


@mutant(
    "The model that is given is declared and never read (shipped extension until 0.18).",
    editions=FIRST,
    fails={
        GIVEN: ["model-*-in-request", "model-in-every-request", "model-of-several-skills"],
        DEPLOYMENT: ["deployment-*"],
        "AST-SERVICE-MODEL": ["deployment-*"],
        ISOLATED: ["model-after-another-app"],
    },
)
class NeverReadsTheModel(App):
    def model(self):
        return self.default_model


@mutant(
    "The default stands in the binding, whatever is given.",
    editions=FIRST,
    fails={GIVEN: ["model-in-binding"]},
)
class WritesTheDefaultForTheGivenModel(App):
    def binding_of(self, skill):
        return {**super().binding_of(skill), "model": self.default_model}


@mutant(
    "The model counts for the first request only.",
    editions=FIRST,
    fails={
        GIVEN: ["model-in-every-request"],
        DEPLOYMENT: ["deployment-in-every-request"],
        "AST-SERVICE-MODEL": ["deployment-in-every-request"],
    },
)
class ForgetsTheModelAfterTheFirstRequest(App):
    requests = 0

    def model(self):
        self.requests += 1
        return super().model() if self.requests == 1 else self.default_model


@mutant(
    "The model counts only where the app has one skill.",
    editions=FIRST,
    fails={GIVEN: ["model-of-several-skills"]},
)
class ForgetsTheModelAmongSeveralSkills(App):
    def model(self):
        return super().model() if len(self.skills) == 1 else self.default_model


@mutant(
    "Deployments are written in lower case.",
    editions=FIRST,
    fails={
        DEPLOYMENT: ["deployment-called-by-upper-case-name"],
        "AST-SERVICE-MODEL": ["deployment-called-by-upper-case-name"],
    },
)
class LowersTheDeployment(App):
    def model(self):
        return super().model().lower()


@mutant(
    "Dots are dropped from a deployment, as some Azure clients do.",
    editions=FIRST,
    fails={
        DEPLOYMENT: ["deployment-called-by-dotted-name"],
        "AST-SERVICE-MODEL": ["deployment-called-by-dotted-name"],
        DEFAULT_DEPLOYMENT: ["default-model-as-deployment"],
    },
)
class DropsDotsFromTheDeployment(App):
    def model(self):
        return super().model().replace(".", "") if self.on_azure else super().model()


@mutant(
    "Signs in a deployment are taken for a slip.",
    editions=FIRST,
    fails={
        DEPLOYMENT: ["deployment-called-by-dashed-name"],
        "AST-SERVICE-MODEL": ["deployment-called-by-dashed-name"],
    },
)
class ReplacesUnderscoresInTheDeployment(App):
    def model(self):
        return super().model().replace("_", "-")


@mutant(
    "On Azure OpenAI the model goes into the body, and the default into the address.",
    editions=FIRST,
    fails={DEPLOYMENT: ["deployment-*"], "AST-SERVICE-MODEL": ["deployment-*"]},
)
class CallsTheDefaultDeployment(App):
    def url(self, model):
        return super().url(self.default_model)


@mutant(
    "max_tokens goes to every model, though reasoning models refuse it (extension issue 151).",
    editions=FIRST,
    fails={"AST-SERVICE-BODY": ["model-gpt-5*-in-request", "model-o3-mini-in-request"]},
)
class SendsMaxTokensToEveryModel(App):
    def body(self, messages):
        return {**super().body(messages), "max_tokens": 100}


@mutant(
    "The model is remembered by connection, so that the first one sticks (shipped extension).",
    editions=FIRST,
    fails={ISOLATED: ["default-model-after-another-app", "model-after-another-app"]},
)
class RemembersTheModelByConnection(App):
    remembered = {}

    def model(self):
        key = self.settings.get("OPENAI_API_KEY", self.settings.get("AZURE_OPENAI_KEY"))
        return self.remembered.setdefault(key, super().model())
