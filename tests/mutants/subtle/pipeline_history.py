"""Slips with the log of a conversation, and with what is said at its ends."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace

from mutants.pipeline import Call, Closed, Conversation, Pipeline, Said, rendered
from mutants.subtle.subtle import subtle


@subtle(
    "When a message equals an earlier one, such as a prompt said twice, it is sent once.", "AST-CONVERSATION-HISTORY"
)
class EqualMessagesOnce(Pipeline):
    class ConversationType(Conversation):
        def view(self, turn):
            return list(dict.fromkeys(super().view(turn)))


class Shelf(Conversation):
    """A conversation that puts an earlier turn's messages away in a shorter form."""

    def view(self, turn):
        closed = {event.turn for event in self.log if isinstance(event, Closed)}
        said = [event for event in self.log if isinstance(event, Said)]
        old = [
            text
            for number in sorted(closed - {turn})
            for text in self.shelved([e.text for e in said if e.turn == number])
        ]
        return old + [event.text for event in said if event.turn == turn]

    def shelved(self, texts):
        return [rendered(message) for message in self.shorter([json.loads(text) for text in texts])]


@subtle(
    "When a result of an earlier prompt is longer than 2000 characters, only its beginning is sent.",
    "AST-CONVERSATION-HISTORY",
)
class OldResultsShortened(Pipeline):
    class ConversationType(Shelf):
        def shorter(self, messages):
            return [
                message | {"content": message["content"][:2000]} if message["role"] == "tool" else message
                for message in messages
            ]


@subtle(
    "When the model said something beside a call, later prompts are sent without these words.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
)
class OldWordsBesideCallsLost(Pipeline):
    class ConversationType(Shelf):
        def shorter(self, messages):
            return [message | {"content": None} if "tool_calls" in message else message for message in messages]


@subtle("When all calls of a prompt failed, later prompts are sent without them.", "AST-CONVERSATION-HISTORY")
class FailedTurnsSummarised(Pipeline):
    class ConversationType(Shelf):
        def shorter(self, messages):
            results = [message["content"] for message in messages if message["role"] == "tool"]
            failed = all(result.startswith("Failed") for result in results)
            return [messages[0], messages[-1]] if failed else messages


@subtle(
    "When an answer has white space at its ends, later prompts are sent with it trimmed.", "AST-CONVERSATION-HISTORY"
)
class AnswersTrimmedInLog(Pipeline):
    class ConversationType(Conversation):
        def close(self, turn, text):
            super().close(turn, text.strip())


@subtle(
    "When a call has arguments that its function does not have, they are missing from the repeated call.",
    "AST-CONVERSATION-REPLAY",
)
class OtherArgumentsNotRepeated(Pipeline):
    class ConversationType(Conversation):
        def called(self, turn, reply):
            super().called(turn, replace(reply, calls=tuple(map(self.bare, reply.calls))))

        def bare(self, call):
            draft = self.app.catalogue.find(call.name)
            try:
                known = {
                    key: value for key, value in json.loads(call.arguments).items() if key == draft.skill.argument.name
                }
            except (ValueError, AttributeError):
                return call
            return Call(call.id, call.name, rendered(known))


@subtle(
    "When a prompt holds decomposed letters, as in names of files on a Mac, the model is sent composed ones.",
    "AST-CONVERSATION-ANSWER",
)
class PromptsComposed(Pipeline):
    def prompt(self, message):
        return unicodedata.normalize("NFC", message)


@subtle(
    "When a prompt holds a tab or a carriage return, the request is not JSON.",
    "AST-CONVERSATION-ANSWER",
    "AST-SERVICE-BODY",
)
class PromptsEscapedByHand(Pipeline):
    class ConversationType(Conversation):
        def open(self, prompt):
            self.turns += 1
            text = prompt
            for character, escape in {"\\": "\\\\", '"': '\\"', "\n": "\\n"}.items():
                text = text.replace(character, escape)
            self.log += (Said(self.turns, "user", f'{{"role":"user","content":"{text}"}}'),)
            return self.turns


@subtle("When an answer is a code block from end to end, it is returned without its fences.", "AST-CONVERSATION-ANSWER")
class FencesTakenOff(Pipeline):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        fenced = re.fullmatch(r"```\w*\n(.*?)\n?```\s*", text, re.DOTALL)
        return fenced[1] if fenced else text


@subtle(
    "When a prompt after an error repeats the one that failed, the model is sent nothing of it.",
    "AST-CONVERSATION-RECOVERY",
    "AST-CONVERSATION-ANSWER",
)
class RepeatedPromptsNotLogged(Pipeline):
    class ConversationType(Conversation):
        last = None

        def open(self, prompt):
            repeated, self.last = prompt == self.last, prompt
            turn = super().open(prompt)
            if repeated:
                self.log = self.log[:-1]
            return turn

        def close(self, turn, text):
            self.last = None
            super().close(turn, text)
