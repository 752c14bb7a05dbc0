"""Sequences of rounds in one prompt."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a further round follows a result of more than 1,000 characters, that result is cut from then on in its turn.",
    "AST-CONVERSATION-RESULT-VALUE",
    "AST-CONVERSATION-ROUNDS",
)
class SeqOldLongResultCompacted(App):
    def send(self, messages):
        last = max([number for number, said in enumerate(messages) if "tool_calls" in said], default=0)
        for number in range(len(self.history), last):
            if messages[number]["role"] == "tool":
                messages[number] = {**messages[number], "content": messages[number]["content"][:1000]}
        return super().send(messages)


@subtle(
    "When a prompt took three rounds of calls or more, later prompts are sent with its answer but without its calls.",
    "AST-CONVERSATION-HISTORY",
)
class SeqLongTurnCompacted(App):
    def finish(self, turn, reply):
        rounds = [said for said in turn if "tool_calls" in said]
        return super().finish(turn[:1] if len(rounds) > 2 else turn, reply)


@subtle(
    "When a prompt took several rounds of calls, later prompts are sent with its answer once for each of them.",
    "AST-CONVERSATION-HISTORY",
)
class SeqAnswerRememberedPerRound(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        rounds = [said for said in turn if "tool_calls" in said]
        self.history += [self.history[-1] for _ in rounds[1:]]
        return text
