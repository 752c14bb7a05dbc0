"""Conversations that go wrong in a later round of calls."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle

ROUNDS, REPLAY, ONCE = "AST-CONVERSATION-ROUNDS", "AST-CONVERSATION-REPLAY", "AST-CONVERSATION-ONCE"
EVERY, RESULT = "AST-TOOL-EVERY-ROUND", "AST-CONVERSATION-RESULT"


def rounds(messages):
    """Count the rounds of calls since the last prompt."""
    last = max(index for index, message in enumerate(messages) if message["role"] == "user")
    return sum("tool_calls" in message for message in messages[last:])


@subtle("After eight rounds the conversation is ended in an error.", ROUNDS)
class EndsAfterEightRounds(App):
    max_rounds = 8


@subtle("After twelve rounds a sentence is returned in the place of a response.", ROUNDS, "AST-CONVERSATION-ANSWER")
class ExcusesItselfAfterTwelveRounds(App):
    def send(self, messages):
        if rounds(messages) > 11:
            return {"role": "assistant", "content": "I have tried everything."}
        return super().send(messages)


@subtle("Rounds are counted through the whole conversation, and the eleventh ends it.", ROUNDS)
class CountsRoundsOfAllPrompts(App):
    counted = 0

    def replay(self, reply, answers):
        self.counted += 1
        if self.counted > 10:
            raise RuntimeError("too many rounds")
        return super().replay(reply, answers)


@subtle(
    "The skills are not offered from the fifth round on, so that the model comes to an end.", EVERY, "AST-TOOL-OFFERED"
)
class OffersNothingFromTheFifthRoundOn(App):
    def body(self, messages):
        body = super().body(messages)
        if rounds(messages) > 3:
            body.pop("tools", None)
        return body


@subtle("A skill that was called three times for a prompt is not offered again for it.", EVERY, "AST-TOOL-OFFERED")
class WithdrawsWhatWasCalledOften(App):
    def body(self, messages):
        body = super().body(messages)
        last = max(index for index, message in enumerate(messages) if message["role"] == "user")
        called = [call["function"]["name"] for one in messages[last:] for call in one.get("tool_calls", ())]
        kept = [tool for tool in body.pop("tools", []) if called.count(tool["function"]["name"]) < 3]
        return {**body, **({"tools": kept} if kept else {})}


@subtle("From the fourth round on, the results of earlier rounds are replaced by a remark.", REPLAY, RESULT)
class ForgetsEarlierResults(App):
    def send(self, messages):
        late = rounds(messages) > 3
        earlier = max((index for index, one in enumerate(messages) if "tool_calls" in one), default=0)
        said = [
            {**one, "content": "(see above)"} if late and one["role"] == "tool" and index < earlier else one
            for index, one in enumerate(messages)
        ]
        return super().send(said)


@subtle("From the sixth round on, the first rounds of the prompt are forgotten.", REPLAY, ROUNDS)
class ForgetsEarlierRounds(App):
    def send(self, messages):
        begin = max(index for index, message in enumerate(messages) if message["role"] == "user")
        calls = [index for index, message in enumerate(messages) if index > begin and "tool_calls" in message]
        return super().send([*messages[: begin + 1], *messages[calls[-5] :]] if len(calls) > 5 else messages)


@subtle("The text beside a call is dropped from the second round on.", REPLAY)
class DropsTextBesideLaterCalls(App):
    def send(self, messages):
        calls = [index for index, message in enumerate(messages) if "tool_calls" in message]
        late = calls[1:]
        return super().send([{**one, "content": None} if index in late else one for index, one in enumerate(messages)])


@subtle("A text beside a call is repeated without blanks around it.", REPLAY)
class TrimsTextBesideCalls(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "content": reply["content"] and reply["content"].strip()}, answers)


@subtle("A text beside several calls is dropped.", REPLAY)
class DropsTextBesideSeveralCalls(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "content": None} if len(answers) > 1 else reply, answers)


@subtle(
    "A text beside calls that ends with a question mark is taken for the response, and the calls are dropped.",
    "AST-CONVERSATION-CALL",
)
class TakesQuestionsForResponses(App):
    def send(self, messages):
        reply = super().send(messages)
        return {**reply, "tool_calls": []} if (reply["content"] or "").endswith("?") else reply


class RewritingApp(App):
    """An app that repeats the arguments of a call otherwise than they were written."""

    def replay(self, reply, answers):
        calls = [{**call, "function": self.rewrite(call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def rewrite(self, function):
        try:
            arguments = self.change(function["name"], json.loads(function["arguments"]))
        except (ValueError, LookupError, AttributeError):
            return function
        return {**function, "arguments": json.dumps(arguments)}


@subtle("Large integers in arguments are repeated as doubles.", REPLAY)
class RepeatsLargeIntegersAsDoubles(RewritingApp):
    def change(self, name, arguments):
        return {key: float(one) if type(one) is int and abs(one) > 2**53 else one for key, one in arguments.items()}


@subtle("Arguments that the function does not have are not repeated.", REPLAY)
class RepeatsItsOwnArgumentOnly(RewritingApp):
    def change(self, name, arguments):
        own = self.find(name).argument.name
        return {key: one for key, one in arguments.items() if key == own}


@subtle("An argument of null is not repeated.", REPLAY)
class DropsNullArgumentsFromRepetition(RewritingApp):
    def change(self, name, arguments):
        return {key: one for key, one in arguments.items() if one is not None}


@subtle("The id of a call is cut after 20 characters, in the call and in its answer.", REPLAY)
class CutsIds(App):
    def replay(self, reply, answers):
        calls = [{**call, "id": call["id"][:20]} for call in reply["tool_calls"]]
        cut = [{**answer, "tool_call_id": answer["tool_call_id"][:20]} for answer in answers]
        return super().replay({**reply, "tool_calls": calls}, cut)


@subtle("A call whose id was used in an earlier round is taken for answered, and not run.", ONCE)
class TakesRepeatedIdsForAnswered(App):
    def answers(self, calls):
        self.answered = getattr(self, "answered", {})
        for call in calls:
            if call["id"] not in self.answered:
                self.answered[call["id"]] = self.answer(**call["function"])
        return [self.tool_message(call, self.answered[call["id"]]) for call in calls]


@subtle(
    "A call that repeats one of an earlier round of the same prompt is answered from memory, if that one succeeded.",
    ONCE,
)
class RemembersResultsWithinAPrompt(App):
    def prompt(self, message):
        self.known = {}
        return super().prompt(message)

    def invoke(self, skill, argument):
        key = (skill.name, json.dumps(argument))
        if key not in self.known:
            self.known[key] = super().invoke(skill, argument)
        return self.known[key]


@subtle("From the third prompt on, a call that was made in the conversation before is answered from memory.", ONCE)
class RemembersResultsLater(App):
    def invoke(self, skill, argument):
        self.known = getattr(self, "known", {})
        key = (skill.name, json.dumps(argument))
        prompts = sum(message["role"] == "user" for message in self.history)
        if prompts < 2 or key not in self.known:
            self.known[key] = super().invoke(skill, argument)
        return self.known[key]


@subtle("A function whose result is an empty text is run a second time.", ONCE)
class TriesEmptyResultsAgain(App):
    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        return super().invoke(skill, argument) if result == "" else result
