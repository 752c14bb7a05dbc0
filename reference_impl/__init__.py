"""A small, complete implementation of the assistant skill trigger: what the documentation describes, working.

Read it in the order of a skill's life:

1. `dialects`: how each edition and language surface spells a declaration
2. `trigger`: a declaration, and the binding in function.json that it becomes
3. `made_up_schema`: the parameters, where the declaration describes none
4. `chat_tool`: the tool in the chat request, and the answer to a call
5. `function_app`: the skills of one app
6. `openai_client`, `assistant`: the conversation with the model

`docs/example/todo_assistant.py` is the documented example on top of it. `surfaces` and `create_app` are what a
conformance suite asks for.
"""

from __future__ import annotations

from typing import Any

from reference_impl.assistant import Assistant, ConversationError
from reference_impl.dialects import SURFACES as surfaces  # noqa: N811 - the contract's word
from reference_impl.function_app import FunctionApp
from reference_impl.openai_client import SettingsError
from reference_impl.trigger import DeclarationError

__all__ = [
    "Assistant",
    "ConformanceApp",
    "ConversationError",
    "DeclarationError",
    "FunctionApp",
    "SettingsError",
    "create_app",
    "surfaces",
]


class ConformanceApp:
    """A function app and one conversation with it, as the suite's contract wants them."""

    def __init__(self, app: FunctionApp) -> None:
        self._app = app
        self._assistant = Assistant(app)
        self.construct = app.dialect.construct

    def add_skill(self, skill: Any, /) -> None:
        """Declare a skill (`name`, `trigger`, `argument`, `handler`); raise DeclarationError to refuse it."""
        self._app.declare(skill.handler, function=skill.name, argument=skill.argument.name, parameters=skill.trigger)

    def bindings(self) -> dict[str, list[dict[str, str]]]:
        """Return each function's bindings, as function.json holds them."""
        return self._app.bindings()

    def ask(self, prompt: str) -> str:
        """Post a prompt, and return the answer; raise if there is none."""
        return self._assistant.ask(prompt)


def create_app(context: Any, /) -> ConformanceApp:
    """Create a fresh, empty function app for a context (`edition`, `surface`, `environment`)."""
    return ConformanceApp(FunctionApp(context.environment, edition=context.edition, surface=context.surface))
