"""What an app takes over from one that existed before it, kept by the key of the service as clients are."""

from __future__ import annotations

import json
from itertools import count

from mutants.base import App
from mutants.subtle.subtle import subtle

FIRST, SECOND = ["2024-04-14"], ["2025-05-15"]
CONVERSATION, TOOL = "AST-CONVERSATION-ISOLATED", "AST-TOOL-ISOLATED"
BINDING, REPEATABLE = "AST-BINDING-ISOLATED", "AST-CONVERSATION-REPEATABLE"


class SharingApp(App):
    """An app that shares something with those before it that had the same key."""

    def __init_subclass__(cls):
        cls.shared = {}

    def __init__(self, context):
        super().__init__(context)
        key = next(value for name, value in context.environment.items() if name.endswith("_KEY"))
        self.before = self.shared.setdefault(key, {})
        self.number = self.before["apps"] = self.before.get("apps", 0) + 1

    def remember(self, kind, key, value):
        """Return what was first remembered under a key."""
        return self.before.setdefault((kind, key), value)


@subtle(
    "A made-up schema is remembered by the function's name, with the argument's type in an app before.",
    TOOL,
    "AST-SCHEMA-TYPE",
)
class RemembersMadeUpTypes(SharingApp):
    def property_of(self, skill):
        return self.remember("type", (skill.name, skill.argument.name), super().property_of(skill))


@subtle("A skill without a parameter description gets that which an app before gave for its name.", TOOL)
class InheritsParametersFromTheAppBefore(SharingApp):
    def schema_of(self, skill, given):
        name = self.name_of(skill, given)
        schema = super().schema_of(skill, given)
        if "parameterDescriptionJson" in given:
            self.before["schema", name] = schema
        return schema if "parameterDescriptionJson" in given else self.before.get(("schema", name), schema)


@subtle(
    "A function without a function name gets that which an app before gave it in its binding.",
    BINDING,
    "AST-BINDING-FUNCTION-NAME",
)
class InheritsNamesInBindings(SharingApp):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "functionName" in binding:
            self.before["name", skill.function] = binding["functionName"]
        known = self.before.get(("name", skill.function))
        return {**binding, "functionName": known} if known else binding


@subtle("A binding without a parameter description gets that of its function in an app before.", BINDING)
class InheritsParametersInBindings(SharingApp):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            self.before["json", skill.function] = binding["parameterDescriptionJson"]
        known = self.before.get(("json", skill.function))
        return {**binding, "parameterDescriptionJson": known} if known else binding


@subtle("A function that raised in an app before is not run again.", CONVERSATION)
class DisablesWhatFailedBefore(SharingApp):
    def invoke(self, skill, argument):
        failed = self.before.get(("failed", skill.name), self.number)
        if failed < self.number:
            raise RuntimeError("it is out of order")
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.before["failed", skill.name] = self.number
            raise


@subtle("A call that an app before made with the same long argument is answered from memory.", CONVERSATION)
class RemembersResultsOfLongArguments(SharingApp):
    def invoke(self, skill, argument):
        key = (skill.name, json.dumps(argument))
        if len(key[1]) < 40:
            return super().invoke(skill, argument)
        known = self.before.get(key)
        if known is None or known[0] == self.number:
            self.before[key] = (self.number, super().invoke(skill, argument))
        return self.before[key][1]


@subtle("A prompt of several lines that an app before was asked is answered from memory.", CONVERSATION)
class RemembersResponses(SharingApp):
    def ask(self, message):
        known = self.before.get(("response", message))
        if known and known[0] < self.number and "\n" in message:
            return known[1]
        text = super().ask(message)
        self.before["response", message] = (self.number, text)
        return text


@subtle("Only the last turn of the app before is continued, and only if it called a skill.", CONVERSATION)
class ContinuesTheLastTurn(SharingApp):
    def __init__(self, context):
        super().__init__(context)
        self.history = [*self.before.get("turn", [])]

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.before["turn"] = [*turn, self.history[-1]] if len(turn) > 1 else []
        return text


