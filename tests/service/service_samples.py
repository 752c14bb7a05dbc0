"""Chat requests, good and bad, and the shortest way to put one to the service."""

import json

from conformance._service import Reply, Request, Script, Service

KEY = "sk-scripted"
OPENAI = "https://api.openai.com"
AZURE = "https://unit.openai.azure.com"
OPENAI_URL = f"{OPENAI}/v1/chat/completions"
DEPLOYMENT_URL = f"{AZURE}/openai/deployments/chat/chat/completions?api-version=2024-06-01"
AZURE_V1_URL = f"{AZURE}/openai/v1/chat/completions"
BEARER = {"authorization": f"Bearer {KEY}"}
API_KEY = {"api-key": KEY}
JSON = {"content-type": "application/json"}

ABSENT = object()


def changed(value, **changes):
    """Copy a mapping with changes; what becomes ABSENT is left out."""
    return {k: v for k, v in {**value, **changes}.items() if v is not ABSENT}


def user(content="hi", **changes):
    return changed({"role": "user", "content": content}, **changes)


def call(number=1, **changes):
    function = {"name": "AddTodo", "arguments": '{"taskDescription": "milk"}'}
    return changed({"id": f"call_{number}", "type": "function", "function": function}, **changes)


def calls(*tool_calls, **changes):
    return changed({"role": "assistant", "content": None, "tool_calls": list(tool_calls)}, **changes)


def answer(number=1, **changes):
    return changed({"role": "tool", "tool_call_id": f"call_{number}", "content": "done"}, **changes)


SCHEMA = {
    "type": "object",
    "properties": {"taskDescription": {"type": "string"}},
    "required": ["taskDescription"],
    "additionalProperties": False,
}


def schema(**properties):
    return {"type": "object", "properties": properties}


def function(**changes):
    declared = {"name": "AddTodo", "description": "Create a new todo task", "parameters": SCHEMA}
    return changed(declared, **changes)


def tool(**changes):
    return {"type": "function", "function": function(**changes)}


def chat(*messages, **changes):
    body = {"model": "gpt-3.5-turbo", "messages": list(messages) or [user()], "tools": [tool()]}
    return changed(body, **changes)


def request(body=None, *, url=OPENAI_URL, headers=BEARER, method="POST"):
    content = body if isinstance(body, bytes) else json.dumps(chat() if body is None else body).encode()
    return Request(method=method, url=url, headers=JSON | headers, body=content)


def service(*replies, provider="openai", models=None, endpoint=None):
    endpoint = endpoint or (OPENAI if provider == "openai" else AZURE)
    replies = replies or (Reply(text="done"),)
    return Service(Script(provider=provider, key=KEY, endpoint=endpoint, replies=replies, models=models))


def put(asked, **settings):
    """Put one request to a service of its own and return the exchange."""
    answering = service(**settings)
    answering.answer(asked)
    return answering.exchanges[0]


def put_azure(body=None, *, url=DEPLOYMENT_URL, headers=API_KEY, **settings):
    return put(request(body, url=url, headers=headers), provider="azure", **settings)
