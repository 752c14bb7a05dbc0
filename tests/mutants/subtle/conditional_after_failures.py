"""What goes wrong only after a failure, a fault or a refusal."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a function has failed twice in a row, it is not run again, and its calls are answered with a failure.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class TwoFailuresCloseSkill(App):
    def invoke(self, skill, argument):
        failures = self.__dict__.setdefault("failures", {})
        if failures.get(skill.name, 0) >= 2:
            raise RuntimeError(f"{skill.name} is out of order")
        failures[skill.name] = failures.get(skill.name, 0) + 1
        result = super().invoke(skill, argument)
        failures[skill.name] = 0
        return result


@subtle(
    "When a function has failed, its next call gets the argument of the failed one.",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class ArgumentOfFailedCall(App):
    def argument_of(self, skill, arguments):
        waiting = self.__dict__.setdefault("waiting", {})
        return waiting.setdefault(skill.name, super().argument_of(skill, arguments))

    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        self.waiting.clear()
        return result


@subtle(
    "When the request with the results has been refused, the next prompt runs the functions once more.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-RECOVERY",
)
class CallsTakenUpAgain(App):
    unfinished = ()

    def ask(self, message):
        self.answers(self.unfinished)
        return super().ask(message)

    def answers(self, calls):
        self.unfinished = calls
        return super().answers(calls)

    def finish(self, turn, reply):
        self.unfinished = ()
        return super().finish(turn, reply)


@subtle(
    "When an answer was cut off for its length, later requests contain neither it nor its prompt.",
    "AST-CONVERSATION-HISTORY",
)
class CutOffAnswerForgotten(App):
    def receive(self, response):
        message = super().receive(response)
        self.whole = json.loads(response.content)["choices"][0].get("finish_reason") != "length"
        return message

    def finish(self, turn, reply):
        return super().finish(turn, reply) if self.whole else reply["content"]


@subtle(
    "When a function fails because its store cannot be reached or a file is missing, the prompt ends in an error.",
    "AST-CONVERSATION-FAILURE",
)
class StoreOutOfReach(App):
    def word_failure(self, name, error):
        if isinstance(error, OSError):
            raise error
        return super().word_failure(name, error)


@subtle(
    "When a function raises a TypeError, the argument is blamed, and it is run again without one.",
    "AST-CONVERSATION-ONCE",
)
class TypeErrorRunsAgain(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except TypeError:
            return super().invoke(skill, None)


@subtle(
    "When a function fails in the same way once more, the model is told that it succeeded.",
    "AST-CONVERSATION-FAILURE",
)
class EachFailureToldOnce(App):
    def word_failure(self, name, error):
        told = self.__dict__.setdefault("told", [])
        text = super().word_failure(name, error)
        if text in told:
            return self.word_result(None)
        told.append(text)
        return text


@subtle(
    "When a skill is refused because its name is taken, the skill that has the name is no longer offered.",
    "AST-TOOL-OFFERED",
)
class RefusedSkillTakesPlace(App):
    def is_taken(self, name):
        taken = super().is_taken(name)
        self.skills = [skill for skill in self.skills if skill.name.lower() != name.lower()]
        return taken
