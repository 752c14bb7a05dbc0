"""What cases and texts that were added for it find: refusals, endings and choices that only few conditions show."""

from __future__ import annotations

import json
import re
from itertools import takewhile

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a function name is longer than 64 characters only until its setting is replaced, it is refused.",
    "AST-TOOL-NAME-SETTING",
)
class LengthOfNamesCheckedBeforeSettings(App):
    def resolve(self, name):
        if len(name) > 64:
            raise ValueError("the name is too long")
        return super().resolve(name)


@subtle(
    "When a description has two quotation marks in a row, as an empty text in it does, one of them is lost.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class VerbatimQuotesOfDescriptionsHalved(App):
    def description_of(self, skill):
        return super().description_of(skill).replace('""', '"')


@subtle(
    "When an answer is cut off because of its length, it is returned up to the end of its last whole sentence.",
    "AST-CONVERSATION-CUT-SHORT",
)
class CutAnswerEndsWithSentence(App):
    def receive(self, response):
        reply = super().receive(response)
        if json.loads(response.content)["choices"][0]["finish_reason"] == "length" and "." in (reply["content"] or ""):
            reply["content"] = reply["content"].rpartition(".")[0] + "."
        return reply


@subtle(
    "When a prompt is empty, the message to the model has null as content.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-ANSWER",
)
class EmptyPromptIsNull(App):
    def prompt(self, message):
        return {"role": "user", "content": message or None}


@subtle(
    "When several choices contain calls, those of all choices are run.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class CallsOfAllChoicesRun(App):
    def receive(self, response):
        reply = super().receive(response)
        if reply.get("tool_calls"):
            choices = json.loads(response.content)["choices"]
            reply["tool_calls"] = [call for choice in choices for call in choice["message"].get("tool_calls") or []]
        return reply


@subtle(
    "When a parameter is given as empty text, the parameters written after it are lost.",
    "AST-DECLARATION-PARAMETERS",
    "AST-BINDING",
    "AST-SCHEMA-EMPTY",
    "AST-TOOL",
)
class ReadingEndsAtEmptyParameter(App):
    def read(self, trigger):
        return super().read(dict(takewhile(lambda item: not self.counts_as_absent(item[1]), trigger.items())))


@subtle(
    "When a parameter description contains -Infinity, it is accepted, since only NaN and Infinity are refused.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class MinusInfinityAccepted(App):
    def refuse_constant(self, constant):
        if constant in {"NaN", "Infinity"}:
            raise ValueError(f"{constant} is not JSON")
        return float(constant)


@subtle(
    "When a whole tool or function is given as parameter description, it is accepted, and its parameters are taken.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class WholeToolUnwrapped(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict):
            schema = schema.get("function", schema)
            schema = schema.get("parameters", schema)
        return schema


@subtle(
    "When a parameter description names its dialect with $schema, it is not checked to be an object schema.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class NamedDialectNotChecked(App):
    def check_schema(self, schema):
        if isinstance(schema, dict) and "$schema" in schema:
            return
        super().check_schema(schema)


@subtle(
    "When the first argument of an error is a number, the model is sent that as it is, which OpenAI refuses.",
    "AST-CONVERSATION-FAILURE",
    "AST-SERVICE-MESSAGES",
)
class ErrorArgumentAsContent(App):
    def word_failure(self, name, error):
        return error.args[0] if error.args and not isinstance(error.args[0], str) else super().word_failure(name, error)


@subtle(
    "When an answer has several choices after a call, a later one than the first is taken.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class ChoiceByRound(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def receive(self, response):
        super().receive(response)
        choices = json.loads(response.content)["choices"]
        self.rounds += 1
        return choices[min(self.rounds, len(choices)) - 1]["message"]


@subtle(
    "When the first choice calls a skill without a text, the text of the second is put beside the call.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class TextOfSecondChoiceBesideCall(App):
    def receive(self, response):
        message = super().receive(response)
        choices = json.loads(response.content)["choices"]
        if message.get("tool_calls") and not message["content"] and len(choices) > 1:
            message["content"] = choices[1]["message"]["content"]
        return message


class RefusedRequestError(RuntimeError):
    """The service refused a request."""


@subtle(
    "From the fourth round of calls of a prompt on, a refused request is answered with the error's text.",
    "AST-CONVERSATION-ERROR",
)
class LateRefusalAnswered(App):
    def fail(self, response):
        raise RefusedRequestError(response.content.decode())

    def send(self, messages):
        try:
            return super().send(messages)
        except RefusedRequestError as error:
            if sum("tool_calls" in message for message in messages[len(self.history) :]) < 4:
                raise
            return {"role": "assistant", "content": str(error)}


@subtle("Keys in the objects of a list are told in camel case.", "AST-CONVERSATION-RESULT-VALUE")
class KeysOfRowsInCamelCase(App):
    def word_result(self, result):
        if isinstance(result, list):
            result = [self.camelled(row) if isinstance(row, dict) else row for row in result]
        return super().word_result(result)

    def camelled(self, row):
        return {re.sub("_([a-z])", lambda match: match[1].upper(), key): value for key, value in row.items()}


@subtle(
    "When a later choice has more calls than the first, the surplus is run as well.",
    "AST-CONVERSATION-FIRST-CHOICE",
)
class SurplusCallsOfLaterChoices(App):
    def receive(self, response):
        first = super().receive(response)
        calls = list(first.get("tool_calls") or [])
        for choice in json.loads(response.content)["choices"][1:] if calls else ():
            calls += (choice["message"].get("tool_calls") or [])[len(calls) :]
        return {**first, "tool_calls": calls} if calls else first


@subtle(
    "When an argument's name begins with a single capital, its binding is named as a bean's property would be.",
    "AST-BINDING-NAME",
)
class BindingsNamedAsProperties(App):
    def binding_of(self, skill):
        name = skill.argument.name
        return {**super().binding_of(skill), "name": name if name[:2].isupper() else name[0].lower() + name[1:]}


@subtle(
    "When two skills have equal parameter descriptions but arguments of different names, the later one gets the"
    " earlier's argument.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ARGUMENT",
)
class ArgumentsNamedByDescription(App):
    def argument_of(self, skill, arguments):
        text = skill.given.get("parameterDescriptionJson")
        twin = next((one for one in self.skills if text and one.given.get("parameterDescriptionJson") == text), skill)
        return super().argument_of(twin, arguments)


@subtle(
    "When the parameter descriptions of two skills share their first 256 characters, the second gets the first's.",
    "AST-TOOL-PARAMETERS",
)
class DescriptionsKnownByTheirBeginning(App):
    def __init__(self, context):
        super().__init__(context)
        self.parsed = {}

    def parse_schema(self, text):
        if text[:256] not in self.parsed:
            self.parsed[text[:256]] = super().parse_schema(text)
        return self.parsed[text[:256]]


@subtle("When an object argument has the keys 0, 1, 2 and so on, it becomes a list.", "AST-CONVERSATION-ARGUMENT")
class NumberedKeysMadeAList(App):
    def argument_of(self, skill, arguments):
        found = super().argument_of(skill, arguments)
        is_numbered = isinstance(found, dict) and found and list(found) == [str(number) for number in range(len(found))]
        return list(found.values()) if is_numbered else found
