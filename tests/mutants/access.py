"""Requests that do not get past the service's door: address, key, body."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

from mutants.base import App
from mutants.kinds import asks, asks_azure, asks_openai, sends_again
from mutants.mutant import OWN, mutant

KEY, URL, BODY = "AST-SERVICE-KEY", "AST-SERVICE-URL", "AST-SERVICE-BODY"
MODEL = "AST-SERVICE-MODEL"


@mutant("The key is missing.", fails={KEY: [asks]})
class SendsNoKey(App):
    def headers(self):
        return {}


@mutant("OpenAI's key goes into a header of Azure's.", fails={KEY: [asks_openai]})
class SendsTheKeyAsAzureDoes(App):
    def headers(self):
        return {"api-key": next(value for name, value in self.settings.items() if name.endswith("_KEY"))}


@mutant("Azure's key is sent as a token.", fails={KEY: [asks_azure]})
class SendsAzuresKeyAsToken(App):
    def headers(self):
        return {"Authorization": f"Bearer {super().headers().get('api-key')}"} if self.on_azure else super().headers()


@mutant("The key is sent with the first request only.", fails={KEY: [sends_again]})
class SendsTheKeyOnce(App):
    sent = False

    def headers(self):
        first, self.sent = not self.sent, True
        return super().headers() if first else {}


@mutant("The body is sent as text, not as JSON.", fails={BODY: [asks]})
class SaysThatTheBodyIsText(App):
    def headers(self):
        return {**super().headers(), "Content-Type": "text/plain"}


@mutant("Requests go to the older completions.", fails={URL: [asks]})
class CallsTheOlderCompletions(App):
    def url(self, model):
        return super().url(model).replace("/chat/completions", "/completions")


@mutant("OpenAI is called though the settings name Azure OpenAI.", fails={URL: [asks_azure]})
class CallsOpenaiForAzure(App):
    def url(self, model):
        return "https://api.openai.com/v1/chat/completions"


@mutant("The api-version is missing.", fails={URL: [asks_azure]})
class LeavesOutTheApiVersion(App):
    def url(self, model):
        return super().url(model).partition("?")[0]


@mutant("Requests go to another service that speaks like OpenAI.", fails={URL: [asks_openai]})
class CallsAnotherHost(App):
    def url(self, model):
        return super().url(model).replace("api.openai.com", "models.example")


@mutant(
    "The model stands in the address only.",
    fails={
        MODEL: [asks_openai],
    },
)
class LeavesOutTheModel(App):
    def encode(self, body):
        return super().encode({key: value for key, value in body.items() if key != "model"})


@mutant("The prompt is sent in the place of the messages.", fails={OWN: [asks], BODY: [asks]})
class SendsAPrompt(App):
    def encode(self, body):
        *_, last = body.pop("messages")
        return super().encode({**body, "prompt": last["content"]})


@mutant("The body is written as Python writes it.", fails={BODY: [asks]})
class WritesPythonForJson(App):
    def encode(self, body):
        return str(body).encode()


@mutant("The body's texts are put between quotes without escaping them.", fails={BODY: ["openai-takes-the-body"]})
class WritesControlCharacters(App):
    def encode(self, body):
        return super().encode(body).replace(rb"\u0001", b"\x01")


@mutant(
    "A choice of tools is sent without tools.",
    fails={"AST-SERVICE-TOOLS": [lambda case: asks(case) and not case.scenario.episode.skills]},
)
class ChoosesAmongNoTools(App):
    def body(self, messages):
        return {**super().body(messages), "tool_choice": "auto"}


@mutant("The model is one that OpenAI has never had.", fails={MODEL: [asks_openai]})
class NamesAnUnknownModel(App):
    def model(self):
        return super().model() if self.on_azure else "gpt-turbo"


def is_asked_a_question(case):
    episodes = [one for one in (case.scenario.before, case.scenario.episode) if one is not None]
    return asks_openai(case) and any(prompt.endswith("?") for one in episodes for prompt in one.prompts)


@mutant("Questions are routed to a model that OpenAI has never had.", fails={MODEL: [is_asked_a_question]})
class RoutesQuestions(App):
    def body(self, messages):
        questions = [one for one in messages if one["role"] == "user" and one["content"].endswith("?")]
        model = "gpt-router" if questions and not self.on_azure else self.model()
        return {**super().body(messages), "model": model}
