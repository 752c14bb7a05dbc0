"""Sequences that begin with a function that fails."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.failed_calls import NotingFailures
from mutants.subtle.subtle import subtle


@subtle(
    "The third call that fails in a conversation ends its prompt in an error, however many succeeded in between.",
    "AST-CONVERSATION-FAILURE",
)
class SeqErrorCountNeverReset(App):
    failures = 0

    def word_failure(self, name, error):
        self.failures += 1
        if self.failures > 2:
            raise RuntimeError("too many failures in a row") from error
        return super().word_failure(name, error)


@subtle(
    "When a call fails, the calls behind it in the same reply are run, but told to the model as that failure.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-PARALLEL",
)
class SeqFailureSticksInReply(App):
    def answers(self, calls):
        self.failure = None
        return super().answers(calls)

    def word_failure(self, name, error):
        self.failure = super().word_failure(name, error)
        return self.failure

    def word_result(self, result):
        return self.failure or super().word_result(result)


@subtle(
    "When a call fails, later calls of the same function in the same reply are not run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-PARALLEL",
)
class SeqSameFunctionSkippedAfterFailure(App):
    def answers(self, calls):
        self.broken = set()
        return super().answers(calls)

    def answer(self, name, arguments):
        if name in self.broken:
            return f"The function {name} is out of order."
        return super().answer(name, arguments)

    def word_failure(self, name, error):
        self.broken.add(name)
        return super().word_failure(name, error)


@subtle(
    "When a call failed, an equal call later in the conversation is not run, and is told the old failure.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
)
class SeqFailureRememberedForEqualCall(App):
    def __init__(self, context):
        super().__init__(context)
        self.failures = {}

    def answer(self, name, arguments):
        self.call = name, arguments
        return self.failures[self.call] if self.call in self.failures else super().answer(name, arguments)

    def word_failure(self, name, error):
        return self.failures.setdefault(self.call, super().word_failure(name, error))


@subtle(
    "When a function fails that returned a value earlier in the conversation, that old value is told as its result.",
    "AST-CONVERSATION-FAILURE",
)
class SeqLastGoodResultInsteadOfFailure(App):
    def __init__(self, context):
        super().__init__(context)
        self.good = {}

    def invoke(self, skill, argument):
        try:
            self.good[skill.name] = super().invoke(skill, argument)
        except Exception:
            if skill.name not in self.good:
                raise
        return self.good[skill.name]


@subtle(
    "When a call failed, the next call, if it has no argument, is run with the argument of the failed one.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT",
)
class SeqArgumentLeftByFailedCall(App):
    argument = None

    def invoke(self, skill, argument):
        if argument is not None:
            self.argument = argument
        result = super().invoke(skill, self.argument)
        self.argument = None
        return result


@subtle(
    "When a function fails that succeeded earlier in the conversation, it is run a second time for the same call.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-FAILURE",
)
class SeqProvenFunctionTriedTwice(App):
    def __init__(self, context):
        super().__init__(context)
        self.proven = set()

    def invoke(self, skill, argument):
        try:
            result = super().invoke(skill, argument)
        except Exception:
            if skill.name not in self.proven:
                raise
            result = super().invoke(skill, argument)
        self.proven.add(skill.name)
        return result


@subtle(
    "When a skill's function failed, calls of it and of the skills declared after it run the wrong one from then on.",
    "AST-CONVERSATION-CALL",
)
class SeqFailedSkillMovedBehind(App):
    def __init__(self, context):
        super().__init__(context)
        self.line, self.places = [], {}

    def declare(self, skill, given):
        super().declare(skill, given)
        self.places[self.skills[-1].name] = len(self.line)
        self.line.append(self.skills[-1])

    def find(self, name):
        return self.line[self.places[super().find(name).name]]

    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.line.remove(skill)
            self.line.append(skill)
            raise


@subtle(
    "When all calls of a reply failed and the model called again, later prompts are sent without the failed round.",
    "AST-CONVERSATION-HISTORY",
)
class SeqFailedAttemptsTidiedAway(NotingFailures):
    def finish(self, turn, reply):
        asked = [{call["id"] for call in said["tool_calls"]} for said in turn if "tool_calls" in said]
        gone = {one for ids in asked[:-1] if ids <= self.failed.keys() for one in ids}
        kept = [said for said in turn if said.get("tool_call_id") not in gone]
        kept = [said for said in kept if not any(call["id"] in gone for call in said.get("tool_calls", []))]
        return super().finish(kept, reply)


@subtle(
    "When the last call of a prompt failed, the first call of the next prompt is not run.",
    "AST-CONVERSATION-CALL",
)
class SeqBreakerOpenForNextPrompt(App):
    failed = skip = False

    def prompt(self, message):
        self.skip = self.failed
        return super().prompt(message)

    def answer(self, name, arguments):
        if self.skip:
            self.skip = self.failed = False
            return f"The function {name} is not available, try again."
        self.failed = False
        return super().answer(name, arguments)

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)


@subtle(
    "When a call fails in the second round of a prompt or later, the requests that follow lack the rounds before it.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RESULT",
)
class SeqLaterFailureStartsTurnAfresh(App):
    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)

    def ask(self, message):
        turn = [self.prompt(message)]
        for number in range(self.max_rounds):
            reply = self.send([*self.history, *turn])
            if not reply.get("tool_calls"):
                return self.finish(turn, reply)
            self.failed = False
            said = self.replay(reply, self.answers(reply["tool_calls"]))
            turn = [turn[0], *said] if number and self.failed else [*turn, *said]
        raise RuntimeError(f"no answer in {self.max_rounds} rounds")
