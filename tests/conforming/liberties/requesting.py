"""Liberties in the body of a request: what else it may say, as a table of keys."""

# ruff: noqa: ARG001, ARG005  # a condition or a key may not need all that it is given
from __future__ import annotations

import json
import re

from mutants.base import App

from liberties.liberty import variation


def sends(name, why, /, **keys):
    """Make a liberty of keys that every request has besides."""
    return variation(name, why, members={"body": lambda self, messages: {**App.body(self, messages), **keys}})


def sends_if(name, why, condition, /, **keys):
    """Make a liberty of keys that requests have besides where a condition on the app and the body holds."""

    def body(self, messages):
        usual = App.body(self, messages)
        return {**usual, **keys} if condition(self, usual) else usual

    return variation(name, why, members={"body": body})


def samples(app, body):
    """Say whether the model can be told how to sample: reasoning models refuse it."""
    return not re.match(r"o\d|gpt-5", body["model"])


def has_tools(app, body):
    return "tools" in body


def on_openai(app, body):
    return not app.on_azure


def allowing_all(body):
    """List the tools of a request once more as those that the model may call."""
    named = [{"type": "function", "function": {"name": tool["function"]["name"]}} for tool in body.get("tools", ())]
    allowed = {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": named}}
    return {**body, "tool_choice": allowed} if named else body


KEYS = [
    sends_if("cold", "How a model samples is the app's choice.", samples, temperature=0),
    sends_if("hot", "A high temperature is the app's choice, too.", samples, temperature=1.5, top_p=0.95),
    sends_if(
        "penalties",
        "A model may be kept from repeating itself.",
        samples,
        presence_penalty=-2,
        frequency_penalty=2.0,
        logit_bias={},
    ),
    sends("seeded", "A seed makes answers repeatable.", seed=-7),
    sends_if("capped", "A model that does not reason takes max_tokens; the answers fit.", samples, max_tokens=4096),
    sends("capped-generously", "A limit that the answers are far from changes nothing.", max_completion_tokens=16384),
    sends("one-choice", "One choice is the default, said aloud.", n=1, stream=False, logprobs=False),
    sends("text-format", "Text is the default format, said aloud.", response_format={"type": "text"}),
    sends("no-stop", "No stop sequences are the default, said aloud.", stop=None),
    sends("user", "Naming the user is what the key is for.", user="ada"),
    sends_if("not-stored", "Not to store is the default, said aloud.", on_openai, store=False),
    sends_if(
        "stored", "Storing with labels is the app's choice.", on_openai, store=True, metadata={"app": "todos", "v": "1"}
    ),
    sends_if("tier", "The tier is a matter of money.", on_openai, service_tier="auto"),
    sends_if(
        "cached",
        "Keys for caches and for safety say nothing to the model.",
        on_openai,
        safety_identifier="ada",
        prompt_cache_key="todos",
    ),
    sends_if("auto-choice", "To let the model choose is the default, said aloud.", has_tools, tool_choice="auto"),
    variation(
        "allowed-choice",
        "To let the model choose among all tools is the default, in many words.",
        members={"body": lambda self, messages: allowing_all(App.body(self, messages))},
    ),
    sends_if("parallel", "Calls side by side are the default, said aloud.", has_tools, parallel_tool_calls=True),
    sends_if("one-by-one", "An app may ask for one call at a time.", has_tools, parallel_tool_calls=False),
    sends(
        "nulls",
        "The published description lets these keys be null, which is as good as absent.",
        temperature=None,
        top_p=None,
        n=None,
        max_completion_tokens=None,
        presence_penalty=None,
        stop=None,
        stream=None,
        seed=None,
    ),
]


def encodes(name, why, encode):
    return variation(name, why, members={"encode": lambda self, body: encode(body)})


BYTES = [
    encodes("indented", "White space in JSON says nothing.", lambda body: json.dumps(body, indent=2).encode()),
    encodes("dense", "JSON needs no white space.", lambda body: json.dumps(body, separators=(",", ":")).encode()),
    encodes("sorted", "The order of members says nothing.", lambda body: json.dumps(body, sort_keys=True).encode()),
    encodes(
        "backwards",
        "The body's members may come in any order.",
        lambda body: json.dumps(dict(reversed(body.items()))).encode(),
    ),
    encodes("utf-8", "Letters need no escapes.", lambda body: json.dumps(body, ensure_ascii=False).encode()),
    encodes("escaped", "A slash may be escaped.", lambda body: json.dumps(body).replace("/", "\\/").encode()),
]


def offers(name, why, arrange):
    return variation(name, why, members={"tools": lambda self: arrange(App.tools(self))})


TOOLS = [
    offers("tools-backwards", "The order of tools says nothing.", lambda tools: tools[::-1]),
    offers(
        "tools-by-name",
        "The order of tools says nothing: the shipped extension offers them in the order in which its listeners start.",
        lambda tools: sorted(tools, key=lambda tool: tool["function"]["name"]),
    ),
    offers(
        "members-backwards",
        "The order of members says nothing.",
        lambda tools: [{"function": dict(reversed(tool["function"].items())), "type": "function"} for tool in tools],
    ),
    offers(
        "not-strict",
        "Not to be strict is the default, said aloud.",
        lambda tools: [{"type": "function", "function": {**tool["function"], "strict": False}} for tool in tools],
    ),
    offers(
        "strictness-null",
        "The published description lets strict be null.",
        lambda tools: [{"type": "function", "function": {**tool["function"], "strict": None}} for tool in tools],
    ),
]
