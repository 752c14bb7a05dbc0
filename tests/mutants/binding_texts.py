"""Mutants of what a binding says: the function's name, its description and its parameter description."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.bindings import BindingApp
from mutants.mutant import mutant

FUNCTION_NAME = "AST-BINDING-FUNCTION-NAME"
DESCRIPTION = "AST-BINDING-DESCRIPTION"
PARAMETERS = "AST-BINDING-PARAMETERS"


@mutant(
    "The function name gets lost.",
    fails={
        FUNCTION_NAME: ["function-name-in-binding-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class LosesTheFunctionName(BindingApp):
    def change(self, binding):
        return {key: value for key, value in binding.items() if key != "functionName"}


@mutant(
    "The function's own name stands in the place of the one that is given.",
    fails={
        FUNCTION_NAME: ["function-name-in-binding-another"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class WritesTheFunctionsOwnName(App):
    def binding_of(self, skill):
        return super().binding_of(skill) | {"functionName": skill.function}


@mutant(
    "A function name that equals the function's own is left out, as an attribute's default is by the Maven plugin.",
    fails={
        FUNCTION_NAME: ["function-name-in-binding-the-same"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class LeavesOutANameThatIsTheDefault(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if binding.get("functionName") == skill.function:
            del binding["functionName"]
        return binding


@mutant(
    "The description gets lost, so that nobody can tell whose binding it is.",
    fails={
        DESCRIPTION: ["*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
        "AST-BINDING-ISOLATED": ["bindings-of-this-app-only", "binding-not-of-app-before"],
    },
)
class LosesTheDescription(BindingApp):
    def change(self, binding):
        return {key: value for key, value in binding.items() if key != "functionDescription"}


@mutant(
    "The description loses what is not ASCII.",
    fails={
        DESCRIPTION: ["description-in-binding-non-ascii"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class WritesTheDescriptionInAscii(BindingApp):
    def change(self, binding):
        text = binding["functionDescription"].encode("ascii", "replace").decode()
        return {**binding, "functionDescription": text}


@mutant(
    "The description is escaped as if it stood in a page.",
    fails={
        DESCRIPTION: ["description-in-binding-quotes-and-braces"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class EscapesTheDescription(BindingApp):
    def change(self, binding):
        text = binding["functionDescription"].replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return {**binding, "functionDescription": text}


@mutant(
    "The parameter description gets lost.",
    fails={
        PARAMETERS: ["parameters-in-binding-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class LosesTheParameterDescription(BindingApp):
    def change(self, binding):
        return {key: value for key, value in binding.items() if key != "parameterDescriptionJson"}


@mutant(
    "The parameter description is written as an object (Python library).",
    fails={
        PARAMETERS: ["parameters-in-binding-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class WritesTheParameterDescriptionAsAnObject(App):
    def binding_of(self, skill):
        return super().binding_of(skill) | {"parameterDescriptionJson": skill.schema}


@mutant(
    "The parameter description's nulls are stripped (Python library).",
    fails={
        PARAMETERS: ["parameters-in-binding-with-null"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class StripsNullsFromTheBinding(BindingApp):
    def change(self, binding):
        if "parameterDescriptionJson" in binding:
            bare = strip_nulls(json.loads(binding["parameterDescriptionJson"]))
            binding["parameterDescriptionJson"] = json.dumps(bare)
        return binding


def strip_nulls(value):
    if isinstance(value, dict):
        return {key: strip_nulls(member) for key, member in value.items() if member is not None}
    return [strip_nulls(item) for item in value if item is not None] if isinstance(value, list) else value


@mutant(
    "For an argument that is not a text the parameter description is made up, though one is given.",
    fails={
        PARAMETERS: ["parameters-in-binding-for-*"],
        "AST-BINDING-EACH": ["bindings-of-several-functions"],
    },
)
class MakesUpWhatIsGiven(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill.argument.type in {"array", "object"} and "parameterDescriptionJson" in binding:
            binding["parameterDescriptionJson"] = json.dumps(self.autogenerate(skill))
        return binding
