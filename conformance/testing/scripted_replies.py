"""What a test lets the model reply, in as few words as possible."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from json import dumps  # by name: an implementation may patch the module
from typing import Any, TypeAlias

from conformance._service import Fault, Reply, ToolCall

__all__ = ["ModelReply", "make_replies", "tool_call"]

ModelReply: TypeAlias = str | ToolCall | Sequence[ToolCall] | Reply | Fault
"""One reply of the model: a text, one tool call or several, anything else that it says, or an error in its place."""


def tool_call(name: str, arguments: Mapping[str, Any] | str = "{}", *, call_id: str = "") -> ToolCall:
    """Make a call of a tool.

    Arguments that are text are sent as they are, and need not be JSON. Without an id the calls of a script are
    numbered: call_1, call_2 and so on.
    """
    text = arguments if isinstance(arguments, str) else dumps(dict(arguments), ensure_ascii=False)
    return ToolCall(id=call_id, name=name, arguments=text)


def make_replies(said: Iterable[ModelReply], numbers: Iterator[int] | None = None) -> Iterator[Reply | Fault]:
    """Make the replies of a script, calls without an id being numbered; raise TypeError for any other value."""
    numbers = numbers or count(1)
    for one in said:
        match one:
            case str():
                yield Reply(text=one)
            case Fault():
                yield one
            case Reply():
                yield _with_numbers(one, numbers)
            case ToolCall():
                yield Reply(calls=_numbered((one,), numbers))
            case Sequence():
                yield Reply(calls=_numbered(one, numbers))
            case _:
                raise TypeError(f"a model reply = {one!r}, but should be a text, tool calls, a Reply or a Fault")


def _with_numbers(reply: Reply, numbers: Iterator[int]) -> Reply:
    calls = _numbered(reply.calls, numbers)
    return replace(
        reply, calls=calls, further_choices=tuple(_with_numbers(one, numbers) for one in reply.further_choices)
    )


def _numbered(calls: Iterable[Any], numbers: Iterator[int]) -> tuple[ToolCall, ...]:
    numbered = []
    for call in calls:
        if not isinstance(call, ToolCall):
            raise TypeError(f"a tool call = {call!r}, but should be made by tool_call(name, arguments)")
        number = next(numbers)
        numbered.append(call if call.id else replace(call, id=f"call_{number}"))
    return tuple(numbered)
