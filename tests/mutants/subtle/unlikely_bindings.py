"""Bindings that are wrong for a skill's neighbours, its values or the moment of reading."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle

NODE_AND_POWERSHELL = ("javascript", "typescript", "powershell")


@subtle(
    "When the type given only begins as the documented one, such as C#'s old AssistantSkillTriggerInput, it stays.",
    "AST-BINDING-TYPE",
    surfaces=NODE_AND_POWERSHELL,
)
class TypeByItsBeginning(App):
    def binding_of(self, skill):
        given = skill.given.get("type", "")
        return {**super().binding_of(skill), **({"type": given} if given.startswith(self.type) else {})}


@subtle(
    "When the direction given is inout, it reaches the binding, because it contains the documented one.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell",),
)
class DirectionByContaining(App):
    def binding_of(self, skill):
        given, binding = skill.given.get("direction", ""), super().binding_of(skill)
        return {**binding, "direction": given} if binding["direction"] in given else binding


@subtle(
    "When two functions call their argument the same, the second binding's name gets a number.",
    "AST-BINDING-NAME",
    "AST-BINDING-EACH",
)
class BindingNamesNumbered(App):
    def bindings(self):
        seen, bindings = [], super().bindings()
        for binding in (binding for of_function in bindings.values() for binding in of_function):
            seen.append(name := binding["name"])
            if seen.count(name) > 1:
                binding["name"] = f"{name}{seen.count(name)}"
        return bindings


@subtle(
    "When the declared function name is the function's own, the binding leaves it out as redundant.",
    "AST-BINDING-FUNCTION-NAME",
)
class RedundantNameLeftOut(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if binding.get("functionName") == skill.function:
            del binding["functionName"]
        return binding


@subtle(
    "When a list in the parameter description has null in it, the binding's text loses it.", "AST-BINDING-PARAMETERS"
)
class NullsInListsLost(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(self.without_nulls(skill.schema))
        return binding

    def without_nulls(self, value):
        if isinstance(value, dict):
            return {key: self.without_nulls(member) for key, member in value.items()}
        return [self.without_nulls(item) for item in value if item is not None] if isinstance(value, list) else value


@subtle(
    "When a text inside the parameter description has two spaces in a row, the binding has one.",
    "AST-BINDING-PARAMETERS",
)
class SpacesInBindingCollapsed(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = " ".join(binding["parameterDescriptionJson"].split())
        return binding


@subtle(
    "When one skill declares a model and another does not, the other's binding has that model too.",
    "AST-BINDING-EACH",
    "AST-MODEL-DEFAULT",
    editions=("2024-04-14",),
)
class ModelFilledInFromApp(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "model": self.model()} if self.model() != self.default_model else binding


@subtle(
    "When a skill declares no name or parameters but the one before did, its binding repeats that one's.",
    "AST-BINDING-EACH",
)
class OneTemplateForAll(App):
    def bindings(self):
        template, bindings = {}, {}
        for skill in self.skills:
            template.update(self.binding_of(skill))
            bindings[skill.function] = [dict(template)]
        return bindings


@subtle(
    "When bindings are read again after a prompt, settings in names have been replaced.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-FUNCTION-NAME",
)
class PromptResolvesBindings(App):
    def ask(self, message):
        for skill in self.skills:
            if "functionName" in skill.given:
                skill.given["functionName"] = skill.name
        return super().ask(message)


@subtle(
    "When a function is declared in a second app, it still carries the binding of the first.",
    "AST-BINDING-ISOLATED",
    "AST-BINDING-EACH",
)
class BindingsKeptOnFunction(App):
    def declare(self, skill, given):
        super().declare(skill, given)
        skill.handler.__dict__.setdefault("bindings", []).append(self.binding_of(self.skills[-1]))

    def bindings(self):
        return {skill.function: [dict(binding) for binding in skill.handler.bindings] for skill in self.skills}


@subtle(
    "When bindings are read before a prompt, the declared model is gone from the chat request.",
    "AST-MODEL-GIVEN",
    "AST-MODEL-DEPLOYMENT",
    "AST-BINDING-REPEATABLE",
    editions=("2024-04-14",),
)
class ReadingTakesModelAway(App):
    def binding_of(self, skill):
        fixed = {"type": self.type, "direction": self.directions[self.context.edition], "name": skill.argument.name}
        given = {field: skill.given[field] for field in self.fields if field in skill.given and field != "model"}
        model = skill.given.pop("model", None)
        return {**fixed, **given, **({"model": model} if model else {})}


@subtle(
    "When the mapping that declared a skill is changed for the next one, the first skill changes with it.",
    "AST-BINDING-EACH",
    "AST-BINDING-DESCRIPTION",
    "AST-TOOL-DESCRIPTION",
)
class MappingReadLater(App):
    def add_skill(self, skill):
        super().add_skill(skill)
        last = self.skills[-1]
        self.skills[-1] = last._replace(given=Live(self, skill.trigger, last.given))


class Live(dict):
    """What was declared, with the description as the mapping has it now."""

    def __init__(self, app, trigger, given):
        super().__init__(given)
        self.app, self.trigger = app, trigger

    def __getitem__(self, field):
        now = self.app.read(self.trigger)
        return (
            now.get(field, super().__getitem__(field)) if field == "functionDescription" else super().__getitem__(field)
        )
