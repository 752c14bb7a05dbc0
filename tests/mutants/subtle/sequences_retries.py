"""Sequences with a request that is sent again after a fault."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.failed_calls import NotingFailures
from mutants.subtle.subtle import subtle


class OverloadedError(RuntimeError):
    """A fault that may be gone at the next try."""


class Retrying(App):
    """Conforms: sends a request up to three times, when the faults are those for which the openai package does."""

    tries = 3

    def send(self, messages):
        for tried in range(1, self.tries):
            try:
                return self.attempt(messages, tried)
            except OverloadedError:
                continue
        return self.attempt(messages, self.tries)

    def attempt(self, messages, tried):  # noqa: ARG002  # which try it is matters to mutants
        return super().send(messages)

    def fail(self, response):
        if response.status in (408, 409, 429) or response.status >= 500:
            raise OverloadedError(f"the service answers {response.status}: {response.content.decode()}")
        return super().fail(response)


@subtle(
    "When a request is retried after a call failed in its prompt, the functions that failed are run again.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-RETRY",
)
class SeqRetryRunsFailedCallsAgain(NotingFailures, Retrying):
    def attempt(self, messages, tried):
        for said in messages if tried > 1 else []:
            if said.get("tool_call_id") in self.failed:
                said["content"] = self.answer(**self.failed[said["tool_call_id"]])
        return super().attempt(messages, tried)


@subtle(
    "When a request that ends with a result is retried, that result stands in it twice.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-SERVICE-MESSAGES",
)
class SeqRetryAppendsLastResultAgain(Retrying):
    def attempt(self, messages, tried):
        if tried > 1 and messages[-1]["role"] == "tool":
            messages.append(messages[-1])
        return super().attempt(messages, tried)


@subtle(
    "When a request is retried, it lacks the texts that stood beside earlier calls.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-REPLAY",
)
class SeqRetryWithoutTextBesideCalls(Retrying):
    def attempt(self, messages, tried):
        if tried > 1:
            messages = [{**said, "content": None} if "tool_calls" in said else said for said in messages]
        return super().attempt(messages, tried)


@subtle(
    "When a request of a prompt was retried, the prompts after it name the default model, whatever was declared.",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class SeqDefaultModelAfterRetry(Retrying):
    troubled = fallen_back = False

    def prompt(self, message):
        self.fallen_back = self.troubled
        return super().prompt(message)

    def attempt(self, messages, tried):
        self.troubled = self.troubled or tried > 1
        return super().attempt(messages, tried)

    def model(self):
        return self.default_model if self.fallen_back else super().model()


@subtle(
    "When a request of the second prompt or a later one is retried, it lacks what was said before that prompt.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class SeqRetryForgetsHistory(Retrying):
    def attempt(self, messages, tried):
        return super().attempt(messages[len(self.history) :] if tried > 1 else messages, tried)


@subtle(
    "When a request is sent for the third time, after two faults, it has no tools.",
    "AST-CONVERSATION-RETRY-SAME",
)
class SeqThirdTryWithoutTools(Retrying):
    def attempt(self, messages, tried):
        self.last_try = tried == self.tries
        return super().attempt(messages, tried)

    def tools(self):
        return [] if self.last_try else super().tools()


@subtle(
    "When a request is retried after a result of more than 1,000 characters, that result is cut.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-RESULT-VALUE",
)
class SeqRetryCutsLongResults(Retrying):
    def attempt(self, messages, tried):
        if tried > 1:
            messages = [
                {**said, "content": said["content"][:1000]} if said["role"] == "tool" else said for said in messages
            ]
        return super().attempt(messages, tried)


@subtle(
    "When a request was retried and its reply has calls, their functions are run twice.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-RETRY",
)
class SeqRetriedCallsRunTwice(Retrying):
    def attempt(self, messages, tried):
        reply = super().attempt(messages, tried)
        if tried > 1:
            self.answers(reply.get("tool_calls", []))
        return reply


@subtle(
    "When a request was retried, an empty answer to that prompt or a later one is returned as the fault's text.",
    "AST-CONVERSATION-ANSWER",
)
class SeqEmptyAnswerShowsOldFault(Retrying):
    fault = ""

    def fail(self, response):
        self.fault = response.content.decode()
        return super().fail(response)

    def finish(self, turn, reply):
        return super().finish(turn, {**reply, "content": reply["content"] or reply.get("refusal") or self.fault})


@subtle(
    'When a request is retried after a function of its prompt returned null, false, 0, "", [] or {}, it is run again.',
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-RETRY",
)
class SeqFalsyResultRunAgainOnRetry(Retrying):
    def prompt(self, message):
        self.run = []
        return super().prompt(message)

    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        self.run.append((skill, argument, result))
        return result

    def attempt(self, messages, tried):
        for skill, argument, result in self.run if tried > 1 else []:
            result or skill.handler(argument)
        return super().attempt(messages, tried)
