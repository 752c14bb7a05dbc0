"""Which calls of a prompt failed, for mutants that treat these otherwise later."""

from __future__ import annotations

from mutants.base import App


class NotingFailures(App):
    """Conforms, and notes what was called in vain in `failed`, by the ids of the calls."""

    went_well = True

    def prompt(self, message):
        self.failed = {}
        return super().prompt(message)

    def answer(self, name, arguments):
        self.went_well = True
        return super().answer(name, arguments)

    def word_failure(self, name, error):
        self.went_well = False
        return super().word_failure(name, error)

    def tool_message(self, call, content):
        if not self.went_well:
            self.failed[call["id"]] = call["function"]
        return super().tool_message(call, content)
