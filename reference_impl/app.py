"""The function app: where functions are declared as skills."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from reference_impl.declaration import Declaration
from reference_impl.errors import DeclarationError
from reference_impl.skill import Handler, Skill
from reference_impl.surfaces import DEFAULT_MODEL, find_surface

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FunctionApp"]

_Function = TypeVar("_Function", bound=Handler)


class FunctionApp:
    """The functions of one app, and its settings: those of the environment at this moment, if none are given.

    `surface` says how declarations are spelled, `edition` by which date of the documentation.
    """

    def __init__(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        edition: str = "2024-04-14",
        surface: str = "python",
    ) -> None:
        """Create an app without functions; raise ValueError for an unknown edition or surface."""
        self.settings = MappingProxyType(dict(os.environ if settings is None else settings))
        self.surface = find_surface(edition, surface)
        self._skills: dict[str, Skill] = {}  # by name in lower case: the host compares without case

    def assistant_skill_trigger(
        self,
        arg_name: str,
        *,
        function_description: str,
        function_name: str | None = None,
        parameter_description_json: str | None = None,
        model: str | None = None,
    ) -> Callable[[_Function], _Function]:
        """Declare the decorated function as a skill (edition 2024-04-14, Decorators)."""
        return self._decorator(
            arg_name,
            functionName=function_name,
            functionDescription=function_description,
            parameterDescriptionJson=parameter_description_json,
            model=model,
        )

    def generic_trigger(
        self,
        arg_name: str,
        type: str,  # noqa: A002 - the documented word
        **fields: Any,
    ) -> Callable[[_Function], _Function]:
        """Declare the decorated function as a skill, its fields spelled as in Python or in function.json.

        Source: the Python example of edition 2024-04-14, the Decorators section of edition 2025-05-15.
        """
        return self._decorator(arg_name, type=type, **fields)

    def declare(self, handler: Handler, *, function: str, argument: str, trigger: Mapping[str, Any]) -> None:
        """Declare a skill, its parameters spelled as the surface documents them.

        Raises DeclarationError if the declaration is refused; the app is then as it was before.
        """
        declaration = Declaration.from_trigger(trigger, function=function, argument=argument, surface=self.surface)
        skill = Skill.from_declaration(declaration, handler, self.settings)
        for other in self._skills.values():
            first = other.declaration.function
            expected = f"unique in the app without regard to case: {first} has it already"
            if first.lower() == function.lower():
                raise DeclarationError(function, "the function's name", function, expected)
            if other.name.lower() == skill.name.lower():
                raise DeclarationError(function, "the name for the model", skill.name, expected)
        self._skills[skill.name.lower()] = skill

    def bindings(self) -> dict[str, list[dict[str, str]]]:
        """Map each function's name to its bindings, as function.json holds them."""
        return {skill.declaration.function: [skill.declaration.binding] for skill in self._skills.values()}

    @property
    def tools(self) -> list[dict[str, Any]]:
        """The `tools` of a chat request, in the order of declaration."""
        return [skill.tool for skill in self._skills.values()]

    @property
    def model(self) -> str:
        """The chat model, or on Azure OpenAI the deployment: the first that a skill declares."""
        return next((skill.model for skill in self._skills.values() if skill.model), DEFAULT_MODEL)

    def answer_call(self, name: str, arguments: str) -> str:
        """Run the skill that the model calls, with its arguments as JSON text, and word the answer for it."""
        skill = self._skills.get(name.lower())
        return skill.answer(arguments) if skill else f"There is no function {name}."

    def _decorator(self, arg_name: str, **fields: Any) -> Callable[[_Function], _Function]:
        trigger = {self.surface.spell(word) or word: value for word, value in fields.items()}

        def declare(function: _Function) -> _Function:
            self.declare(function, function=function.__name__, argument=arg_name, trigger=trigger)
            return function

        return declare
