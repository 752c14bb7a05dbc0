"""What goes wrong in longer conversations: failures that pile up, empty answers, counters, and what is remembered."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle

COMPILED = ("csharp-isolated", "java")


@subtle(
    "When a skill has failed twice in a row, it is no longer offered.",
    "AST-TOOL-EVERY-ROUND",
    "AST-TOOL-OFFERED",
    surfaces=COMPILED,
)
class ResilienceCircuitOpensForSkill(App):
    def invoke(self, skill, argument):
        self.row = getattr(self, "row", {})
        self.row[skill.name] = self.row.get(skill.name, 0) + 1
        result = super().invoke(skill, argument)
        self.row[skill.name] = 0
        return result

    def tools(self):
        row = getattr(self, "row", {})
        return [tool for tool in super().tools() if row.get(tool["function"]["name"], 0) < 2]


@subtle(
    "When the final answer is empty, the text that stood beside earlier calls is returned.",
    "AST-CONVERSATION-CUT-SHORT",
    "AST-CONVERSATION-ANSWER",
)
class EmptyFinalAnswerTakesInterimText(App):
    def finish(self, turn, reply):
        said = [message["content"] for message in turn if message["role"] == "assistant" and message["content"]]
        if said and not reply["content"] and not reply.get("refusal"):
            reply = {**reply, "content": said[-1]}
        return super().finish(turn, reply)


@subtle(
    "When the prompts of a conversation took more than twenty rounds of calls together, the next ends in an error.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-ANSWER",
)
class RoundBudgetSpentOverWholeLife(App):
    def answers(self, calls):
        self.rounds = getattr(self, "rounds", 0) + 1
        if self.rounds > 20:
            raise RuntimeError("too many rounds")
        return super().answers(calls)


@subtle(
    "When a request is refused after a reply with several calls, all but the last answer to them is remembered.",
    "AST-CONVERSATION-RECOVERY",
    "AST-SERVICE-MESSAGES",
)
class RefusedTurnShortenedByOneAnswer(App):
    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError:
            if len(messages) > 1 and messages[-2]["role"] == "tool":
                self.history = messages[:-1]
            raise


@subtle(
    "When the model calls unknown functions in two replies of one prompt, it ends in an error.",
    "AST-CONVERSATION-UNKNOWN",
)
class SecondInventedFunctionEndsPrompt(App):
    def ask(self, message):
        self.invented = 0
        return super().ask(message)

    def answers(self, calls):
        known = {skill.name.lower() for skill in self.skills}
        self.invented += any(call["function"]["name"].lower() not in known for call in calls)
        if self.invented > 1:
            raise RuntimeError("the model keeps calling unknown functions")
        return super().answers(calls)


@subtle(
    "When the model says something beside its calls, a later prompt is sent without it.",
    "AST-CONVERSATION-HISTORY",
    surfaces=("typescript", "python"),
)
class InterimTextForgottenByNextPrompt(App):
    def finish(self, turn, reply):
        turn = [{**said, "content": None} if "tool_calls" in said else said for said in turn]
        return super().finish(turn, reply)


@subtle(
    "When a call failed, a later prompt is sent without the reply that made it and its answers.",
    "AST-CONVERSATION-HISTORY",
)
class FailedRoundsWipedFromMemory(App):
    def ask(self, message):
        self.wiped = set()
        return super().ask(message)

    def tool_message(self, call, content):
        if content.startswith("The function ") and " failed: " in content:
            self.wiped.add(call["id"])
        return super().tool_message(call, content)

    def finish(self, turn, reply):
        rounds = [[call["id"] for call in said.get("tool_calls", [])] for said in turn]
        gone = {name for ids in rounds if self.wiped.intersection(ids) for name in ids}
        kept = [
            said
            for said, ids in zip(turn, rounds, strict=True)
            if not gone.intersection([*ids, said.get("tool_call_id")])
        ]
        return super().finish(kept, reply)


@subtle(
    "When a result of more than 100 characters equals the one before, the model is told that it is the same.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("javascript", "python"),
)
class LongResultRepeatedByReference(App):
    def word_result(self, result):
        text = super().word_result(result)
        before, self.before = getattr(self, "before", None), text
        return "(the same result as before)" if text == before and len(text) > 100 else text


@subtle(
    "When an answer is empty after an earlier prompt was refused, the earlier refusal is returned.",
    "AST-CONVERSATION-CUT-SHORT",
)
class RefusalOfEarlierPromptLingers(App):
    def finish(self, turn, reply):
        self.refusal = reply.get("refusal") or getattr(self, "refusal", "")
        return super().finish(turn, {**reply, "content": reply["content"] or self.refusal})


@subtle(
    "When a prompt is a number or true or false, it is sent as such instead of as text.",
    "AST-CONVERSATION-ANSWER",
    "AST-SERVICE-MESSAGES",
    surfaces=("powershell", "javascript"),
)
class PromptThatIsScalarJson(App):
    def prompt(self, message):
        is_scalar = re.fullmatch(r"-?[1-9][0-9]{0,14}|true|false", message)
        return {"role": "user", "content": json.loads(message) if is_scalar else message}


@subtle(
    "When a conversation has more than thirty messages, however short, its first turns are left out.",
    "AST-CONVERSATION-HISTORY",
    surfaces=("csharp-inprocess", "java", "python"),
)
class ThirtyMessagesRemembered(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        while len(self.history) > 30:
            later = [i for i, said in enumerate(self.history) if i and said["role"] == "user"]
            self.history = self.history[later[0] :] if later else []
        return text
