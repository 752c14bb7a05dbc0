"""Several calls in one reply, of which some are lost, merged or mixed up."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle

PARALLEL, ONCE = "AST-CONVERSATION-PARALLEL", "AST-CONVERSATION-ONCE"
SERVICE = "AST-SERVICE-MESSAGES"


@subtle("Of more than ten calls in a reply, those beyond are left unanswered.", PARALLEL, SERVICE)
class AnswersTenCalls(App):
    def answers(self, calls):
        return super().answers(calls[:10])


@subtle("From the twentieth call of a reply on, calls are answered without being run.", PARALLEL)
class RunsNineteenCalls(App):
    def answers(self, calls):
        skipped = [self.tool_message(call, "There were too many calls.") for call in calls[19:]]
        return [*super().answers(calls[:19]), *skipped]


@subtle(
    "Beyond 16 calls in a reply, those left over are not repeated either, as if they had not been made.",
    PARALLEL,
    "AST-CONVERSATION-REPLAY",
)
class DropsCallsBeyondSixteen(App):
    def send(self, messages):
        reply = super().send(messages)
        return {**reply, "tool_calls": reply["tool_calls"][:16]} if "tool_calls" in reply else reply


@subtle("Of three or more calls of one skill the results of the last two are swapped.", PARALLEL)
class SwapsTheLastTwoResults(App):
    def answers(self, calls):
        answers = super().answers(calls)
        if len(calls) < 3 or len({call["function"]["name"] for call in calls}) > 1:
            return answers
        *_, one, other = answers
        return [
            *answers[:-2],
            {**one, "content": other["content"]},
            {**other, "content": one["content"]},
        ]


@subtle("Calls of two skills that take turns are answered skill by skill, in the order of the calls.", PARALLEL)
class AnswersSkillBySkill(App):
    def answers(self, calls):
        order = sorted(range(len(calls)), key=lambda index: calls[index]["function"]["name"])
        contents = [answer["content"] for answer in super().answers([calls[index] for index in order])]
        names = [call["function"]["name"] for call in calls]
        if len(calls) < 3 or len(set(names)) == 1:
            contents = [contents[order.index(index)] for index in range(len(calls))]
        return [self.tool_message(call, content) for call, content in zip(calls, contents, strict=True)]


@subtle("Equal calls in one reply are run once, if there are three or more calls.", PARALLEL, ONCE)
class RunsEqualCallsOnce(App):
    def answers(self, calls):
        known = {}
        for call in calls:
            key = tuple(call["function"].values())
            if key not in known or len(calls) < 3:
                known[key] = self.answer(**call["function"])
        return [self.tool_message(call, known[tuple(call["function"].values())]) for call in calls]


@subtle(
    "Calls of one skill are told apart by their arguments without case, so that Milk is answered as milk.",
    PARALLEL,
    ONCE,
)
class TellsCallsApartWithoutCase(App):
    def answers(self, calls):
        known = {}
        for call in calls:
            arguments = call["function"]["arguments"]
            key = (call["function"]["name"], arguments.lower())
            if known.get(key, (arguments, None))[0] == arguments:
                known[key] = (arguments, self.answer(**call["function"]))
        keys = [(call["function"]["name"], call["function"]["arguments"].lower()) for call in calls]
        return [self.tool_message(call, known[key][1]) for call, key in zip(calls, keys, strict=True)]


@subtle("Calls that differ in the order of their arguments only are run once.", PARALLEL, ONCE)
class RunsReorderedCallsOnce(App):
    def answers(self, calls):
        known = {}
        for call in calls:
            same, written = self.sort(call), call["function"]["arguments"]
            if known.get(same, (written, None))[0] == written:
                known[same] = (written, self.answer(**call["function"]))
        return [self.tool_message(call, known[self.sort(call)][1]) for call in calls]

    def sort(self, call):
        try:
            arguments = json.dumps(json.loads(call["function"]["arguments"]), sort_keys=True)
        except ValueError:
            arguments = call["function"]["arguments"]
        return (call["function"]["name"], arguments)


@subtle(
    "A call that lacks the argument gets that of the call before it in the reply.", "AST-CONVERSATION-ARGUMENT-MISSING"
)
class PassesArgumentsOn(App):
    def answers(self, calls):
        self.before = {}
        return super().answers(calls)

    def argument_of(self, skill, arguments):
        self.before = {**self.before, **arguments}
        return super().argument_of(skill, self.before)


@subtle(
    "A function without a result that is called after two others is answered with the last result.",
    "AST-CONVERSATION-RESULT-NONE",
    PARALLEL,
)
class RepeatsResultsForNone(App):
    def answers(self, calls):
        self.told = []
        return super().answers(calls)

    def word_result(self, result):
        word = super().word_result(result)
        self.told.append(word)
        return self.told[-2] if result is None and len(self.told) > 2 else word


@subtle(
    "After a failure as the third call or later, the rest of the reply's calls is not run.",
    "AST-CONVERSATION-FAILURE",
    PARALLEL,
)
class StopsAtALateFailure(App):
    def answers(self, calls):
        self.made, self.stopped = 0, False
        return super().answers(calls)

    def answer(self, name, arguments):
        self.made += 1
        return "It was not run." if self.stopped else super().answer(name, arguments)

    def word_failure(self, name, error):
        self.stopped = self.made > 2
        return super().word_failure(name, error)


@subtle("In replies to the second prompt and later ones, only the first of several calls is run.", PARALLEL)
class RunsTheFirstCallLater(App):
    def answers(self, calls):
        if not self.history:
            return super().answers(calls)
        skipped = [self.tool_message(call, "One call at a time, please.") for call in calls[1:]]
        return [*super().answers(calls[:1]), *skipped]


@subtle(
    "In the third round and later ones, the last of several calls is answered with the first one's result.", PARALLEL
)
class ConfusesCallsLater(App):
    def prompt(self, message):
        self.round = 0
        return super().prompt(message)

    def answers(self, calls):
        self.round += 1
        answers = super().answers(calls)
        return [*answers[:-1], {**answers[-1], "content": answers[0]["content"]}] if self.round > 2 else answers
