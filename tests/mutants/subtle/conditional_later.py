"""What goes wrong only from a later prompt, request, round or call on."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When the service uses the id of a call again in a later prompt, the earlier result is sent, and nothing is run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
)
class ResultsKeptByCallId(App):
    def answers(self, calls):
        kept = self.__dict__.setdefault("kept", {})
        for call in calls:
            if call["id"] not in kept:
                kept[call["id"]] = self.tool_message(call, self.answer(**call["function"]))
        return [kept[call["id"]] for call in calls]


@subtle(
    "From the second round of a prompt on, only the first call of a reply is run and repeated.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-REPLAY",
)
class OneCallInLaterRounds(App):
    def ask(self, message):
        self.rounds = 0
        return super().ask(message)

    def answers(self, calls):
        self.rounds += 1
        return super().answers(calls if self.rounds == 1 else calls[:1])

    def replay(self, reply, answers):
        return super().replay({**reply, "tool_calls": reply["tool_calls"][: len(answers)]}, answers)


@subtle(
    "When the prompts of a conversation have had ten rounds of calls altogether, the next round ends in an error.",
    "AST-CONVERSATION-ROUNDS",
)
class RoundsCountedOverPrompts(App):
    rounds = 0

    def answers(self, calls):
        self.rounds += 1
        if self.rounds > 10:
            raise RuntimeError("too many rounds")
        return super().answers(calls)


@subtle(
    "When there is text beside a call, it stands before the answer that is returned.",
    "AST-CONVERSATION-ANSWER",
)
class TextBesideCallReturned(App):
    def ask(self, message):
        self.texts = []
        return super().ask(message)

    def replay(self, reply, answers):
        self.texts += [reply["content"]] if reply["content"] else []
        return super().replay(reply, answers)

    def finish(self, turn, reply):
        self.texts.append(super().finish(turn, reply))
        return "\n".join(self.texts)


@subtle(
    "From the next prompt on, a result of more than 500 characters is repeated cut off.",
    "AST-CONVERSATION-HISTORY",
)
class LongResultsInHistory(App):
    def finish(self, turn, reply):
        for message in turn:
            if message["role"] == "tool":
                message["content"] = message["content"][:500]
        return super().finish(turn, reply)


@subtle(
    "From the third request of a prompt on, the calls and results of the rounds before the last are left out.",
    "AST-CONVERSATION-REPLAY",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-HISTORY",
)
class LastRoundOnly(App):
    def ask(self, message):
        turn = [self.prompt(message)]
        for _ in range(self.max_rounds):
            reply = self.send([*self.history, *turn])
            if not reply.get("tool_calls"):
                return self.finish(turn, reply)
            turn = [turn[0], *self.replay(reply, self.answers(reply["tool_calls"]))]
        raise RuntimeError("no answer")


@subtle(
    "After a prompt, the bindings no longer contain the parameter descriptions.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-PARAMETERS",
)
class BindingsAfterPrompt(App):
    def function_of(self, skill):
        skill.given.pop("parameterDescriptionJson", None)
        return super().function_of(skill)


@subtle(
    "When a conversation has more than 20 messages, only the last 20 are sent.",
    "AST-CONVERSATION-HISTORY",
    "AST-SERVICE-MESSAGES",
)
class TwentyMessages(App):
    def send(self, messages):
        return super().send(messages[-20:])
