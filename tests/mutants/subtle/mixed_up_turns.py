"""Calls and turns that are mixed up once there are several of them."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.other_apps import SharingApp
from mutants.subtle.subtle import subtle

CALL = ("AST-CONVERSATION-CALL", "AST-CONVERSATION-ONCE", "AST-CONVERSATION-PARALLEL", "AST-CONVERSATION-RESULT")
HISTORY = ("AST-CONVERSATION-HISTORY", "AST-CONVERSATION-REPLAY", "AST-SERVICE-MESSAGES")


@subtle("Calls are run in the order of their names, and answered in that of the ids.", *CALL)
class SortsCalls(App):
    def answers(self, calls):
        ordered = sorted(calls, key=lambda call: call["function"]["name"])
        answers = [self.answer(**call["function"]) for call in ordered]
        return [self.tool_message(call, answer) for call, answer in zip(calls, answers, strict=True)]


@subtle("Two calls of one skill in one reply both get the last one's argument.", *CALL, "AST-CONVERSATION-ARGUMENT")
class SharesArguments(App):
    def answers(self, calls):
        last = {call["function"]["name"]: call["function"]["arguments"] for call in calls}
        return [self.tool_message(call, self.answer(name, last[name])) for call in calls for name in [self.name(call)]]

    def name(self, call):
        return call["function"]["name"]


@subtle("Equal calls in one reply are both answered with the last one's result.", *CALL, "AST-CONVERSATION-FAILURE")
class SharesResults(App):
    def answers(self, calls):
        found = {str(call["function"]): self.answer(**call["function"]) for call in calls}
        return [self.tool_message(call, found[str(call["function"])]) for call in calls]


@subtle("Answers are kept by the call's id in small letters.", *CALL)
class KeepsAnswersByLoweredIds(App):
    def answers(self, calls):
        found = {call["id"].lower(): self.answer(**call["function"]) for call in calls}
        return [self.tool_message(call, found[call["id"].lower()]) for call in calls]


@subtle("After a call that failed, the others of the same reply are not run.", *CALL, "AST-CONVERSATION-FAILURE")
class SkipsAfterFailures(App):
    def answers(self, calls):
        self.failed = False
        return super().answers(calls)

    def invoke(self, skill, argument):
        if self.failed:
            raise RuntimeError("an earlier call failed")
        self.failed = True
        result = super().invoke(skill, argument)
        self.failed = False
        return result


@subtle("A skill that failed is not offered any more from the next prompt on.", "AST-TOOL", "AST-CONVERSATION-FAILURE")
class RetiresSkills(App):
    def __init__(self, context):
        super().__init__(context)
        self.failed, self.retired = set(), set()

    def ask(self, message):
        self.retired = set(self.failed)
        return super().ask(message)

    def invoke(self, skill, argument):
        self.failed.add(skill.name)
        result = super().invoke(skill, argument)
        self.failed.discard(skill.name)
        return result

    def tools(self):
        return [tool for tool in super().tools() if tool["function"]["name"] not in self.retired]


@subtle("A skill that failed twice is not run again.", *CALL, "AST-CONVERSATION-FAILURE")
class OpensCircuits(App):
    def __init__(self, context):
        super().__init__(context)
        self.failures = 0

    def invoke(self, skill, argument):
        if self.failures > 1:
            raise RuntimeError("too many failures")
        self.failures += 1
        result = super().invoke(skill, argument)
        self.failures = 0
        return result


@subtle("A function that failed is run once more.", "AST-CONVERSATION-ONCE", "AST-CONVERSATION-FAILURE")
class RunsFailedFunctionsAgain(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:  # noqa: BLE001
            return super().invoke(skill, argument)


@subtle("Arguments in the history are written anew, with large integers as fractions.", *HISTORY)
class RoundsReplayedArguments(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "tool_calls": [self.rounded(call) for call in reply["tool_calls"]]}, answers)

    def rounded(self, call):
        try:
            text = json.dumps(json.loads(call["function"]["arguments"], parse_int=float))
        except ValueError:
            return call
        return {**call, "function": {**call["function"], "arguments": text}}


@subtle("Once a turn is over, its calls are kept without their arguments.", *HISTORY)
class EmptiesFinishedCalls(App):
    def finish(self, turn, reply):
        for message in turn:
            for call in message.get("tool_calls", []):
                call["function"] = {**call["function"], "arguments": "{}"}
        return super().finish(turn, reply)


@subtle("Once a turn is over, its results are kept up to 500 characters.", *HISTORY)
class CutsFinishedResults(App):
    def finish(self, turn, reply):
        cut = lambda one: {**one, "content": one["content"][:500]} if one["role"] == "tool" else one  # noqa: E731
        return super().finish([cut(message) for message in turn], reply)


@subtle("A prompt equal to the one before is kept once.", *HISTORY)
class KeepsEqualPromptsOnce(App):
    def finish(self, turn, reply):
        before = [message for message in self.history if message["role"] == "user"]
        text = super().finish(turn, reply)
        if before and before[-1] == turn[0]:
            self.history = [message for message in self.history if message is not before[-1]]
        return text


@subtle("An empty answer is not kept.", *HISTORY)
class ForgetsEmptyAnswers(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [one for one in self.history if one["role"] != "assistant" or one["content"] != ""]
        return text


@subtle("The oldest prompts are forgotten once the conversation has 20,000 characters.", *HISTORY)
class ForgetsLongConversations(App):
    def send(self, messages):
        starts = [at for at, one in enumerate(messages) if one["role"] == "user"]
        size = lambda part: sum(len(one["content"] or "") for one in part)  # noqa: E731
        fitting = [at for at in starts if size(messages[at:]) <= 20_000]
        return super().send(messages[(fitting or starts[-1:])[0] :])


@subtle("A text of blanks beside a call is not repeated.", *HISTORY)
class DropsBlankTexts(App):
    def replay(self, reply, answers):
        text = reply["content"]
        return super().replay({**reply, "content": text if text and text.strip() else None}, answers)


@subtle("A prompt that was asked before gets the answer that it got then.", "AST-CONVERSATION-ANSWER", *HISTORY)
class RepeatsKnownAnswers(App):
    def __init__(self, context):
        super().__init__(context)
        self.known = {}

    def ask(self, message):
        self.known[message] = self.known.get(message) or super().ask(message)
        return self.known[message]


@subtle("After ten messages, tools are offered without their descriptions.", "AST-TOOL")
class ShortensLaterTools(App):
    def body(self, messages):
        body = super().body(messages)
        if len(messages) <= 10 or "tools" not in body:
            return body
        short = [
            {key: value for key, value in tool["function"].items() if key != "description"} for tool in body["tools"]
        ]
        return {**body, "tools": [{"type": "function", "function": one} for one in short]}


@subtle("More than 16 calls in one reply are left to the model to repeat.", *CALL)
class RunsSixteenCalls(App):
    def answers(self, calls):
        late = [self.tool_message(call, "Please call this function again.") for call in calls[16:]]
        return super().answers(calls[:16]) + late


@subtle("Handlers are kept by their skills' names for the apps that follow.", *CALL, "AST-CONVERSATION-ISOLATED")
class KeepsHandlers(SharingApp):
    def invoke(self, skill, argument):
        return self.remember("handler", skill.name, skill.handler)(argument)


@subtle("What a skill of a name returned for an argument is kept for the apps that follow.", *CALL)
class KeepsResultsForLaterApps(SharingApp):
    def invoke(self, skill, argument):
        key = "result", skill.name, json.dumps(argument)
        number, known = self.before.get(key, (self.number, None))
        if number < self.number:
            return known
        result = super().invoke(skill, argument)
        self.before[key] = number, result
        return result
