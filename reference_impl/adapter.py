"""What a conformance suite asks for in order to judge this implementation, and nothing of the suite."""

from __future__ import annotations

from typing import Any

from reference_impl.app import FunctionApp
from reference_impl.assistant import Assistant

__all__ = ["ConformanceApp", "create_app"]


class ConformanceApp:
    """A function app, and one conversation with it."""

    def __init__(self, app: FunctionApp) -> None:
        """Begin the conversation."""
        self._app = app
        self._assistant = Assistant(app)
        self.construct = app.surface.construct

    def add_skill(self, skill: Any, /) -> None:
        """Declare a skill (`name`, `trigger`, `argument`, `handler`); raise DeclarationError to refuse it."""
        self._app.declare(skill.handler, function=skill.name, argument=skill.argument.name, trigger=skill.trigger)

    def bindings(self) -> dict[str, list[dict[str, str]]]:
        """Map each function's name to its bindings, as function.json holds them."""
        return self._app.bindings()

    def ask(self, message: str, /) -> str:
        """Post a user's message and return the model's final text."""
        return self._assistant.ask(message)


def create_app(context: Any, /) -> ConformanceApp:
    """Create a fresh, empty function app for a context (`edition`, `surface`, `environment`)."""
    return ConformanceApp(FunctionApp(context.environment, edition=context.edition, surface=context.surface))
