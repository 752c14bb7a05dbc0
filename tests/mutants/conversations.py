"""Conversations that get lost, and prompts and responses that are changed on their way."""

# ruff: noqa: ARG002  # a wrong step may not need all that it is given
from __future__ import annotations

import json
from concurrent.futures import Future

from mutants.base import App
from mutants.kinds import answers, answers_twice, arguments, asks, calls, looks_at_messages, tells_user
from mutants.mutant import ERRORED, OWN, mutant

ANSWER, HISTORY, REPLAY = "AST-CONVERSATION-ANSWER", "AST-CONVERSATION-HISTORY", "AST-CONVERSATION-REPLAY"
SERVICE = "AST-SERVICE-MESSAGES"


# The prompt and the response


@mutant(
    "The prompt is trimmed.",
    fails={ANSWER: ["prompt-answered-non-ascii-lines", "prompt-answered-long"], HISTORY: ["whole-conversation-on-*"]},
)
class TrimsThePrompt(App):
    def prompt(self, message):
        return super().prompt(message.strip())


@mutant(
    "The prompt is put between the words of a template.",
    fails={OWN: [tells_user]},
)
class WrapsThePrompt(App):
    def prompt(self, message):
        return super().prompt(f"Answer this question: {message}")


@mutant("The prompt is sent as an instruction to the model.", fails={OWN: [looks_at_messages]})
class SendsThePromptAsInstruction(App):
    def prompt(self, message):
        return {"role": "system", "content": message}


@mutant("The response is trimmed.", fails={ANSWER: ["prompt-answered-non-ascii-lines", "prompt-answered-long"]})
class TrimsTheResponse(App):
    def finish(self, turn, reply):
        return super().finish(turn, reply).strip()


@mutant("A response that is JSON is returned as what it says.", fails={ANSWER: ["prompt-answered-looking-like-json"]})
class ReadsTheResponseAsJson(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return ", ".join(json.loads(text)) if text.startswith("[") else text


@mutant(
    "A response is returned as an object.",
    fails={
        ERRORED: [
            lambda case: answers(case) and case.requirement.id != "AST-CONVERSATION-RETRY",
            "bindings-read-after-a-conversation",
        ]
    },
)
class ReturnsAnObject(App):
    def finish(self, turn, reply):
        return {"content": super().finish(turn, reply)}


@mutant(
    "The response is returned without being waited for.", fails={ERRORED: [asks, "bindings-read-after-a-conversation"]}
)
class ReturnsAPromise(App):
    def ask(self, message):
        return Future()


# The history


@mutant(
    "Every prompt begins anew.",
    fails={
        HISTORY: ["*"],
        "AST-CONVERSATION-PARALLEL": ["fifty-calls-answered"],
        "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-*"],
    },
)
class ForgetsTheConversation(App):
    def prompt(self, message):
        self.history = []
        return super().prompt(message)


@mutant(
    "Of a prompt before only the texts are kept.",
    fails={
        HISTORY: ["calls-of-one-conversation", "whole-conversation-on-*"],
        "AST-CONVERSATION-PARALLEL": ["fifty-calls-answered"],
        "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-*"],
    },
)
class ForgetsCalls(App):
    def finish(self, turn, reply):
        return super().finish([message for message in turn if message["role"] == "user"], reply)


@mutant(
    "Only the last prompt and its response are kept.",
    fails={HISTORY: ["prompts-of-one-conversation", "whole-conversation-on-*"]},
)
class KeepsTheLastPromptOnly(App):
    def finish(self, turn, reply):
        self.history = []
        return super().finish(turn, reply)


@mutant(
    "The results follow the prompt at once: the assistant's message is not repeated (shipped extension until 0.18).",
    fails={SERVICE: [calls]},
)
class LeavesOutTheCalls(App):
    def replay(self, reply, answers):
        return answers


