"""Tools that are not what was declared."""

from __future__ import annotations

import inspect
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When two skills share one function, only the later one is offered.", "AST-TOOL-OFFERED")
class OneToolPerHandler(App):
    def tools(self):
        by_handler = {skill.handler: skill for skill in self.skills}
        return [
            tool
            for skill, tool in zip(self.skills, super().tools(), strict=False)
            if by_handler[skill.handler] is skill
        ]


@subtle("When a skill is declared after the first prompt, it is not offered.", "AST-TOOL-OFFERED")
class ToolsMadeOnce(App):
    made = None

    def tools(self):
        self.made = self.made or super().tools()
        return self.made


@subtle(
    "When a call's name is found by its part after the last dash, as plugins have it, another skill may run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-UNKNOWN",
)
class FoundByLastPart(App):
    def find(self, name):
        def last(text):
            return text.lower().rpartition("-")[2]

        return super().find(next((skill.name for skill in self.skills if last(skill.name) == last(name)), name))


@subtle("When a description has several lines, their common indentation is taken away.", "AST-TOOL-DESCRIPTION")
class DescriptionAsDocstring(App):
    def description_of(self, skill):
        return inspect.cleandoc(skill.given["functionDescription"])


@subtle(
    "When a description has two percent signs, what is between them is replaced as a setting, or lost.",
    "AST-TOOL-DESCRIPTION",
)
class PercentagesAsSettings(App):
    def description_of(self, skill):
        return re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], ""), super().description_of(skill))


@subtle(
    "When the required properties of a schema are not in the order of the alphabet, they are sorted.",
    "AST-TOOL-PARAMETERS",
)
class RequiredSorted(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        return {**schema, "required": sorted(schema["required"])} if "required" in schema else schema


@subtle("When a schema refers to its own definitions, they are put in place of the references.", "AST-TOOL-PARAMETERS")
class DefinitionsPutInPlace(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if not isinstance(schema, dict) or not isinstance(definitions := schema.pop("$defs", {}), dict):
            return schema
        return self.put(schema, definitions)

    def put(self, value, definitions, depth=0):
        if isinstance(value, list):
            return [self.put(item, definitions, depth + 1) for item in value]
        if not isinstance(value, dict):
            return value
        name = str(value.get("$ref", "")).removeprefix("#/$defs/")
        if name in definitions and depth < 20:
            return self.put(definitions[name], definitions, depth + 1)
        return {key: self.put(member, definitions, depth + 1) for key, member in value.items()}


@subtle("When a call has failed, no tools are offered for the rest of the prompt.", "AST-TOOL-EVERY-ROUND")
class NoToolsAfterFailure(App):
    failed = False

    def ask(self, message):
        self.failed = False
        return super().ask(message)

    def tools(self):
        return [] if self.failed else super().tools()

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)


@subtle(
    "When each of several skills has been called for a prompt, none is offered in it any more.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-ROUNDS",
)
class OfferedUntilAllUsed(App):
    def ask(self, message):
        self.used = set()
        return super().ask(message)

    def invoke(self, skill, argument):
        self.used.add(skill.name)
        return super().invoke(skill, argument)

    def tools(self):
        everything = len(self.used) == len(self.skills) > 1
        return [] if everything else super().tools()


@subtle(
    "When two skills call their argument the same but differ in its type, the second has the first one's type.",
    "AST-SCHEMA-TYPE",
)
class TypeByArgumentName(App):
    def __init__(self, context):
        super().__init__(context)
        self.made = {}

    def property_of(self, skill):
        return self.made.setdefault(skill.argument.name, super().property_of(skill))


@subtle(
    "When a declared schema allows no additional properties but has an optional one, the tool is strict.",
    "AST-SERVICE-TOOLS",
    "AST-SCHEMA-SYNTAX",
)
class StrictWhenClosed(App):
    def function_of(self, skill):
        closed = skill.schema.get("additionalProperties") is False
        return {**super().function_of(skill), **({"strict": True} if closed else {})}
