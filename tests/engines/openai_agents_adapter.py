"""The Agents SDK of OpenAI (openai-agents), on chat completions: its runner, its tools, its history."""

from __future__ import annotations

import asyncio
import functools
import json
from dataclasses import replace

import agents
from trigger import Declarations

surfaces = ["python"]

agents.set_tracing_disabled(disabled=True)

TELLS_THE_MODEL = agents.RunConfig(tool_not_found_behavior="return_error_to_model")


class App:
    """An agent with a tool for each skill."""

    def __init__(self, context):
        self.declarations = Declarations(context)
        self.tools = []
        self.history = []

    def add_skill(self, skill):
        declared = self.declarations.add(skill)
        tool = agents.function_tool(
            returning_text(declared.handler),
            name_override=declared.name,
            description_override=declared.description,
            strict_mode=False,
        )
        self.tools.append(tool if declared.schema is None else replace(tool, params_json_schema=declared.schema))

    def ask(self, message):
        return asyncio.run(self.run(message))

    async def run(self, message):
        async with self.declarations.connect() as client:
            model = agents.OpenAIChatCompletionsModel(model=self.declarations.model, openai_client=client)
            agent = agents.Agent(name="todos", model=model, tools=self.tools)
            turn = [*self.history, {"role": "user", "content": message}]
            result = await agents.Runner.run(agent, turn, max_turns=100, run_config=TELLS_THE_MODEL)
        self.history = result.to_input_list()
        return result.final_output


def returning_text(handler):
    """Make a function that returns text, as the SDK asks of its tools."""

    @functools.wraps(handler)
    def call(*arguments, **named):
        result = handler(*arguments, **named)
        return result if isinstance(result, str) else json.dumps(result)

    return call


create_app = App
