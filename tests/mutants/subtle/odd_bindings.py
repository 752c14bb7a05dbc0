"""Bindings that are wrong for less usual declarations, or at another time."""

from __future__ import annotations

import html
import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("A parameter description of more than 4096 characters is cut in the binding.", "AST-BINDING-PARAMETERS")
class LongSchemaCutInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = binding["parameterDescriptionJson"][:4096]
        return binding


@subtle("White space around a description is missing from the binding.", "AST-BINDING-DESCRIPTION")
class DescriptionStrippedInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": binding["functionDescription"].strip()}


@subtle(
    "A function that raised an error in a conversation has no binding afterwards.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-EACH",
)
class FailedFunctionLosesItsBinding(App):
    def __init__(self, context):
        super().__init__(context)
        self.failed = set()

    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.failed.add(skill.function)
            raise

    def bindings(self):
        return {name: found for name, found in super().bindings().items() if name not in self.failed}


@subtle("Once the bindings have been read, skills that are declared later are missing from them.", "AST-BINDING-EACH")
class BindingsFixedAtFirstReading(App):
    fixed = None

    def bindings(self):
        if self.fixed is None:
            self.fixed = super().bindings()
        return self.fixed


@subtle(
    "The third and later bindings for arguments of the same name get a number after it.",
    "AST-BINDING-NAME",
    "AST-BINDING-EACH",
)
class ThirdBindingOfANameNumbered(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        before = [it.argument.name for it in self.skills[: self.skills.index(skill)]].count(skill.argument.name)
        return binding if before < 2 else {**binding, "name": f"{binding['name']}{before + 1}"}


@subtle("An argument in capital letters only, such as ID, has a binding in small ones.", "AST-BINDING-NAME")
class CapitalsOfArgumentSmallInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "name": binding["name"].lower() if binding["name"].isupper() else binding["name"]}


@subtle(
    "The binding of a skill without a model has the model of the last skill before it that gives one.",
    "AST-BINDING-EACH",
    "AST-MODEL-DEFAULT",
    editions=("2024-04-14",),
)
class ModelOfSkillBeforeInBinding(App):
    def binding_of(self, skill):
        before = self.skills[: self.skills.index(skill) + 1]
        model = [it.given["model"] for it in before if "model" in it.given][-1:]
        return {**super().binding_of(skill), **({"model": model[0]} if model else {})}


@subtle(
    "What stands between two percent signs in a description is taken for an unset setting and not in the binding.",
    "AST-BINDING-DESCRIPTION",
)
class PercentagesOfDescriptionLostInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": re.sub("%[^%]+%", "", binding["functionDescription"])}


@subtle("The binding of a skill for an object or an array has a type with an s too many.", "AST-BINDING-TYPE")
class TypeMisspeltForObjects(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "type": "AssistantSkillsTrigger"} if skill.argument.type in ("object", "array") else binding


@subtle("Emojis in a description are question marks in the binding.", "AST-BINDING-DESCRIPTION")
class EmojisOfDescriptionLostInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = "".join("?" if ord(sign) > 0xFFFF else sign for sign in binding["functionDescription"])
        return {**binding, "functionDescription": text}


@subtle("Angle brackets and ampersands in a description are escaped in the binding.", "AST-BINDING-DESCRIPTION")
class DescriptionEscapedInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": html.escape(binding["functionDescription"], quote=False)}


@subtle("Of an indented parameter description, only the first line is in the binding.", "AST-BINDING-PARAMETERS")
class FirstLineOfSchemaInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = binding["parameterDescriptionJson"].strip().split("\n")[0]
        return binding


@subtle(
    "The parameter description in the binding is written anew without a default or const that is null.",
    "AST-BINDING-PARAMETERS",
)
class NullDefaultLostInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            schema = json.loads(binding["parameterDescriptionJson"], object_hook=self.without_null_default)
            binding["parameterDescriptionJson"] = json.dumps(schema)
        return binding

    def without_null_default(self, node):
        return {key: value for key, value in node.items() if value is not None or key not in ("default", "const")}


@subtle("Large numbers of the parameter description are rounded in the binding.", "AST-BINDING-PARAMETERS")
class LargeIntegersRoundedInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            schema = json.loads(binding["parameterDescriptionJson"], parse_int=lambda digits: int(float(digits)))
            binding["parameterDescriptionJson"] = json.dumps(schema)
        return binding


@subtle("The bindings of an app with more than fifteen functions leave out those in excess.", "AST-BINDING-EACH")
class FifteenBindings(App):
    def bindings(self):
        return dict(list(super().bindings().items())[:15])
