"""Several calls, their ids, their repetition to the model, and the kinds of answers that a service gives."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the model repeats a call that has succeeded, the function does not run, and the old result is told.",
    "AST-CONVERSATION-CALL",
)
class IdenticalCallsRemembered(App):  # denkeeper 268, open-assistant 59
    def invoke(self, skill, argument):
        kept = self.__dict__.setdefault("kept", {})
        key = (skill.name, json.dumps(argument))
        if key not in kept:
            kept[key] = super().invoke(skill, argument)
        return kept[key]


@subtle(
    "When one of several calls fails, the others are told as failed too, though they have run.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-PARALLEL",
)
class OneFailureFailsAll(App):  # Promise.all, asyncio.gather
    failed = False

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def answers(self, calls):
        self.failed = False
        answers = super().answers(calls)
        return [{**answer, "content": "The calls failed."} for answer in answers] if self.failed else answers


@subtle(
    "When a reply calls one skill, another and the first again, the results go to the wrong calls.",
    "AST-CONVERSATION-PARALLEL",
)
class ResultsByPosition(App):  # calls run skill by skill, results paired in the order of the calls
    def answers(self, calls):
        names = list(dict.fromkeys(call["function"]["name"] for call in calls))
        results = [
            self.answer(**call["function"]) for name in names for call in calls if call["function"]["name"] == name
        ]
        return [self.tool_message(call, result) for call, result in zip(calls, results, strict=True)]


@subtle(
    "When a reply calls one skill twice, both calls are answered with the later result.", "AST-CONVERSATION-PARALLEL"
)
class ResultsByName(App):
    def answers(self, calls):
        results = {call["function"]["name"]: self.answer(**call["function"]) for call in calls}
        return [self.tool_message(call, results[call["function"]["name"]]) for call in calls]


@subtle(
    "When one of several calls is of no skill, it is left unanswered.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-UNKNOWN",
    "AST-SERVICE-MESSAGES",
)
class UnknownAmongOthersSkipped(App):  # opencode 44852
    def answers(self, calls):
        names = {skill.name.lower() for skill in self.skills}
        known = [call for call in calls if call["function"]["name"].lower() in names]
        return super().answers(known or calls)


@subtle("When an answer is filtered after some words, the words are lost.", "AST-CONVERSATION-CUT-SHORT")
class FilteredWordsLost(App):  # openai-agents 4159, the other way round
    def receive(self, response):
        message = super().receive(response)
        filtered = json.loads(response.content)["choices"][0]["finish_reason"] == "content_filter"
        return {**message, "content": None} if filtered else message


@subtle(
    "When the model refuses, null is kept as its answer, and the next prompt is refused by the service.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-SERVICE-MESSAGES",
)
class RefusalKeptAsNull(App):  # inspect_ai 1398
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1]["content"] = reply["content"]
        return text


@subtle(
    "When a call has arguments that the function does not have, it is repeated to the model without them.",
    "AST-CONVERSATION-REPLAY",
)
class ExtrasLeftOutOfReplay(App):  # the validated arguments are dumped instead of those received
    def replay(self, reply, answers):
        calls = [{**call, "function": self.validated(**call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def validated(self, name, arguments):
        try:
            own, read = self.find(name).argument.name, self.read_arguments(arguments)
        except (LookupError, ValueError, TypeError):
            return {"name": name, "arguments": arguments}
        return {"name": name, "arguments": json.dumps({own: read[own]} if own in read else {})}


@subtle(
    "When the arguments of a call are an empty string, they are sent back as an object instead of a string.",
    "AST-SERVICE-MESSAGES",
)
class EmptyArgumentsAsObject(App):  # CopilotKit 3306, aichat 1217: || {}
    def replay(self, reply, answers):
        calls = [
            {**call, "function": {**call["function"], "arguments": call["function"]["arguments"] or {}}}
            for call in reply["tool_calls"]
        ]
        return super().replay({**reply, "tool_calls": calls}, answers)


@subtle("When a choice after the first calls a skill, that choice is followed.", "AST-CONVERSATION-FIRST-CHOICE")
class CallingChoicePreferred(App):  # clients for services that put text and calls in two choices
    def receive(self, response):
        message = super().receive(response)
        messages = [choice["message"] for choice in json.loads(response.content)["choices"]]
        return next((other for other in messages if other.get("tool_calls")), message)


@subtle(
    "When an answer is a JSON object with a name and arguments, it is taken for a call and not returned.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-ROUNDS",
)
class JsonAnswerTakenForCall(App):  # litellm, localharness 105: calls that models write as text
    def receive(self, response):
        message = super().receive(response)
        try:
            said = json.loads(message["content"])
            function = {"name": said["name"], "arguments": json.dumps(said["arguments"])}
        except (ValueError, TypeError, KeyError):
            return message
        return {**message, "tool_calls": [{"id": "call_of_text", "type": "function", "function": function}]}


@subtle(
    "When an answer stands in a fence of three backticks, it is returned without the fence.", "AST-CONVERSATION-ANSWER"
)
class FenceAroundAnswerRemoved(App):  # output parsers
    def finish(self, turn, reply):
        fenced = re.fullmatch(r"\s*```\w*\n(.*?)\n?```\s*", reply["content"] or "", re.DOTALL)
        return super().finish(turn, {**reply, "content": fenced[1]} if fenced else reply)
