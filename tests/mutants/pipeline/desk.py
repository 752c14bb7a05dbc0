"""A conversation as an event log that only grows, and the desk that runs the model's calls."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from mutants.pipeline.json_text import parsed, rendered


@dataclass(frozen=True)
class Call:
    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Reply:
    """A model's message: `final` is its text or, failing that, the words of its refusal."""

    text: str | None
    refusal: str | None
    calls: tuple[Call, ...]
    finish: str | None = None

    @property
    def final(self):
        return self.text or self.refusal or ""

    @classmethod
    def read(cls, payload):
        choice = payload["choices"][0]
        message = choice["message"]
        calls = tuple(
            Call(call["id"], call["function"]["name"], call["function"]["arguments"])
            for call in message.get("tool_calls") or ()
        )
        return cls(message.get("content"), message.get("refusal"), calls, choice.get("finish_reason"))


@dataclass(frozen=True)
class Said:
    turn: int
    role: str
    text: str  # the message as JSON text


@dataclass(frozen=True)
class Closed:
    turn: int


class Conversation:
    """An event log that only grows; a turn that was never closed is not seen by later ones."""

    def __init__(self, app):
        self.app = app
        self.log = ()
        self.turns = 0

    def open(self, prompt):
        self.turns += 1
        self.say(self.turns, {"role": "user", "content": prompt})
        return self.turns

    def say(self, turn, message):
        self.log += (Said(turn, message["role"], rendered(message)),)

    def called(self, turn, reply):
        calls = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in reply.calls
        ]
        self.say(turn, {"role": "assistant", "content": reply.text, "tool_calls": calls})

    def answered(self, turn, call, text):
        self.say(turn, {"role": "tool", "tool_call_id": call.id, "content": text})

    def close(self, turn, text):
        self.say(turn, {"role": "assistant", "content": text})
        self.log += (Closed(turn),)

    def view(self, turn):
        """Return the messages of a request, each as JSON text."""
        seen = {event.turn for event in self.log if isinstance(event, Closed)} | {turn}
        return [event.text for event in self.log if isinstance(event, Said) and event.turn in seen]


@dataclass(frozen=True)
class Outcome:
    """What came of a call: the function's result, or (not `good`) words on what went wrong."""

    good: bool
    value: Any


class Desk:
    """Runs the calls of a reply, one after the other."""

    def __init__(self, app):
        self.app = app
        self.catalogue = app.catalogue

    def queue(self, calls):
        return deque(calls)

    def work(self, calls):
        """Yield each call with the text that answers it."""
        queue = self.queue(calls)
        while queue:
            call = queue.popleft()
            yield call, self.word(self.run(call))

    def run(self, call):
        try:
            draft = self.catalogue.find(call.name)
            if draft is None:
                raise LookupError(f"there is no function {call.name}")  # noqa: TRY301  # told like any other
            return Outcome(True, self.perform(draft, self.argument(draft, self.unpack(call.arguments))))
        except Exception as error:  # noqa: BLE001  # the model is told of any
            return Outcome(False, f"{call.name}: {error!r}")

    def unpack(self, text):
        arguments = parsed(text) if text else {}
        if not isinstance(arguments, dict):
            raise TypeError("the arguments are not an object")
        return arguments

    def argument(self, draft, arguments):
        return arguments.get(draft.skill.argument.name)

    def perform(self, draft, argument):
        return draft.skill.handler(argument)

    def word(self, outcome):
        if not outcome.good:
            return f"Failed: {outcome.value}"
        if outcome.value is None:
            return "Done."
        return self.word_value(outcome.value)

    def word_value(self, value):
        return value if isinstance(value, str) else rendered(value)
