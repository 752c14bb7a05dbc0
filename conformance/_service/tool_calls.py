"""What the messages of a chat request say of tool calls."""

from collections.abc import Iterable
from typing import Any


def functions_called(messages: Iterable[Any]) -> dict[str, str]:
    """Return the name of the function of each tool call in a history, by the call's id."""
    called = {}
    for message in messages:
        calls = message.get("tool_calls") if isinstance(message, dict) else None
        for call in calls if isinstance(calls, list) else ():
            if isinstance(call, dict) and isinstance(call.get("function"), dict):
                called[str(call.get("id"))] = str(call["function"].get("name"))
    return called
