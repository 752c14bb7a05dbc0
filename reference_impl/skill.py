"""A skill: a declaration and its function, what the model is told of them, and what a tool call gets."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from reference_impl.errors import DeclarationError
from reference_impl.jsontext import read_json, write_json
from reference_impl.schema import autogenerate_parameters, read_parameters

if TYPE_CHECKING:
    from reference_impl.declaration import Declaration

__all__ = ["Handler", "Skill"]

Handler = Callable[[Any], Any]

_log = logging.getLogger(__name__)
_TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # what OpenAI takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A function that the model can call.

    `name` is what the model calls it, `parameters` their JSON Schema, `model` the declared one, if any.
    """

    declaration: Declaration
    handler: Handler
    name: str
    parameters: Mapping[str, Any]
    model: str | None

    @classmethod
    def from_declaration(cls, declaration: Declaration, handler: Handler, settings: Mapping[str, str]) -> Self:
        """Work out what the model is told; raise DeclarationError if that would be refused or wrong.

        The name is functionName, or else the function's own; `%SETTING%` in it, as in the model, stands for
        a setting's value.
        """
        model = declaration.fields.get("model")
        name = declaration.fields.get("functionName", declaration.function)
        name = _resolve_settings(name, declaration, settings)
        if not _TOOL_NAME.fullmatch(name):
            expected = "1 to 64 characters of a-z, A-Z, 0-9, _ and -"
            raise DeclarationError(declaration.function, "the name for the model", name, expected)
        return cls(
            declaration=declaration,
            handler=handler,
            name=name,
            parameters=_parameters_of(declaration, handler),
            model=_resolve_settings(model, declaration, settings) if model else None,
        )

    @property
    def tool(self) -> dict[str, Any]:
        """The skill as an element of a chat request's `tools`."""
        description = self.declaration.fields["functionDescription"]
        function = {"name": self.name, "description": description, "parameters": self.parameters}
        return {"type": "function", "function": function}

    def answer(self, arguments: str) -> str:
        """Run the function for a tool call and word the answer for the model, whatever happens.

        Only the value of its own argument is passed, None if it is missing. A result becomes JSON text (so
        a string is quoted), as with the shipped host. What an exception says is not told to the model.
        """
        try:
            values = read_json(arguments)
        except ValueError as error:
            return f"The call of {self.name} failed: its arguments are not JSON ({error})."
        if not isinstance(values, dict):
            return f"The call of {self.name} failed: its arguments are not a JSON object."
        try:
            result = self.handler(values.get(self.declaration.argument))
            return f"{self.name} is done." if result is None else write_json(result)
        except Exception:  # noqa: BLE001 - a function may raise anything, and the conversation goes on
            _log.warning("The function %s failed", self.declaration.function, exc_info=True)
            return f"The call of {self.name} failed: the function raised an error."


def _parameters_of(declaration: Declaration, handler: Handler) -> dict[str, Any]:
    text = declaration.fields.get("parameterDescriptionJson")
    if text:
        try:
            return read_parameters(text)
        except ValueError as error:
            expected = f"the JSON text of an object schema ({error})"
            raise declaration.refusal("parameterDescriptionJson", expected) from error
    try:
        return autogenerate_parameters(handler, declaration.argument)
    except ValueError as error:
        expected = f"a function of one parameter, {declaration.argument} ({error})"
        raise DeclarationError(declaration.function, "the handler", handler, expected) from error


def _resolve_settings(text: str, declaration: Declaration, settings: Mapping[str, str]) -> str:
    """Replace each `%SETTING%` by the setting's value, as the host does in attributes."""

    def value_of(match: re.Match[str]) -> str:
        if match[1] not in settings:
            expected = f"resolvable: there is no setting {match[1]}"
            raise DeclarationError(declaration.function, "a parameter's value", text, expected)
        return settings[match[1]]

    return re.sub("%([^%]+)%", value_of, text)
