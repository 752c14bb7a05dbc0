"""Wrong bodies as programmers send them: every one is refused, by the part that is wrong."""

import pytest
from service_samples import ABSENT, answer, call, calls, changed, chat, put, request, schema, tool, user

ARRAY = {"type": "array"}


def parameters(value, **changes):
    return chat(tools=[tool(parameters=value, **changes)])


def nested(**inner):
    return parameters(schema(outer=inner))


WRONG = {
    "messages": {
        "messages null": chat(messages=None),
        "message is a pair": chat(["user", "hi"]),
        "content absent": chat(user(content=ABSENT)),
        "content null of the system": chat(user(None, role="system"), user()),
        "content null of the developer": chat(user(None, role="developer"), user()),
        "content a number": chat(user(5)),
        "content true": chat(user(content=True)),
        "content null of an assistant that calls nothing": chat(user(), calls(tool_calls=ABSENT)),
        "content absent of an assistant that calls nothing": chat(user(), {"role": "assistant"}),
        "result sent as an object": chat(user(), calls(call()), answer(content={"done": True})),
        "result sent as null": chat(user(), calls(call()), answer(content=None)),
        "part of Anthropic": chat(user([{"type": "tool_result", "content": "done"}])),
        "tool message first": chat(answer(), user()),
        "tool message without the assistant's": chat(user(), answer(), user()),
        "tool message with a wrong id": chat(user(), calls(call(1)), answer(2), user()),
        "tool message after the user's": chat(user(), calls(call()), user(), answer()),
        "tool message answers a call of an earlier round": chat(
            user(), calls(call(1)), answer(1), calls(call(2)), answer(1), answer(2), user()
        ),
        "second call unanswered": chat(user(), calls(call(1), call(2)), answer(2), user()),
        "calls in a row unanswered": chat(user(), calls(call(1)), calls(call(2)), answer(2)),
        "assistant's message not replayed": chat(user(), answer(1), answer(2)),
        "call without id": chat(user(), calls(call(id=ABSENT))),
        "call without name": chat(user(), calls(call(function={"arguments": "{}"})), answer()),
        "arguments null": chat(user(), calls(call(function={"name": "f", "arguments": None})), answer()),
        "call flat": chat(user(), calls({"id": "call_1", "type": "function", "name": "f", "arguments": ""}), answer()),
        "tool_call_id null": chat(user(), calls(call()), answer(tool_call_id=None)),
    },
    "tools": {
        "tools as an object": chat(tools={"type": "function"}),
        "tool flat, as in the Responses API": chat(tools=[{"type": "function", "name": "f", "parameters": schema()}]),
        "tool as a bare function": chat(tools=[{"name": "f", "parameters": schema()}]),
        "name with a dot": chat(tools=[tool(name="todo.add")]),
        "name with a newline at its end": chat(tools=[tool(name="todo\n")]),
        "name not ASCII": chat(tools=[tool(name="añadir")]),
        "name with a percent sign": chat(tools=[tool(name="%NAME%")]),
        "name empty": chat(tools=[tool(name="")]),
        "name null": chat(tools=[tool(name=None)]),
        "second tool's name too long": chat(tools=[tool(), tool(name="n" * 65)]),
        "description a number": chat(tools=[tool(description=5)]),
        "parameters as text": parameters('{"type": "object", "properties": {}}'),
        "parameters as a list": parameters([]),
        "parameters empty": parameters({}),
        "parameters true": parameters(value=True),
        "parameters of type string": parameters({"type": "string"}),
        "parameters of types": parameters({"type": ["object", "null"], "properties": {}}),
        "parameters a choice": parameters({"anyOf": [schema()]}),
        "parameters without schema of a property": parameters(schema(a="string")),
        "property null": parameters(schema(a=None)),
        "properties a list": parameters({"type": "object", "properties": []}),
        "required true": parameters(changed(schema(a={}), required=True)),
        "required null": parameters(changed(schema(a={}), required=None)),
        "required in a property": nested(type="string", required=True),
        "type of Python": nested(type="str"),
        "type null": nested(type=None),
        "type a list of nothing": nested(type=[]),
        "enum a string": nested(enum="a,b"),
        "tuple of draft 7": nested(type="array", items=[{"type": "number"}, {"type": "number"}]),
        "exclusiveMinimum of draft 4": nested(type="number", minimum=0, exclusiveMinimum=True),
        "description null": nested(type="string", description=None),
        "pattern that Python cannot compile": nested(type="string", pattern=r"^\p{L}+$"),
        "array without items": nested(**ARRAY),
        "array or null without items": nested(type=["array", "null"]),
        "prefixItems without items": nested(type="array", prefixItems=[{"type": "number"}]),
        "array in an array": nested(type="array", items=ARRAY),
        "array in a choice": nested(anyOf=[ARRAY, {"type": "null"}]),
        "array in a definition": parameters(changed(schema(a={"$ref": "#/$defs/A"}), **{"$defs": {"A": ARRAY}})),
        "array in additionalProperties": nested(type="object", additionalProperties=ARRAY),
        "array in a nested object": nested(type="object", properties={"inner": ARRAY}),
        "array under a property named items": nested(type="object", properties={"items": ARRAY}),
        "strict, nested object open": parameters(
            {
                "type": "object",
                "properties": {"a": schema()},
                "required": ["a"],
                "additionalProperties": False,
            },
            strict=True,
        ),
        "tool_choice with tools null": chat(tools=None, tool_choice="none"),
    },
    "model": {
        "the name of an enum": chat(model="DefaultChatModel"),
        "Azure's spelling": chat(model="gpt-35-turbo"),
        "empty": chat(model=""),
        "a typing slip": chat(model="gtp-4o"),
        "upper case": chat(model="GPT-4o"),
        "an embedding model": chat(model="text-embedding-3-small"),
        "a list": chat(model=["gpt-4o"]),
    },
    "body": {
        "temperature true": chat(temperature=True),
        "max_tokens a fraction": chat(max_tokens=1.5),
        "max_tokens negative": chat(max_tokens=-1),
        "stream as text": chat(stream="true"),
        "stop a number": chat(stop=1),
        "metadata a list": chat(metadata=[]),
        "max_tokens to o3": chat(model="o3-mini", max_tokens=5),
        "max_tokens to gpt-5": chat(model="gpt-5-mini-2025-08-07", max_tokens=5),
    },
}


@pytest.mark.parametrize(
    ("area", "body"),
    [pytest.param(area, body, id=f"{area}: {what}") for area, bodies in WRONG.items() for what, body in bodies.items()],
)
def test_refuses(area, body):
    exchange = put(request(body))
    assert exchange.response.status in {400, 404}
    certain = {breach.area for breach in exchange.breaches if breach.certain}
    assert certain == {area}
    assert exchange.reply is None
