"""Imitates the published .NET extension Microsoft.Azure.WebJobs.Extensions.OpenAI 0.19 and 0.20, in process.

On 2026-11-24 this imitation and the extension itself, judged through conformance/adapters/dotnet, had the same outcome
in all 379 cases of both editions. Their request bodies were the same too, except in six cases: the extension writes
results without spaces after JSON's commas and escapes U+2028, and it copies the text of ParameterDescriptionJson into
the body with its white space. Names in comments are those of the extension's source.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import openai

surfaces = ["csharp-inprocess"]

PARAMETERS = {"FunctionName", "FunctionDescription", "ParameterDescriptionJson"}
TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "array": "array", "object": "array"}
"""How a C# type is told to the model; anything enumerable is an array, and whatever is not listed is a string."""

ZEROS = {"integer": 0, "number": 0.0, "boolean": False}
"""What C#'s value types are without arguments; they cannot be null."""

FUNCTION_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_\-]{0,127}")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$")

MOST_MESSAGES = 50
"""After so many messages of one post the extension stops, even if calls are left unanswered."""

SUCCEEDED = "The function call succeeded. Let the user know that you completed the action."
FAILED = "The function call failed. Let the user know and ask if they'd like you to try again"


def create_app(context):
    return App(context.environment)


class App:
    construct = "AssistantSkillTrigger"

    def __init__(self, settings):
        self.settings = settings
        self.skills = []
        self.history = [{"role": "system", "content": "You are a helpful assistant."}]
        self.is_openai = "OPENAI_API_KEY" in settings
        self.client = _connect(settings)

    def add_skill(self, skill):
        if "FunctionDescription" not in skill.trigger:
            raise TypeError("CS7036: there is no argument for the parameter functionDescription")
        if unknown := skill.trigger.keys() - PARAMETERS:
            raise TypeError(f"CS0246: {unknown} could not be found")
        self.skills.append(skill)

    def bindings(self):
        self._start()
        return {skill.name: [_binding(skill)] for skill in self.skills}

    def ask(self, message):
        self._start()
        if not message:
            raise ValueError("The assistant must have a user message")
        _read_stored_calls(self.history)
        return self._converse([*self.history, {"role": "user", "content": message}])

    def _start(self):
        """Index the functions and start the listeners, as the host does."""
        names = [self._name(skill).lower() for skill in self.skills]
        if len(set(names)) < len(names):
            raise ValueError("An item with the same key has already been added")
        if not all(FUNCTION_NAME.fullmatch(skill.name) for skill in self.skills):
            raise ValueError("not a valid function name")

    def _name(self, skill):
        """Return the name for the model, with `%SETTING%` replaced; an unknown setting leaves the name as it is."""
        given = skill.trigger.get("FunctionName")
        if given is None:
            return skill.name
        try:
            return re.sub("%([^%]+)%", lambda match: self.settings[match[1]], given)
        except KeyError:
            return given

    def _tools(self) -> Iterator[dict[str, Any]]:
        for skill in self.skills:
            given = skill.trigger.get("ParameterDescriptionJson")
            made_up = {"type": "object", "properties": {skill.argument.name: {"type": _told_type(skill)}}}
            function = {
                "name": self._name(skill),
                "description": skill.trigger["FunctionDescription"],
                "parameters": made_up if given is None else json.loads(given),
            }
            yield {"type": "function", "function": function}

    def _converse(self, history):
        """Go on until the model calls no function, and return the last text.

        The history is kept only when the post has come to its end.
        """
        tools, texts, count = list(self._tools()), [], 1
        while True:
            answer = self._complete(history, tools)
            calls = answer.tool_calls or []
            if calls or (answer.content or "").strip():
                history.append(_assistant_message(answer))
                texts.append(answer.content or "")
                count += 1
            if not calls or count > MOST_MESSAGES:
                break
            history.extend(self._answer(call) for call in calls)
            count += len(calls)
        self.history = history
        return texts[-1] if texts else ""

    def _complete(self, history, tools):
        limit = "max_completion_tokens" if self.is_openai else "max_tokens"
        body = {"temperature": 0.5, limit: 100} | ({"tools": tools} if tools else {})
        done = self.client.chat.completions.create(model="gpt-3.5-turbo", messages=history, **body)
        return done.choices[0].message

    def _answer(self, call):
        name = call.function.name
        try:
            result = self._invoke(name, call.function.arguments)
        except Exception:  # noqa: BLE001  # whatever goes wrong is told to the model in the same words
            result = FAILED
        content = f"Function Name: '{name}' and Function Result: '{result if result.strip() else SUCCEEDED}'"
        return {"role": "tool", "tool_call_id": call.id, "content": content}

    def _invoke(self, name, arguments):
        """Return the result as JSON, or "" if there is none."""
        skill = {self._name(skill).lower(): skill for skill in self.skills}[name.lower()]
        result = skill.handler(_argument(skill.argument, arguments))
        return "" if result is None else json.dumps(result, ensure_ascii=False)


def _connect(settings):
    if "OPENAI_API_KEY" in settings:
        return openai.OpenAI(
            api_key=settings["OPENAI_API_KEY"], base_url=settings.get("OPENAI_BASE_URL"), max_retries=3
        )
    return openai.AzureOpenAI(
        azure_endpoint=settings["AZURE_OPENAI_ENDPOINT"],
        api_key=settings["AZURE_OPENAI_KEY"],
        api_version="2024-10-21",
        max_retries=3,
    )


def _binding(skill):
    """Return the binding as Microsoft.NET.Sdk.Functions writes it: without a direction."""
    given = {name[0].lower() + name[1:]: text for name, text in skill.trigger.items() if text is not None}
    return {"type": "assistantSkillTrigger", **given, "name": skill.argument.name}


def _told_type(skill):
    return TYPES.get(skill.argument.type, "string")


def _assistant_message(answer):
    """Return the message for the history; the text beside tool calls is lost."""
    if not answer.tool_calls:
        return {"role": "assistant", "content": answer.content}
    calls = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.function.name, "arguments": call.function.arguments},
        }
        for call in answer.tool_calls
    ]
    return {"role": "assistant", "tool_calls": calls}


def _read_stored_calls(history):
    """Raise for arguments that are not JSON, as ChatMessageTableEntity.DeserializeChatTool does at the next post."""
    for message in history:
        for call in message.get("tool_calls", ()):
            json.loads(call["function"]["arguments"])


def _argument(argument, text):
    """Convert the arguments of a call to the function's one argument, as SkillInvocationContext and Newtonsoft do."""
    if not text:
        return ZEROS.get(argument.type)
    arguments = json.loads(text)
    if not isinstance(arguments, dict):
        raise TypeError("not an object")
    value = arguments.get(argument.name)
    if value is None and argument.type in ZEROS:
        raise ValueError("a value type cannot be null")
    if argument.type == "integer" and not -(2**31) <= value < 2**31:
        raise OverflowError("too large for an int")
    if argument.type == "string" and isinstance(value, str) and ISO_DATE.match(value):
        return dt.datetime.fromisoformat(value).strftime("%m/%d/%Y %H:%M:%S")
    return value
