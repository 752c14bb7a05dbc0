"""Names, descriptions and bindings, as the libraries of Azure Functions and of tools have got them wrong."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a name ends with a line break, as from a setting read from a file, it is accepted.",
    "AST-DECLARATION-NAME-FORM",
)
class NameWithNewlineAccepted(App):  # $ matches before a last newline
    def check_name(self, name):
        super().check_name(name[:-1] if re.match(f"^{self.name_form}$", name) and name.endswith("\n") else name)


@subtle(
    "When a name from a setting is declared again in plain words, the duplicate is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class DuplicateOfSettingAccepted(App):
    def is_taken(self, name):
        declared = [skill.given.get("functionName", skill.function) for skill in self.skills]
        return name.lower() in [other.lower() for other in declared]


@subtle(
    "When a description has two percent signs, a setting between them is looked up, and the skill refused.",
    "AST-TOOL-DESCRIPTION",
    "AST-DECLARATION-PARAMETERS",
    "AST-BINDING-DESCRIPTION",
)
class PercentsInDescriptionResolved(App):  # azure-webjobs-sdk 3197
    def read(self, trigger):
        given = super().read(trigger)
        if "functionDescription" in given:
            given["functionDescription"] = self.resolve(given["functionDescription"])
        return given


def camel(name):
    """Join the words of a name as the Python library of Azure Functions does for its own fields."""
    return re.sub("(?<=[a-zA-Z0-9])_([a-z])", lambda match: match[1].upper(), name)


def camelized(value):
    """Rename the members of every object."""
    if isinstance(value, dict):
        return {camel(key): camelized(member) for key, member in value.items()}
    return [camelized(item) for item in value] if isinstance(value, list) else value


@subtle(
    "When a property of the parameter description has an underscore in its name, the binding has it in camel case.",
    "AST-BINDING-PARAMETERS",
)
class BindingPropertiesCamelCased(App):  # azure-functions-python-library, to_camel_case
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" not in binding:
            return binding
        return {**binding, "parameterDescriptionJson": json.dumps(camelized(skill.schema))}


@subtle(
    "When the binding of a declaration states another direction than the documented one, it keeps that.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell",),
)
class DeclaredDirectionKept(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "direction": skill.given.get("direction", binding["direction"])}


@subtle(
    "When the bindings are read after a prompt, they lack the description, which the request took out.",
    "AST-BINDING-DESCRIPTION",
    "AST-BINDING-REPEATABLE",
)
class DescriptionPoppedByRequest(App):  # pop instead of get, on a dict that is not a copy
    def description_of(self, skill):
        told = self.__dict__.setdefault("told", {})
        if skill.name not in told:
            told[skill.name] = skill.given.pop("functionDescription")
        return told[skill.name]
