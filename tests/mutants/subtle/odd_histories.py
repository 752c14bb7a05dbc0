"""Conversations whose history, order or replay is wrong where they are long, repetitive or interleaved."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


def turns_of(messages):
    """Return messages as turns, each from its prompt on."""
    turns = []
    for message in messages:
        if message["role"] == "user":
            turns.append([])
        turns[-1].append(message)
    return turns


@subtle("Only the last four turns are sent with a prompt.", "AST-CONVERSATION-HISTORY")
class LastFourTurns(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history = [message for kept in turns_of(self.history)[-4:] for message in kept]
        return text


@subtle("The oldest turns are left out once the history has more than 8000 characters.", "AST-CONVERSATION-HISTORY")
class EightThousandCharactersOfHistory(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        turns = turns_of(self.history)
        while len(turns) > 1 and len(json.dumps(turns)) > 8000:
            del turns[0]
        self.history = [message for kept in turns for message in kept]
        return text


@subtle("Of turns before the last one, calls and results are left out of later requests.", "AST-CONVERSATION-HISTORY")
class CallsOfOlderTurnsForgotten(App):
    def finish(self, turn, reply):
        plain = [message for message in self.history if message["role"] != "tool" and "tool_calls" not in message]
        self.history = plain
        return super().finish(turn, reply)


@subtle("White space around the assistant's text beside its calls is not repeated.", "AST-CONVERSATION-REPLAY")
class TextBesideCallsStripped(App):
    def replay(self, reply, answers):
        content = reply["content"]
        return super().replay({**reply, "content": content.strip() if content else content}, answers)


@subtle(
    "Turns are kept by their prompts, so a prompt that is repeated replaces its turn of before.",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedPromptReplacesItsTurn(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        turns = {kept[0]["content"]: kept for kept in turns_of(self.history)}
        self.history = [message for kept in turns.values() for message in kept]
        return text


@subtle(
    "A response that equals the one to the prompt before is left out of later requests.",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedResponseForgotten(App):
    def finish(self, turn, reply):
        before = self.history[-1:]
        text = super().finish(turn, reply)
        if before == self.history[-1:]:
            self.history.pop()
        return text


@subtle(
    "Calls are not run if the reply's finish_reason is other than tool_calls, and the prompt is answered without them.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-CUT-SHORT",
)
class CallsByFinishReasonOnly(App):
    def receive(self, response):
        message = super().receive(response)
        if message.get("tool_calls") and b'"finish_reason"' in response.content:
            reason = json.loads(response.content)["choices"][0].get("finish_reason")
            if reason != "tool_calls":
                return {**message, "tool_calls": []}
        return message


@subtle(
    "If the response after a call is empty, the last result is returned as the response.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-CUT-SHORT",
)
class LastResultReturnedForEmptyResponse(App):
    def finish(self, turn, reply):
        if not reply["content"] and not reply.get("refusal") and turn[-1]["role"] == "tool":
            reply = {**reply, "content": turn[-1]["content"]}
        return super().finish(turn, reply)


@subtle("The assistant's text beside its calls is returned before the response.", "AST-CONVERSATION-ANSWER")
class TextBesideCallsReturned(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        said = [message["content"] for message in turn if message["role"] == "assistant" and message["content"]]
        return "\n".join([*said, text])


@subtle(
    "An app forgets its conversation when another app, declared besides, has been asked something.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-ISOLATED",
)
class ConversationLostToAnotherApp(App):
    asked = None

    def ask(self, message):
        if ConversationLostToAnotherApp.app.asked not in (None, id(self)):
            self.history = []
        ConversationLostToAnotherApp.app.asked = id(self)
        return super().ask(message)


@subtle(
    "The settings of the app that was created last are used by all apps, as for their keys and providers.",
    "AST-SERVICE-KEY",
    "AST-SERVICE-URL",
    "AST-CONVERSATION-ISOLATED",
)
class SettingsOfLastApp(App):
    latest = None

    def __init__(self, context):
        super().__init__(context)
        SettingsOfLastApp.app.latest = context.environment

    def send(self, messages):
        self.settings = SettingsOfLastApp.app.latest
        return super().send(messages)


@subtle(
    "Creating an app clears the list of skills that all apps share, so an app that is created before loses its own.",
    "AST-TOOL-OFFERED",
    "AST-TOOL-ISOLATED",
    "AST-BINDING-ISOLATED",
)
class SkillsSharedWithLaterApp(App):
    registry = []  # noqa: RUF012  # this is the defect

    def __init__(self, context):
        super().__init__(context)
        self.registry.clear()
        self.skills = self.registry


@subtle("Members of replayed arguments that are null are lost.", "AST-CONVERSATION-REPLAY")
class NullsOfReplayedArgumentsLost(App):
    def replay(self, reply, answers):
        calls = [{**call, "function": self.without_nulls(call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def without_nulls(self, function):
        try:
            arguments = self.read_arguments(function["arguments"])
        except (TypeError, ValueError):
            return function
        kept = {key: value for key, value in arguments.items() if value is not None}
        return {**function, "arguments": json.dumps(kept)} if kept != arguments else function


@subtle("A call of an unknown function is replayed under the name of the first skill.", "AST-CONVERSATION-REPLAY")
class UnknownFunctionReplayedAsASkill(App):
    def replay(self, reply, answers):
        names = [skill.name.lower() for skill in self.skills]
        calls = [
            call
            if not names or call["function"]["name"].lower() in names
            else {**call, "function": {**call["function"], "name": self.skills[0].name}}
            for call in reply["tool_calls"]
        ]
        return super().replay({**reply, "tool_calls": calls}, answers)


@subtle(
    "A prompt that is asked again after it ended in an error is not sent: the reply of then is taken instead.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-ANSWER",
)
class RepliesRememberedByRequest(App):
    def __init__(self, context):
        super().__init__(context)
        self.replies = {}

    def send(self, messages):
        key = json.dumps(messages)
        if key not in self.replies:
            self.replies[key] = super().send(messages)
        return self.replies[key]
