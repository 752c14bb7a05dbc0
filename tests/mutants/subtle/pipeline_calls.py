"""Slips with the queue of calls: grouping, caching, rendering late, running again, and when to stop."""

from __future__ import annotations

from collections import deque
from itertools import groupby

from mutants.pipeline import Desk, Outcome, Pipeline
from mutants.subtle.subtle import subtle


@subtle(
    "When calls of two skills alternate in one reply, the first calls of a skill are neither run nor answered.",
    "AST-CONVERSATION-PARALLEL",
)
class CallsGroupedUnsorted(Pipeline):
    class DeskType(Desk):
        def queue(self, calls):
            groups = {name: list(group) for name, group in groupby(calls, lambda call: call.name)}
            return deque(call for group in groups.values() for call in group)


@subtle(
    "When two skills are called with equal arguments in one reply, only the second runs, and its result answers both.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-CALL",
)
class CallsKeyedByArguments(Pipeline):
    class DeskType(Desk):
        def work(self, calls):
            # calls of one skill are told apart by their number
            keys = [
                (call.arguments, [other.name for other in calls[:index]].count(call.name))
                for index, call in enumerate(calls)
            ]
            answers = {key: self.word(self.run(call)) for key, call in dict(zip(keys, calls, strict=True)).items()}
            return [(call, answers[key]) for key, call in zip(keys, calls, strict=True)]


@subtle(
    "When a reply has more than 32 calls, the first of them are neither run nor answered.", "AST-CONVERSATION-PARALLEL"
)
class QueueOfThirtyTwo(Pipeline):
    class DeskType(Desk):
        def queue(self, calls):
            return deque(calls, maxlen=32)


@subtle(
    "When a call that failed is made again with the same arguments, it is not run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class FailuresRemembered(Pipeline):
    class DeskType(Desk):
        def __init__(self, app):
            super().__init__(app)
            self.failed = {}

        def run(self, call):
            key = call.name, call.arguments
            if key in self.failed:
                return self.failed[key]
            outcome = super().run(call)
            if not outcome.good:
                self.failed[key] = outcome
            return outcome


@subtle(
    "When two calls have the same arguments and the first run changes the list or object that it got, "
    "the second gets it changed.",
    "AST-CONVERSATION-ARGUMENT",
)
class ArgumentsShared(Pipeline):
    class DeskType(Desk):
        def __init__(self, app):
            super().__init__(app)
            self.unpacked = {}

        def unpack(self, text):
            if text not in self.unpacked:
                self.unpacked[text] = super().unpack(text)
            return self.unpacked[text]


@subtle(
    "When a function returns its own list and a later call of the same reply adds to it, both calls are "
    "answered with the longer list.",
    "AST-CONVERSATION-RESULT",
)
class ResultsWordedTogether(Pipeline):
    class DeskType(Desk):
        def work(self, calls):
            outcomes = [(call, self.run(call)) for call in calls]
            return [(call, self.word(outcome)) for call, outcome in outcomes]


@subtle("When a function raises an OSError, such as a timeout of its database, it runs again.", "AST-CONVERSATION-ONCE")
class FunctionsRetriedToo(Pipeline):
    class DeskType(Desk):
        def perform(self, draft, argument):
            for _ in range(self.app.transport.retries):
                try:
                    return super().perform(draft, argument)
                except OSError:
                    continue
            return super().perform(draft, argument)


@subtle(
    "When a function raises an error that is none of the usual kinds, such as a division by zero, the "
    "prompt ends in it.",
    "AST-CONVERSATION-FAILURE",
)
class UsualErrorsOnly(Pipeline):
    class DeskType(Desk):
        def run(self, call):
            try:
                draft = self.catalogue.find(call.name)
                return Outcome(True, self.perform(draft, self.argument(draft, self.unpack(call.arguments))))
            except (ValueError, TypeError, LookupError, AttributeError, RuntimeError, OSError) as error:
                return Outcome(False, f"{call.name}: {error!r}")


@subtle(
    "When the finish reason of a reply with calls is not tool_calls, the calls are not run.", "AST-CONVERSATION-CALL"
)
class FinishReasonsDecide(Pipeline):
    def calls_of(self, reply):
        return reply.calls if reply.finish == "tool_calls" else ()


@subtle(
    "When the prompts of an app have taken twenty rounds together, the next prompt with a call ends in an error.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-HISTORY",
)
class RoundsCountedForLifeToo(Pipeline):
    taken = 0

    def calls_of(self, reply):
        self.taken += bool(reply.calls)
        if self.taken > 20:
            raise RuntimeError("no answer in 20 rounds")
        return reply.calls
