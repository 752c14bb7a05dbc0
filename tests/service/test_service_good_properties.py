"""No good body is refused: bodies drawn from a description of good fields that knows nothing of the tables."""

import json
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from service_samples import AZURE, KEY, OPENAI, OPENAI_URL, request

from conformance._service import Script
from conformance._service.examination import examine
from conformance._service.request_view import view_request

SCRIPT = Script(provider="openai", key=KEY, endpoint=OPENAI)

texts = st.text(max_size=20)
names = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=64)
ids = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=40)


def optional(**fields):
    return st.fixed_dictionaries({}, optional=fields)


def words(*options):
    return st.sampled_from(options)


def or_null(strategy):
    return st.none() | strategy


text_parts = st.builds(lambda text: {"type": "text", "text": text}, texts)
images = st.builds(
    lambda url, detail: {"type": "image_url", "image_url": {"url": url, **detail}},
    words("https://example.com/a.png", "http://example.com/ü?x=1", "data:image/png;base64,aGk="),
    optional(detail=words("auto", "low", "high")),
)
audio = st.builds(
    lambda data, kind: {"type": "input_audio", "input_audio": {"data": data, "format": kind}},
    texts,
    words("wav", "mp3"),
)
files = st.builds(
    lambda file: {"type": "file", "file": file},
    st.builds(lambda file_id: {"file_id": file_id}, texts)
    | st.builds(lambda name, data: {"filename": name, "file_data": data}, texts, texts),
)


def parts(*kinds):
    return st.lists(st.one_of(*kinds), min_size=1, max_size=3)


named = optional(name=names)
system = st.builds(
    lambda role, content, name: {"role": role, "content": content, **name},
    words("system", "developer"),
    texts | parts(text_parts),
    named,
)
user = st.builds(
    lambda content, name: {"role": "user", "content": content, **name},
    texts | parts(text_parts, images, audio, files),
    named,
)
refusal_parts = st.builds(lambda text: {"type": "refusal", "refusal": text}, texts)
spoken = st.builds(
    lambda content, more: {"role": "assistant", "content": content, **more},
    texts | parts(text_parts) | parts(refusal_parts),
    optional(name=names, refusal=or_null(texts), audio=st.none(), function_call=st.none(), annotations=st.just([])),
)


@st.composite
def rounds(draw):
    """Draw an assistant's calls and the answers to all of them, in any order."""
    call_ids = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    calls = [
        {"id": call_id, "type": "function", "function": {"name": draw(names), "arguments": draw(texts)}}
        if draw(st.booleans())
        else {"id": call_id, "type": "custom", "custom": {"name": draw(names), "input": draw(texts)}}
        for call_id in call_ids
    ]
    content = draw(st.just({}) | st.builds(lambda text: {"content": text}, or_null(texts)))
    answers = [
        {"role": "tool", "tool_call_id": call_id, "content": draw(texts | parts(text_parts))}
        for call_id in draw(st.permutations(call_ids))
    ]
    return [{"role": "assistant", **content, "tool_calls": calls}, *answers]


conversations = st.lists(
    st.one_of(system.map(lambda one: [one]), user.map(lambda one: [one]), spoken.map(lambda one: [one]), rounds()),
    min_size=1,
    max_size=5,
).map(lambda turns: [message for turn in turns for message in turn])


def objects(properties, **more):
    return {"type": "object", "properties": properties, **more}


leaves = st.one_of(
    optional(type=words("string", "number", "boolean", "integer"), description=texts, title=texts, default=texts),
    optional(type=st.just("string"), enum=st.lists(texts, max_size=3), minLength=st.integers(0, 9), pattern=texts),
    st.booleans(),
    optional(const=texts, examples=st.lists(texts, max_size=2), deprecated=st.booleans(), format=texts),
)
schemas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(objects, st.dictionaries(texts, inner, max_size=3)),
        st.builds(
            lambda key, some: {key: some}, words("anyOf", "oneOf", "allOf"), st.lists(inner, min_size=1, max_size=3)
        ),
        st.builds(lambda one: {"type": ["array", "null"], "items": one, "uniqueItems": True}, inner),
        st.builds(lambda key, one: {key: one}, words("not", "if", "contains", "propertyNames"), inner),
    ),
    max_leaves=6,
)
parameters = st.builds(
    objects, st.dictionaries(texts, schemas, max_size=3), required=st.lists(texts, unique=True, max_size=2)
)
strict_leaves = st.builds(lambda kind, text: {"type": kind, "description": text}, words("string", "number"), texts)


def closed(properties):
    return objects(properties, required=list(properties), additionalProperties=False)


