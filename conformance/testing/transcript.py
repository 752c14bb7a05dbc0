"""Writes down what the scripted service was asked and what it answered, for messages of failing tests."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conformance._service import Exchange, Fault, Reply
from conformance._text import json_values
from conformance.testing.asked_request import AskedRequest, text_of

__all__ = ["describe_reply", "write_transcript"]


def write_transcript(exchanges: Sequence[Exchange], replies: Sequence[Reply | Fault]) -> str:
    """Return the whole conversation; of each request only what the one before did not say."""
    lines: list[str] = []
    before: list[Mapping[str, Any]] = []
    for number, exchange in enumerate(exchanges, 1):
        request = AskedRequest.of(number, exchange)
        again = request.messages[: len(before)] == before
        lines += _describe(request, request.messages[len(before) :] if again else request.messages)
        lines += [f"    answered: {line}" for line in _answer(exchange, replies)]
        before = request.messages
    return "\n".join(lines) if lines else "  no request was sent"


def _describe(request: AskedRequest, messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"  request {request.number}{f' to {request.model}' if request.model else ''}:"
    if not messages:
        yield "    the same again"
    for message in messages:
        if text_of(message) or not message.get("tool_calls"):
            yield f"    {message.get('role')}: {json_values.show(text_of(message), 300)}"
    offered = ", ".join(request.tools) or "no tools"
    yield f"    offers: {offered}"


def _answer(exchange: Exchange, replies: Sequence[Reply | Fault]) -> Iterator[str]:
    for violation in exchange.violations:
        verdict = "refused" if violation.certain else "warning"
        yield f"{verdict} with {violation.answer}: {violation.message}"
    if exchange.unscripted:
        yield f"{exchange.response.status}, since the script has no reply left"
    if exchange.reply is not None:
        yield from describe_reply(replies[exchange.reply])


def describe_reply(reply: Reply | Fault) -> Iterator[str]:
    """Say what a scripted reply says, one thing a line."""
    if isinstance(reply, Fault):
        yield f"error {reply.status}"
        return
    if reply.text is not None:
        yield json_values.show(reply.text, 300)
    for call in reply.calls:
        yield f"calls {call.name}({call.arguments}) as {call.id}"
    if reply.refusal is not None:
        yield f"declines: {json_values.show(reply.refusal, 300)}"
    if reply.finish_reason is not None:
        yield f"finish_reason {reply.finish_reason}"
