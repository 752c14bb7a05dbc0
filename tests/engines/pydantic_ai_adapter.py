"""Pydantic AI's agent on chat completions (pydantic-ai)."""

from __future__ import annotations

import asyncio
import functools

from pydantic_ai import Agent, Tool, ToolFailed
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai import OpenAIProvider
from trigger import Declarations

surfaces = ["python"]

SENDS_SCHEMAS_AS_GIVEN = OpenAIModelProfile(json_schema_transformer=None)

WRONG_CALLS = 25
"""How many wrong calls of a tool, one after another, end a run; after two of them, unless it is said otherwise."""


class App:
    """An agent with a tool for each skill."""

    def __init__(self, context):
        self.declarations = Declarations(context)
        self.tools = []
        self.history = []

    def add_skill(self, skill):
        declared = self.declarations.add(skill)
        words = {"name": declared.name, "description": declared.description}
        if declared.schema is None:
            self.tools.append(Tool(telling(declared.handler), takes_ctx=False, **words))
        else:
            self.tools.append(Tool.from_schema(telling(declared.run), json_schema=declared.schema, **words))

    def ask(self, message):
        return asyncio.run(self.run(message))

    async def run(self, message):
        async with self.declarations.connect() as client:
            provider = OpenAIProvider(openai_client=client)
            model = OpenAIChatModel(self.declarations.model, provider=provider, profile=SENDS_SCHEMAS_AS_GIVEN)
            agent = Agent(model, tools=self.tools, retries=WRONG_CALLS)
            result = await agent.run(message, message_history=self.history)
        self.history = result.all_messages()
        return result.output


def telling(function):
    """Make a function whose errors the model is told, as the library asks of its tools."""

    @functools.wraps(function)
    def call(*arguments, **named):
        try:
            return function(*arguments, **named)
        except Exception as error:
            raise ToolFailed(f"The function failed: {error!r}") from error

    return call


create_app = App
