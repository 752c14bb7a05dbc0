"""Conforms with threads: a reply's calls run side by side, their answers come in the order in which they end."""

import json
import re
import ssl
from concurrent.futures import ThreadPoolExecutor, as_completed

import documented
import httpx

surfaces = ["csharp-isolated", "csharp-inprocess", "java", "javascript", "typescript", "powershell", "python"]

security = ssl.create_default_context()  # shared, since one for each client takes a while
pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="skill")


class Refusal(BaseException):
    """Raised inside, turned into an ordinary error at the border."""


class App:
    """Translates each declaration at once into the three things it becomes: a binding, a tool, a runner."""

    def __init__(self, context):
        self.context = context
        self.client = httpx.Client(transport=httpx.HTTPTransport(verify=security, retries=1))
        self.construct = documented.construct(context)
        self.functions = {}
        self.tools = {}
        self.runners = {}
        self.model = documented.DEFAULT_MODEL
        self.history = ()

    def close(self):
        self.client.close()

    def add_skill(self, skill):
        try:
            self._declare(skill, documented.read(skill.trigger))
        except Refusal as refusal:
            raise RuntimeError(*refusal.args) from None

    def _declare(self, skill, given):
        name = documented.resolve(given.get("functionname", skill.name), self.context)
        _demand(re.fullmatch("[A-Za-z0-9_-]{1,64}", name), f"{name!r} is not a valid tool name")
        _demand(name.lower() not in {known.lower() for known in self.tools}, f"{name!r} is taken")
        _demand(given.get("functiondescription"), "there is no description")
        schema = _read_schema(given["parameterdescriptionjson"]) if "parameterdescriptionjson" in given else None
        self.model = given.get("model", self.model)
        self.tools[name] = {
            "description": given["functiondescription"],
            "name": name,
            "parameters": schema or _make_schema(skill.argument),
            "strict": False,
        }
        self.runners[name] = lambda arguments: skill.handler(arguments[skill.argument.name])
        self.functions[skill.name] = {
            "name": skill.argument.name,
            "direction": documented.direction(self.context),
            "type": "AssistantSkillTrigger",
            "functionDescription": given["functiondescription"],
            **({"functionName": given["functionname"]} if "functionname" in given else {}),
            **({"parameterDescriptionJson": json.dumps(schema, indent=2)} if schema else {}),
            **({"model": given["model"]} if "model" in given else {}),
        }

    def bindings(self):
        return {name: (dict(binding),) for name, binding in self.functions.items()}

    def ask(self, message):
        turn = ({"role": "user", "content": message},)
        while "tool_calls" in (reply := self._complete([*self.history, *turn])):
            pending = {pool.submit(self._answer, **call["function"]): call["id"] for call in reply["tool_calls"]}
            answers = ((pending[done], done.result()) for done in as_completed(pending))
            turn = (*turn, reply, *({"role": "tool", "tool_call_id": key, "content": text} for key, text in answers))
        if reply["content"] is None:
            raise RuntimeError("the model refuses to answer")
        self.history = (*self.history, *turn, {"role": "assistant", "content": reply["content"], "name": "assistant"})
        return reply["content"]

    def _complete(self, messages):
        settings = self.context.environment
        body = {"model": self.model, "messages": messages, "max_completion_tokens": 500, "user": "ada", "n": 1}
        if self.tools:
            body["tools"] = [{"function": tool, "type": "function"} for tool in self.tools.values()]
        if endpoint := settings.get("AZURE_OPENAI_ENDPOINT"):
            url, headers = f"{endpoint}/openai/v1/chat/completions", {"api-key": settings["AZURE_OPENAI_API_KEY"]}
        else:
            url = "https://api.openai.com/v1/chat/completions"
            headers = {"Authorization": f"Bearer {settings['OPENAI_API_KEY']}"}
        content = json.dumps(body, ensure_ascii=False).encode()
        response = self.client.post(url, headers={**headers, "Content-Type": "application/json"}, content=content)
        if response.is_error:
            raise RuntimeError(f"the service answers {response.status_code}: {response.text}")
        message = response.json()["choices"][0]["message"]
        return {key: message[key] for key in ("role", "content", "tool_calls") if key in message}

    def _answer(self, name, arguments):
        runner = self.runners.get(name)
        if runner is None:
            return f"There is no {name} among {', '.join(self.runners) or 'no functions'}"
        try:
            result = runner(json.loads(arguments))
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the model is told
            return f"Error: {error!r}"
        return "Done, nothing to report" if result is None else json.dumps(result, ensure_ascii=False, sort_keys=True)


def _demand(condition, otherwise):
    if not condition:
        raise Refusal(otherwise)


def _read_schema(text):
    try:
        schema = json.loads(text, parse_constant=float)
        json.dumps(schema, allow_nan=False)
    except ValueError:
        raise Refusal("the parameter description is not JSON") from None
    _demand(
        isinstance(schema, dict) and schema.get("type") == "object",
        "the parameter description does not describe an object",
    )
    return schema


def _make_schema(argument):
    kind = {"type": argument.type} | ({"items": {}} if argument.type == "array" else {})
    either = {"anyOf": [{"type": "null"}, kind], "default": None} if argument.type != "array" else kind
    return {"properties": {argument.name: either}, "type": "object", "additionalProperties": True}


create_app = App
