"""Answers: empty, refused, fenced and made of several parts."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When an answer is empty, it is remembered as null, and the next prompt is refused.", "AST-CONVERSATION-CUT-SHORT"
)
class EmptyAnswerRememberedAsNull(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1]["content"] = text or None
        return text


@subtle("When the answer after a call is empty, the function's result is returned.", "AST-CONVERSATION-CUT-SHORT")
class FinalOutputTakenFromTool(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return text or (turn[-1]["content"] if turn[-1]["role"] == "tool" else "")


@subtle("When the model refuses or says nothing, what it said last before is returned.", "AST-CONVERSATION-CUT-SHORT")
class RefusalYieldsPreviousAnswer(App):
    def finish(self, turn, reply):
        earlier = [said["content"] for said in self.history if said["role"] == "assistant" and said["content"]]
        text = super().finish(turn, reply)
        return earlier[-1] if earlier and not reply["content"] else text


@subtle("When the model says something beside several calls, it is not repeated.", "AST-CONVERSATION-REPLAY")
class TextLostBesideParallelCalls(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "content": None} if len(answers) > 1 else reply, answers)


@subtle("When the model said something beside its calls, the answer begins with it.", "AST-CONVERSATION-ANSWER")
class StepTextsConcatenated(App):
    def finish(self, turn, reply):
        steps = [said["content"] for said in turn if said["role"] == "assistant" and said["content"]]
        return "\n\n".join([*steps, super().finish(turn, reply)])


@subtle("When all of an answer is a fenced block, what is in the fence is returned.", "AST-CONVERSATION-ANSWER")
class FenceUnwrappedByParser(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        block = re.fullmatch(r"```\w*\n(.*?)\n?```", text.strip(), re.DOTALL)
        return block[1] if block else text


@subtle("When an answer speaks of <think> in tags, it is returned without them.", "AST-CONVERSATION-ANSWER")
class ReasoningTagsCutOut(App):
    def finish(self, turn, reply):
        return re.sub(r"<think>.*?(?:</think>\s*|$)", "", super().finish(turn, reply), flags=re.DOTALL)
