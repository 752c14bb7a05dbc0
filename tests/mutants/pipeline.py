"""A conforming function app: an intake pipeline, a catalogue, an event log, a desk that runs calls, and a transport.

Requests are put together as JSON text: what a skill declared and what was said is rendered once, when it is recorded.
"""

from __future__ import annotations

import json
import re
import time
from collections import deque
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import httpx

CLIENT = httpx.Client(timeout=60, trust_env=False)


def rendered(value):
    """JSON text in ASCII."""
    return json.dumps(value)


def in_ascii(text):
    """Escape every character outside ASCII."""
    return re.sub(r"[^\x00-\x7f]+", lambda found: json.dumps(found[0])[1:-1], text)


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


def parsed(text):
    return json.loads(text, parse_constant=refuse_constant)


# Declaring


@dataclass(frozen=True)
class Draft:
    """A declaration on its way through the intake."""

    skill: Any
    fields: Any = ()  # by function.json's names
    name: str = ""
    parameters: str = ""  # JSON text


class Intake:
    """Turns a skill into an entry of the catalogue, stage by stage, or raises."""

    spellings = MappingProxyType(
        {
            word.lower(): word
            for word in (
                "functionName",
                "functionDescription",
                "parameterDescriptionJson",
                "model",
                "type",
                "direction",
                "name",
            )
        }
    )
    stages = ("spell", "prune", "describe", "title", "shape")
    properties = MappingProxyType({"array": {"type": "array", "items": {}}})

    def __init__(self, app):
        self.app = app
        self.settings = app.settings

    def admit(self, skill):
        draft = Draft(skill)
        for stage in self.stages:
            draft = getattr(self, stage)(draft)
        return draft

    def spell(self, draft):
        given = draft.skill.trigger.items()
        return replace(draft, fields={self.spelling(word): value for word, value in given})

    def spelling(self, word):
        return self.spellings[word.replace("_", "").lower()]

    def prune(self, draft):
        return replace(draft, fields={word: value for word, value in draft.fields.items() if value not in (None, "")})

    def describe(self, draft):
        if not draft.fields.get("functionDescription", "").strip():
            raise ValueError("a skill needs a description of its function")
        return draft

    def title(self, draft):
        name = self.resolved(draft.fields.get("functionName", draft.skill.name))
        self.check_name(name)
        return replace(draft, name=name)

    def resolved(self, text):
        return re.sub("%([^%]+)%", lambda found: self.settings[found[1]], text)

    def check_name(self, name):
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", name):
            raise ValueError(f"{name!r} cannot be a tool's name")

    def shape(self, draft):
        text = draft.fields.get("parameterDescriptionJson")
        return replace(
            draft, parameters=self.made_up(draft.skill.argument) if text is None else self.given(text, draft)
        )

    def given(self, text, draft):
        schema = parsed(text)
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise ValueError("a parameter description is an object schema")
        return self.splice(text, schema)

    def splice(self, text, schema):
        """Return the JSON text that goes into requests for a given schema."""
        return in_ascii(text)

    def made_up(self, argument):
        described = {self.property_name(argument): self.property_of(argument)}
        return rendered({"type": "object", "properties": described, "required": list(described)})

    def property_name(self, argument):
        return argument.name

    def property_of(self, argument):
        return self.properties.get(argument.type, {"type": argument.type})


class Catalogue:
    """The skills of an app by the names of their tools, in the order of declaration."""

    tool = '{"type":"function","function":{"name":%s,"description":%s,"parameters":%s}}'
    type = "AssistantSkillTrigger"
    directions = MappingProxyType({"2024-04-14": "out", "2025-05-15": "in"})
    listed = ("functionName", "functionDescription", "parameterDescriptionJson", "model")

    def __init__(self, app):
        self.app = app
        self.entries = {}
        self.memo = None

    def key(self, name):
        return name.lower()

    def add(self, draft):
        key = self.key(draft.name)
        if key in self.entries:
            raise ValueError(f"{draft.name} is taken")
        self.entries[key] = draft
        self.memo = None

    def find(self, name):
        return self.entries.get(self.key(name))

    def model(self):
        named = [draft.fields["model"] for draft in self.entries.values() if "model" in draft.fields]
        return named[0] if named else self.app.default_model

    def tools(self):
        """Return the members of the list of tools, as JSON text; empty without skills."""
        if self.memo is None:
            self.memo = ",".join(self.render(draft) for draft in self.entries.values())
        return self.memo

    def render(self, draft):
        return self.tool % (rendered(draft.name), rendered(self.description(draft)), draft.parameters)

    def description(self, draft):
        return draft.fields["functionDescription"]

    def manifest(self):
        return {draft.skill.name: [self.binding(draft)] for draft in self.entries.values()}

    def binding(self, draft):
        fixed = {"type": self.type, "direction": self.directions[self.app.edition], "name": draft.skill.argument.name}
        return fixed | {word: draft.fields[word] for word in self.listed if word in draft.fields}


