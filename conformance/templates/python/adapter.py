"""Connects a framework to the assistant skill trigger conformance suite.

    python -m conformance smoke adapter.py      does the adapter work?
    pytest --impl=adapter.py                    does the framework conform?

It works as it is, in place of a framework. Put yours in where it says FILL IN.
"""

from __future__ import annotations

from typing import Any

# FILL IN: the language surfaces that the framework offers, at least one of csharp-isolated, csharp-inprocess, java,
# javascript, typescript, powershell and python.
surfaces = ["python"]

__version__ = "0.0.0"  # FILL IN: the framework's, by which reports tell its runs apart


def create_app(context: Any) -> App:
    """Create a fresh, empty function app, once for each case."""
    return App(context)


class App:
    """A function app of the framework."""

    def __init__(self, context: Any) -> None:
        # FILL IN: make an app of the framework; context.environment holds its settings.
        self.skills: dict[str, Any] = {}
        self.direction = "out" if context.edition == "2024-04-14" else "in"
        # FILL IN: what the framework's decorator is called.
        self.construct = "assistant_skill_trigger" if context.edition == "2024-04-14" else "generic_trigger"

    def add_skill(self, skill: Any) -> None:
        """Declare a skill; raise anything to refuse it."""
        # FILL IN: declare skill.handler, a function of one parameter, with skill.trigger, a mapping of the documented
        # parameters as the surface spells them (here function_description and so on).
        if "function_description" not in skill.trigger:
            raise ValueError(f"{skill.name} needs a function_description")
        self.skills[skill.name] = skill

    def bindings(self) -> dict[str, list[dict[str, Any]]]:
        """Map each function's name to its bindings, as function.json holds them."""
        # FILL IN: return what the framework tells the Functions host, or remove this method.
        return {
            name: [
                {
                    "type": "AssistantSkillTrigger",
                    "direction": self.direction,
                    "name": skill.argument.name,
                    **{_in_camel_case(parameter): value for parameter, value in skill.trigger.items()},
                }
            ]
            for name, skill in self.skills.items()
        }

    # FILL IN, if the framework talks to the model itself: a method `ask(self, message)` that posts the user's message,
    # runs the skills that the model calls, and returns the model's final text. The settings lead to a scripted service.

    def close(self) -> None:
        """Close the app; called after the case, whatever happened in it."""


def _in_camel_case(parameter: str) -> str:
    first, *others = parameter.split("_")
    return first + "".join(map(str.capitalize, others))
