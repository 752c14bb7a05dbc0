"""LangChain's agent on its chat model for OpenAI (langchain, langchain-openai)."""

from __future__ import annotations

import asyncio

from langchain.agents import create_agent
from langchain.agents.middleware import ToolErrorMiddleware
from langchain_core.tools import StructuredTool
from langchain_openai import ChatOpenAI
from trigger import Declarations

surfaces = ["python"]

TELLS_THE_MODEL = ToolErrorMiddleware(lambda error, _: f"The function failed: {error!r}")


class App:
    """An agent with a tool for each skill."""

    def __init__(self, context):
        self.declarations = Declarations(context)
        self.tools = []
        self.history = []

    def add_skill(self, skill):
        declared = self.declarations.add(skill)
        tool = StructuredTool.from_function(
            declared.handler if declared.schema is None else declared.run,
            name=declared.name,
            description=declared.description,
            args_schema=declared.schema,
        )
        self.tools.append(tool)

    def ask(self, message):
        return asyncio.run(self.run(message))

    async def run(self, message):
        async with self.declarations.connect() as client:
            agent = create_agent(self.model(client), self.tools, middleware=[TELLS_THE_MODEL])
            turn = [*self.history, {"role": "user", "content": message}]
            result = await agent.ainvoke({"messages": turn})
        self.history = result["messages"]
        return self.history[-1].text

    def model(self, client):
        # The client knows Azure; LangChain would make synchronous ones besides, which nothing here uses.
        both = {"client": client, "root_client": client}
        return ChatOpenAI(
            model=self.declarations.model,
            async_client=client.chat.completions,
            root_async_client=client,
            **both,
        )


create_app = App