strict_schemas = st.dictionaries(
    texts,
    st.recursive(
        strict_leaves,
        lambda inner: (
            st.builds(closed, st.dictionaries(texts, inner, max_size=2))
            | st.builds(lambda items: {"type": "array", "items": items}, inner)
            | st.builds(lambda some: {"anyOf": some}, st.lists(inner, min_size=1, max_size=2))
        ),
        max_leaves=5,
    ),
    max_size=3,
).map(closed)
functions = st.one_of(
    st.fixed_dictionaries(
        {"name": names},
        optional={"description": texts, "parameters": parameters, "strict": st.none() | st.just(value=False)},
    ),
    st.fixed_dictionaries({"name": names, "parameters": strict_schemas, "strict": st.just(value=True)}),
)
formats = st.just({"type": "text"}) | st.builds(
    lambda text, syntax: {"type": "grammar", "grammar": {"definition": text, "syntax": syntax}},
    texts,
    words("lark", "regex"),
)
customs = st.fixed_dictionaries({"name": names}, optional={"description": texts, "format": formats})
tools = st.lists(
    st.builds(lambda one: {"type": "function", "function": one}, functions)
    | st.builds(lambda one: {"type": "custom", "custom": one}, customs),
    min_size=1,
    max_size=5,
    unique_by=lambda tool: tool[tool["type"]]["name"],
)


@st.composite
def offers(draw):
    """Draw tools, and what is said of their use."""
    offered = draw(tools)
    chosen = draw(st.sampled_from(offered))
    named = {"type": chosen["type"], chosen["type"]: {"name": chosen[chosen["type"]]["name"]}}
    allowed = {"type": "allowed_tools", "allowed_tools": {"mode": draw(words("auto", "required")), "tools": [named]}}
    choice = optional(tool_choice=words("auto", "none", "required", named, allowed), parallel_tool_calls=st.booleans())
    return {"tools": offered, **draw(choice)}


old_offers = st.lists(
    functions.map(lambda one: {key: one[key] for key in one if key != "strict"}),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one["name"],
).map(lambda old: {"functions": old, "function_call": {"name": old[0]["name"]}})
answers = st.one_of(
    st.just({"type": "text"}),
    st.builds(
        lambda name, schema: {"type": "json_schema", "json_schema": {"name": name, "schema": schema}}, names, parameters
    ),
    st.builds(
        lambda name, schema: {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}},
        names,
        strict_schemas,
    ),
)
numbers = st.floats
settings_of_answers = optional(
    temperature=or_null(numbers(0, 2)),
    top_p=or_null(numbers(0, 1)),
    presence_penalty=or_null(numbers(-2, 2)),
    frequency_penalty=or_null(numbers(-2, 2)),
    n=or_null(st.integers(1, 128)),
    seed=or_null(st.integers(-(2**63), 2**63 - 1)),
    stop=or_null(texts | st.lists(texts, max_size=4)),
    logit_bias=or_null(st.dictionaries(st.integers(0, 200_000).map(str), st.integers(-100, 100), max_size=3)),
    response_format=answers,
    store=or_null(st.booleans()),
    user=texts,
    safety_identifier=or_null(texts),
    prompt_cache_key=or_null(texts),
    prompt_cache_retention=or_null(words("in_memory", "24h")),
    service_tier=or_null(words("auto", "default", "flex", "scale", "priority")),
    modalities=or_null(st.just(["text"])),
    prediction=or_null(st.builds(lambda content: {"type": "content", "content": content}, texts | parts(text_parts))),
    moderation=or_null(st.builds(lambda model: {"model": model}, texts)),
)
together = st.tuples(
    st.just({})
    | st.builds(lambda one: {"max_tokens": one}, st.integers(1))
    | st.builds(lambda one: {"max_completion_tokens": one}, st.integers(1)),
    st.just({}) | st.builds(lambda top: {"logprobs": True, "top_logprobs": top}, or_null(st.integers(0, 20))),
    st.just({})
    | st.builds(lambda usage: {"stream": True, "stream_options": {"include_usage": usage}}, st.booleans())
    | st.just({"stream": False}),
    st.just({})
    | st.builds(
        lambda pairs: {"store": True, "metadata": pairs}, st.dictionaries(st.text(max_size=64), texts, max_size=16)
    ),
    st.just({}) | offers() | old_offers,
)


@st.composite
def bodies(draw):
    body = {"model": draw(words("gpt-4o", "gpt-4.1-mini", "gpt-3.5-turbo")), "messages": draw(conversations)}
    for fields in (draw(settings_of_answers), *draw(together)):
        body |= fields
    return body


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(bodies())
def test_no_good_body_is_refused_or_warned_of(body):
    assert examine(view_request(SCRIPT, request(json.loads(json.dumps(body)), url=OPENAI_URL))) == ()


@settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(bodies(), st.sampled_from(["chat", "gpt-5", "o3", "DefaultChatModel"]))
def test_no_good_body_is_refused_on_azure(body, deployment):
    script = Script(provider="azure", key=KEY, endpoint=AZURE)
    url = f"{AZURE}/openai/deployments/{deployment}/chat/completions?api-version=2024-10-21"
    assert examine(view_request(script, request(body, url=url, headers={"api-key": KEY}))) == ()
