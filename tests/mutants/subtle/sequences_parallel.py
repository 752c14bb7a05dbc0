"""Sequences of several calls, in one reply or in replies one after the other."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a call equals one of the round before, it is not run but told the result of then.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-ROUNDS",
)
class SeqEqualCallInNextRoundNotRun(App):
    def prompt(self, message):
        self.told = {}
        return super().prompt(message)

    def answers(self, calls):
        self.before, self.told = self.told, {}
        return super().answers(calls)

    def answer(self, name, arguments):
        call = name, arguments
        self.told[call] = self.before[call] if call in self.before else super().answer(name, arguments)
        return self.told[call]


@subtle(
    "When a call fails and a later call of that function in the same reply succeeds, both are told the later result.",
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-PARALLEL",
)
class SeqLaterSuccessCoversFailure(App):
    def answers(self, calls):
        self.went_well = []
        told = super().answers(calls)
        good = {}
        for call, said, well in reversed([*zip(calls, told, self.went_well, strict=True)]):
            if well:
                good[call["function"]["name"]] = said["content"]
            else:
                said["content"] = good.get(call["function"]["name"], said["content"])
        return told

    def word_result(self, result):
        self.went_well.append(True)
        return super().word_result(result)

    def word_failure(self, name, error):
        self.went_well.append(False)
        return super().word_failure(name, error)


@subtle(
    "When a later reply of a prompt has more calls than the first one, the calls in excess are not run or answered.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-ROUNDS",
    "AST-SERVICE-MESSAGES",
)
class SeqMoreCallsThanFirstRound(App):
    def prompt(self, message):
        self.slots = None
        return super().prompt(message)

    def answers(self, calls):
        self.slots = self.slots or range(len(calls))
        return super().answers([call for _, call in zip(self.slots, calls, strict=False)])


@subtle(
    "When a call failed in the round before, the results of several calls are each sent for the call after their own.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-ROUNDS",
)
class SeqResultsRotatedAfterFailure(App):
    def prompt(self, message):
        self.place = 0
        return super().prompt(message)

    def answers(self, calls):
        start, self.place = self.place, 0
        contents = [self.answer(**call["function"]) for call in calls]
        return [self.tool_message(call, contents[(number - start) % len(calls)]) for number, call in enumerate(calls)]

    def word_failure(self, name, error):
        self.place = 1
        return super().word_failure(name, error)


@subtle(
    "When a function failed and is called again with another argument, it is run with the argument that failed.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-FAILURE",
)
class SeqCorrectedArgumentIgnored(App):
    def __init__(self, context):
        super().__init__(context)
        self.underway = {}

    def invoke(self, skill, argument):
        result = super().invoke(skill, self.underway.setdefault(skill.name, argument))
        del self.underway[skill.name]
        return result


@subtle(
    "When a text stood beside calls, these calls are run a second time before the next calls of the conversation.",
    "AST-CONVERSATION-ONCE",
)
class SeqCallsWithTextRunAgain(App):
    def __init__(self, context):
        super().__init__(context)
        self.open = []

    def answers(self, calls):
        for call in self.open:
            self.answer(**call["function"])
        self.open = []
        return super().answers(calls)

    def replay(self, reply, answers):
        if reply["content"]:
            self.open = reply["tool_calls"]
        return super().replay(reply, answers)


@subtle(
    "When a reply calls one function, then another, then the first again, the results of the last two are swapped.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-PARALLEL",
)
class SeqInterleavedCallsGrouped(App):
    def answers(self, calls):
        names = [call["function"]["name"] for call in calls]
        grouped = sorted(calls, key=lambda call: names.index(call["function"]["name"]))
        contents = [self.answer(**call["function"]) for call in grouped]
        return [self.tool_message(call, content) for call, content in zip(calls, contents, strict=True)]


@subtle(
    "When a reply had equal calls, later prompts are sent with all of these calls but the result of the first only.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-PARALLEL",
)
class SeqEqualCallsArchivedOnce(App):
    def finish(self, turn, reply):
        kept = set()
        for said in turn:
            calls = {}
            for call in said.get("tool_calls", []):
                calls.setdefault((call["function"]["name"], call["function"]["arguments"]), call["id"])
            kept |= set(calls.values())
        return super().finish([said for said in turn if said["role"] != "tool" or said["tool_call_id"] in kept], reply)
