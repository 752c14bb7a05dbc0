"""The function app: where functions are declared as skills, by a decorator or in any surface's spelling."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from reference_impl.chat_tool import ChatTool
from reference_impl.dialects import DEFAULT_MODEL, find_dialect
from reference_impl.trigger import DeclarationError, Trigger

__all__ = ["FunctionApp"]

_Function = TypeVar("_Function", bound=Callable[[Any], Any])


class FunctionApp:
    """The skills of one app, and its settings: the environment of this moment, if none are given."""

    def __init__(
        self, settings: Mapping[str, str] | None = None, *, edition: str = "2024-04-14", surface: str = "python"
    ) -> None:
        self.settings = MappingProxyType(dict(os.environ if settings is None else settings))
        self.dialect = find_dialect(edition, surface)
        self._tools: dict[str, ChatTool] = {}  # by name in lower case, since the Functions host ignores case

    def assistant_skill_trigger(self, arg_name: str, **parameters: str | None) -> Callable[[_Function], _Function]:
        """Declare the decorated function as a skill, with the parameters of the section Decorators."""

        def declare(function: _Function) -> _Function:
            self.declare(function, function=function.__name__, argument=arg_name, parameters=parameters)
            return function

        return declare

    generic_trigger = assistant_skill_trigger
    """The decorator of edition 2025-05-15, for which the type is one of the parameters."""

    def declare(
        self, handler: Callable[[Any], Any], *, function: str, argument: str, parameters: Mapping[str, Any]
    ) -> None:
        """Declare a skill; raise DeclarationError to refuse it, which leaves the app as it was."""
        trigger = Trigger.from_parameters(parameters, function=function, argument=argument, dialect=self.dialect)
        tool = ChatTool.from_trigger(trigger, handler, self.settings)
        for other in self._tools.values():
            expected = f"unique in the app, ignoring case: {other.trigger.function} has it already"
            if other.trigger.function.lower() == function.lower():
                raise DeclarationError(function, "the function's name", function, expected)
            if other.name.lower() == tool.name.lower():
                raise DeclarationError(function, "the tool's name", tool.name, expected)
        self._tools[tool.name.lower()] = tool

    def bindings(self) -> dict[str, list[dict[str, str]]]:
        """Return each function's bindings, as function.json holds them."""
        return {tool.trigger.function: [tool.trigger.binding] for tool in self._tools.values()}

    @property
    def tools(self) -> list[dict[str, Any]]:
        """The `tools` of a chat request, in the order of declaration."""
        return [tool.definition for tool in self._tools.values()]

    @property
    def model(self) -> str:
        """The chat model, or the deployment on Azure OpenAI: the first that a skill declares."""
        return next((tool.model for tool in self._tools.values() if tool.model), DEFAULT_MODEL)

    def run_tool(self, name: str, arguments: str) -> str:
        """Run the skill that the model calls, and return what the model is told."""
        tool = self._tools.get(name.lower())
        return tool.run(arguments) if tool else f"There is no function {name}."
