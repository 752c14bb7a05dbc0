"""Tools that are described or offered wrongly: particular words, several skills, and what happened before."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When skills are not declared in the order of their names, they have each other's schemas.",
    "AST-TOOL-PARAMETERS",
    "AST-SCHEMA-OBJECT",
)
class SortedNamesUnsortedSchemas(App):
    def tools(self):
        tools = sorted(super().tools(), key=lambda tool: tool["function"]["name"])
        for tool, skill in zip(tools, self.skills, strict=True):
            tool["function"]["parameters"] = skill.schema
        return tools


@subtle(
    "When a skill is named from a setting, its calls are looked up by the name with the percent signs and fail.",
    "AST-CONVERSATION-CALL",
    "AST-TOOL-NAME-SETTING",
)
class SettingNameNotCallable(App):
    def find(self, name):
        for skill in self.skills:
            if skill.given.get("functionName", skill.function).lower() == name.lower():
                return skill
        raise LookupError(f"there is no function {name}")


@subtle(
    "When a description equals the tool's name, it is left out as redundant.",
    "AST-TOOL-DESCRIPTION",
    "AST-SCHEMA-SYNTAX",
)
class RedundantDescriptionLeftOut(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        if function["description"].lower() == function["name"].lower():
            del function["description"]
        return function


@subtle(
    "When the declared schema has a description at its root, the model gets it as the function's description.",
    "AST-TOOL-DESCRIPTION",
)
class RootDescriptionWins(App):
    def description_of(self, skill):
        return skill.schema.get("description") or super().description_of(skill)


@subtle(
    "On Azure, a description of more than 1024 characters is cut to what Azure once allowed.", "AST-TOOL-DESCRIPTION"
)
class AzureDescriptionsCut(App):
    def description_of(self, skill):
        return super().description_of(skill)[: 1024 if self.on_azure else None]


@subtle(
    "When a schema is longer than 1000 characters, later prompts offer the skill with a made-up one.",
    "AST-TOOL-PARAMETERS",
    "AST-TOOL-EVERY-ROUND",
)
class LongSchemaOnceOnly(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        if self.history and len(json.dumps(skill.schema)) > 1000:
            function["parameters"] = self.autogenerate(skill)
        return function


@subtle(
    "When the model has called an unknown function, the rest of the prompt goes on without tools.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-UNKNOWN",
)
class UnknownEndsOffering(App):
    astray = False

    def ask(self, message):
        self.astray = False
        return super().ask(message)

    def word_failure(self, name, error):
        self.astray = self.astray or (isinstance(error, LookupError) and "there is no function" in str(error))
        return super().word_failure(name, error)

    def tools(self):
        return [] if self.astray else super().tools()


@subtle(
    "When an answer was cut off for its length, the prompts after it are sent without tools.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-CUT-SHORT",
)
class CutAnswerEndsOffering(App):
    crowded = False

    def receive(self, response):
        message = super().receive(response)
        self.crowded = self.crowded or json.loads(response.content)["choices"][0]["finish_reason"] == "length"
        return message

    def tools(self):
        return [] if self.crowded else super().tools()


@subtle(
    "When a function failed, the next request demands that the model call it again.",
    "AST-TOOL-CALLABLE",
    "AST-CONVERSATION-FAILURE",
)
class FailureDemandsAnotherCall(App):
    failed = None

    def word_failure(self, name, error):
        known = [skill.name for skill in self.skills if skill.name.lower() == name.lower()]
        self.failed = known[0] if known else None
        return super().word_failure(name, error)

    def body(self, messages):
        body = super().body(messages)
        if self.failed:
            body["tool_choice"] = {"type": "function", "function": {"name": self.failed}}
            self.failed = None
        return body


@subtle("When the user's prompt mentions JSON, every answer is demanded as a JSON object.", "AST-TOOL-CALLABLE")
class JsonModeByTheWord(App):
    def body(self, messages):
        body = super().body(messages)
        if any("json" in message["content"].lower() for message in messages if message["role"] == "user"):
            body["response_format"] = {"type": "json_object"}
        return body


@subtle(
    "When a conversation is long, its characters are counted as tokens, and too few are left to answer.",
    "AST-TOOL-CALLABLE",
    "AST-SERVICE-BODY",
)
class CharactersCountedAsTokens(App):
    def body(self, messages):
        used = sum(len(message["content"] or "") for message in messages)
        return {**super().body(messages), "max_completion_tokens": 4096 - used}


@subtle("On Azure, an app without skills sends an empty list of tools.", "AST-TOOL-NONE", "AST-SERVICE-TOOLS")
class AzureEmptyTools(App):
    def body(self, messages):
        return {**super().body(messages), **({"tools": self.tools()} if self.on_azure else {})}
