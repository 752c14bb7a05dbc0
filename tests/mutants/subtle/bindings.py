"""What function.json gets wrong for some declarations, or at some time."""

from __future__ import annotations

import json
import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves, walk

DESCRIPTION, PARAMETERS = "AST-BINDING-DESCRIPTION", "AST-BINDING-PARAMETERS"
FUNCTION, NAME, REPEATABLE = "AST-BINDING-FUNCTION-NAME", "AST-BINDING-NAME", "AST-BINDING-REPEATABLE"


class WritingApp(App):
    """An app that changes one member of each binding that has it."""

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, self.member: self.change(binding[self.member])} if self.member in binding else binding


class DescribingApp(WritingApp):
    """An app that changes the description in the binding."""

    member = "functionDescription"


@subtle("A description is cut after 1000 characters in the binding.", DESCRIPTION)
class CutsDescriptionsInBindings(DescribingApp):
    def change(self, text):
        return text[:1000]


@subtle("A description of several lines is written on one in the binding.", DESCRIPTION)
class JoinsLinesInBindings(DescribingApp):
    def change(self, text):
        return " ".join(text.splitlines())


@subtle("A percent sign of a description is written twice in the binding, against placeholders.", DESCRIPTION)
class DoublesPercentSignsInBindings(DescribingApp):
    def change(self, text):
        return text.replace("%", "%%")


@subtle("The name of a setting between percent signs in a description is replaced in the binding.", DESCRIPTION)
class FillsSettingsIntoBindings(DescribingApp):
    def change(self, text):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], match[0]), text)


@subtle("Letters with separate accents are composed in the binding.", DESCRIPTION)
class ComposesAccentsInBindings(DescribingApp):
    def change(self, text):
        return unicodedata.normalize("NFC", text)


@subtle("Blanks around a description are dropped in the binding.", DESCRIPTION)
class TrimsDescriptionsInBindings(DescribingApp):
    def change(self, text):
        return text.strip()


class ParametersApp(WritingApp):
    """An app that writes the parameter description in the binding anew."""

    member = "parameterDescriptionJson"

    def change(self, text):
        return json.dumps(self.rewrite(json.loads(text)))


@subtle("Large integers of a parameter description are rounded in the binding.", PARAMETERS)
class RoundsIntegersInBindings(ParametersApp):
    def rewrite(self, schema):
        return leaves(schema, lambda value: int(float(value)) if type(value) is int else value)


@subtle("Empty lists of a parameter description are dropped in the binding.", PARAMETERS)
class DropsEmptyListsInBindings(ParametersApp):
    def rewrite(self, schema):
        return walk(schema, lambda part: {key: value for key, value in part.items() if value != []})


@subtle("The title of a parameter description is dropped in the binding.", PARAMETERS)
class DropsTitlesInBindings(ParametersApp):
    def rewrite(self, schema):
        return {key: value for key, value in schema.items() if key != "title"}


@subtle("A parameter description of more than 2048 characters is left out of the binding.", PARAMETERS)
class LeavesOutLongParameters(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {key: value for key, value in binding.items() if key != "parameterDescriptionJson" or len(value) <= 2048}


@subtle("A parameter description that says what would be made up is left out of the binding.", PARAMETERS)
class LeavesOutWhatWouldBeMadeUp(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill.schema == self.autogenerate(skill):
            binding.pop("parameterDescriptionJson", None)
        return binding


@subtle("A name with a setting in it is written resolved in the binding.", FUNCTION)
class WritesResolvedNames(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionName": skill.name} if "functionName" in binding else binding


@subtle("A name with dashes is written with underscores in the binding.", FUNCTION)
class WritesUnderscoresInBindings(WritingApp):
    member = "functionName"

    def change(self, text):
        return text.replace("-", "_")


@subtle("A name that differs from the function's own by case only is left out of the binding.", FUNCTION)
class LeavesOutNearNames(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        name = skill.given.get("functionName", "")
        if name != skill.function and name.lower() == skill.function.lower():
            del binding["functionName"]
        return binding


@subtle("An argument in several words joined by underscores has another name in the binding.", NAME)
class JoinsWordsInBindings(WritingApp):
    member = "name"

    def change(self, text):
        return re.sub("_([a-z])", lambda match: match[1].upper(), text)


@subtle("An argument's name loses its accents in the binding.", NAME)
class NamesBindingsInAscii(WritingApp):
    member = "name"

    def change(self, text):
        return text.encode("ascii", "ignore").decode() or "arg"


@subtle("The function name is missing from the bindings when they are read again.", REPEATABLE, FUNCTION)
class TakesOutTheFunctionName(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        skill.given.pop("functionName", None)
        return binding


@subtle("The parameter description is written as JSON once more at every reading of the bindings.", REPEATABLE)
class WritesJsonAgain(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            skill.given["parameterDescriptionJson"] = json.dumps(binding["parameterDescriptionJson"])
        return binding


@subtle("After a prompt the bindings lack the function names.", REPEATABLE)
class ForgetsNamesAfterAPrompt(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {key: value for key, value in binding.items() if key != "functionName"} if self.history else binding


@subtle("After a call the bindings hold the functions that were called only.", REPEATABLE)
class KeepsWhatWasCalled(App):
    def find(self, name):
        skill = super().find(name)
        self.called = [*getattr(self, "called", []), skill.function]
        return skill

    def bindings(self):
        called = getattr(self, "called", None)
        return {name: one for name, one in super().bindings().items() if called is None or name in called}


@subtle("After a function has raised, it has no binding.", REPEATABLE)
class DisablesWhatRaised(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.raised = [*getattr(self, "raised", []), skill.function]
            raise

    def bindings(self):
        return {name: one for name, one in super().bindings().items() if name not in getattr(self, "raised", [])}
