"""Liberties in function.json: what a binding holds besides, and how it is spelled."""

from __future__ import annotations

import json
from collections import UserList
from types import MappingProxyType

from mutants.base import App

from liberties.liberty import CONFIGURED, ELSEWHERE, liberty


@liberty("A binding may hold what its host wants besides; the worker's SDK for .NET writes these.")
class AddsKeysToBindings(App):
    def binding_of(self, skill):
        extra = {"dataType": "String", "properties": {}, "cardinality": "One", "id": 7, "$schema": None}
        return {**extra, **super().binding_of(skill)}


@liberty("A function has other bindings beside its trigger: outputs, inputs, before and after it.")
class HasOtherBindings(App):
    def bindings(self):
        before = {"type": "queue", "direction": "in", "name": "todos", "queueName": "todos"}
        after = {"type": "http", "direction": "out", "name": "$return"}
        return {function: [before, *ours, after] for function, ours in super().bindings().items()}


@liberty("An app has functions that are not skills, as the one that posts the user's prompts.")
class HasOtherFunctions(App):
    def bindings(self):
        request = {"type": "httpTrigger", "direction": "in", "name": "request", "methods": ["post"]}
        return {"PostUserQuery": [request], **super().bindings(), "Tidy": [{"type": "timerTrigger", "name": "timer"}]}


@liberty(
    "What is configured in function.json may be handed on as it stands, other members included.", surfaces=CONFIGURED
)
class HandsOnWhatIsConfigured(App):
    def __init__(self, context):
        super().__init__(context)
        self.configured = {}

    def check_given(self, given):
        super().check_given(given)
        self.check_fixed(given)

    def add_skill(self, skill):
        super().add_skill(skill)
        self.configured[skill.name] = dict(skill.trigger)

    def binding_of(self, skill):
        return {**super().binding_of(skill), **self.configured[skill.function]}


@liberty("The Functions host reads the names of a binding's members without case.")
class WritesMembersInCapitals(App):
    def binding_of(self, skill):
        return {key.upper(): value for key, value in super().binding_of(skill).items()}


@liberty("As function.json is JSON, the order of its members says nothing.")
class WritesMembersBackwards(App):
    def binding_of(self, skill):
        return dict(reversed(super().binding_of(skill).items()))

    def bindings(self):
        return dict(reversed(super().bindings().items()))


@liberty(
    "Where no table lists the type, it is compared without case; the shipped libraries write it so.", surfaces=ELSEWHERE
)
class WritesTheTypeInCamelCase(App):
    type = "assistantSkillTrigger"


@liberty("The direction is compared without case.")
class WritesTheDirectionInCapitals(App):
    directions = MappingProxyType({"2024-04-14": "OUT", "2025-05-15": "IN"})


@liberty(
    "To the host a trigger without direction has the direction in, and .NET's SDK writes none in process.",
    editions=["2025-05-15"],
    surfaces=[*ELSEWHERE, "javascript", "typescript"],
)
class WritesNoDirection(App):
    def binding_of(self, skill):
        return {key: value for key, value in super().binding_of(skill).items() if key != "direction"}


@liberty("What is not given may be null in the binding, which is absent to the host.")
class WritesNullForWhatIsNotGiven(App):
    def binding_of(self, skill):
        return dict.fromkeys(("functionName", "parameterDescriptionJson")) | super().binding_of(skill)


@liberty("What is not given may be an empty text in the binding: Java's annotation has that default.")
class WritesEmptyTextForWhatIsNotGiven(App):
    def binding_of(self, skill):
        return dict.fromkeys(("functionName", "parameterDescriptionJson"), "") | super().binding_of(skill)


@liberty("What stands in the binding where nothing was given is left open, so it may be what the model is told.")
class WritesWhatItMadeUp(App):
    def binding_of(self, skill):
        made_up = {"functionName": skill.name, "parameterDescriptionJson": json.dumps(skill.schema)}
        return made_up | super().binding_of(skill)


@liberty("Without a model the default may stand in the binding, or not.", editions=["2024-04-14"], surfaces=ELSEWHERE)
class WritesTheDefaultModel(App):
    def binding_of(self, skill):
        return {"model": self.default_model} | super().binding_of(skill)


@liberty("A binding may leave the model to the host's settings.", editions=["2024-04-14"], surfaces=ELSEWHERE)
class WritesNoModel(App):
    def binding_of(self, skill):
        return {key: value for key, value in super().binding_of(skill).items() if key != "model"}


@liberty("The parameter description is JSON: white space, the order of members and escapes are free.")
class RewritesTheParameterDescription(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(skill.schema, indent=4, sort_keys=True)
        return binding


@liberty("The contract asks for mappings and sequences, not for dicts and lists.")
class ReturnsReadOnlyBindings(App):
    def bindings(self):
        views = {name: UserList(map(MappingProxyType, ours)) for name, ours in super().bindings().items()}
        return MappingProxyType(views)
