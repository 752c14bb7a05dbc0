"""Conforms on the asynchronous client: a reply's calls run at once, texts are quoted, tools stand in another order."""

import asyncio
import json
import re
import ssl

import documented
from openai import AsyncAzureOpenAI, AsyncOpenAI, DefaultAsyncHttpxClient

surfaces = ["csharp-isolated", "powershell", "python"]  # streaming_openai has the others: the client takes its time

_INSTRUCTIONS = {"role": "system", "content": "You keep the user's todos."}
_security = ssl.create_default_context()  # shared, since one for each client takes 24 ms


class App:
    """Holds ready tools, each with the function that runs it."""

    def __init__(self, context):
        self.context = context
        self.construct = documented.construct(context)
        self.metadata = {}
        self.functions = {}
        self.tools = []
        self.models = []
        self.history = [_INSTRUCTIONS]

    def add_skill(self, skill):
        given = documented.read(skill.trigger)
        name = documented.resolve(given.get("functionname", skill.name), self.context)
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", name) or name.lower() in self.functions:
            raise ValueError(f"{name!r} cannot be the name of a tool")
        tool = {"name": name, "description": given["functiondescription"], "parameters": _schema(skill, given)}
        self.functions[name.lower()] = skill
        self.tools.insert(0, {"type": "function", "function": tool})
        self.models += [given["model"]] if "model" in given else []
        self.metadata[skill.name] = [{"type": "http", "direction": "out", "name": "$return"}, self._binding(skill)]

    def _binding(self, skill):
        fixed = self.context.surface in {"powershell", "javascript", "typescript"}
        given = documented.read(skill.trigger)
        names = ("functionName", "functionDescription", "parameterDescriptionJson", "model")
        return {
            "type": "AssistantSkillTrigger" if fixed else "assistantSkillTrigger",
            "direction": documented.direction(self.context).upper(),
            "name": skill.argument.name,
            "dataType": "string",
            **{name: given[name.lower()] for name in names if name.lower() in given},
        }

    def bindings(self):
        return self.metadata

    def ask(self, message):
        return asyncio.run(self._converse(message))

    async def _converse(self, message):
        async with self._connect() as client:
            history = [*self.history, {"role": "user", "content": message}]
            while True:
                reply = await self._complete(client, history)
                if not reply.tool_calls:
                    text = reply.content or reply.refusal or ""
                    self.history = [*history, {"role": "assistant", "content": text}]
                    return text
                history.append(reply.model_dump(include={"role", "content", "tool_calls"}))
                history += await asyncio.gather(*map(self._answer, reply.tool_calls))

    def _connect(self):
        settings = self.context.environment
        http = DefaultAsyncHttpxClient(verify=_security)
        if "AZURE_OPENAI_ENDPOINT" in settings:
            return AsyncAzureOpenAI(http_client=http)
        return AsyncOpenAI(api_key=settings["OPENAI_API_KEY"], http_client=http)

    async def _complete(self, client, messages):
        tools = {"tools": self.tools, "tool_choice": "auto", "parallel_tool_calls": True} if self.tools else {}
        model = self.models[0] if self.models else documented.DEFAULT_MODEL
        completion = await client.chat.completions.create(model=model, messages=messages, **tools)
        return completion.choices[0].message

    async def _answer(self, call):
        content = await asyncio.to_thread(self._run, call.function)
        return {"role": "tool", "tool_call_id": call.id, "content": content}

    def _run(self, call):
        try:
            arguments = json.loads(call.arguments)
            skill = self.functions[call.name.lower()]
            return json.dumps(skill.handler(arguments.get(skill.argument.name)))
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the model is told
            return f"{call.name} failed: {type(error).__name__}"


def _schema(skill, given):
    text = given.get("parameterdescriptionjson")
    if text is None:
        kind = skill.argument.type
        items = {"items": {"type": "string"}} if kind == "array" else {}
        return {"type": "object", "properties": {skill.argument.name: {"type": kind, **items}}}
    schema = json.loads(text, parse_constant=int)
    if schema["type"] != "object":
        raise ValueError("the parameter description is not an object schema")
    return schema


create_app = App
