"""What reviews let through in a port for Python: pydantic, docstrings, web frameworks, exceptions, generic_trigger."""

from __future__ import annotations

import json
from inspect import cleandoc

from mutants.base import App
from mutants.subtle.subtle import subtle

LATER = ("2025-05-15",)


def camel(words):
    """Return a name with underscores as function.json spells names."""
    first, *others = words.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


@subtle(
    "When an object in a result has a member whose name begins with an underscore, such as _id, it is left out.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class PythonPydanticPrivateMembersOfResult(App):
    def word_result(self, result):
        return super().word_result(self.public(result))

    def public(self, value):
        if isinstance(value, dict):
            return {key: self.public(member) for key, member in value.items() if not key.startswith("_")}
        return [self.public(item) for item in value] if isinstance(value, list) else value


@subtle("When later lines of a description are all indented, they no longer are.", "AST-TOOL-DESCRIPTION")
class PythonCleandocOfDescription(App):
    def description_of(self, skill):
        description = super().description_of(skill)
        return cleandoc(description) if "\n" in description.strip() else description


@subtle(
    "When a function's own name has underscores inside, a tool without a declared name has capitals in their place.",
    "AST-TOOL-NAME-FALLBACK",
    editions=LATER,
)
class PythonGenericTriggerOwnNameCamelled(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given or "_" not in name.strip("_") else camel(name)


@subtle(
    "When a parameter description describes members with underscores, they have capitals instead in the binding.",
    "AST-BINDING-PARAMETERS",
    editions=LATER,
)
class PythonGenericTriggerMembersCamelled(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "_" in binding.get("parameterDescriptionJson", ""):
            binding["parameterDescriptionJson"] = json.dumps(self.renamed(skill.schema))
        return binding

    def renamed(self, value):
        if isinstance(value, dict):
            return {camel(key): self.renamed(member) for key, member in value.items()}
        return [self.renamed(item) for item in value] if isinstance(value, list) else value


@subtle(
    "When a result is a list of two, the second an HTTP status, only the first is told.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class PythonFlaskPairOfBodyAndStatus(App):
    def word_result(self, result):
        is_pair = isinstance(result, list) and len(result) == 2 and type(result[1]) is int and 100 <= result[1] < 600
        return super().word_result(result[0] if is_pair else result)


@subtle(
    "When a function raises a TimeoutError, it is run a second time.",
    "AST-CONVERSATION-ONCE",
)
class PythonTimeoutOfFunctionRunsAgain(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except TimeoutError:
            return super().invoke(skill, argument)


@subtle("When a function raises a KeyError, the prompt ends in an error.", "AST-CONVERSATION-FAILURE")
class PythonKeyErrorIsMissingSetting(App):
    def word_failure(self, name, error):
        if type(error) is KeyError:
            raise RuntimeError(f"the setting {error} is missing") from error
        return super().word_failure(name, error)


@subtle(
    "When a function raises a TypeError, it is run again with null, as if the argument were missing.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-FAILURE",
)
class PythonTypeErrorMeansNoArgument(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except TypeError:
            return super().invoke(skill, None)
