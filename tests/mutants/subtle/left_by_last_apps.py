"""What the app that ended last leaves to the next one: nothing may stand between the two that hides it."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class Remembering(App):
    """Knows what the app that ended last declared for each function, and its settings."""

    last: dict = {}  # noqa: RUF012  # one for each mutant, see __init_subclass__

    def __init_subclass__(cls):
        cls.last = {"declared": {}, "settings": {}}

    def __init__(self, context):
        super().__init__(context)
        self.own = dict(self.settings)
        self.declared = {}

    def declare(self, skill, given):
        self.declared[skill.name] = dict(given)
        super().declare(skill, given)

    def close(self):
        self.last.update(declared=self.declared, settings=self.own)


class KeepingAParameter(Remembering):
    """Declares a parameter that is left out as the last app did for the function."""

    parameter = "model"

    def declare(self, skill, given):
        left = self.last["declared"].get(skill.name, {})
        super().declare(skill, {key: left[key] for key in (self.parameter,) if key in left} | given)
        self.declared[skill.name] = dict(given)


@subtle(
    "When a model is left out, it is the one that the app before declared for the function.",
    "AST-BINDING-ISOLATED",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class ModelLeftByLastApp(KeepingAParameter):
    pass


@subtle(
    "When a parameter description is left out, it is the one that the app before declared for the function.",
    "AST-BINDING-ISOLATED",
    "AST-TOOL-ISOLATED",
    "AST-SCHEMA",
)
class ParametersLeftByLastApp(KeepingAParameter):
    parameter = "parameterDescriptionJson"


@subtle(
    "When an app before had a setting of the same name, its value counts.",
    "AST-TOOL-ISOLATED",
    "AST-TOOL-NAME-SETTING",
)
class SettingsLeftByLastApp(Remembering):
    def resolve(self, name):
        known = {key: value for key, value in self.last["settings"].items() if f"%{key}%" in name}
        self.settings = {**self.settings, **known}
        return super().resolve(name)
