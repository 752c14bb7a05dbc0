"""Incidents in which an argument or a result was changed on its way, under some conditions only."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle

ISO_TIME = r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?"


def walk(value, change):
    """Apply a change to every member of lists and objects, the inner ones first."""
    if isinstance(value, dict):
        return {name: change(walk(member, change)) for name, member in value.items()}
    return [change(walk(member, change)) for member in value] if isinstance(value, list) else value


@subtle(
    "When a function returns a list or object that it changes later, results sent before change in the history.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
)
class IncidentResultsEncodedAtSending(App):
    def word_result(self, result):
        return result if isinstance(result, (list, dict)) else super().word_result(result)

    def encode(self, body):
        said = [
            {**message, "content": json.dumps(message["content"])}
            if isinstance(message["content"], (list, dict))
            else message
            for message in body["messages"]
        ]
        return super().encode({**body, "messages": said})


@subtle(
    "When a result is false, 0 or empty and an earlier call had one, the earlier result is sent in its place.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class IncidentFalsyResultFallsBack(App):
    kept = None

    def word_result(self, result):
        if result is None:
            return super().word_result(result)
        self.kept = result or self.kept
        return super().word_result(result if self.kept is None else self.kept)


@subtle(
    "When a result is an object with a member called error, null or not, the rest of it is lost in a failure.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class IncidentErrorMemberMeansFailure(App):
    def word_result(self, result):
        if isinstance(result, dict) and "error" in result:
            return self.word_failure("that was called", result["error"])
        return super().word_result(result)


@subtle(
    "When an object argument has a member named like the argument, the function gets that member only.",
    "AST-CONVERSATION-ARGUMENT",
)
class IncidentNestedArgumentUnwrapped(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        while isinstance(value, dict) and skill.argument.name in value:
            value = value[skill.argument.name]
        return value


@subtle(
    "When a call lacks its argument and an earlier call of the skill had one, the function gets the earlier one.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class IncidentMissingArgumentFromEarlierCall(App):
    def __init__(self, context):
        super().__init__(context)
        self.latest = {}

    def argument_of(self, skill, arguments):
        self.latest[skill.name] = {**self.latest.get(skill.name, {}), **arguments}
        return super().argument_of(skill, self.latest[skill.name])


@subtle(
    "When the answer after calls is empty or filtered away, the text beside the calls is returned as the answer.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-CONVERSATION-ANSWER",
)
class IncidentEmptyAnswerTakesEarlierText(App):
    def finish(self, turn, reply):
        beside = [said["content"] for said in turn if said["role"] == "assistant" and said["content"]]
        return super().finish(turn, {**reply, "content": reply["content"] or next(reversed(beside), None)})


@subtle(
    "When a result has objects more than two levels deep, as ConvertTo-Json allows, the inner ones become texts.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class IncidentConvertToJsonDepth(App):
    def word_result(self, result):
        return super().word_result(self.flat(result, 2))

    def flat(self, value, depth):
        if isinstance(value, list):
            return [self.flat(member, depth - 1) for member in value] if depth >= 0 else " ".join(map(str, value))
        if not isinstance(value, dict):
            return value
        if depth < 0:
            return "@{" + "; ".join(f"{name}={member}" for name, member in value.items()) + "}"
        return {name: self.flat(member, depth - 1) for name, member in value.items()}


@subtle(
    "When a list of one item is returned, or a member of a returned object, its only item is sent in its place.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class IncidentPipelineUnrollsSingletons(App):
    def word_result(self, result):
        unrolled = walk([result], self.unroll)[0]
        return super().word_result(unrolled)

    def unroll(self, value):
        return value[0] if isinstance(value, list) and len(value) == 1 else value


@subtle(
    "When a list or object argument holds an ISO time, the function gets it in an American form.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-inprocess",),
)
class IncidentNestedTimesReformatted(App):
    def argument_of(self, skill, arguments):
        return walk(super().argument_of(skill, arguments), self.reformat)

    def reformat(self, value):
        found = re.fullmatch(ISO_TIME, value) if isinstance(value, str) else None
        return f"{found[2]}/{found[3]}/{found[1]} {found[4]}" if found else value


@subtle(
    "When a result has objects with members that are null, those members are not sent.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("csharp-isolated",),
)
class IncidentNullMembersNotWritten(App):
    def word_result(self, result):
        return super().word_result(walk([result], self.written)[0])

    def written(self, value):
        if isinstance(value, dict):
            return {name: member for name, member in value.items() if member is not None}
        return value


@subtle(
    "When a reply has several calls, a result that is false, 0 or empty is told as no result.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("javascript",),
)
class IncidentFalsyResultBesideOthers(App):
    several = False

    def answers(self, calls):
        self.several = len(calls) > 1
        return super().answers(calls)

    def word_result(self, result):
        falsy = result in (0, "", False) and not isinstance(result, (list, dict))
        return super().word_result(None if self.several and falsy else result)
