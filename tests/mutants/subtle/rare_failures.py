"""Slips when a function fails, returns nothing or does not exist, and in what remains of it."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("When two calls of one reply fail, the prompt ends in an error.", "AST-CONVERSATION-FAILURE")
class SecondFailureOfAReplyRaised(App):
    def answers(self, calls):
        self.failed = 0
        answers = super().answers(calls)
        if self.failed > 1:
            raise RuntimeError(f"{self.failed} calls failed")
        return answers

    def word_failure(self, name, error):
        self.failed += 1
        return super().word_failure(name, error)


@subtle(
    "When a function returns nothing after a failure in the same prompt, the model is told that it failed.",
    "AST-CONVERSATION-RESULT-NONE",
    "AST-CONVERSATION-FAILURE",
)
class FailureNotReset(App):
    failure = None

    def prompt(self, message):
        self.failure = None
        return super().prompt(message)

    def word_failure(self, name, error):
        self.failure = super().word_failure(name, error)
        return self.failure

    def word_result(self, result):
        return super().word_result(result) if result is not None or not self.failure else self.failure


@subtle(
    "When the model calls an unknown function for the second time in a conversation, the prompt ends in an error.",
    "AST-CONVERSATION-UNKNOWN",
)
class SecondUnknownRaised(App):
    unknown = 0

    def word_failure(self, name, error):
        known = name.lower() in [skill.name.lower() for skill in self.skills]
        self.unknown += not known
        if self.unknown > 1 and not known:
            raise RuntimeError(f"{name} does not exist") from error
        return super().word_failure(name, error)


@subtle(
    "When a skill failed in an earlier prompt, it is not run in later ones.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class FailedSkillNotRunLater(App):
    def __init__(self, context):
        super().__init__(context)
        self.broken = {}
        self.failures = {}

    def prompt(self, message):
        self.broken.update(self.failures)
        return super().prompt(message)

    def invoke(self, skill, argument):
        if skill.name in self.broken:
            raise self.broken[skill.name]
        try:
            return super().invoke(skill, argument)
        except Exception as error:
            self.failures[skill.name] = error
            raise
