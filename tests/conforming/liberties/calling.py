"""Liberties in running functions, and in what is tried again."""

# a step may not need all that it is given
from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import jsonschema
from mutants.base import App
from referencing import Registry

from liberties.liberty import liberty

_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="skill")


@liberty("The calls of one reply may run side by side.")
class RunsCallsInThreads(App):
    def answers(self, calls):
        return list(_pool.map(lambda call: self.tool_message(call, self.answer(**call["function"])), calls))


@liberty("The calls of one reply may run side by side, in another order in each app.")
class RunsCallsInChangingOrder(App):
    apps = count()

    def __init__(self, context):
        super().__init__(context)
        self.step = -1 if next(self.apps) % 2 else 1

    def answers(self, calls):
        return super().answers(calls[:: self.step])[:: self.step]


@liberty("The calls of one reply may run in any order.")
class RunsTheLastCallFirst(App):
    def answers(self, calls):
        return super().answers(calls[::-1])[::-1]


@liberty("A function may run in an event loop.")
class RunsFunctionsInALoop(App):
    def invoke(self, skill, argument):
        return asyncio.run(asyncio.to_thread(skill.handler, argument))


@liberty("A handler's parameter bears the argument's name, so it can be called by it.")
class CallsByKeyword(App):
    def invoke(self, skill, argument):
        return skill.handler(**{skill.argument.name: argument})


class FrozenList(list):
    def refuse(self, *_):
        raise TypeError("frozen")

    append = extend = clear = pop = __setitem__ = __delitem__ = refuse


class FrozenDict(dict):
    __setitem__ = __delitem__ = update = pop = clear = setdefault = FrozenList.refuse


def frozen(value):
    if isinstance(value, dict):
        return FrozenDict({key: frozen(member) for key, member in value.items()})
    return FrozenList(map(frozen, value)) if isinstance(value, list) else value


@liberty("What a function is given may refuse changes, and so may what is kept of its result.")
class HandsOverFrozenValues(App):
    def invoke(self, skill, argument):
        return frozen(super().invoke(skill, frozen(argument)))


@liberty("Arguments may be checked against the parameter description: a call whose arguments contradict it may fail.")
class ChecksArguments(App):
    def read_arguments(self, text):
        self.given_arguments = super().read_arguments(text)
        return self.given_arguments

    def invoke(self, skill, argument):
        jsonschema.Draft202012Validator(skill.schema, registry=Registry()).validate(self.given_arguments)
        return super().invoke(skill, argument)


@liberty("A call without the argument may fail instead of giving null.")
class DemandsTheArgument(App):
    def argument_of(self, skill, arguments):
        return arguments[skill.argument.name]


@liberty("A function may be found by its exact name only.")
class FindsExactNames(App):
    def find(self, name):
        return {skill.name: skill for skill in self.skills}[name]


@liberty("An empty text is not a JSON object, so that the call may fail.")
class TakesNoEmptyArguments(App):
    def read_arguments(self, text):
        arguments = json.loads(text)
        if type(arguments) is not dict:
            raise TypeError("the arguments are not an object")
        return arguments


@liberty("A request that a passing fault ended may be sent once more, a few times even.")
class TriesAgain(App):
    def receive(self, response):
        if response.status in {429, 500} and self.tries:
            self.tries -= 1
            return None
        return super().receive(response)

    def send(self, messages):
        self.tries = 3
        while (reply := super().send(messages)) is None:
            pass
        return reply


@liberty(
    "A request that was refused may be tried once more, as the cases of refusals say.",
)
class TriesEverythingTwice(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            return super().send(messages)


@liberty("There may be a limit to the rounds, if no conversation comes near it.")
class LimitsTheRounds(App):
    max_rounds = 128


@liberty("A body may have what is another one in each request, in one that is sent again, too.")
class TriesAgainWithAnotherSeed(TriesAgain.app):
    seeds = count(1)

    def body(self, messages):
        return {**super().body(messages), "seed": next(self.seeds), "user": f"user-{next(self.seeds)}"}


@liberty(
    "Where all numbers are doubles, an integer that none can hold is rounded.",
    surfaces=["javascript", "typescript", "powershell"],
)
class RoundsToDoubles(App):
    def read_arguments(self, text):
        super().read_arguments(text)
        return super().read_arguments(json.dumps(json.loads(text or "{}", parse_int=self.double)))

    def double(self, text):
        return int(float(text))
