"""Calls that do not run, run too often, or are answered for another."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.kinds import calls, calls_again, looks_at_calls, may_run, runs, sees_results, wanted_calls
from mutants.mutant import OWN, mutant

ONCE, PARALLEL = "AST-CONVERSATION-ONCE", "AST-CONVERSATION-PARALLEL"
SERVICE = "AST-SERVICE-MESSAGES"


def calls_at_once(case):
    """Say whether one reply makes several calls."""
    return calls(case) and any(len(getattr(reply, "calls", ())) > 1 for reply in case.scenario.episode.model_replies)


def calls_a_later_skill(case):
    """Say whether the model calls another skill than the first."""
    return any(call["skill"] != case.scenario.episode.skills[0].function for call in wanted_calls(case))


def fails_a_call(case):
    """Say whether a case is about calls that run nothing."""
    return case.requirement.id.endswith(("UNKNOWN", "MALFORMED"))


@mutant("No function is ever run.", fails={OWN: [runs]})
class RunsNothing(App):
    def invoke(self, skill, argument):
        return "The function was executed."


@mutant("The function is started and not waited for.", fails={OWN: [runs]})
class DoesNotAwaitTheFunction(App):
    def invoke(self, skill, argument):
        async def run():
            return skill.handler(argument)

        run().close()
        return "The function was started."


@mutant(
    "The skill that was declared first is run, whichever is called.",
    fails={OWN: [calls_a_later_skill]},
)
class RunsTheFirstSkill(App):
    def find(self, name):
        super().find(name)
        return self.skills[0]


@mutant(
    "Every skill is run for each call.",
    fails={
        OWN: [lambda case: runs(case) and len(case.scenario.episode.skills) > 1],
        "AST-CONVERSATION-FIRST-CHOICE": ["first-choice-calls-*"],
    },
)
class RunsEverySkill(App):
    def invoke(self, skill, argument):
        for other in self.skills:
            if other is not skill:
                other.handler(argument)
        return super().invoke(skill, argument)


@mutant("Each prompt runs the first skill, before the model is asked.", fails={OWN: [looks_at_calls]})
class RunsBeforeTheModelCalls(App):
    def prompt(self, message):
        self.answer(self.skills[0].name, json.dumps({self.skills[0].argument.name: message})) if self.skills else None
        return super().prompt(message)


@mutant("A call is run twice.", fails={OWN: [may_run]})
class RunsTwice(App):
    def answer(self, name, arguments):
        super().answer(name, arguments)
        return super().answer(name, arguments)


@mutant(
    "All calls of a conversation are run again with each reply that calls (extension issue 80).",
    fails={OWN: [lambda case: calls_again(case) and not fails_a_call(case), "prompt-after-malformed-arguments"]},
)
class RunsOldCallsAgain(App):
    def answers(self, calls):
        for call in self.old:
            self.answer(**call["function"])
        self.old = [*self.old, *calls]
        return super().answers(calls)

    old = ()


@mutant(
    "A call with arguments that were seen before gets the answer of before.",
    fails={ONCE: ["same-call-run-each-time"], PARALLEL: ["equal-calls-in-one-reply"]},
)
class RemembersAnswers(App):
    def __init__(self, context):
        super().__init__(context)
        self.known = {}

    def invoke(self, skill, argument):
        key = skill.name, str(argument)
        if key not in self.known:
            self.known[key] = super().invoke(skill, argument)
        return self.known[key]


@mutant("Equal calls of one reply are taken for one.", fails={PARALLEL: ["equal-calls-in-one-reply"]})
class MergesEqualCalls(App):
    def answers(self, calls):
        known = {str(call["function"]): self.answer(**call["function"]) for call in merge(calls)}
        return [self.tool_message(call, known[str(call["function"])]) for call in calls]


def merge(calls):
    return {str(call["function"]): call for call in calls}.values()


@mutant("Only the first call of a reply is answered.", fails={OWN: [calls_at_once]})
class AnswersTheFirstCallOnly(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "tool_calls": reply["tool_calls"][:1]}, answers[:1])


@mutant("At most eight calls of a reply are run.", fails={PARALLEL: ["ten-calls-in-one-reply", "fifty-calls-answered"]})
class RunsEightCallsAtMost(App):
    def answers(self, calls):
        later = [self.tool_message(call, "Too many calls.") for call in calls[8:]]
        return [*super().answers(calls[:8]), *later]


def answers_differ(case):
    return calls_at_once(case) and sees_results(case) and case.id.case != "equal-calls-in-one-reply"


@mutant("The answers of two calls are swapped.", fails={OWN: [answers_differ]})
class SwapsAnswers(App):
    def answers(self, calls):
        contents = [answer["content"] for answer in super().answers(calls)]
        return [self.tool_message(call, content) for call, content in zip(calls, reversed(contents), strict=True)]


@mutant(
    "Answers are sorted by the ids of the calls, and ids are given out in that order.",
    fails={PARALLEL: ["one-skill-called-twice-in-one-reply", "ten-calls-in-one-reply", "fifty-calls-answered"]},
)
class SortsIds(App):
    def answers(self, calls):
        ids = sorted(call["id"] for call in calls)
        return [{**answer, "tool_call_id": key} for answer, key in zip(super().answers(calls), ids, strict=True)]


@mutant(
    "All answers go to the first call of the reply.",
    fails={OWN: [calls_at_once], SERVICE: [calls_at_once]},
)
class AnswersTheFirstIdOnly(App):
    def answers(self, calls):
        return [{**answer, "tool_call_id": calls[0]["id"]} for answer in super().answers(calls)]


@mutant("Answers are given under ids that no call has.", fails={SERVICE: [calls]})
class MakesUpIds(App):
    def tool_message(self, call, content):
        return {**super().tool_message(call, content), "tool_call_id": "call_0"}


@mutant("An answer is a message of the old kind for functions.", fails={SERVICE: [calls]})
class AnswersAsFunction(App):
    def tool_message(self, call, content):
        return {"role": "function", "name": call["function"]["name"], "content": content}
