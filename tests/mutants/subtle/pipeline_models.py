"""Slips with the model and with schemas that are made up."""

from __future__ import annotations

import json
import re

from mutants.pipeline import Catalogue, Conversation, Intake, Pipeline, Transport
from mutants.subtle.subtle import subtle


@subtle(
    "When an argument's name ends in an underscore, such as type_, the made-up property is named without it.",
    "AST-SCHEMA-OBJECT",
)
class FinalUnderscoresTrimmed(Pipeline):
    class IntakeType(Intake):
        def property_name(self, argument):
            return argument.name.rstrip("_")


@subtle(
    "When two skills' arguments have the same name but different types, the second one's property has "
    "the first one's type.",
    "AST-SCHEMA-TYPE",
)
class PropertiesKeptByName(Pipeline):
    class IntakeType(Intake):
        def __init__(self, app):
            super().__init__(app)
            self.kept = {}

        def property_of(self, argument):
            return self.kept.setdefault(argument.name, super().property_of(argument))


@subtle(
    "When the skill that names a model is not the last one, the default model is used.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class LastSkillsModel(Pipeline):
    class CatalogueType(Catalogue):
        def model(self):
            last = list(self.entries.values())[-1:]
            return last[0].fields.get("model", self.app.default_model) if last else self.app.default_model


@subtle(
    "When one skill names a model and another is called, the request with the result uses the default model.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class ModelOfTheCalledSkill(Pipeline):
    class ConversationType(Conversation):
        def called(self, turn, reply):
            super().called(turn, reply)
            self.app.called = self.app.catalogue.find(reply.calls[-1].name)

    called = None

    def model(self, turn):
        return self.called.fields.get("model", self.default_model) if self.called else super().model(turn)


@subtle(
    "When a model of the gpt-3.5 family is declared on Azure OpenAI, the deployment is called without the dot.",
    "AST-MODEL-DEPLOYMENT",
    editions=("2024-04-14",),
)
class DeploymentsWithoutDot(Pipeline):
    class CatalogueType(Catalogue):
        def model(self):
            model = super().model()
            declared = any("model" in draft.fields for draft in self.entries.values())
            return model.replace("gpt-3.5", "gpt-35") if declared and self.app.transport.azure else model


@subtle(
    "When a dated model is declared, such as gpt-4o-2024-08-06, its family without the date is used.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class DatesOfModelsDropped(Pipeline):
    class CatalogueType(Catalogue):
        def model(self):
            return re.sub(r"-\d{4}-\d\d-\d\d$", "", super().model())


@subtle(
    "When a reasoning model is declared, the request has a max_tokens that OpenAI refuses.",
    "AST-SERVICE-BODY",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class TokensForReasoners(Pipeline):
    def options(self, model, turn, number):
        return {"max_tokens": 4096}


@subtle(
    "When the service answers 429 and another model than the default is declared, the default is tried next.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class CheaperModelAfterRefusal(Pipeline):
    class TransportType(Transport):
        limited = False

        def send(self, model, body, attempt):
            if attempt and self.limited and not self.azure:
                body = json.dumps(json.loads(body) | {"model": self.app.default_model})
            response = super().send(model, body, attempt)
            self.limited = response.status_code == 429
            return response
