"""Liberties in declarations: when one is refused, what its construct is called, and what an app leaves out."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from mutants.base import App

from conformance.contract import Context
from liberties.liberty import CONFIGURED, liberty


class LazyApp(App):
    """Collects declarations, and looks at them when the bindings are read."""

    def __init__(self, context):
        super().__init__(context)
        self.collected = []

    def add_skill(self, skill):
        self.collected.append(skill)


@liberty("The bindings may refuse what add_skill took.")
class RefusesInBindings(LazyApp):
    def bindings(self):
        self.skills = []
        for skill in self.collected:
            self.declare(skill, self.read(skill.trigger))
        return super().bindings()


@liberty("Whatever is raised refuses a declaration, even an error without a text.")
class RefusesWithoutWords(App):
    def declare(self, skill, given):
        try:
            super().declare(skill, given)
        except Exception as error:
            raise type("Refusal", (Exception,), {}) from error


@liberty(
    "Whatever is raised refuses a declaration; a framework that is configured at start may exit.",
)
class RefusesByExit(App):
    def declare(self, skill, given):
        try:
            super().declare(skill, given)
        except Exception as error:
            raise SystemExit(f"cannot start: {error}") from error


class Refusal(BaseException):
    def __str__(self):
        raise RuntimeError("there are no words for it")


@liberty("Whatever is raised refuses a declaration, even what is not an Exception and cannot be printed.")
class RefusesByBaseException(App):
    def declare(self, skill, given):
        try:
            super().declare(skill, given)
        except Exception as error:
            raise Refusal from error


@liberty("OpenAI refused a description of more than 1,024 characters until May 2025, so an app may refuse it, too.")
class RefusesLongDescriptions(App):
    def check_given(self, given):
        super().check_given(given)
        if len(given["functionDescription"]) > 1024:
            raise ValueError("the description is too long")


@liberty("What add_skill returns means nothing.")
class ReturnsTheSkill(App):
    def add_skill(self, skill):
        super().add_skill(skill)
        return skill


@liberty(
    "In C# an attribute's class ends in Attribute, which a program may leave out.",
    surfaces=["csharp-isolated", "csharp-inprocess"],
)
class NamesTheAttributeClass(App):
    def construct_of(self, context):
        return super().construct_of(context) + "Attribute"


@liberty("The name of a decorator is compared without case and underscores.", surfaces=["python"])
class NamesADecorator(App):
    def construct_of(self, context):
        return "assistant_skill_trigger" if context.edition == "2024-04-14" else "GenericTrigger"


@liberty("What a construct is called may be left unsaid.", leaves_out=frozenset({"construct"}))
class NamesNoConstruct(App):
    def __init__(self, context):
        super().__init__(context)
        del self.construct


@liberty(
    "A library may only declare, and leave the conversation and what only that can refuse to the host.",
    leaves_out=frozenset({"ask"}),
)
class OnlyDeclares(App):
    ask = None

    def declare(self, skill, given):
        self.check_given(given)
        self.check_fixed(given)
        self.skills.append((skill, given))

    def bindings(self):
        return {skill.name: [self.declared(skill, given)] for skill, given in self.skills}

    def declared(self, skill, given):
        fixed = {"type": self.type, "direction": self.directions[self.context.edition], "name": skill.argument.name}
        return fixed | given


@liberty("A framework may converse and have no function.json.", leaves_out=frozenset({"bindings"}))
class OnlyConverses(App):
    bindings = None


@liberty("An app may be closed, print, and say what it likes on the way.")
class PrintsAndCloses(App):
    def add_skill(self, skill):
        print("declaring", skill.name)  # noqa: T201
        super().add_skill(skill)

    def close(self):
        print("closing")  # noqa: T201
        self.skills.clear()


@liberty("The settings of the app are exported, too.", surfaces=[*CONFIGURED, "python"])
class ReadsTheEnvironment(App):
    def __init__(self, context):
        super().__init__(context)
        import os  # noqa: PLC0415

        self.settings = os.environ


@liberty("What an app is created in is plain data, which may be copied deeply.")
class CopiesItsContext(App):
    def __init__(self, context):
        super().__init__(Context(**asdict(context)))
        json.dumps(context.environment)


@liberty("What becomes of an app whose skills name different models is left open: the second model may be refused.")
class RefusesASecondModel(App):
    def check_given(self, given):
        super().check_given(given)
        models = {one.get("model") for one in (given, *(skill.given for skill in self.skills))}
        if len(models - {None}) > 1:
            raise ValueError(f"one app asks one model, not {models}")


@liberty("Azure names deployments with letters, digits, dots, dashes and underscores: others may be refused.")
class RefusesImpossibleDeployments(App):
    def check_given(self, given):
        super().check_given(given)
        if self.on_azure and not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given.get("model", "x")):
            raise ValueError(f"there is no deployment {given['model']!r}")


@liberty("OpenAI refuses a tool with a regular expression that Python does not compile, so that an app may do so, too.")
class CompilesPatterns(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        json.loads(json.dumps(schema), object_hook=self.compile)

    def compile(self, node):
        if isinstance(node.get("pattern"), str):
            re.compile(node["pattern"])
        return node
