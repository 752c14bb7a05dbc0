"""A request that reached the scripted service, as a test reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance._service import Exchange, functions_called

__all__ = ["AskedRequest", "text_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRequest:
    """A chat request.

    `number` counts from 1. `model` is the model that it names, on Azure OpenAI the deployment. `headers` have names in
    lower case. `body` is the JSON that was sent, an empty object if it could not be read. `status` is that of the
    answer; a request that the service accepted has 200.
    """

    number: int
    url: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    model: str | None
    status: int

    @classmethod
    def of(cls, number: int, exchange: Exchange) -> AskedRequest:
        """Read what the service remembers of a request."""
        return cls(
            number=number,
            url=exchange.request.url,
            headers=exchange.request.headers,
            body=exchange.body if isinstance(exchange.body, dict) else {},
            model=exchange.model,
            status=exchange.response.status,
        )

    @property
    def messages(self) -> list[Mapping[str, Any]]:
        """The conversation so far, with its instructions; what is not a message is left out."""
        messages = self.body.get("messages")
        return [one for one in messages if isinstance(one, dict)] if isinstance(messages, list) else []

    @property
    def prompt(self) -> str | None:
        """The user's text if this request asks for an answer to it, None if it goes on after a tool call."""
        last = self.messages[-1] if self.messages else {}
        return text_of(last) if last.get("role") == "user" else None

    @property
    def tools(self) -> dict[str, Mapping[str, Any]]:
        """The functions that the model is offered, by name: description, parameters and what else was sent."""
        tools = self.body.get("tools")
        functions = [one.get("function") for one in tools if isinstance(one, dict)] if isinstance(tools, list) else []
        return {str(one.get("name")): one for one in functions if isinstance(one, dict)}

    @property
    def results(self) -> list[tuple[str, str]]:
        """What the model is sent about its calls, in order: the function's name, and the tool message's content."""
        called = functions_called(self.messages)
        told = (one for one in self.messages if one.get("role") == "tool")
        return [(called.get(str(one.get("tool_call_id")), "?"), text_of(one)) for one in told]


def text_of(message: Mapping[str, Any]) -> str:
    """Return the text of a message, its parts joined; empty if it has none."""
    content = message.get("content")
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
