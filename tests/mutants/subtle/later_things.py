"""Wrong from some count on, or only after something else has happened."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "With more than ten skills, schemas are ordered by their indexes as text, so that they are given to wrong tools.",
    "AST-TOOL-PARAMETERS",
)
class SchemasOrderedByIndexAsText(App):
    def tools(self):
        schemas = {str(index): skill.schema for index, skill in enumerate(self.skills)}
        pairs = zip(self.skills, sorted(schemas), strict=True)
        return [
            {"type": "function", "function": {**self.function_of(skill), "parameters": schemas[index]}}
            for skill, index in pairs
        ]


@subtle(
    "With more than ten calls in one reply, results are ordered by their indexes as text and answer wrong calls.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT",
)
class ResultsOrderedByIndexAsText(App):
    def answers(self, calls):
        results = {str(index): self.answer(**call["function"]) for index, call in enumerate(calls)}
        return [self.tool_message(call, results[key]) for call, key in zip(calls, sorted(results), strict=True)]


@subtle("The tools are no longer offered after eight rounds of calls for one prompt.", "AST-TOOL-EVERY-ROUND")
class NoToolsAfterEightRounds(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def replay(self, reply, answers):
        self.rounds += 1
        return super().replay(reply, answers)

    def tools(self):
        return super().tools() if self.rounds < 8 else []


@subtle(
    "After the model has called unknown functions twice in a conversation, every further call fails.",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-CALL",
)
class NoTrustAfterTwoUnknownFunctions(App):
    unknown = 0

    def find(self, name):
        try:
            if self.unknown < 2:
                return super().find(name)
        except LookupError:
            self.unknown += 1
            raise
        raise LookupError("too many unknown functions")


@subtle(
    "A skill whose function raised three errors in a conversation is not run again.",
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-CALL",
)
class SkillGivenUpAfterThreeFailures(App):
    def __init__(self, context):
        super().__init__(context)
        self.failures = {}

    def invoke(self, skill, argument):
        if self.failures.get(skill.name, 0) >= 3:
            raise RuntimeError("given up")
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.failures[skill.name] = self.failures.get(skill.name, 0) + 1
            raise


@subtle(
    "A call that equals the last call of the round before is answered with the result of then, and runs nothing.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ROUNDS",
)
class CallOfRoundBeforeNotRunAgain(App):
    last = None

    def prompt(self, message):
        self.last = None
        return super().prompt(message)

    def answers(self, calls):
        answers = []
        for call in calls:
            same = self.last and self.last[0] == call["function"] and len(calls) == 1
            answers.append(self.tool_message(call, self.last[1] if same else self.answer(**call["function"])))
        self.last = calls[-1]["function"], answers[-1]["content"]
        return answers


@subtle("A prompt ends in an error if its answer does not come within twelve requests.", "AST-CONVERSATION-ROUNDS")
class TwelveRequestsForAPrompt(App):
    max_rounds = 12


@subtle(
    "From the 17th call of a conversation on, calls are not run but answered as failures.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-ROUNDS",
)
class SixteenCallsForAConversation(App):
    calls = 0

    def invoke(self, skill, argument):
        self.calls += 1
        if self.calls > 16:
            raise RuntimeError("too many calls")
        return super().invoke(skill, argument)


@subtle("A turn whose answer is empty is left out of later requests.", "AST-CONVERSATION-HISTORY")
class EmptyAnswerForgotten(App):
    def finish(self, turn, reply):
        before = self.history[:]
        text = super().finish(turn, reply)
        if not text:
            self.history = before
        return text


@subtle(
    "A prompt that ends in an error makes the app forget the conversation before it.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class ErrorClearsTheConversation(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except Exception:
            self.history = []
            raise


@subtle(
    "After the model has refused a prompt, no tools are offered in the rest of the conversation.",
    "AST-TOOL-EVERY-ROUND",
    "AST-CONVERSATION-CUT-SHORT",
)
class NoToolsAfterARefusal(App):
    refused = False

    def finish(self, turn, reply):
        self.refused = self.refused or bool(reply.get("refusal"))
        return super().finish(turn, reply)

    def tools(self):
        return [] if self.refused else super().tools()


@subtle("A skill that is declared after the first prompt is not offered.", "AST-TOOL-OFFERED")
class ToolsFixedAtFirstPrompt(App):
    fixed = None

    def tools(self):
        if self.fixed is None:
            self.fixed = super().tools()
        return self.fixed


@subtle(
    "After a call with malformed arguments, the next call of the same function is answered as a failure, too.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-CALL",
)
class MalformedArgumentsCountTwice(App):
    def __init__(self, context):
        super().__init__(context)
        self.suspects = set()

    def answer(self, name, arguments):
        if name in self.suspects:
            self.suspects.discard(name)
            return self.word_failure(name, ValueError("the arguments are malformed"))
        try:
            self.read_arguments(arguments)
        except (TypeError, ValueError):
            self.suspects.add(name)
        return super().answer(name, arguments)
