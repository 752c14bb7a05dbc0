"""Arguments that are not a JSON object, and are taken for one in some form."""

from __future__ import annotations

import ast
import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle

MALFORMED = "AST-CONVERSATION-ARGUMENT-MALFORMED"


class MendingApp(App):
    """An app that repairs the text of the arguments when it can't be read."""

    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except (TypeError, ValueError):
            return super().read_arguments(self.repair(text))


@subtle("A comma before a closing brace of the arguments is forgiven.", MALFORMED)
class ForgivesCommasInArguments(MendingApp):
    def repair(self, text):
        return re.sub(r",(?=\s*[}\]])", "", text)


@subtle("Arguments in single quotes are read as Python.", MALFORMED)
class ForgivesSingleQuotesInArguments(MendingApp):
    def repair(self, text):
        return json.dumps(ast.literal_eval(text)) if re.match(r"\{'.*\}$", text, re.DOTALL) else text


@subtle("A closing brace that is missing from the arguments is added.", MALFORMED)
class AddsTheLastBrace(MendingApp):
    def repair(self, text):
        return f"{text}}}" if re.fullmatch(r'\{.*["\d]', text, re.DOTALL) else text


@subtle("An array of one object of arguments is taken for the object.", MALFORMED)
class UnwrapsArraysOfArguments(MendingApp):
    def repair(self, text):
        return text[1:-1] if re.fullmatch(r"\[\{.*\}\]", text, re.DOTALL) else text


@subtle("Arguments that are JSON within JSON are read twice.", MALFORMED)
class ReadsArgumentsTwice(MendingApp):
    def repair(self, text):
        return json.loads(text) if text.startswith('"{') and text.endswith('}"') else text


@subtle("Arguments of null are taken for none, and the function is run.", MALFORMED)
class TakesNullForNoArguments(MendingApp):
    def repair(self, text):
        return "{}" if text == "null" else text


@subtle("Arguments that are an empty array are taken for none, and the function is run.", MALFORMED)
class TakesEmptyArraysForNoArguments(MendingApp):
    def repair(self, text):
        return "{}" if text == "[]" else text


@subtle("A fence of code around the arguments is forgiven.", MALFORMED)
class ForgivesFences(MendingApp):
    def repair(self, text):
        return re.sub(r"\A```\w*\s(.*)```\s*\Z", r"\1", text, flags=re.DOTALL)


@subtle("Arguments may be followed by anything.", MALFORMED)
class ForgivesWhatFollowsArguments(MendingApp):
    def repair(self, text):
        return text[: json.JSONDecoder().raw_decode(text)[1]] if text.startswith("{") else text


@subtle("Line breaks within the texts of the arguments are forgiven.", MALFORMED)
class ForgivesLineBreaks(App):
    def read_arguments(self, text):
        if not text.startswith("{"):
            return super().read_arguments(text)
        return json.loads(text, strict=False)


@subtle("Names without quotes in the arguments are forgiven.", MALFORMED)
class ForgivesMissingQuotes(MendingApp):
    def repair(self, text):
        return re.sub(r"(?<=[{,])\s*(\w+)\s*:", r'"\1":', text)


@subtle("The words of Python for null, true and false are forgiven in the arguments.", MALFORMED)
class ForgivesWordsOfPython(MendingApp):
    def repair(self, text):
        words = {"None": "null", "True": "true", "False": "false"}
        return re.sub(r"(?<=: )(None|True|False)(?=[,}])", lambda match: words[match[1]], text)


class TakingApp(App):
    """An app that takes arguments of some kind for the argument itself."""

    def answer(self, name, arguments):
        known = [skill for skill in self.skills if skill.name.lower() == name.lower()]
        if known and self.takes(arguments, known[0].argument.type):
            arguments = json.dumps({known[0].argument.name: json.loads(arguments)})
        return super().answer(name, arguments)


@subtle("A number in the place of the arguments is taken for the argument.", MALFORMED)
class TakesNumbersForTheArgument(TakingApp):
    def takes(self, text, kind):
        return kind in {"integer", "number"} and re.fullmatch(r"-?\d+", text) is not None


@subtle("True or false in the place of the arguments is taken for the argument.", MALFORMED)
class TakesTruthForTheArgument(TakingApp):
    def takes(self, text, kind):
        return kind == "boolean" and text in {"true", "false"}


@subtle("A list in the place of the arguments is taken for the argument, if that is an array.", MALFORMED)
class TakesListsForTheArgument(TakingApp):
    def takes(self, text, kind):
        return kind == "array" and text.startswith("[") and text.endswith("]")


class OverlookingApp(App):
    """An app that tells malformed arguments of some kind as a call without a result."""

    def answer(self, name, arguments):
        return self.word_result(None) if self.overlooks(arguments) else super().answer(name, arguments)


@subtle("Arguments that are a number are told as done, though nothing is run.", MALFORMED)
class OverlooksNumbers(OverlookingApp):
    def overlooks(self, text):
        return text.isdigit()


@subtle("Malformed arguments that follow a good call of the same skill get its result.", MALFORMED)
class RepeatsResultsForMalformedArguments(App):
    def answer(self, name, arguments):
        self.told = getattr(self, "told", {})
        try:
            self.read_arguments(arguments)
        except (TypeError, ValueError):
            return self.told.get(name) or super().answer(name, arguments)
        self.told[name] = super().answer(name, arguments)
        return self.told[name]


@subtle(
    "A call with malformed arguments beside a good one is dropped from the reply.", MALFORMED, "AST-CONVERSATION-REPLAY"
)
class DropsMalformedCalls(App):
    def send(self, messages):
        reply = super().send(messages)
        good = [call for call in reply.get("tool_calls", []) if self.is_good(call)]
        return {**reply, "tool_calls": good} if good else reply

    def is_good(self, call):
        try:
            self.read_arguments(call["function"]["arguments"])
        except (TypeError, ValueError):
            return False
        return True


@subtle("From the second prompt on, malformed arguments end the conversation.", MALFORMED)
class RaisesForMalformedArgumentsLater(App):
    def word_failure(self, name, error):
        if self.history and isinstance(error, ValueError):
            raise error
        return super().word_failure(name, error)