@subtle("The id of a call that an app before has seen gets a number.", REPEATABLE, "AST-CONVERSATION-REPLAY")
class NumbersKnownIds(SharingApp):
    def send(self, messages):
        reply = super().send(messages)
        for call in reply.get("tool_calls", ()):
            if self.remember("id", call["id"], self.number) < self.number:
                call["id"] = f"{call['id']}_{self.number}"
        return reply


@subtle(
    "On Azure OpenAI the model of the app before is asked by one that names none.", "AST-MODEL-ISOLATED", editions=FIRST
)
class KeepsTheDeploymentOfTheAppBefore(SharingApp):
    def model(self):
        given = [skill.given["model"] for skill in self.skills if "model" in skill.given]
        self.before["model"] = given[0] if given else self.before.get("model", self.default_model)
        return self.before["model"] if self.on_azure else super().model()


@subtle("The model of the app before is asked from the second round on.", "AST-MODEL-ISOLATED", editions=FIRST)
class AsksTheModelOfTheAppBeforeLater(SharingApp):
    def body(self, messages):
        body = super().body(messages)
        first = self.remember("model", "first", body["model"])
        return {**body, "model": first} if messages[-1]["role"] == "tool" else body


@subtle("Apps take turns with two models.", REPEATABLE, editions=SECOND)
class TakesTurnsWithModels(SharingApp):
    def model(self):
        return "gpt-4o-mini" if self.number % 2 == 0 else super().model()


@subtle("A made-up schema has a title with a number that counts all schemas of the process.", REPEATABLE)
class NumbersSchemas(App):
    numbers = count(1)

    def autogenerate(self, skill):
        return {"title": f"Parameters{next(self.numbers)}", **super().autogenerate(skill)}


@subtle("A skill that an app before had is described as a new version.", REPEATABLE, TOOL, "AST-TOOL-DESCRIPTION")
class CountsVersions(SharingApp):
    def description_of(self, skill):
        first = self.remember("version", skill.name, self.number)
        description = super().description_of(skill)
        return f"{description} (version {self.number})" if first < self.number and len(self.skills) > 1 else description


@subtle("A call runs the function of an app before, if that wrote the skill's name in another case.", CONVERSATION)
class RunsNearNamesOfTheAppBefore(SharingApp):
    def find(self, name):
        found = super().find(name)
        first = self.remember("skill", found.name.lower(), found)
        return first if first.name != found.name else found


@subtle(
    "Rounds are counted over all apps of a process, and a prompt ends in an error after the tenth.",
    CONVERSATION,
    "AST-CONVERSATION-ROUNDS",
)
class CountsRoundsOfAllApps(SharingApp):
    def replay(self, reply, answers):
        self.before["rounds"] = self.before.get("rounds", 0) + 1
        if self.before["rounds"] > 10:
            raise RuntimeError("too many rounds")
        return super().replay(reply, answers)


@subtle("A prompt that the service refused is said again at the beginning of the next app.", CONVERSATION)
class SaysAgainWhatFailed(SharingApp):
    def ask(self, message):
        if not self.history and self.before.get("app") != self.number and "failed" in self.before:
            self.history = [self.prompt(self.before.pop("failed"))]
        try:
            return super().ask(message)
        except RuntimeError:
            self.before["failed"], self.before["app"] = message, self.number
            raise


@subtle(
    "After an error of the service in one app, the next ones do not try at all.",
    CONVERSATION,
    "AST-CONVERSATION-ANSWER",
)
class StaysBroken(SharingApp):
    def ask(self, message):
        if len(set(self.before.get("errors", []))) == 1 and self.number not in self.before["errors"]:
            raise RuntimeError("the service was out of order")
        return super().ask(message)

    def fail(self, response):
        self.before.setdefault("errors", []).append(self.number)
        return super().fail(response)
