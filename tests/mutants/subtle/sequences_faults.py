"""Sequences with a prompt that ended in an error, because the service had a fault."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the service fails after an earlier prompt was answered, the answer of then is returned and nothing raised.",
    "AST-CONVERSATION-ERROR",
)
class SeqStaleAnswerAtFault(App):
    known = None

    def ask(self, message):
        try:
            self.known = super().ask(message)
        except RuntimeError:
            if self.known is None:
                raise
        return self.known


@subtle(
    "When a prompt ended in an error after its calls, the next prompt is not sent but given the calls of the old one.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-ONCE",
)
class SeqRepliesKeptByLength(App):
    def __init__(self, context):
        super().__init__(context)
        self.replies = {}

    def send(self, messages):
        if len(messages) not in self.replies:
            self.replies[len(messages)] = super().send(messages)
        return self.replies[len(messages)]


@subtle(
    "When a prompt ended in an error, the next prompt sends the request that failed instead of its own.",
    "AST-CONVERSATION-RECOVERY",
)
class SeqPreparedBodyLeftByError(App):
    prepared = None

    def body(self, messages):
        self.prepared = self.prepared or super().body(messages)
        return self.prepared

    def receive(self, response):
        reply = super().receive(response)
        self.prepared = None
        return reply


@subtle(
    "When a prompt ended in an error after calls, the next prompt is answered by the model but raises the old error.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-ANSWER",
)
class SeqOldErrorRaisedAfterNextAnswer(App):
    error = None

    def prompt(self, message):
        self.called = False
        return super().prompt(message)

    def replay(self, reply, answers):
        self.called = True
        return super().replay(reply, answers)

    def ask(self, message):
        try:
            text = super().ask(message)
        except RuntimeError as error:
            self.error = error if self.called else None
            raise
        error, self.error = self.error, None
        if error:
            raise error
        return text


@subtle(
    "When two prompts one after the other ended in an error, every later prompt does so and nothing is sent.",
    "AST-CONVERSATION-RECOVERY",
)
class SeqTwoErrorsCloseApp(App):
    errors = 0

    def ask(self, message):
        if self.errors > 1:
            raise RuntimeError("the assistant is not available")
        self.errors += 1
        text = super().ask(message)
        self.errors = 0
        return text


@subtle(
    "When a prompt ended in an error after calls, as many messages are forgotten of what was said before it.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class SeqRollbackOfWhatWasNotKept(App):
    def prompt(self, message):
        self.written = 0
        return super().prompt(message)

    def replay(self, reply, answers):
        said = super().replay(reply, answers)
        self.written += len(said)
        return said

    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            if self.written:
                del self.history[-self.written :]
            raise


@subtle(
    "When a prompt that ended in an error is repeated, calls equal to its calls are not run but told the old results.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-CALL",
)
class SeqRepeatedPromptResumesOldResults(App):
    failed = None

    def ask(self, message):
        self.before, self.told = (self.told if message == self.failed else {}), {}
        self.failed = message
        text = super().ask(message)
        self.failed = None
        return text

    def answer(self, name, arguments):
        call = name, arguments
        self.told[call] = self.before.pop(call) if call in self.before else super().answer(name, arguments)
        return self.told[call]


@subtle(
    "When a request with results failed, these results are sent again with those of the next prompt's first calls.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-MESSAGES",
)
class SeqPendingResultsLeftByError(App):
    def __init__(self, context):
        super().__init__(context)
        self.pending = []

    def prompt(self, message):
        self.called = False
        return super().prompt(message)

    def replay(self, reply, answers):
        self.called = True
        self.pending += answers
        return super().replay(reply, self.pending)

    def receive(self, response):
        reply = super().receive(response)
        if self.called:
            self.pending = []
        return reply


@subtle(
    "When a request was refused with status 400, 404 or 422, the prompts after it are sent without tools.",
    "AST-TOOL",
    "AST-CONVERSATION-RECOVERY",
)
class SeqNoToolsAfterRefusedRequest(App):
    plain = False

    def fail(self, response):
        self.plain = self.plain or response.status in (400, 404, 422)
        return super().fail(response)

    def tools(self):
        return [] if self.plain else super().tools()


@subtle(
    "When a prompt ended in an error, later prompts offer tools under names whose %settings% are not filled in.",
    "AST-TOOL",
    "AST-CONVERSATION-RECOVERY",
)
class SeqReconnectForgetsSettings(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except RuntimeError:
            self.skills = [
                skill._replace(name=skill.given.get("functionName", skill.function)) for skill in self.skills
            ]
            raise


@subtle(
    "When a prompt ended in an error, the next one is answered but missing from the prompts after it.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RECOVERY",
)
class SeqPromptAfterErrorNotRemembered(App):
    failed = False

    def ask(self, message):
        failed, self.failed = self.failed, True
        before = list(self.history)
        text = super().ask(message)
        self.failed = False
        if failed:
            self.history = before
        return text


@subtle(
    "When a prompt that ended in an error is repeated, its requests lack the user's message.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-HISTORY",
)
class SeqRepeatedPromptTakenAsSent(App):
    failed = None

    def ask(self, message):
        self.sent_before = message == self.failed
        self.failed = message
        text = super().ask(message)
        self.failed = None
        return text

    def send(self, messages):
        if self.sent_before:
            del messages[len(self.history)]
        return super().send(messages)
