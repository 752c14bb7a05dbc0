"""Conforms on httpx alone: schemas say more than they must, texts stay unquoted, `bindings` is what refuses."""

import inspect
import json
import re
import ssl

import documented
import httpx

surfaces = ["csharp-isolated", "csharp-inprocess", "java", "javascript", "typescript", "powershell", "python"]

security = ssl.create_default_context()  # shared, since one for each client takes a while


class App:
    """Collects declarations as they come, and looks at them when the bindings are read."""

    def __init__(self, context):
        self.context = context
        self.client = httpx.Client(verify=security)
        self.construct = documented.construct(context)
        self.declared = []
        self.tools = {}
        self.history = []

    def close(self):
        self.client.close()

    def add_skill(self, skill):
        self.declared.append(skill)

    def bindings(self):
        self.tools = {}
        return {skill.name: [self._binding(skill)] for skill in self.declared}

    def _binding(self, skill):
        given = documented.read(skill.trigger)
        name = documented.resolve(given.get("functionname", skill.name), self.context)
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", name):
            raise ValueError(f"{name!r} is not a valid tool name")
        if name.lower() in map(str.lower, self.tools):
            raise ValueError(f"{name!r} is taken")
        function = {"name": name, "description": given["functiondescription"], "parameters": _schema(skill, given)}
        self.tools[name] = (skill, {"type": "function", "function": function})
        # No model: the host has the default. The host reads the names of members without case.
        named = {"functionname": "FunctionName", "functiondescription": "FunctionDescription"}
        binding = {"Type": "AssistantSkillTrigger", "Direction": documented.direction(self.context)}
        binding |= {"Name": skill.argument.name} | {named[key]: given[key] for key in named if key in given}
        if "parameterdescriptionjson" in given:
            binding["ParameterDescriptionJson"] = json.dumps(json.loads(given["parameterdescriptionjson"]))
        return binding

    def ask(self, message):
        turn = [{"role": "user", "content": message}]
        while True:
            reply = self._complete([*self.history, *turn])
            turn.append({key: reply[key] for key in ("role", "content", "refusal", "tool_calls") if key in reply})
            if "tool_calls" not in reply:
                self.history += turn
                return reply["content"] or ""
            turn += [
                {"role": "tool", "tool_call_id": call["id"], "content": self._answer(call["function"])}
                for call in reply["tool_calls"]
            ]

    def _complete(self, messages):
        settings = self.context.environment
        models = [documented.read(skill.trigger).get("model") for skill, _ in self.tools.values()]
        model = next(filter(None, models), documented.DEFAULT_MODEL)
        url, headers = "https://api.openai.com/v1/chat/completions", {}
        if "AZURE_OPENAI_ENDPOINT" in settings:
            version = settings["OPENAI_API_VERSION"]
            url = f"{settings['AZURE_OPENAI_ENDPOINT']}/openai/deployments/{model}/chat/completions"
            url += f"?api-version={version}"
            headers["api-key"] = settings["AZURE_OPENAI_KEY"]
        else:
            headers["Authorization"] = f"Bearer {settings['OPENAI_API_KEY']}"
        body = {"model": model, "messages": messages}
        if self.tools:
            body["tools"] = [tool for _, tool in self.tools.values()]
        response = self.client.post(url, headers=headers, json=body)
        response.raise_for_status()
        return response.json()["choices"][0]["message"]

    def _answer(self, call):
        try:
            skill, _ = self.tools[call["name"]]
            result = skill.handler(json.loads(call["arguments"])[skill.argument.name])
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the model is told
            return f"I am sorry to say that the call of the function {call['name']} did not succeed. " * 3 + repr(error)
        if result is None:
            return "The function was executed successfully."
        return result if isinstance(result, str) else json.dumps(result, indent=1)


def _schema(skill, given):
    if "parameterdescriptionjson" in given:
        schema = json.loads(given["parameterdescriptionjson"], parse_constant=int)
        if schema["type"] != "object":
            raise ValueError("the parameter description is not an object schema")
        return schema
    ((name, parameter),) = inspect.signature(skill.handler).parameters.items()
    kind = documented.TYPES[parameter.annotation]
    described = {"title": name.title(), "description": f"The {name} of {skill.name}.", "type": kind}
    if kind == "array":
        described["items"] = {"description": "Anything."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": skill.name,
        "type": "object",
        "properties": {name: described},
        "required": [name],
        "additionalProperties": False,
    }


create_app = App