# Conversing


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


# Sending


class ServiceError(Exception):
    """The service does not answer with a completion."""

    def __init__(self, status, text):
        super().__init__(f"the service answers {status}: {text}")
        self.status = status


class Transport:
    """Sends a request, and repeats it while the service says that its fault will pass."""

    retries = 2

    def __init__(self, app):
        self.app = app
        self.settings = app.settings
        self.azure = "AZURE_OPENAI_ENDPOINT" in app.settings

    def address(self, model):
        if not self.azure:
            base = self.settings.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
            return f"{base.rstrip('/')}/chat/completions"
        endpoint, version = self.settings["AZURE_OPENAI_ENDPOINT"].rstrip("/"), self.settings["OPENAI_API_VERSION"]
        deployment = quote(model, safe="")
        return f"{endpoint}/openai/deployments/{deployment}/chat/completions?api-version={version}"

    def headers(self):
        if self.azure:
            return {"api-key": self.settings.get("AZURE_OPENAI_KEY") or self.settings["AZURE_OPENAI_API_KEY"]}
        return {"Authorization": f"Bearer {self.settings['OPENAI_API_KEY']}"}

    def post(self, model, body):
        for attempt in range(self.retries):
            response = self.send(model, body, attempt)
            if not self.passes(response):
                return self.receive(response)
            time.sleep(min(float(response.headers.get("retry-after-ms", 0)) / 1000, 0.05))
        return self.receive(self.send(model, body, self.retries))

    def send(self, model, body, attempt):
        headers = {"Content-Type": "application/json", **self.headers()}
        return CLIENT.post(self.address(model), headers=headers, content=body.encode())

    def passes(self, response):
        return response.status_code in (408, 409, 429) or response.status_code >= 500

    def receive(self, response):
        if response.status_code != 200:
            raise ServiceError(response.status_code, response.text)
        return response.json()


# The app


class Pipeline:
    """Conforms on every surface, in both editions."""

    IntakeType = Intake
    CatalogueType = Catalogue
    ConversationType = Conversation
    DeskType = Desk
    TransportType = Transport
    default_model = "gpt-3.5-turbo"
    rounds = 64

    def __init__(self, context):
        self.context = context
        self.edition = context.edition
        self.surface = context.surface
        self.settings = context.environment
        self.construct = self.construct_of(context)
        self.intake = self.IntakeType(self)
        self.catalogue = self.CatalogueType(self)
        self.conversation = self.ConversationType(self)
        self.desk = self.DeskType(self)
        self.transport = self.TransportType(self)

    def construct_of(self, context):
        match context.edition, context.surface:
            case "2024-04-14", "csharp-isolated":
                return "AssistantSkillTriggerInput"
            case "2025-05-15", "python":
                return "generic_trigger"
        return "AssistantSkillTrigger"

    def add_skill(self, skill):
        self.catalogue.add(self.intake.admit(skill))

    def bindings(self):
        return self.catalogue.manifest()

    def ask(self, message):
        turn = self.conversation.open(self.prompt(message))
        for number in range(self.rounds):
            reply = Reply.read(self.post(turn, number))
            if not self.calls_of(reply):
                return self.finish(turn, reply)
            self.conversation.called(turn, reply)
            for call, text in self.desk.work(reply.calls):
                self.conversation.answered(turn, call, text)
        raise RuntimeError(f"no answer in {self.rounds} rounds")

    def prompt(self, message):
        return message

    def calls_of(self, reply):
        return reply.calls

    def finish(self, turn, reply):
        self.conversation.close(turn, reply.final)
        return reply.final

    def post(self, turn, number):
        model = self.model(turn)
        return self.transport.post(model, self.body(model, turn, number))

    def model(self, turn):
        return self.catalogue.model()

    def tools(self, turn, number):
        return self.catalogue.tools()

    def body(self, model, turn, number):
        members = {"model": rendered(model), "messages": f"[{','.join(self.conversation.view(turn))}]"}
        if tools := self.tools(turn, number):
            members["tools"] = f"[{tools}]"
        members |= {word: rendered(value) for word, value in self.options(model, turn, number).items()}
        return "{" + ",".join(f'"{word}":{text}' for word, text in members.items()) + "}"

    def options(self, model, turn, number):
        """Return what else a request says: nothing."""
        return {}
