"""Bindings that are wrong only for declarations that few examples make."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.examined_given_schemas import everywhere
from mutants.subtle.subtle import subtle


def rewritten(binding, change):
    """Return a binding with its parameter description changed."""
    if "parameterDescriptionJson" not in binding:
        return binding
    schema = json.loads(binding["parameterDescriptionJson"])
    return {**binding, "parameterDescriptionJson": json.dumps(change(schema))}


def flattened(value, depth):
    """Write what lies deeper than `depth` as text, as ConvertTo-Json does."""
    if depth < 0 and isinstance(value, (dict, list)):
        return "System.Collections.Hashtable"
    if isinstance(value, dict):
        return {key: flattened(part, depth - 1) for key, part in value.items()}
    return [flattened(part, depth - 1) for part in value] if isinstance(value, list) else value


@subtle(
    "When a parameter description is deeper than a property's keywords, its binding has a type's name there.",
    "AST-BINDING-PARAMETERS",
    surfaces=("powershell",),
)
class ConvertToJsonShallowBinding(App):
    def binding_of(self, skill):
        return rewritten(super().binding_of(skill), lambda schema: flattened(schema, 2))


@subtle(
    "When a skill without a function name follows one with, its binding contains the earlier one's function name.",
    "AST-BINDING-EACH",
    "AST-BINDING-FUNCTION-NAME",
    surfaces=("csharp-inprocess",),
)
class BindingInheritsEarlierFunctionName(App):
    def bindings(self):
        last, found = {}, {}
        for skill in self.skills:
            binding = self.binding_of(skill)
            last = {key: value for key, value in {**last, **binding}.items() if key == "functionName"}
            found[skill.function] = [{**binding, **last}]
        return found


@subtle(
    "When only an earlier skill names a model, the binding of a later one without a model contains that model.",
    "AST-BINDING-EACH",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class ModelSpillsIntoLaterBinding(App):
    def binding_of(self, skill):
        known = [other.given["model"] for other in self.skills if "model" in other.given]
        binding = super().binding_of(skill)
        position = self.skills.index(skill)
        return {**binding, "model": known[0]} if known and position and "model" not in binding else binding


@subtle("When a description ends in a line break, the binding has it without that break.", "AST-BINDING-DESCRIPTION")
class FinalBreakChompedInBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": binding["functionDescription"].rstrip("\r\n")}


@subtle(
    "When a parameter description lists several required properties, the binding has the list sorted.",
    "AST-BINDING-PARAMETERS",
    surfaces=("javascript",),
)
class RequiredListSortedInBinding(App):
    def binding_of(self, skill):
        def order(part):
            return sorted(part) if isinstance(part, list) and all(isinstance(name, str) for name in part) else part

        return rewritten(super().binding_of(skill), lambda schema: everywhere(order, schema))


@subtle(
    "When two skills share one parameter description, the second one's binding has the name of the first's argument.",
    "AST-BINDING-NAME",
    "AST-BINDING-EACH",
    surfaces=("python", "java"),
)
class SharedSchemaSharesBindingName(App):
    def bindings(self):
        names, found = {}, {}
        for skill in self.skills:
            text = skill.given.get("parameterDescriptionJson", skill.function)
            name = names.setdefault(text, skill.argument.name)
            found[skill.function] = [{**self.binding_of(skill), "name": name}]
        return found


@subtle(
    "When a bound in a parameter description exceeds 2^53, the binding has it rounded to a double.",
    "AST-BINDING-PARAMETERS",
    surfaces=("java",),
)
class GsonDoublesInBinding(App):
    def binding_of(self, skill):
        def widen(part):
            return int(float(part)) if isinstance(part, int) and not isinstance(part, bool) else part

        return rewritten(super().binding_of(skill), lambda schema: everywhere(widen, schema))


@subtle(
    "When bindings are read between two declarations, the functions declared later have no binding.", "AST-BINDING-EACH"
)
class IndexFrozenAtFirstLook(App):
    frozen = None

    def bindings(self):
        if self.frozen is None and self.skills:
            self.frozen = super().bindings()
        return self.frozen or {}
