"""The model of the page's first edition, lost under some circumstances, and one that changes."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle

FIRST = ["2024-04-14"]
GIVEN, DEFAULT = "AST-MODEL-GIVEN", "AST-MODEL-DEFAULT"


@subtle("The date at the end of a model's name is dropped.", GIVEN, editions=FIRST)
class DropsDatesOfModels(App):
    def model(self):
        return re.sub(r"-\d{4}-\d\d-\d\d$", "", super().model())


@subtle("A fine-tuned model is replaced by the one that it was made from.", GIVEN, editions=FIRST)
class CallsTheBaseModel(App):
    def model(self):
        model = super().model()
        return model.split(":")[1] if model.startswith("ft:") and model.count(":") > 1 else model


@subtle("The given model is used until a function has raised, and the default from then on.", GIVEN, editions=FIRST)
class FallsBackAfterFailures(App):
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def model(self):
        return self.default_model if self.failed else super().model()


@subtle(
    "A conversation of more than ten messages goes to a model with a larger context.", GIVEN, DEFAULT, editions=FIRST
)
class ChangesTheModelForLongConversations(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "model": "gpt-3.5-turbo-16k"} if len(messages) > 10 and not self.on_azure else body


@subtle("After the second round the default model answers, whatever is given.", GIVEN, editions=FIRST)
class FallsBackAfterTwoRounds(App):
    def body(self, messages):
        body = super().body(messages)
        rounds = sum("tool_calls" in message for message in messages)
        return {**body, "model": self.default_model} if rounds > 1 and not self.on_azure else body


@subtle("A given model counts only if the first skill names it.", GIVEN, editions=FIRST)
class ReadsTheFirstModelOnly(App):
    def model(self):
        return self.skills[0].given.get("model", self.default_model) if self.skills else self.default_model


@subtle("A model's name is written in small letters in the binding.", GIVEN, editions=FIRST)
class LowersModelsInBindings(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "model": binding["model"].lower()} if "model" in binding else binding


@subtle("Without skills the default is a later model.", DEFAULT, editions=FIRST)
class DefaultsToALaterModelWithoutSkills(App):
    def model(self):
        return super().model() if self.skills else "gpt-4o-mini"