@mutant("The assistant's message is repeated without its calls.", fails={SERVICE: [calls]})
class RepeatsTheTextOnly(App):
    def replay(self, reply, answers):
        return [{"role": "assistant", "content": reply["content"] or ""}, *answers]


@mutant(
    "The text beside a call is dropped.",
    fails={
        REPLAY: ["text-beside-a-call-repeated"],
        HISTORY: ["whole-conversation-on-*"],
    },
)
class DropsTextBesideCalls(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "content": None}, answers)


@mutant(
    "A reply with text is taken for the response, though there are calls beside it.",
    fails={
        OWN: [lambda case: any(getattr(one, "calls", ()) and one.text for one in case.scenario.episode.model_replies)]
    },
)
class TakesTextForTheResponse(App):
    def send(self, messages):
        reply = super().send(messages)
        return {**reply, "tool_calls": []} if reply["content"] else reply


@mutant(
    "Each call gets a message of its own, as if there had been as many replies.",
    fails={REPLAY: ["calls-repeated-in-one-message"], HISTORY: ["whole-conversation-on-*"]},
)
class SplitsTheMessage(App):
    def replay(self, reply, answers):
        split = super().replay
        pairs = zip(reply["tool_calls"], answers, strict=True)
        return [part for call, answer in pairs for part in split({**reply, "tool_calls": [call]}, [answer])]


@mutant(
    "The calls are repeated without their arguments.",
    fails={
        REPLAY: ["call-repeated-before-its-result", "text-beside-a-call-repeated"],
        HISTORY: ["whole-conversation-on-*"],
    },
)
class RepeatsCallsWithoutArguments(App):
    def replay(self, reply, answers):
        bare = [{**call, "function": {**call["function"], "arguments": "{}"}} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": bare}, answers)


@mutant(
    "The arguments are repeated as an object, where the service wants a text.",
    fails={SERVICE: [lambda case: asks(case) and any(not isinstance(read(one), str) for one in arguments(case))]},
)
class RepeatsArgumentsAsObjects(App):
    def replay(self, reply, answers):
        functions = [
            {**call["function"], "arguments": read(call["function"]["arguments"])} for call in reply["tool_calls"]
        ]
        said = [{**call, "function": function} for call, function in zip(reply["tool_calls"], functions, strict=True)]
        return super().replay({**reply, "tool_calls": said}, answers)


def read(arguments):
    try:
        return json.loads(arguments)
    except ValueError:
        return arguments


@mutant(
    "Calls are numbered anew, and the model's own ids are forgotten.",
    fails={
        REPLAY: ["call-repeated-before-its-result"],
        "AST-CONVERSATION-PARALLEL": ["one-skill-called-twice-in-one-reply"],
    },
)
class NumbersCallsAnew(App):
    calls = 0

    def send(self, messages):
        reply = super().send(messages)
        for call in reply.get("tool_calls", []):
            self.calls += 1
            call["id"] = f"call_{self.calls}"
        return reply


@mutant("Messages without calls have an empty list of them.", fails={SERVICE: [answers_twice]})
class SendsAnEmptyListOfCalls(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1]["tool_calls"] = []
        return text


def three_rounds(case):
    """Say whether the model calls skills three times before it answers."""
    run = 0
    for reply in case.scenario.episode.model_replies:
        run = run + 1 if getattr(reply, "calls", ()) else 0
        if run == 3:
            return True
    return False


@mutant("After two rounds of calls the conversation is ended.", fails={OWN: [three_rounds]})
class EndsAfterTwoRounds(App):
    max_rounds = 3


@mutant("The response after a result is not asked for: the result is returned.", fails={OWN: [calls]})
class ReturnsTheResult(App):
    def replay(self, reply, answers):
        self.max_rounds = 1
        return super().replay(reply, answers)

    def ask(self, message):
        reply = self.send([*self.history, self.prompt(message)])
        if "tool_calls" not in reply:
            return self.finish([self.prompt(message)], reply)
        return self.answers(reply["tool_calls"])[0]["content"]
