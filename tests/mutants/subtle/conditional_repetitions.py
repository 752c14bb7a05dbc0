"""What goes wrong only when prompts, calls or answers are repeated."""

from __future__ import annotations

from uuid import uuid4

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a prompt is given a second time, the answer to the first is returned, and nothing is sent.",
    "AST-CONVERSATION-ANSWER",
)
class AnswersKeptByPrompt(App):
    def ask(self, message):
        kept = self.__dict__.setdefault("kept", {})
        if message not in kept:
            kept[message] = super().ask(message)
        return kept[message]


@subtle(
    "When a prompt is given a second time, it stands in the conversation only where it stood first.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-HISTORY",
)
class EqualPromptSentOnce(App):
    def send(self, messages):
        return super().send(
            [
                message
                for place, message in enumerate(messages)
                if message["role"] != "user" or message not in messages[:place]
            ]
        )


@subtle(
    "When a call of an earlier prompt is made again, its earlier result is sent, and nothing is run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
)
class ResultsKeptOverPrompts(App):
    def ask(self, message):
        self.kept = {**getattr(self, "kept", {}), **getattr(self, "fresh", {})}
        self.fresh = {}
        return super().ask(message)

    def answer(self, name, arguments):
        call = name, arguments
        self.fresh[call] = self.kept[call] if call in self.kept else super().answer(name, arguments)
        return self.fresh[call]


@subtle(
    "When an answer is the same as an earlier one, later requests do not contain it again.",
    "AST-CONVERSATION-HISTORY",
)
class EqualAnswerKeptOnce(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if self.history[-1] in self.history[:-1]:
            self.history.pop()
        return text


@subtle(
    "When a prompt is given twice in a row, it is answered as if it had not been given before.",
    "AST-CONVERSATION-HISTORY",
)
class EqualPromptStartsOver(App):
    def ask(self, message):
        places = [place for place, said in enumerate(self.history) if said["role"] == "user"]
        if places and self.history[places[-1]]["content"] == message:
            self.history = self.history[: places[-1]]
        return super().ask(message)


@subtle(
    "When a conversation is repeated in a fresh app, its prompts are sent under another user's name.",
    "AST-CONVERSATION-REPEATABLE",
)
class UserNamedAnew(App):
    def prompt(self, message):
        self.user = getattr(self, "user", f"user-{uuid4().hex[:12]}")
        return {**super().prompt(message), "name": self.user}
