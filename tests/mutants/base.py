"""A conforming function app in small steps, each of which a mutant can get wrong.

The steps in the order of a skill's life: `declare`, `read`, `check`, `name_of`, `schema_of`, `binding_of`; then
`ask`, `body`, `tools`, `send`, `replay`, `answer`, `find`, `read_arguments`, `invoke`, `word_result`, `word_failure`,
`finish`.
"""

from __future__ import annotations

import atexit
import json
import re
from traceback import walk_tb
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

import httpcore

from conformance.contract import Argument, Context, Skill

_connections = httpcore.ConnectionPool()  # what httpx stands on: a run of all mutants takes half the time
atexit.register(_connections.close)


def comes_from_function(error: BaseException) -> bool:
    """Say whether a skill's function raised an error, of whatever kind."""
    return any(frame.f_code.co_name == "respond" for frame, _ in walk_tb(error.__traceback__))


class Declared(NamedTuple):
    """A skill as its app knows it: what was declared, by function.json's names, and what the model is told."""

    function: str
    argument: Argument
    handler: Any
    given: dict[str, Any]
    name: str
    schema: Any


class App:
    """Conforms on every surface, in both editions."""

    fields = ("functionName", "functionDescription", "parameterDescriptionJson", "model")
    required = ("functionDescription",)
    type = "AssistantSkillTrigger"
    directions = MappingProxyType({"2024-04-14": "out", "2025-05-15": "in"})
    default_model = "gpt-3.5-turbo"
    name_form = "[a-zA-Z0-9_-]{1,64}"
    max_rounds = 25

    def __init__(self, context: Context) -> None:
        self.context = context
        self.settings = context.environment
        self.construct = self.construct_of(context)
        self.skills: list[Declared] = []
        self.history: list[dict[str, Any]] = []

    def construct_of(self, context):
        own = {
            ("2024-04-14", "csharp-isolated"): "AssistantSkillTriggerInput",
            ("2025-05-15", "python"): "generic_trigger",
        }
        return own.get((context.edition, context.surface), "AssistantSkillTrigger")

    # What is declared

    def add_skill(self, skill: Skill) -> None:
        self.declare(skill, self.read(skill.trigger))

    def declare(self, skill, given):
        self.check_given(given)
        name = self.name_of(skill, given)
        self.check_name(name)
        schema = self.schema_of(skill, given)
        self.skills.append(Declared(skill.name, skill.argument, skill.handler, given, name, schema))

    def read(self, trigger):
        letters = {field.lower(): field for field in (*self.fields, "type", "direction", "name")}
        given = {letters[word.replace("_", "").lower()]: value for word, value in trigger.items()}
        return {field: value for field, value in given.items() if not self.counts_as_absent(value)}

    def counts_as_absent(self, value):
        return value is None or value == ""

    def check_given(self, given):
        missing = [field for field in self.required if not given.get(field, "").strip()]
        if missing:
            raise ValueError(f"no {missing[0]}")

    def check_fixed(self, given):
        """Refuse a type or direction other than the documented one; this app keeps it from the binding instead."""
        for field, value in {"type": self.type, "direction": self.directions[self.context.edition]}.items():
            if given.get(field, value).lower() != value.lower():
                raise ValueError(f"the {field} must be {value}")

    def name_of(self, skill, given):
        return self.resolve(given.get("functionName", skill.name))

    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings[match[1]], name)

    def check_name(self, name):
        if not re.fullmatch(self.name_form, name):
            raise ValueError(f"{name!r} is not a valid tool name")
        if self.is_taken(name):
            raise ValueError(f"{name!r} is taken")

    def is_taken(self, name):
        return name.lower() in [skill.name.lower() for skill in self.skills]

    def schema_of(self, skill, given):
        if "parameterDescriptionJson" not in given:
            return self.autogenerate(skill)
        schema = self.parse_schema(given["parameterDescriptionJson"])
        self.check_schema(schema)
        return schema

    def parse_schema(self, text):
        return json.loads(text, parse_constant=self.refuse_constant)

    def refuse_constant(self, constant):
        raise ValueError(f"{constant} is not JSON")

    def check_schema(self, schema):
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise ValueError("the parameter description is not an object schema")

    def autogenerate(self, skill):
        return {"type": "object", "properties": {skill.argument.name: self.property_of(skill)}}

    def property_of(self, skill):
        kind = skill.argument.type
        return {"type": kind, "items": {}} if kind == "array" else {"type": kind}

    # What function.json holds

    def bindings(self):
        return {skill.function: [self.binding_of(skill)] for skill in self.skills}

    def binding_of(self, skill):
        fixed = {"type": self.type, "direction": self.directions[self.context.edition], "name": skill.argument.name}
        return {**fixed, **{field: skill.given[field] for field in self.fields if field in skill.given}}

    # What the model is told

    def body(self, messages):
        tools = self.tools()
        return {"model": self.model(), "messages": messages, **({"tools": tools} if tools else {})}

    def model(self):
        return next((skill.given["model"] for skill in self.skills if "model" in skill.given), self.default_model)

    def tools(self):
        return [{"type": "function", "function": self.function_of(skill)} for skill in self.skills]

    def function_of(self, skill):
        return {"name": skill.name, "description": self.description_of(skill), "parameters": skill.schema}

    def description_of(self, skill):
        return skill.given["functionDescription"]

    # How it is sent

    def url(self, model):
        if not self.on_azure:
            return "https://api.openai.com/v1/chat/completions"
        endpoint, version = self.settings["AZURE_OPENAI_ENDPOINT"], self.settings["OPENAI_API_VERSION"]
        return f"{endpoint}/openai/deployments/{quote(model)}/chat/completions?api-version={version}"

    @property
    def on_azure(self):
        return "AZURE_OPENAI_ENDPOINT" in self.settings

    def headers(self):
        if self.on_azure:
            return {"api-key": self.settings["AZURE_OPENAI_KEY"]}
        return {"Authorization": f"Bearer {self.settings['OPENAI_API_KEY']}"}

    def send(self, messages):
        body = self.body(messages)
        headers = {"Content-Type": "application/json", **self.headers()}
        url = self.url(body["model"])
        return self.receive(_connections.request("POST", url, headers=headers, content=self.encode(body)))

    def encode(self, body):
        return json.dumps(body).encode()

    def receive(self, response):
        if response.status >= 400:
            return self.fail(response)
        return json.loads(response.content)["choices"][0]["message"]

    def fail(self, response):
        raise RuntimeError(f"the service answers {response.status}: {response.content.decode()}")

    # How a conversation goes

    def ask(self, message: str) -> str:
        turn = [self.prompt(message)]
        for _ in range(self.max_rounds):
            reply = self.send([*self.history, *turn])
            calls = reply.get("tool_calls", [])
            if not calls:
                return self.finish(turn, reply)
            turn += self.replay(reply, self.answers(calls))
        raise RuntimeError(f"no answer in {self.max_rounds} rounds")

    def prompt(self, message):
        return {"role": "user", "content": message}

    def finish(self, turn, reply):
        text = reply["content"] or reply.get("refusal") or ""
        self.history += [*turn, {"role": "assistant", "content": text}]
        return text

    def replay(self, reply, answers):
        said = {"role": "assistant", "content": reply["content"], "tool_calls": reply["tool_calls"]}
        return [said, *answers]

    def answers(self, calls):
        return [self.tool_message(call, self.answer(**call["function"])) for call in calls]

    def tool_message(self, call, content):
        return {"role": "tool", "tool_call_id": call["id"], "content": content}

    def answer(self, name, arguments):
        try:
            skill = self.find(name)
            result = self.invoke(skill, self.argument_of(skill, self.read_arguments(arguments)))
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the model is told
            return self.word_failure(name, error)
        return self.word_result(result)

    def find(self, name):
        found = [skill for skill in self.skills if skill.name.lower() == name.lower()]
        if not found:
            raise LookupError(f"there is no function {name}")
        return found[0]

    def read_arguments(self, text):
        arguments = json.loads(text or "{}")
        if not isinstance(arguments, dict):
            raise TypeError("the arguments are not an object")
        return arguments

    def argument_of(self, skill, arguments):
        return arguments.get(skill.argument.name)

    def invoke(self, skill, argument):
        return skill.handler(argument)

    def word_result(self, result):
        if result is None:
            return "The function succeeded."
        return result if isinstance(result, str) else json.dumps(result)

    def word_failure(self, name, error):
        return f"The function {name} failed: {error!r}"
