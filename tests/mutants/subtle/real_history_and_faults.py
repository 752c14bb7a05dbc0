"""Prompts, the history of a conversation, rounds, and faults of the service."""

from __future__ import annotations

import html
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a conversation has more than ten messages, the oldest are cut off, even between a call and its result.",
    "AST-CONVERSATION-HISTORY",
    "AST-SERVICE-MESSAGES",
)
class LastTenMessages(App):  # semantic-kernel 12708
    def send(self, messages):
        return super().send(messages[-10:])


@subtle(
    "When the service fails after a call, only the last message is rolled back, and every later prompt is refused.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-MESSAGES",
)
class OneMessageRolledBack(App):  # a prompt that fails is popped, as if no calls had followed it
    def ask(self, message):
        self.history.append(self.prompt(message))
        for _ in range(self.max_rounds):
            try:
                reply = self.send(self.history)
            except Exception:
                self.history.pop()
                raise
            if not reply.get("tool_calls"):
                return self.finish([], reply)
            self.history += self.replay(reply, self.answers(reply["tool_calls"]))
        raise RuntimeError("no answer")


@subtle(
    "When a prompt is the same as the one before it, it is taken for a repetition and not sent.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedPromptLeftOut(App):  # open-design 509
    def send(self, messages):
        kept, last = [], None
        for message in messages:
            if message["role"] != "user" or message != last:
                kept.append(message)
            last = message if message["role"] == "user" else last
        return super().send(kept)


@subtle("When a prompt contains doubled braces, one of each is sent.", "AST-CONVERSATION-ANSWER")
class DoubledBracesHalved(App):  # langchain's templates
    def prompt(self, message):
        return super().prompt(message.replace("{{", "{").replace("}}", "}"))


@subtle(
    "When a prompt contains an entity of HTML such as &lt;, the character that it stands for is sent.",
    "AST-CONVERSATION-ANSWER",
)
class EntitiesInPromptDecoded(App):  # semantic-kernel's prompts are XML
    def prompt(self, message):
        return super().prompt(html.unescape(message))


@subtle("When the model has called skills in five rounds, the skills are offered no more.", "AST-TOOL-EVERY-ROUND")
class NoToolsAfterFiveRounds(App):  # semantic-kernel's MaximumAutoInvokeAttempts
    def body(self, messages):
        body = super().body(messages)
        prompts = [index for index, message in enumerate(messages) if message["role"] == "user"]
        if sum("tool_calls" in message for message in messages[prompts[-1] :]) >= 5:
            body.pop("tools", None)
        return body


@subtle(
    "When the prompts of a conversation take more than eight rounds of calls together, the next ends in an error.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-FAILURE",
)
class RoundsCountedForLife(App):  # a count that is not reset between prompts
    rounds = 0

    def answers(self, calls):
        self.rounds += 1
        if self.rounds > 8:
            raise RuntimeError("too many rounds")
        return super().answers(calls)


def temporary(error):
    """Say whether a request may be repeated."""
    return re.search("answers (408|409|429|5..)", str(error))


@subtle(
    "When the service fails for a while after a call, the prompt starts afresh, and the function runs again.",
    "AST-CONVERSATION-RETRY",
    "AST-CONVERSATION-ONCE",
)
class WholePromptRepeated(App):  # langchain4j 3768
    def ask(self, message):
        for _ in range(2):
            try:
                return super().ask(message)
            except RuntimeError as error:
                if not temporary(error):
                    raise
        return super().ask(message)


@subtle(
    "When the service faults while results are sent, the request is repeated without the results' round.",
    "AST-CONVERSATION-RETRY-SAME",
)
class RetryFromThePrompt(App):  # the first body is kept for retries and not renewed in the loop
    def send(self, messages):
        if messages[-1]["role"] == "user":
            self.first = list(messages)
        try:
            return super().send(messages)
        except RuntimeError as error:
            if not temporary(error):
                raise
            return super().send(self.first)


@subtle(
    "When a prompt ends in an error, the prompts and answers before it are forgotten with it.",
    "AST-CONVERSATION-HISTORY",
)
class ErrorForgetsConversation(App):
    def ask(self, message):
        try:
            return super().ask(message)
        except Exception:
            self.history.clear()
            raise


@subtle(
    "When a function returns an object that it changes at a later call, its earlier result changes in the history too.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RESULT",
)
class ResultsWordedWhenSent(App):  # the result is kept itself, and written out with every request
    def word_result(self, result):
        return result if isinstance(result, (dict, list)) else super().word_result(result)

    def body(self, messages):
        word = super().word_result
        return super().body(
            [
                {**message, "content": word(message["content"])} if message["role"] == "tool" else message
                for message in messages
            ]
        )
