"""How the messages of a conversation hang together: tool calls, and the messages that answer them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["History", "read_history"]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What does not fit.

    `strangers`: tool messages, with the id that no preceding call has. `gaps`: messages that came where an
    answer was due, with the ids still waiting. `waiting`: ids still unanswered at the end.
    """

    strangers: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, tuple[str, ...]], ...]
    waiting: tuple[str, ...]


def read_history(messages: Iterable[tuple[str, Mapping[str, Any]]]) -> History:
    """Follow the tool calls through messages, each given with its place."""
    strangers: list[tuple[str, str]] = []
    gaps: list[tuple[str, tuple[str, ...]]] = []
    asked: list[str] = []
    waiting: list[str] = []
    for where, message in messages:
        if message.get("role") != "tool":
            if waiting:
                gaps.append((where, tuple(waiting)))
            asked = _ids_of(message)
            waiting = list(asked)
            continue
        answered = message.get("tool_call_id")
        if not isinstance(answered, str):
            # Another rule's finding; here it counts as an answer, so that one fault is found once.
            del waiting[:1]
        elif answered not in asked:
            strangers.append((where, answered))
        elif answered in waiting:
            waiting.remove(answered)
    return History(strangers=tuple(strangers), gaps=tuple(gaps), waiting=tuple(waiting))


def _ids_of(message: Mapping[str, Any]) -> list[str]:
    calls = message.get("tool_calls")
    if message.get("role") != "assistant" or not isinstance(calls, list):
        return []
    ids = (call.get("id") for call in calls if isinstance(call, dict))
    return [call_id for call_id in ids if isinstance(call_id, str)]
