"""Requirement by requirement: tools and made-up schemas that are wrong in rare situations."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@subtle(
    "A skill is not offered if an earlier one has the same description and the same parameter description.",
    "AST-TOOL-OFFERED",
)
class LookalikesOfferedOnce(App):
    def tools(self):
        offered: list[dict[str, Any]] = []
        for tool in super().tools():
            seen = [{**other["function"], "name": ""} for other in offered]
            if {**tool["function"], "name": ""} not in seen:
                offered.append(tool)
        return offered


@subtle(
    "A skill is not offered if its name begins with the name of a skill that was declared before it.",
    "AST-TOOL-OFFERED",
)
class LongerNamesSwallowed(App):
    def tools(self):
        offered: list[dict[str, Any]] = []
        for tool in super().tools():
            if not any(tool["function"]["name"].startswith(other["function"]["name"]) for other in offered):
                offered.append(tool)
        return offered


@subtle(
    "A declared name that differs from the function's own name only by case is offered as the function spells it.",
    "AST-TOOL-NAME",
)
class OwnSpellingPreferred(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return skill.name if name.lower() == skill.name.lower() else name


@subtle(
    "Without a declared name, a function's own name loses Function, Skill or Trigger at its end.",
    "AST-TOOL-NAME-FALLBACK",
)
class OwnNamesLoseTheirKind(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return (
            name
            if "functionName" in given
            else re.sub("(?<=.)_?(function|skill|trigger)$", "", name, flags=re.IGNORECASE)
        )


@subtle(
    "Two settings side by side in a name are refused, since the percent signs between them count as one.",
    "AST-TOOL-NAME-SETTING",
)
class AdjacentSettingsEscaped(App):
    def resolve(self, name):
        return super().resolve(name.replace("%%", "%"))


@subtle(
    "A setting that a name has twice is replaced once, and its second place is left empty.",
    "AST-TOOL-NAME-SETTING",
)
class RepeatedSettingsEmptied(App):
    def resolve(self, name):
        for setting in re.findall("%([^%]+)%", name):
            name = name.replace(f"%{setting}%", self.settings[setting], 1).replace(f"%{setting}%", "")
        return name


@subtle(
    "If an earlier skill has the same description, the model is given the description with the skill's name.",
    "AST-TOOL-DESCRIPTION",
)
class NamesakesToldApart(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        before = self.skills[: self.skills.index(skill)]
        return f"{text} ({skill.name})" if text in [other.given["functionDescription"] for other in before] else text


@subtle(
    "A parameter description that lacks a property of the argument's name is given one.",
    "AST-TOOL-PARAMETERS",
)
class ForgottenPropertyAdded(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        properties = schema.get("properties", {})
        if skill.argument.name in properties:
            return schema
        return {**schema, "properties": {**properties, skill.argument.name: self.property_of(skill)}}


@subtle(
    "What a parameter description requires is lost if no property beside it has the name.",
    "AST-TOOL-PARAMETERS",
)
class DanglingRequirementsDropped(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        if isinstance(schema.get("required"), list):
            schema["required"] = [name for name in schema["required"] if name in schema.get("properties", {})]


@subtle(
    "An app without skills sends a choice of tools from its second prompt on.",
    "AST-TOOL-NONE",
    "AST-SERVICE-BODY",
    "AST-SERVICE-TOOLS",
)
class ChoiceWithoutTools(App):
    def body(self, messages):
        body = super().body(messages)
        return body | ({"tool_choice": "auto"} if "tools" not in body and len(messages) > 1 else {})


@subtle(
    "Once a prompt has seen a call of every skill, its next request offers none of them.",
    "AST-TOOL-EVERY-ROUND",
)
class AllCalledNoneOffered(App):
    def body(self, messages):
        body = super().body(messages)
        since = max(index for index, message in enumerate(messages) if message["role"] == "user")
        calls = [call for message in messages[since:] for call in message.get("tool_calls", [])]
        called = {call["function"]["name"].lower() for call in calls}
        if len(self.skills) > 1 and called >= {skill.name.lower() for skill in self.skills}:
            body.pop("tools")
        return body


@subtle(
    "A prompt that contains the word JSON asks the model for a JSON object.",
    "AST-TOOL-CALLABLE",
)
class JsonInPromptJsonInAnswer(App):
    def body(self, messages):
        body = super().body(messages)
        prompts = [message["content"] for message in messages if message["role"] == "user"]
        return body | ({"response_format": {"type": "json_object"}} if "json" in prompts[-1].lower() else {})


@subtle(
    "A prompt that contains a skill's name makes the model call the skill in every round.",
    "AST-TOOL-CALLABLE",
)
class NamedSkillsForced(App):
    def body(self, messages):
        body = super().body(messages)
        prompt = [message["content"] for message in messages if message["role"] == "user"][-1]
        named = [skill.name for skill in self.skills if skill.name in prompt]
        return body | ({"tool_choice": {"type": "function", "function": {"name": named[0]}}} if named else {})


@subtle(
    "A skill has the parameter description that an earlier app declared beside the same name and description.",
    "AST-TOOL-ISOLATED",
    "AST-TOOL-PARAMETERS",
    "AST-SCHEMA",
)
class ToolsOfAncestors(App):
    known: ClassVar[dict[tuple[str, str], Any]] = {}

    def function_of(self, skill):
        function = super().function_of(skill)
        key = (function["name"], function["description"])
        return function | {"parameters": self.known.setdefault(key, function["parameters"])}


@subtle(
    "In a made-up schema, an argument named like one of Python's built-ins has an underscore at its end.",
    "AST-SCHEMA-OBJECT",
)
class BuiltinsAvoided(App):
    def autogenerate(self, skill):
        builtins = {"id", "type", "input", "filter", "list", "object", "format", "range", "hash", "max", "min", "sum"}
        schema = super().autogenerate(skill)
        told = {f"{name}_" if name in builtins else name: told for name, told in schema["properties"].items()}
        return {**schema, "properties": told}


@subtle(
    "In a made-up schema, an argument has the type of an earlier skill's argument of the same name.",
    "AST-SCHEMA-TYPE",
    "AST-SCHEMA",
)
class HomonymsShareTheirType(App):
    def autogenerate(self, skill):
        for other in self.skills:
            if other.argument.name == skill.argument.name and "parameterDescriptionJson" not in other.given:
                return other.schema
        return super().autogenerate(skill)


@subtle(
    "A made-up schema says what the items of an array are in the first request of an app only.",
    "AST-SCHEMA-ITEMS",
    "AST-SERVICE-TOOLS",
)
class ItemsToldOnce(App):
    sent = 0

    def body(self, messages):
        body = super().body(messages)
        self.sent += 1
        if self.sent > 1:
            for skill in self.skills:
                if "parameterDescriptionJson" not in skill.given:
                    skill.schema["properties"][skill.argument.name].pop("items", None)
        return body


@subtle(
    "An empty parameter description stands for no parameter at all if no function name is declared.",
    "AST-SCHEMA-EMPTY",
)
class EmptyBesideNoName(App):
    def add_skill(self, skill):
        words = {word.replace("_", "").lower(): value for word, value in skill.trigger.items()}
        self.is_emptied = words.get("parameterdescriptionjson") == "" and not words.get("functionname")
        super().add_skill(skill)

    def autogenerate(self, skill):
        return {"type": "object", "properties": {}} if self.is_emptied else super().autogenerate(skill)


@altering("function_of", "AST-SCHEMA-SYNTAX", "AST-TOOL-DESCRIPTION", "AST-SERVICE-TOOLS")(
    "A description of several lines is given to the model as a list of its lines.",
)
def description_as_list_of_lines(function):
    lines = function["description"].split("\n")
    return function | ({"description": lines} if len(lines) > 1 else {})
