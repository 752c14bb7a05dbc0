"""Checks of the messages: their contents, and how tool calls and tool messages hang together."""

from collections.abc import Iterable
from typing import Any, Final

from conformance._service._subject import Subject
from conformance._service._wording import Finding, dotted, should

__all__ = [
    "CALL_TYPES",
    "PART_TYPES",
    "ROLES",
    "find_contentless",
    "find_null_calls",
    "find_tool_messages_without_id",
    "find_unanswered",
    "find_unanswered_at_end",
    "find_unasked",
    "find_unnamed_function_messages",
]

ROLES: Final = ("system", "developer", "user", "assistant", "tool", "function")
PART_TYPES: Final = ("text", "image_url", "input_audio", "file", "refusal")
CALL_TYPES: Final = ("function", "custom")

_NEEDS_CONTENT: Final = ("system", "developer", "user", "tool")
_INSTEAD_OF_CONTENT: Final = ("tool_calls", "function_call", "refusal", "audio")
"""With one of these an assistant message needs no content; a refusal because the service sends it so."""


def find_contentless(subject: Subject) -> Iterable[Finding]:
    """Find messages whose content is null or absent though their role needs it."""
    return [
        (dotted(f"{where}.content"), should(f"{where}.content", None, "a string or an array of parts"))
        for where, message in subject.messages
        if message.get("content") is None and _needs_content(message)
    ]


def find_unnamed_function_messages(subject: Subject) -> Iterable[Finding]:
    """Find messages of the old role `function` that do not say which function."""
    return [
        (f"{where}.name", f"{where}.name is missing, but should name the function")
        for where, message in subject.messages
        if message.get("role") == "function" and "name" not in message
    ]


def find_null_calls(subject: Subject) -> Iterable[Finding]:
    """Find messages with `tool_calls` null instead of absent."""
    return [
        (f"{where}.tool_calls", should(f"{where}.tool_calls", None, "absent, or an array"))
        for where, message in subject.messages
        if "tool_calls" in message and message["tool_calls"] is None
    ]


def find_tool_messages_without_id(subject: Subject) -> Iterable[Finding]:
    """Find tool messages that do not say which call they answer."""
    return [
        (dotted(f"{where}.tool_call_id"), f"{where}.tool_call_id is missing, but should be the call's id")
        for where, message in subject.messages
        if message.get("role") == "tool" and message.get("tool_call_id") is None
    ]


def find_unasked(subject: Subject) -> Iterable[Finding]:
    """Find tool messages that answer no call of the assistant message before them."""
    wanted = "the id of one of the tool_calls before it"
    return [
        (dotted(f"{where}.role"), should(f"{where}.tool_call_id", call_id, wanted))
        for where, call_id in subject.history.strangers
    ]


def find_unanswered(subject: Subject) -> Iterable[Finding]:
    """Find messages that come while calls before them are unanswered."""
    return [
        (dotted(f"{where}.role"), f"{where} should be a tool message, since these calls wait: {_list(ids)}")
        for where, ids in subject.history.gaps
    ]


def find_unanswered_at_end(subject: Subject) -> Iterable[Finding]:
    """Find calls that are unanswered when the conversation ends."""
    waiting = subject.history.waiting
    if waiting:
        where = subject.messages[-1][0]
        yield dotted(f"{where}.role"), f"{where} should not be the last, since these calls wait: {_list(waiting)}"


def _needs_content(message: dict[str, Any]) -> bool:
    role = message.get("role")
    if role == "assistant":
        return not any(message.get(key) for key in _INSTEAD_OF_CONTENT)
    return role in _NEEDS_CONTENT


def _list(ids: tuple[str, ...]) -> str:
    return ", ".join(ids)
