"""Prompts that go wrong because one before them ended in an error."""

from __future__ import annotations

from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


@subtle(
    "After a prompt that ended in an error, later ones are sent without the skills.",
    "AST-CONVERSATION-RECOVERY",
    "AST-TOOL-EVERY-ROUND",
)
class OffersNothingAfterAnError(RetryingApp):
    broken = False

    def give_up(self, messages, fault):
        self.broken = True
        return super().give_up(messages, fault)

    def tools(self):
        return [] if self.broken else super().tools()


@subtle(
    "After a prompt that ended in an error, the conversation before the last prompt is forgotten.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-HISTORY",
)
class ForgetsOlderPromptsAfterAnError(RetryingApp):
    def give_up(self, messages, fault):
        starts = [index for index, message in enumerate(self.history) if message["role"] == "user"]
        self.history = self.history[starts[-1] :] if starts else []
        return super().give_up(messages, fault)


@subtle(
    "A prompt that ended in an error after a call is answered first when the next one is posted.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-ONCE",
)
class AsksAgainWhatFailed(RetryingApp):
    pending = None

    def give_up(self, messages, fault):
        self.pending = messages if messages[-1]["role"] == "tool" else None
        return super().give_up(messages, fault)

    def ask(self, message):
        pending, self.pending = self.pending, None
        if pending:
            self.finish(pending[len(self.history) :], self.send(pending))
        return super().ask(message)


@subtle(
    "A second prompt that ends in an error leaves the app without an answer to any later one.",
    "AST-CONVERSATION-RECOVERY",
)
class GivesUpAfterTwoErrors(RetryingApp):
    errors = 0

    def give_up(self, messages, fault):
        self.errors += 1
        return super().give_up(messages, fault)

    def ask(self, message):
        if self.errors > 1:
            raise RuntimeError("the service is not available")
        return super().ask(message)
