"""Bindings that are wrong only where two ordinary things come together."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "The name of a later skill is missing from its binding if it comes from a setting.", "AST-BINDING-FUNCTION-NAME"
)
class PercentLabelDrop(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill is not self.skills[0] and "%" in binding.get("functionName", ""):
            del binding["functionName"]
        return binding


@subtle("The declared schema of a skill that takes an array or object is not in the binding.", "AST-BINDING-PARAMETERS")
class CollectionSchemaUnbound(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill.argument.type in ("array", "object"):
            binding.pop("parameterDescriptionJson", None)
        return binding


@subtle(
    "At the second reading every binding of several is named after the last skill's argument.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-NAME",
)
class LastNameReread(App):
    readings = 0

    def bindings(self):
        self.readings += 1
        found = super().bindings()
        if self.readings > 1:
            for (binding,) in found.values():
                binding["name"] = self.skills[-1].argument.name
        return found


@subtle(
    "After its function has failed in a conversation, a skill's binding has no description.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-DESCRIPTION",
)
class FailedUndescribed(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.failed = {*getattr(self, "failed", ()), skill.function}
            raise

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill.function in getattr(self, "failed", ()):
            del binding["functionDescription"]
        return binding


@subtle(
    "The binding of a later skill that declares a model has the model of the first one that does.",
    "AST-MODEL-GIVEN",
    "AST-BINDING-EACH",
    editions=("2024-04-14",),
)
class FirstModelBoundThrice(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "model" in binding:
            binding["model"] = self.model()
        return binding


@subtle(
    "The binding of a skill without a model has the model of the skill before it.",
    "AST-MODEL-DEFAULT",
    "AST-BINDING-EACH",
    editions=("2024-04-14",),
)
class NeighbourModel(App):
    def bindings(self):
        found = super().bindings()
        model = {}
        for (binding,) in found.values():
            model = {"model": binding["model"]} if "model" in binding else model
            binding.update(model)
        return found


@subtle("A long description (over 300 characters) is cut in the binding of a later skill.", "AST-BINDING-DESCRIPTION")
class LaterProseClipped(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill is not self.skills[0]:
            binding["functionDescription"] = binding["functionDescription"][:300]
        return binding


@subtle(
    "The second reading has the declared schema as an object in place of its text.",
    "AST-BINDING-PARAMETERS",
    "AST-BINDING-REPEATABLE",
)
class SchemaUntexted(App):
    seen: frozenset = frozenset()

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill.function in self.seen and "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.loads(binding["parameterDescriptionJson"])
        self.seen |= {skill.function}
        return binding


@subtle(
    "The binding of a skill without a name has the name of a skill before it.",
    "AST-BINDING-EACH",
    surfaces=("python", "powershell"),
)
class NamelessInheritsLabel(App):
    def bindings(self):
        found = super().bindings()
        label = None
        for (binding,) in found.values():
            label = binding.get("functionName", label)
            if label is not None:
                binding["functionName"] = label
        return found


@subtle(
    "A skill that is declared after the first reading has the first skill's description in its binding.",
    "AST-BINDING-EACH",
    "AST-BINDING-DESCRIPTION",
)
class LatecomerDescribedFirst(App):
    known = 0

    def bindings(self):
        found = super().bindings()
        bound = [binding for (binding,) in found.values()]
        if self.known:
            for binding in bound[self.known :]:
                binding["functionDescription"] = bound[0]["functionDescription"]
        self.known = self.known or len(bound)
        return found
