"""What no engine knows of: how the trigger is declared in Python, and which settings lead to the service."""

from __future__ import annotations

import functools
import json
import re
import ssl
from typing import Any, NamedTuple

import openai

from conformance.contract import Context, Skill

security = functools.cache(ssl.create_default_context)  # one for each client takes 24 ms


class Tool(NamedTuple):
    """A declared skill; `schema` is None where it is to be made up."""

    name: str
    description: str
    schema: Any
    argument: str
    handler: Any

    def run(self, **arguments: Any) -> Any:
        """Run the function with its one argument, whatever other arguments the schema has."""
        return self.handler(arguments.get(self.argument))


class Declarations:
    """The skills of an app, checked as they are declared."""

    def __init__(self, context: Context) -> None:
        self.settings = context.environment
        self.model = "gpt-3.5-turbo"
        self.tools: list[Tool] = []

    def add(self, skill: Skill) -> Tool:
        """Read a declaration; raise ValueError or KeyError to refuse it."""
        given = {word.replace("_", "").lower(): value for word, value in skill.trigger.items() if value}
        name = re.sub("%([^%]+)%", lambda match: self.settings[match[1]], given.get("functionname", skill.name))
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", name) or name.lower() in {tool.name.lower() for tool in self.tools}:
            raise ValueError(f"{name!r} is not a name for a tool, or is taken")
        self.model = given.get("model", self.model)
        schema = read_schema(given["parameterdescriptionjson"]) if "parameterdescriptionjson" in given else None
        self.tools.append(Tool(name, given["functiondescription"], schema, skill.argument.name, skill.handler))
        return self.tools[-1]

    def connect(self) -> openai.AsyncOpenAI:
        """Make a client of the service that the settings lead to."""
        kind = openai.AsyncAzureOpenAI if "AZURE_OPENAI_ENDPOINT" in self.settings else openai.AsyncOpenAI
        return kind(http_client=openai.DefaultAsyncHttpxClient(verify=security()))


def read_schema(text: str) -> dict[str, Any]:
    schema = json.loads(text, parse_constant=int)  # which refuses NaN
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise ValueError("the parameter description is not an object schema")
    return schema
