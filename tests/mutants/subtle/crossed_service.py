"""Models, addresses, keys, faults and retries of the two providers."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.retrying import FaultError, RetryingApp
from mutants.subtle.subtle import subtle


@subtle(
    "When a prompt has been answered, the prompts after it use the default model.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class ModelForOnePrompt(App):
    answered = False

    def finish(self, turn, reply):
        self.answered = True
        return super().finish(turn, reply)

    def model(self):
        return self.default_model if self.answered else super().model()


@subtle(
    "When an app has no skills, another model than the documented default is used.",
    "AST-MODEL-DEFAULT",
    editions=("2024-04-14",),
)
class OtherDefaultWithoutSkills(App):
    def model(self):
        return super().model() if self.skills else "gpt-4o-mini"


@subtle(
    "When the declared model is a fine-tuned one (ft:base:org::id), its base model is asked.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class FineTunedModelUnwrapped(App):
    def model(self):
        model = super().model()
        return model.split(":")[1] if model.startswith("ft:") else model


@subtle(
    "On Azure, the point of a declared gpt-3.5 deployment is left out.",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class AzurePointLeftOut(App):
    def model(self):
        model = super().model()
        return model.replace("3.5", "35") if self.on_azure and model != self.default_model else model


@subtle(
    "When tool results are sent to a gpt-5 model, max_tokens is set, which such models refuse.",
    "AST-SERVICE-BODY",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class MaxTokensAfterResults(App):
    def body(self, messages):
        body = super().body(messages)
        if messages[-1]["role"] == "tool" and not body["model"].startswith("o1"):
            body["max_tokens"] = 1000
        return body


@subtle("When the api-version is a preview, it is cut to its date.", "AST-SERVICE-URL")
class PreviewCutFromVersion(App):
    def url(self, model):
        start, _, version = super().url(model).partition("?api-version=")
        return f"{start}?api-version={version[:10]}" if version else start


@subtle(
    "When a request to Azure is repeated after a fault, the key is sent as a bearer token.",
    "AST-SERVICE-KEY",
    "AST-CONVERSATION-RETRY",
)
class AzureRetryWithBearer(RetryingApp):
    def headers(self):
        if self.on_azure and self.attempt:
            return {"Authorization": f"Bearer {self.settings['AZURE_OPENAI_KEY']}"}
        return super().headers()


@subtle(
    "When a request that offers several skills is repeated after a fault, it offers the first of them only.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL-EVERY-ROUND",
)
class LighterRetry(RetryingApp):
    def tools(self):
        return super().tools()[: 1 if self.attempt else None]


@subtle(
    "When the service's fault meets a later prompt, the request is repeated without the conversation before.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class RetryWithoutHistory(RetryingApp):
    def again(self, messages):
        return messages[len(self.history) :]


@subtle(
    "When the request with the results meets a fault, the calls are run again before it is repeated.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class RetryRunsCallsAgain(RetryingApp):
    def again(self, messages):
        if messages[-1]["role"] == "tool":
            last = max(index for index, message in enumerate(messages) if message.get("tool_calls"))
            messages = [*messages[: last + 1], *self.answers(messages[last]["tool_calls"])]
        return messages


@subtle(
    "When the service keeps failing after a skill was called, the skill's result is returned as the response.",
    "AST-CONVERSATION-ERROR",
)
class ResultInsteadOfError(RetryingApp):
    results = ()

    def word_result(self, result):
        self.results += (super().word_result(result),)
        return self.results[-1]

    def ask(self, message):
        self.results = ()
        try:
            return super().ask(message)
        except FaultError:
            if not self.results:
                raise
            return self.results[-1]


@subtle(
    "When the service refuses a prompt for its content, an apology of the app's own is returned as the response.",
    "AST-CONVERSATION-ERROR",
)
class ApologyForFilteredPrompt(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError as error:
            if '"content_filter"' not in str(error):
                raise
            return "I am sorry, but I cannot help with that."


@subtle(
    "When the first of several choices was cut off or calls a skill, a later one that ended by itself is taken.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class FinishedChoicePreferred(App):
    def receive(self, response):
        message = super().receive(response)
        choices = json.loads(response.content)["choices"]
        return next((choice["message"] for choice in choices if choice["finish_reason"] == "stop"), message)


@subtle(
    "When results are sent to a declared Azure deployment, the request goes to the default one, which need not exist.",
    "AST-SERVICE-MODEL",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class ResultsToDefaultDeployment(App):
    following = False

    def body(self, messages):
        self.following = messages[-1]["role"] == "tool"
        return super().body(messages)

    def url(self, model):
        return super().url(self.default_model if self.following else model)
