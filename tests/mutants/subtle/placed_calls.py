"""Odd calls that are dealt with wrongly in one place of a conversation only."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class Counting(App):
    """Counts prompts, the rounds after each, and the calls of a round; conforms."""

    prompts = rounds = calls = 0

    def ask(self, message):
        self.prompts += 1
        self.rounds = 0
        return super().ask(message)

    def answers(self, calls):
        self.rounds += 1
        self.calls = len(calls)
        return super().answers(calls)


@subtle(
    "From the third round after a prompt on, malformed arguments end the prompt in an error.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class LateMalformedArgumentsRaise(Counting):
    def word_failure(self, name, error):
        if self.rounds > 2 and isinstance(error, (ValueError, TypeError)):
            raise error
        return super().word_failure(name, error)


@subtle(
    "From the second prompt on, a call of an unknown function that stands alone ends the prompt in an error.",
    "AST-CONVERSATION-UNKNOWN",
)
class LoneUnknownFunctionRaisesLater(Counting):
    def word_failure(self, name, error):
        if self.prompts > 1 and self.calls == 1 and isinstance(error, LookupError):
            raise error
        return super().word_failure(name, error)


@subtle(
    "From the third round after a prompt on, a call of an unknown function runs the first skill.",
    "AST-CONVERSATION-UNKNOWN",
)
class LateUnknownFunctionRunsFirst(Counting):
    def find(self, name):
        try:
            return super().find(name)
        except LookupError:
            if self.rounds > 2 and self.skills:
                return self.skills[0]
            raise


@subtle(
    "After the first round, a text as arguments of a lone call that is not JSON is taken for the argument.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class LoneTextTakenForArgumentLater(Counting):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except (ValueError, TypeError):
            if self.calls == 1 and self.rounds > 1 and not text.lstrip().startswith(("{", "[", '"')):
                return {skill.argument.name: text for skill in self.skills}
            raise


@subtle(
    "In the first of several calls after the first round, malformed arguments give all calls the same answer.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-RESULT",
)
class FirstMalformedSkipsItsRound(Counting):
    def answers(self, calls):
        said = super().answers(calls)
        try:
            self.read_arguments(calls[0]["function"]["arguments"])
        except (ValueError, TypeError):
            if self.rounds > 1 and len(calls) > 1:
                return [{**one, "content": said[0]["content"]} for one in said]
        return said
