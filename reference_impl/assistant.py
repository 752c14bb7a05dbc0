"""The conversation: a user's messages, the model's replies, and the tool calls in between."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from reference_impl.client import complete, connect
from reference_impl.errors import ConversationError

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletionMessage

    from reference_impl.app import FunctionApp

__all__ = ["MAX_ROUNDS", "Assistant", "Message"]

MAX_ROUNDS = 25  # a round adds two messages at least, and the shipped host stops after about 50

Message = dict[str, Any]


class Assistant:
    """One conversation with the model, which may call the skills of an app.

    `messages` are the history in the form of a chat request. It is safe to share between threads.
    """

    def __init__(self, app: FunctionApp, *, instructions: str | None = None) -> None:
        """Begin the conversation, with the model's instructions if there are any."""
        self._app = app
        self._lock = Lock()
        self.messages: tuple[Message, ...] = ()
        if instructions:
            self.messages = ({"role": "system", "content": instructions},)

    def ask(self, message: str) -> str:
        """Post a user's message, run the skills that the model calls, in order, and return its answer.

        Raises SettingsError, ConversationError, or an `openai.OpenAIError` if the service fails. The history
        then stays as it was before: it is whole, and a message that the service refuses cannot spoil it,
        though skills may have run already.
        """
        with self._lock:
            turn: list[Message] = [{"role": "user", "content": message}]
            for _ in range(MAX_ROUNDS):
                reply = self._complete([*self.messages, *turn])
                calls = [call.model_dump(exclude_unset=True) for call in reply.tool_calls or ()]
                if not calls:
                    text = reply.content or reply.refusal or ""
                    turn.append({"role": "assistant", "content": text})
                    self.messages += tuple(turn)
                    return text
                turn.append({"role": "assistant", "content": reply.content, "tool_calls": calls})
                turn += [self._answer(call) for call in calls]
            called = ", ".join(call["function"]["name"] for call in calls)
            raise ConversationError(f"The model came to no answer in {MAX_ROUNDS} rounds: it still calls {called}.")

    def _complete(self, messages: list[Message]) -> ChatCompletionMessage:
        request: dict[str, Any] = {"model": self._app.model, "messages": messages}
        if tools := self._app.tools:  # the service refuses an empty list
            request["tools"] = tools
        completion = complete(self._client, request)
        if not completion.choices:
            raise ConversationError("The service's reply holds no message.")
        return completion.choices[0].message

    def _answer(self, call: dict[str, Any]) -> Message:
        function = call["function"]
        content = self._app.answer_call(function["name"], function["arguments"])
        return {"role": "tool", "tool_call_id": call["id"], "content": content}

    @cached_property
    def _client(self) -> OpenAI:
        return connect(self._app.settings)
