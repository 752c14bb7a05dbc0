"""Slips of a port of the .NET extension to raw HTTP, which an independent author made."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import cut_below, walk


@subtle("Backslashes at the end of a description are lost, as when JSON text is trimmed.", "AST-TOOL-DESCRIPTION")
class TrimsBackslashes(App):
    def description_of(self, skill):
        return super().description_of(skill).rstrip("\\")


@subtle("A given schema is cut where it is more than 32 levels deep.", "AST-TOOL-PARAMETERS")
class CutsSchemasOfManyLevels(App):
    def parse_schema(self, text):
        return cut_below(super().parse_schema(text), 32)


@subtle("In a given schema, a minimum above its maximum is swapped with it.", "AST-TOOL-PARAMETERS")
class SwapsLimits(App):
    def parse_schema(self, text):
        return walk(super().parse_schema(text), self.swapped)

    def swapped(self, schema):
        low, high = schema.get("minimum"), schema.get("maximum")
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            return {**schema, "minimum": high, "maximum": low}
        return schema


@subtle(
    "A parameter description without a type is accepted if it says what is required.", "AST-DECLARATION-SCHEMA-FORM"
)
class TakesRequiredForType(App):
    def check_schema(self, schema):
        super().check_schema(
            {"type": "object", **schema} if isinstance(schema, dict) and "required" in schema else schema
        )


@subtle("A prompt that begins with `system:` becomes a message of the system.", "AST-CONVERSATION")
class TakesOrdersFromPrompts(App):
    def prompt(self, message):
        if message.startswith("system:"):
            return {"role": "system", "content": message.removeprefix("system:")}
        return super().prompt(message)


@subtle(
    "Of three calls where the first and the third call the same skill, these swap their results.", "AST-CONVERSATION"
)
class SwapsResultsOfTheSame(App):
    def answers(self, calls):
        answers = super().answers(calls)
        match [call["function"]["name"] for call in calls]:
            case [first, second, third] if first == third != second:
                answers[0]["content"], answers[2]["content"] = answers[2]["content"], answers[0]["content"]
        return answers
