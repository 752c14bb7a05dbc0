"""Names, models, bindings and arguments that are nearly right."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle

NAME, ARGUMENT = "AST-TOOL-NAME", "AST-CONVERSATION-ARGUMENT"
FIRST = ["2024-04-14"]


class NamingApp(App):
    """An app that names a tool otherwise, and understands both names."""

    def function_of(self, skill):
        return {**super().function_of(skill), "name": self.rename(skill.name)}

    def find(self, name):
        own = {self.rename(skill.name).lower(): skill.name for skill in self.skills}
        return super().find(own.get(name.lower(), name))


@subtle("In a tool's name, several underscores in a row become one.", NAME)
class JoinsUnderscores(NamingApp):
    def rename(self, name):
        return re.sub("__+", "_", name)


@subtle("A tool's name is cut after 63 characters.", NAME)
class CutsNamesAtSixtyThree(NamingApp):
    def rename(self, name):
        return name[:63]


@subtle("A tool's name loses the digits at its end.", NAME)
class DropsLastDigits(NamingApp):
    def rename(self, name):
        return re.sub(r"(?<=[A-Za-z])\d+$", "", name) if len(self.skills) > 4 else name


@subtle("A tool's name in capitals only is written in lower case.", NAME)
class LowersCapitals(NamingApp):
    def rename(self, name):
        return name.lower() if name.isupper() else name


@subtle("A model's name loses its dot, as a deployment's often does.", "AST-MODEL", "AST-SERVICE-MODEL", editions=FIRST)
class DropsDotsOfModels(App):
    def model(self):
        return super().model().replace("gpt-4.", "gpt-4")


@subtle("A model's name is written in lower case.", "AST-MODEL", "AST-SERVICE-MODEL", editions=FIRST)
class LowersModels(App):
    def model(self):
        return super().model().lower()


@subtle("A deployment's name is written in lower case.", "AST-MODEL-DEPLOYMENT", "AST-SERVICE-MODEL", editions=FIRST)
class LowersDeployments(App):
    def url(self, model):
        return super().url(model.lower())


@subtle("A description that an earlier binding has already is left out.", "AST-BINDING")
class DropsRepeatedDescriptions(App):
    def bindings(self):
        found, told = super().bindings(), set()
        for (binding,) in found.values():
            description = binding["functionDescription"]
            if description in told:
                del binding["functionDescription"]
            told.add(description)
        return found


@subtle("After a prompt, the default model stands in the bindings.", "AST-BINDING-REPEATABLE")
class AddsModelsAfterPrompts(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {"model": self.default_model, **binding} if self.history else binding


@subtle("After an error of the service, there are no bindings.", "AST-BINDING")
class ForgetsBindingsAfterErrors(App):
    has_failed = False

    def fail(self, response):
        self.has_failed = True
        return super().fail(response)

    def bindings(self):
        return {} if self.has_failed else super().bindings()


@subtle("With a blank or very short prompt, no skills are offered.", "AST-TOOL", "AST-SERVICE")
class OffersNothingForShortPrompts(App):
    said = ""

    def ask(self, message):
        self.said = message
        return super().ask(message)

    def tools(self):
        return super().tools() if len(self.said.strip()) > 1 else []


@subtle("The argument is taken from another one that is an object, if that has a member of its name.", ARGUMENT)
class FindsNestedArguments(App):
    def argument_of(self, skill, arguments):
        others = [one for key, one in arguments.items() if key != skill.argument.name and isinstance(one, dict)]
        nested = [one[skill.argument.name] for one in others if skill.argument.name in one]
        return nested[0] if nested else super().argument_of(skill, arguments)


@subtle("Arguments with white space around them are refused.", ARGUMENT, "AST-CONVERSATION-CALL")
class RefusesPaddedArguments(App):
    def read_arguments(self, text):
        if text != text.strip():
            raise ValueError("the arguments are not an object")
        return super().read_arguments(text)


@subtle("Results are remembered by the first 500 characters of long arguments.", "AST-CONVERSATION-CALL")
class RemembersByTheBeginning(App):
    def __init__(self, context):
        super().__init__(context)
        self.known = {}

    def answer(self, name, arguments):
        if len(arguments) <= 500:
            return super().answer(name, arguments)
        key = (name, arguments[:500])
        if key not in self.known:
            self.known[key] = super().answer(name, arguments)
        return self.known[key]
