"""Conforms by streaming: results are wrapped in an object, prompts are parts, Azure is reached by /openai/v1/."""

import json
import re
from functools import cache

import documented
from openai import DefaultHttpxClient, OpenAI

surfaces = ["csharp-inprocess", "java", "javascript", "typescript"]  # async_openai has the others


@cache
def http_client():
    return DefaultHttpxClient()


class App:
    """Keeps declarations by the name that the model calls; everything else is derived when it is asked for."""

    def __init__(self, context):
        self.context = context
        self.construct = documented.construct(context).upper()
        self.skills = {}
        self.history = []

    def add_skill(self, skill):
        given = documented.read(skill.trigger)
        name = documented.resolve(given.get("functionname", skill.name), self.context)
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", name):
            raise ValueError(f"{name!r} is not a valid tool name")
        if name.casefold() in self.skills:
            raise ValueError(f"{name!r} is taken")
        if "functiondescription" not in given:
            raise ValueError(f"{name} has no description")
        if "parameterdescriptionjson" in given:
            schema = json.loads(given["parameterdescriptionjson"], parse_constant=int)
            if not isinstance(schema, dict) or schema.get("type") != "object":
                raise ValueError(f"{name} has a parameter description that is not an object schema")
        else:
            # Null is taken, and arrays of anything.
            kind = {"type": [skill.argument.type, "null"], "items": {}, "description": ""}
            schema = {"type": "object", "properties": {skill.argument.name: kind}, "required": []}
        self.skills[name.casefold()] = (name, skill, given, schema)

    def bindings(self):
        return {skill.name: [self._binding(skill, given)] for _, skill, given, _ in self.skills.values()}

    def _binding(self, skill, given):
        binding = {
            "name": skill.argument.name,
            "type": "AssistantSkillTrigger",
            "direction": documented.direction(self.context).title(),
            "functionName": given.get("functionname", skill.name),
            "functionDescription": given["functiondescription"],
            "parameterDescriptionJson": given.get("parameterdescriptionjson", ""),
        }
        documents_model = self.context.edition == "2024-04-14" and self.context.surface in {"java", "python"}
        return {**binding, "model": given.get("model", documented.DEFAULT_MODEL)} if documents_model else binding

    def ask(self, message):
        turn = [{"role": "user", "content": [{"type": "text", "text": message}]}]
        while True:
            text, calls = self._complete(turn)
            reply = {"role": "assistant", "content": text, "tool_calls": calls}
            turn.append(
                {
                    key: value
                    for key, value in reply.items()
                    if value or (key == "content" and not calls) or key == "role"
                }
            )
            if not calls:
                self.history += turn
                return text
            turn += [
                {"role": "tool", "tool_call_id": call["id"], "content": self._answer(**call["function"])}
                for call in calls
            ]

    def _complete(self, turn):
        developer = {"role": "developer", "content": "Answer in one sentence."}
        tools = [
            {"type": "function", "function": {"name": name, "description": words, "parameters": schema}}
            for name, _, given, schema in self.skills.values()
            for words in [given["functiondescription"]]
        ]
        models = (given["model"] for _, _, given, _ in self.skills.values() if "model" in given)
        stream = self._client().chat.completions.create(
            model=next(models, documented.DEFAULT_MODEL),
            messages=[developer, *self.history, developer, *turn],
            stream=True,
            stream_options={"include_usage": True},
            temperature=1,  # all that a reasoning model takes
            **({"tools": tools} if tools else {}),
        )
        text, calls = "", []
        for delta in (choice.delta for chunk in stream for choice in chunk.choices if choice.index == 0):
            text += delta.content or delta.refusal or ""
            for piece in delta.tool_calls or ():
                if piece.index == len(calls):
                    function = {"name": piece.function.name, "arguments": ""}
                    calls.append({"id": piece.id, "type": "function", "function": function})
                calls[piece.index]["function"]["arguments"] += piece.function.arguments or ""
        return text, calls

    def _client(self):
        settings = self.context.environment
        if "AZURE_OPENAI_ENDPOINT" not in settings:
            return OpenAI(api_key=settings["OPENAI_API_KEY"], http_client=http_client(), max_retries=0)
        url = settings["AZURE_OPENAI_ENDPOINT"] + "/openai/v1/"
        return OpenAI(base_url=url, api_key=settings["AZURE_OPENAI_API_KEY"], http_client=http_client())

    def _answer(self, name, arguments):
        try:
            _, skill, _, _ = self.skills[name.casefold()]
            return json.dumps({"result": skill.handler(json.loads(arguments).get(skill.argument.name))})
        except KeyError:
            return json.dumps({"error": "no such function"})
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the model is told
            return json.dumps({"error": f"{name} failed", "kind": type(error).__name__})


create_app = App
