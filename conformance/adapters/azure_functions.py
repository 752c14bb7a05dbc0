"""Judges the `azure-functions` library: `pytest --impl=conformance.adapters.azure_functions`.

The library declares skills and leaves the conversation to the Functions host, so there is no `ask`. Edition
2024-04-14 documents the decorator `assistant_skill_trigger`, edition 2025-05-15 a generic trigger.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

import azure.functions

from conformance.contract import Context, Skill

__all__ = ["__version__", "create_app", "surfaces"]

__version__ = version("azure-functions")

surfaces = ["python"]


def create_app(context: Context) -> _AzureFunctionsApp:
    """Create an app that declares through the real library."""
    return _AzureFunctionsApp(context)


class _AzureFunctionsApp:
    def __init__(self, context: Context) -> None:
        generic = context.edition != "2024-04-14"
        self.construct = "generic_trigger" if generic else "assistant_skill_trigger"
        self._fixed = {"type": "assistantSkillTrigger"} if generic else {}
        self._skills: list[Skill] = []

    def add_skill(self, skill: Skill) -> None:
        self._declare(azure.functions.FunctionApp(), skill)  # refuses at once what the library refuses
        self._skills.append(skill)

    def bindings(self) -> dict[str, list[dict[str, Any]]]:
        """Return the metadata that a worker would hand to the host.

        An app of the library can be read only once (python worker issue 1867), so each reading declares anew.
        """
        app = azure.functions.FunctionApp()
        for skill in self._skills:
            self._declare(app, skill)
        return {
            str(function.get_function_name()): json.loads(function.get_function_json())["bindings"]
            for function in app.get_functions()
        }

    def _declare(self, app: azure.functions.FunctionApp, skill: Skill) -> None:
        trigger = getattr(app, self.construct)
        decorate = trigger(arg_name=skill.argument.name, **self._fixed, **skill.trigger)
        app.function_name(skill.name)(decorate(skill.handler))
