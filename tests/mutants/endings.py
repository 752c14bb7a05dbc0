"""Keys of a request that defeat the call, and answers that are cut short, refused or given several times."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.mutant import mutant

CALLABLE, CUT_SHORT, CHOICE = "AST-TOOL-CALLABLE", "AST-CONVERSATION-CUT-SHORT", "AST-CONVERSATION-FIRST-CHOICE"
MESSAGES, BODY = "AST-SERVICE-MESSAGES", "AST-SERVICE-BODY"


# Keys that defeat the call


class ExtraKeys(App):
    """An app that sends more keys with its tools."""

    def body(self, messages):
        body = super().body(messages)
        return {**body, **self.more(messages)} if "tools" in body else body


@mutant("The model is told to call nothing.", fails={CALLABLE: ["model-free-to-call-*"]})
class ForbidsCalls(ExtraKeys):
    def more(self, messages):
        return {"tool_choice": "none"}


@mutant("The model must call a skill, after a result as well.", fails={CALLABLE: ["model-free-to-call-*"]})
class DemandsCalls(ExtraKeys):
    def more(self, messages):
        return {"tool_choice": "required"}


@mutant("An answer ends with its first line.", fails={CALLABLE: ["model-free-to-call-*"], BODY: ["model-gpt-5-*"]})
class StopsAtALine(ExtraKeys):
    def more(self, messages):
        return {"stop": ["\n"]}


@mutant("Three answers are asked for.", fails={CALLABLE: ["model-free-to-call-*"]})
class AsksThreeTimes(ExtraKeys):
    def more(self, messages):
        return {"n": 3}


@mutant("An answer is one token long.", fails={CALLABLE: ["model-free-to-call-*"]})
class AllowsOneToken(ExtraKeys):
    def more(self, messages):
        return {"max_completion_tokens": 1}


@mutant("On Azure OpenAI an answer is one token long.", fails={CALLABLE: ["model-free-to-call-on-azure"]})
class AllowsOneTokenOnAzure(ExtraKeys):
    def more(self, messages):
        return {"max_tokens": 1} if self.on_azure else {}


@mutant("The answer has to be JSON of a schema.", fails={CALLABLE: ["model-free-to-call-*"]})
class DemandsJson(ExtraKeys):
    def more(self, messages):
        schema = {"name": "answer", "schema": {"type": "object", "properties": {"answer": {"type": "string"}}}}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}


@mutant("For a later prompt the model is told to call nothing.", fails={CALLABLE: ["model-free-to-call-*"]})
class ForbidsCallsLater(ExtraKeys):
    def more(self, messages):
        return {"tool_choice": "none"} if self.history else {}


# Answers that are cut short


def has_refusal(case):
    return any(getattr(reply, "refusal", None) for reply in case.scenario.episode.model_replies)


@mutant("A refusal is kept as a message without content.", fails={MESSAGES: [has_refusal]})
class KeepsNothingOfARefusal(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1] = {"role": "assistant", "content": reply["content"]}
        return text


@mutant(
    "A refusal is answered with an excuse.",
    fails={CUT_SHORT: ["answer-refused-*"], CHOICE: ["first-choice-refused-beside-an-answer"]},
)
class ExcusesARefusal(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return text if reply["content"] is not None else "Something went wrong, please try again."


class ReadsTheReason(App):
    """An app that looks at why an answer ended."""

    def receive(self, response):
        reply = super().receive(response)
        reason = json.loads(response.content)["choices"][0]["finish_reason"] if response.status < 400 else None
        return self.ended(reply, reason)


@mutant(
    "A filtered answer is made up.",
    fails={
        CUT_SHORT: ["answer-cut-off-by-content_filter", "answer-filtered-away"],
        CHOICE: ["first-choice-filtered-beside-an-answer"],
    },
)
class MakesUpAFilteredAnswer(ReadsTheReason):
    def ended(self, reply, reason):
        return {**reply, "content": "I cannot talk about that."} if reason == "content_filter" else reply


@mutant(
    "After an answer that was cut off, no prompt is taken.",
    fails={
        CUT_SHORT: ["answer-cut-off-by-length"],
        "AST-CONVERSATION-FIRST-CHOICE": ["first-choice-cut-off-beside-whole"],
    },
)
class EndsWithACutOffAnswer(ReadsTheReason):
    over = False

    def ended(self, reply, reason):
        if self.over:
            raise RuntimeError("the conversation is over")
        self.over = reason == "length"
        return reply


@mutant("Of several choices the last counts.", fails={CHOICE: ["first-choice-*"]})
class TakesTheLastChoice(App):
    def receive(self, response):
        super().receive(response)
        return json.loads(response.content)["choices"][-1]["message"]


@mutant(
    "The calls of all choices are made.", fails={CHOICE: ["first-choice-*-beside-*calls", "first-choice-calls-in-*"]}
)
class MakesTheCallsOfAllChoices(App):
    def receive(self, response):
        reply = super().receive(response)
        choices = json.loads(response.content)["choices"]
        calls = [call for choice in choices for call in choice["message"].get("tool_calls", ())]
        return {**reply, "tool_calls": calls} if calls else reply
