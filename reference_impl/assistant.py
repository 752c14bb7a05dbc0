"""The conversation: a user's prompts, the model's replies, and the tool calls in between."""

from __future__ import annotations

import json
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

from reference_impl.function_app import FunctionApp
from reference_impl.openai_client import connect

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["MAX_REQUESTS", "Assistant", "ConversationError"]

MAX_REQUESTS = 100  # for one prompt, so that a model that calls functions for ever comes to an end


class ConversationError(RuntimeError):
    """The service answered, but there is no answer for the user."""


class Assistant:
    """One conversation with the model, which may call the skills of an app; threads may share it.

    `messages` is the history in the form of a chat request. It holds finished turns only, each from a prompt
    to its answer, so that every request built on it is one that the service takes.
    """

    def __init__(self, app: FunctionApp, *, instructions: str | None = None) -> None:
        self._app = app
        self._lock = RLock()
        self.messages: tuple[dict[str, Any], ...] = ()
        if instructions:
            self.messages = ({"role": "system", "content": instructions},)

    def ask(self, prompt: str) -> str:
        """Post a prompt, run the skills that the model calls, in order, and return the model's answer.

        Raises SettingsError, ConversationError, or an `openai.OpenAIError` if the service fails. The history is
        then what it was before, though skills may have run.
        """
        with self._lock:
            turn = [_sendable({"role": "user", "content": prompt})]
            for _ in range(MAX_REQUESTS):
                reply = self._complete([*self.messages, *turn])
                turn.append(reply)
                if "tool_calls" not in reply:
                    self.messages += tuple(turn)
                    return str(reply["content"])
                turn += [self._answer(call) for call in reply["tool_calls"]]
            raise ConversationError(f"The model still calls functions after {MAX_REQUESTS} requests.")

    def _complete(self, messages: list[dict[str, Any]]) -> dict[str, Any]:
        """Send the conversation, and return the model's reply in the form in which the history keeps it."""
        tools: dict[str, Any] = {"tools": self._app.tools} if self._app.tools else {}  # the service refuses []
        request: dict[str, Any] = {"model": self._app.model, "messages": messages, **tools}
        completion = self._client.chat.completions.create(**request)
        if not completion.choices:
            raise ConversationError("The service's reply holds no message.")
        message = completion.choices[0].message
        if not message.tool_calls:
            return _sendable({"role": "assistant", "content": message.content or message.refusal or ""})
        calls = [_repeat(call) for call in message.tool_calls]
        return _sendable({"role": "assistant", "content": message.content, "tool_calls": calls})

    def _answer(self, call: dict[str, Any]) -> dict[str, Any]:
        content = self._app.run_tool(call["function"]["name"], call["function"]["arguments"])
        return {"role": "tool", "tool_call_id": call["id"], "content": content}

    @cached_property
    def _client(self) -> OpenAI:
        return connect(self._app.settings)


def _repeat(call: Any) -> dict[str, Any]:
    """Return a tool call as the history repeats it, its arguments to the letter: the service takes any text."""
    arguments = call.function.arguments
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"id": call.id, "type": "function", "function": {"name": call.function.name, "arguments": text}}


def _sendable(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message without halves of characters (lone surrogates), of which no request can be made."""
    copy: dict[str, Any] = json.loads(json.dumps(message, ensure_ascii=False).encode(errors="replace"))
    return copy
