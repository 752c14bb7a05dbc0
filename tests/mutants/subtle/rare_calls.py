"""Slips in running the calls of a conversation, and in repeating them to the model."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a later prompt leads to a call that an earlier one made, the earlier result is sent and nothing runs.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
)
class EarlierPromptsResultsUsed(App):
    def __init__(self, context):
        super().__init__(context)
        self.earlier = {}
        self.now = {}

    def prompt(self, message):
        self.earlier, self.now = {**self.earlier, **self.now}, {}
        return super().prompt(message)

    def answer(self, name, arguments):
        if (name, arguments) not in self.earlier:
            self.now[name, arguments] = super().answer(name, arguments)
        return {**self.now, **self.earlier}[name, arguments]


@subtle(
    "When a reply has more than five calls, those beyond the last full batch of five are forgotten.",
    "AST-CONVERSATION-PARALLEL",
)
class LastBatchForgotten(App):
    def answers(self, calls):
        return super().answers(calls[: len(calls) // 5 * 5] or calls)


@subtle(
    "When the calls of one reply are not in the order of their names, each gets the result of another.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT",
)
class ResultsInOrderOfNames(App):
    def answers(self, calls):
        ran = sorted(calls, key=lambda call: call["function"]["name"])
        results = [self.answer(**call["function"]) for call in ran]
        return [self.tool_message(call, result) for call, result in zip(calls, results, strict=True)]


@subtle(
    "When one call of a reply is of an unknown function, the calls after it do not run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-UNKNOWN",
)
class NothingRunsAfterAnUnknown(App):
    def answers(self, calls):
        self.lost = False
        return super().answers(calls)

    def find(self, name):
        if self.lost:
            raise LookupError("not run")
        self.lost = True
        skill = super().find(name)
        self.lost = False
        return skill


@subtle(
    "When a reply has calls but ends for another reason than tool_calls (stop), they are not run.",
    "AST-CONVERSATION-CALL",
)
class ReasonDecidesOnCalls(App):
    def receive(self, response):
        reply = super().receive(response)
        if json.loads(response.content)["choices"][0]["finish_reason"] != "tool_calls":
            reply.pop("tool_calls", None)
        return reply


@subtle(
    "When the model makes the same call in three rounds of a prompt in a row, the third does not run.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-ROUNDS",
)
class ThirdEqualRoundTakenForALoop(App):
    def prompt(self, message):
        self.rounds = []
        return super().prompt(message)

    def answers(self, calls):
        self.rounds.append([call["function"] for call in calls])
        if len(self.rounds) > 2 and self.rounds[-1] == self.rounds[-2] == self.rounds[-3]:
            return [self.tool_message(call, "You have called this function already.") for call in calls]
        return super().answers(calls)


@subtle("When a skill has failed twice in a conversation, it is not offered any more.", "AST-TOOL-EVERY-ROUND")
class FailingSkillWithdrawn(App):
    def __init__(self, context):
        super().__init__(context)
        self.failures = []

    def word_failure(self, name, error):
        self.failures.append(name)
        return super().word_failure(name, error)

    def tools(self):
        return [tool for tool in super().tools() if self.failures.count(tool["function"]["name"]) < 2]


@subtle("When two prompts in a row led to no call, the skills are not offered any more.", "AST-TOOL-EVERY-ROUND")
class IdleSkillsWithdrawn(App):
    idle = 0

    def finish(self, turn, reply):
        self.idle = self.idle + 1 if len(turn) == 1 else 0
        return super().finish(turn, reply)

    def tools(self):
        return super().tools() if self.idle < 2 else []


@subtle(
    "When a call has an argument that is null, it is repeated to the model without that argument.",
    "AST-CONVERSATION-REPLAY",
)
class NullArgumentsNotRepeated(App):
    def replay(self, reply, answers):
        calls = [{**call, "function": self.repeated(**call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def repeated(self, name, arguments):
        try:
            given = {key: value for key, value in json.loads(arguments).items() if value is not None}
        except (ValueError, AttributeError):
            return {"name": name, "arguments": arguments}
        return {"name": name, "arguments": json.dumps(given)}


@subtle(
    "From the second round of a prompt on, what the assistant says beside its calls is not repeated.",
    "AST-CONVERSATION-REPLAY",
)
class LaterWordsBesideCallsLost(App):
    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def replay(self, reply, answers):
        self.rounds += 1
        return super().replay({**reply, "content": None} if self.rounds > 1 else reply, answers)


@subtle(
    "When the tools of an app take more than 12,000 characters, the last of them are not offered.", "AST-TOOL-OFFERED"
)
class LargeToolsLeftOut(App):
    def tools(self):
        tools = super().tools()
        while len(tools) > 1 and len(json.dumps(tools)) > 12000:
            tools.pop()
        return tools
