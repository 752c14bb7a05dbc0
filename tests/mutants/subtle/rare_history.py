"""Slips in what of a conversation is sent with a later prompt."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the model gives an answer that it has given before, the answer is not kept again.", "AST-CONVERSATION-HISTORY"
)
class EqualAnswersKeptOnce(App):
    def finish(self, turn, reply):
        before = list(self.history)
        text = super().finish(turn, reply)
        if self.history[-1] in before:
            self.history.pop()
        return text


@subtle(
    "When the conversation is longer than 6,000 characters, its first exchanges are not sent any more.",
    "AST-CONVERSATION-HISTORY",
)
class OldestExchangesDropped(App):
    def ask(self, message):
        while sum(len(said["content"] or "") for said in self.history) > 6000:
            starts = [i for i, said in enumerate(self.history) if i and said["role"] == "user"]
            self.history = self.history[starts[0] :] if starts else []
        return super().ask(message)


@subtle(
    "From the third prompt on, the calls of the prompts before the last are not sent any more.",
    "AST-CONVERSATION-HISTORY",
)
class OldCallsForgotten(App):
    def finish(self, turn, reply):
        self.history = [said for said in self.history if said["role"] != "tool" and "tool_calls" not in said]
        return super().finish(turn, reply)


@subtle(
    "When the assistant said something beside its calls, later prompts are sent without it.", "AST-CONVERSATION-HISTORY"
)
class WordsBesideCallsForgotten(App):
    def finish(self, turn, reply):
        kept = [{**said, "content": None} if "tool_calls" in said else said for said in turn]
        return super().finish(kept, reply)


@subtle(
    "When a request has more than 22 messages, only the last 22 are sent, whatever the first of them is.",
    "AST-CONVERSATION-HISTORY",
    "AST-SERVICE-MESSAGES",
)
class TwentyTwoMessagesSent(App):
    def body(self, messages):
        return super().body(messages[-22:])


@subtle("When a prompt repeats an earlier one, all that was said since then is forgotten.", "AST-CONVERSATION-HISTORY")
class RepeatedPromptGoesBack(App):
    def ask(self, message):
        said = self.prompt(message)
        if said in self.history:
            self.history = self.history[: self.history.index(said)]
        return super().ask(message)


@subtle(
    "When an answer is longer than 1,500 characters, later prompts are sent with its beginning only.",
    "AST-CONVERSATION-HISTORY",
)
class LongAnswersKeptShort(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1] = {"role": "assistant", "content": text[:1500]}
        return text


@subtle(
    "When the service fails after two rounds or three calls, too little is taken back: a call stays unanswered.",
    "AST-CONVERSATION-RECOVERY",
)
class OneCallTakenBack(App):
    def prompt(self, message):
        self.said = [super().prompt(message)]
        return self.said[0]

    def replay(self, reply, answers):
        more = super().replay(reply, answers)
        self.said += more
        return more

    def ask(self, message):
        try:
            return super().ask(message)
        except Exception:
            self.history += self.said[:-3]  # the prompt, a call and its result
            raise
