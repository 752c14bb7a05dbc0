"""What a message of a chat request says, however it is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from json import dumps  # by name: an implementation may patch the module
from typing import Any, NamedTuple

from conformance._service import Reply
from conformance._text import json_values


class NormalizedCall(NamedTuple):
    """A tool call: its id, the function's name, and its arguments, in one spelling where they are JSON."""

    id: Any
    name: Any
    arguments: Any


class NormalizedMessage(NamedTuple):
    """A message: no text is as good as an empty one, and arguments may be written anew."""

    role: Any
    content: Any
    calls: tuple[NormalizedCall, ...] = ()
    answers: Any = None

    @classmethod
    def of_answer(cls, reply: Reply) -> NormalizedMessage:
        """Return what the assistant's message says of a reply."""
        calls = (NormalizedCall(call.id, call.name, spell(call.arguments)) for call in reply.calls)
        return cls("assistant", reply.text or None, tuple(calls))


def show(message: NormalizedMessage | None) -> str:
    """Show what a message says; None stands for one that is not there."""
    return "absent" if message is None else json_values.show(_members(message))


def show_apart(got: NormalizedMessage | None, wanted: NormalizedMessage | None) -> tuple[str, str]:
    """Show what two messages say that differ, long ones around the first difference."""
    if got is None or wanted is None:
        return show(got), show(wanted)
    return json_values.show_apart(_members(got), _members(wanted))


def _members(message: NormalizedMessage) -> Mapping[str, Any]:
    said = {key: value for key, value in message._asdict().items() if value}
    return {**said, "calls": [call._asdict() for call in message.calls]} if message.calls else said


def normalize_messages(messages: Any) -> list[NormalizedMessage]:
    """Return what each message says; nothing for what is not a list of messages.

    An empty answer of the model, which says nothing, may be kept or not.
    """
    if not isinstance(messages, list):
        return []
    spoken = (_essence(message) for message in messages if isinstance(message, dict))
    return [one for one in spoken if one.role != "assistant" or one.content or one.calls]


def _essence(message: Mapping[str, Any]) -> NormalizedMessage:
    calls = message.get("tool_calls")
    said = tuple(map(_call, calls)) if isinstance(calls, list) else ()
    return NormalizedMessage(message.get("role"), message.get("content") or None, said, message.get("tool_call_id"))


def _call(call: Any) -> NormalizedCall:
    if not isinstance(call, dict) or not isinstance(call.get("function"), dict):
        return NormalizedCall(None, None, None)
    function = call["function"]
    return NormalizedCall(call.get("id"), function.get("name"), spell(function.get("arguments")))


def spell(arguments: Any) -> Any:
    """Spell arguments in one way, so that equal ones are equal texts; no text means no arguments."""
    return _spell(arguments or "{}") if isinstance(arguments, str) else arguments


@lru_cache(maxsize=1024)
def _spell(arguments: str) -> str:
    try:
        return dumps(_plain(json_values.parse(arguments)), ensure_ascii=False, sort_keys=True)
    except (ValueError, OverflowError):
        return arguments


def _plain(value: Any) -> Any:
    """Write each number in one way: in JSON, 1.0 is 1."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
