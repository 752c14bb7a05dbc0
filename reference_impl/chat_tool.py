"""A skill as the model sees it: the tool in a chat request, and the answer to a call of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from reference_impl.made_up_schema import make_up_schema
from reference_impl.trigger import DeclarationError, Trigger

__all__ = ["ChatTool"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatTool:
    """A skill and its function. `parameters` is a JSON Schema, `model` the declared chat model, if any."""

    trigger: Trigger
    handler: Callable[[Any], Any]
    name: str
    parameters: Mapping[str, Any]
    model: str | None

    @classmethod
    def from_trigger(cls, trigger: Trigger, handler: Callable[[Any], Any], settings: Mapping[str, str]) -> Self:
        """Work out what the model is told; raise DeclarationError if OpenAI would refuse it.

        The tool is named by functionName, or else after the function. In a name and a model, %SETTING%
        stands for the value of that setting of the app.
        """
        name = _resolve(trigger.given.get("functionName", trigger.function), trigger, settings)
        if not re.fullmatch("[a-zA-Z0-9_-]{1,64}", name):
            expected = "1 to 64 characters of a-z, A-Z, 0-9, _ and -"
            raise DeclarationError(trigger.function, "the tool's name", name, expected)
        model = _resolve(trigger.given.get("model", ""), trigger, settings) or None
        parameters = _parameters(trigger, handler)
        return cls(trigger=trigger, handler=handler, name=name, parameters=parameters, model=model)

    @property
    def definition(self) -> dict[str, Any]:
        """The skill as an element of a chat request's `tools`."""
        description = self.trigger.given["functionDescription"]
        function = {"name": self.name, "description": description, "parameters": self.parameters}
        return {"type": "function", "function": function}

    def run(self, arguments: str) -> str:
        """Run the function for a call with these arguments, and return what the model is told, whatever happens.

        The function gets the value of its own argument, None if that is missing. Its result is told as JSON,
        so a text is quoted. What an exception says stays in the log.
        """
        try:
            values = _read_json(arguments)
        except ValueError as error:
            return f"The call of {self.name} failed: its arguments are not JSON ({error})."
        if not isinstance(values, dict):
            return f"The call of {self.name} failed: its arguments are not a JSON object."
        try:
            result = self.handler(values.get(self.trigger.argument))
            return f"{self.name} is done." if result is None else _write_json(result)
        except Exception:  # noqa: BLE001 - a function may raise anything, and the conversation goes on
            _log.warning("The function %s failed", self.trigger.function, exc_info=True)
            return f"The call of {self.name} failed: the function raised an error."


def _parameters(trigger: Trigger, handler: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the declared schema or, if there is none, a made-up one."""
    text = trigger.given.get("parameterDescriptionJson")
    try:
        return make_up_schema(handler, trigger.argument) if text is None else _read_schema(text)
    except ValueError as error:
        if text is not None:
            raise trigger.refusal("parameterDescriptionJson", f"the JSON text of an object schema: {error}") from error
        expected = f"a function of one parameter, {trigger.argument}: {error}"
        raise DeclarationError(trigger.function, "the handler", handler, expected) from error


def _read_schema(text: str) -> dict[str, Any]:
    """Read a schema and leave it as it is: what reaches the model is equal to what was declared."""
    schema = _read_json(text)
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise ValueError('its root does not say "type": "object"')
    return schema


def _resolve(text: str, trigger: Trigger, settings: Mapping[str, str]) -> str:
    """Replace each %SETTING% by the value of that setting, as the Functions host does in attributes."""

    def value_of(match: re.Match[str]) -> str:
        if match[1] not in settings:
            raise DeclarationError(trigger.function, "a parameter", text, f"without {match[0]}, which is not a setting")
        return settings[match[1]]

    return re.sub("%([^%]+)%", value_of, text)


def _read_json(text: str) -> Any:
    """Parse JSON; raise ValueError for anything that could not be written as JSON again."""
    try:
        value = json.loads(text)
        _write_json(value)  # Python reads NaN, numbers beyond its floats and half characters, too
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


def _write_json(value: Any) -> str:
    """Format a value as JSON; raise TypeError or ValueError if JSON, or UTF-8, cannot hold it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    text.encode()
    return text
