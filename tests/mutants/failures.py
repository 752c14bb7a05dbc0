"""Functions that raise, and functions that are not there: what the model is not told, and what does not go on."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

from mutants.base import App, comes_from_function
from mutants.kinds import raises
from mutants.mutant import OWN, mutant

FAILURE, UNKNOWN = "AST-CONVERSATION-FAILURE", "AST-CONVERSATION-UNKNOWN"
MALFORMED = "AST-CONVERSATION-ARGUMENT-MALFORMED"


class EscapingApp(App):
    """An app from which some failures escape."""

    def word_failure(self, name, error):
        if self.escapes(error):
            raise error
        return super().word_failure(name, error)


@mutant(
    "What the function raises comes out of ask.",
    fails={
        FAILURE: ["*"],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class LetsTheFunctionsErrorOut(EscapingApp):
    def escapes(self, error):
        return comes_from_function(error)


@mutant(
    "A call of a function that is not a skill ends the conversation in an error (issue 63).", fails={UNKNOWN: ["*"]}
)
class RaisesForAnUnknownFunction(EscapingApp):
    def escapes(self, error):
        return isinstance(error, LookupError) and not comes_from_function(error)


@mutant(
    "After a failure the other calls of the reply are not run.",
    fails={
        FAILURE: ["failure-beside-a-result-first"],
        UNKNOWN: ["unknown-function-called-beside-a-skill"],
        MALFORMED: ["arguments-malformed-beside-good-ones"],
    },
)
class StopsAtTheFirstFailure(App):
    def answers(self, calls):
        self.failed = False
        return super().answers(calls)

    def answer(self, name, arguments):
        return "It was not run." if self.failed else super().answer(name, arguments)

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)


@mutant(
    "A function that raised is not run again.", fails={FAILURE: ["prompt-after-a-failure", "failure-*told-to-model"]}
)
class DisablesWhatFailed(App):
    broken = ""

    def invoke(self, skill, argument):
        if skill.name == self.broken:
            raise RuntimeError("it is out of order")
        self.broken = skill.name
        result = super().invoke(skill, argument)
        self.broken = ""
        return result


@mutant("A function that raised is run again at once.", fails={OWN: [raises]})
class TriesAFunctionTwice(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:  # noqa: BLE001  # a function may raise anything
            return super().invoke(skill, argument)


def fails_something(case):
    """Say whether a call fails in a case, and the model is asked again afterwards."""
    about = ("FAILURE", "UNKNOWN", "MALFORMED")
    return case.requirement.id.endswith(about)


@mutant(
    "A failure is told as a call without a result is.",
    fails={
        FAILURE: ["failure-*told-to-model"],
        UNKNOWN: ["unknown-function-called-[al]*", "unknown-function-called-with-a-dot"],
        MALFORMED: ["arguments-malformed-[acn][!b]*"],
    },
)
class TellsAFailureAsDone(App):
    def word_failure(self, name, error):
        return self.word_result(None)


@mutant(
    "The error's text is returned in the place of a response.",
    fails={
        FAILURE: ["*"],
        UNKNOWN: ["*"],
        MALFORMED: ["*"],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class ReturnsTheError(App):
    failed = None

    def word_failure(self, name, error):
        self.failed = super().word_failure(name, error)
        return self.failed

    def finish(self, turn, reply):
        text, self.failed = self.failed, None
        return super().finish(turn, {**reply, "content": text} if text else reply)


@mutant(
    "A failure is left unanswered.",
    fails={
        OWN: [fails_something],
        "AST-SERVICE-MESSAGES": [fails_something],
        "AST-CONVERSATION-HISTORY": ["whole-conversation-on-*"],
    },
)
class LeavesAFailureUnanswered(App):
    def replay(self, reply, answers):
        return super().replay(reply, [answer for answer in answers if "failed" not in answer["content"]])


@mutant(
    "A function that is not a skill is taken for the one whose name is nearest.",
    fails={UNKNOWN: ["unknown-function-called-almost-like-a-skill"]},
)
class RunsTheNearestName(App):
    def find(self, name):
        near = [skill for skill in self.skills if name.startswith(skill.name) or skill.name.startswith(name)]
        return near[0] if near else super().find(name)


@mutant(
    "The only skill is run, whatever is called.",
    fails={UNKNOWN: ["unknown-function-called-*"]},
)
class RunsTheOnlySkill(App):
    def find(self, name):
        return self.skills[0] if len(self.skills) == 1 else super().find(name)


@mutant(
    "A call of a function that is not a skill is answered as one without a result is.",
    fails={UNKNOWN: ["unknown-function-called-[al]*", "unknown-function-called-with-a-dot"]},
)
class PassesOverAnUnknownFunction(App):
    def word_failure(self, name, error):
        unknown = isinstance(error, LookupError) and not comes_from_function(error)
        return self.word_result(None) if unknown else super().word_failure(name, error)


@mutant(
    "A call of a function that is called like a member of every object ends the conversation in an error.",
    fails={UNKNOWN: ["unknown-function-called-like-a-member-of-every-object"]},
)
class FindsMembersForFunctions(App):
    def answer(self, name, arguments):
        if name == "constructor" and not self.is_taken(name):
            raise TypeError("the handler is not a function")
        return super().answer(name, arguments)
