"""Sequences in which a result or an argument is confused with one before it."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    'When a function returns null, false, 0, "", [] or {} behind another call of a reply, it is told as that one.',
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-PARALLEL",
)
class SeqFalsyResultTakesPrevious(App):
    def answers(self, calls):
        self.result = None
        return super().answers(calls)

    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        self.result = result or self.result or result
        return self.result


@subtle(
    "When a function returns null after a call of the prompt that failed, the model is told that failure instead.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-FAILURE",
)
class SeqNullAfterFailureToldAsFailure(App):
    def prompt(self, message):
        self.note = None
        return super().prompt(message)

    def word_failure(self, name, error):
        self.note = super().word_failure(name, error)
        return self.note

    def word_result(self, result):
        return self.note if result is None and self.note else super().word_result(result)


@subtle(
    "When a function returns false, the calls behind it in the same reply are not run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-PARALLEL",
)
class SeqFalseStopsReply(App):
    def answers(self, calls):
        self.stopped = False
        return super().answers(calls)

    def answer(self, name, arguments):
        return f"The function {name} was not run." if self.stopped else super().answer(name, arguments)

    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        self.stopped = result is False
        return result


@subtle(
    "When a function returned an empty string, later prompts are sent with its call but without that result.",
    "AST-SERVICE-MESSAGES",
    "AST-CONVERSATION-HISTORY",
)
class SeqEmptyResultArchivedAway(App):
    def finish(self, turn, reply):
        return super().finish([said for said in turn if said["role"] != "tool" or said["content"]], reply)


@subtle(
    "When several calls of a prompt return objects, each is told with the members of those before it as well.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-RESULT",
)
class SeqObjectResultsMerged(App):
    def prompt(self, message):
        self.state = {}
        return super().prompt(message)

    def word_result(self, result):
        if isinstance(result, dict):
            self.state.update(result)
            result = self.state
        return super().word_result(result)


@subtle(
    "When functions of an app return false and 0, true and 1, or 1.0 and 1, the later is told as the earlier was.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class SeqEncodedResultsByEquality(App):
    def __init__(self, context):
        super().__init__(context)
        self.encoded = {}

    def word_result(self, result):
        text = super().word_result(result)
        return self.encoded.setdefault(result, text) if isinstance(result, int | float) else text


@subtle(
    'When a call\'s argument is false, 0, "", [] or {}, or missing, the function gets that of its call before.',
    "AST-CONVERSATION-ARGUMENT",
)
class SeqFalsyArgumentTakesPrevious(App):
    def __init__(self, context):
        super().__init__(context)
        self.last = {}

    def argument_of(self, skill, arguments):
        argument = super().argument_of(skill, arguments)
        self.last[skill.name] = argument or self.last.get(skill.name) or argument
        return self.last[skill.name]
