"""Liberties in the messages of a conversation: instructions, the user's words, the replay of the model's."""

from __future__ import annotations

import json
from itertools import count

from mutants.base import App

from liberties.liberty import liberty, variation


def parts(text):
    return [{"type": "text", "text": text}]


def instructs(name, why, *instructions):
    """Make a liberty of messages that stand before the conversation in every request."""

    def body(self, messages):
        return App.body(self, [*instructions, *messages])

    return variation(name, why, members={"body": body})


INSTRUCTIONS = [
    instructs(
        "system-first", "Instructions are the assistant's own business.", {"role": "system", "content": "Be brief."}
    ),
    instructs(
        "developer-first", "Instructions may have the newer role.", {"role": "developer", "content": "Be brief."}
    ),
    instructs(
        "several-instructions",
        "There may be any number of them, as text or as parts, with a name.",
        {"role": "system", "content": "You keep todos."},
        {"role": "developer", "content": parts("Use the functions: AddTodo, RemoveTodo.")},
        {"role": "system", "name": "house_rules", "content": ""},
    ),
]


@liberty("Instructions may change with each round: what time it is, how many rounds are left.")
class SaysTheTime(App):
    def __init__(self, context):
        super().__init__(context)
        self.clock = count(1)

    def body(self, messages):
        return super().body([{"role": "system", "content": f"It is {next(self.clock)} o'clock."}, *messages])


@liberty("Instructions may stand anywhere but between a call and its answers.")
class InstructsBeforeEveryRound(App):
    def body(self, messages):
        return super().body([*messages, {"role": "system", "content": "Answer, or call a function."}])


@liberty("Instructions may be kept in the history.")
class InstructsBeforeEveryPrompt(App):
    def ask(self, message):
        self.history.append({"role": "developer", "content": "The user says:"})
        return super().ask(message)


@liberty("The user's words may be a part of the content.")
class SendsPromptsAsParts(App):
    def prompt(self, message):
        return {"role": "user", "content": parts(message)}


@liberty("The user may have a name.")
class NamesTheUser(App):
    def prompt(self, message):
        return {**super().prompt(message), "name": "ada"}


def replays(name, why, /, **said):
    """Make a liberty of the assistant's message, where it has calls and no text."""

    def replay(self, reply, answers):
        first, *others = App.replay(self, reply, answers)
        if first["content"] is None:
            del first["content"]
        return [{**said, **first}, *others]

    return variation(name, why, members={"replay": replay})


REPLAYS = [
    replays("content-absent", "Beside calls the content may be absent."),
    replays("content-null", "Beside calls the content may be null, as the model sends it.", content=None),
    replays(
        "content-empty", "Beside calls the content may be an empty text: clients that stream add up to it.", content=""
    ),
    replays("as-received", "The model's message may go back as it came.", content=None, refusal=None, annotations=[]),
    replays("assistant-named", "The assistant may have a name.", content=None, name="assistant"),
]


@liberty("The model's message may go back whole, whatever it has.")
class SendsRepliesBackWhole(App):
    def replay(self, reply, answers):
        return [reply, *answers]


@liberty("The model's answer may go back as parts, or with the members that say that there is no refusal.")
class KeepsAnswersAsParts(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history[-1] = {"role": "assistant", "content": parts(text), "refusal": None}
        return text


@liberty("Arguments are JSON, which may be written anew.")
class RewritesArguments(App):
    def replay(self, reply, answers):
        calls = [{**call, "function": self.rewritten(**call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def rewritten(self, name, arguments):
        try:
            text = json.dumps(json.loads(arguments), indent=2, sort_keys=True)
        except ValueError:
            text = arguments
        return {"arguments": text, "name": name}


@liberty("Members of a message have no order.")
class SendsMessagesBackwards(App):
    def body(self, messages):
        return super().body([dict(reversed(message.items())) for message in messages])


@liberty("The answers to the calls of one reply have no order.")
class AnswersBackwards(App):
    def replay(self, reply, answers):
        return super().replay(reply, answers[::-1])


@liberty("An answer may be a part of the content.")
class AnswersInParts(App):
    def tool_message(self, call, content):
        return super().tool_message(call, parts(content))


@liberty(
    "An answer may be several parts, which are read as one text.",
)
class AnswersInSeveralParts(App):
    def tool_message(self, call, content):
        return super().tool_message(call, [*parts("The function says: "), *parts(content)])


@liberty("OpenAI's own examples give the answer the function's name.")
class NamesTheFunctionInItsAnswer(App):
    def tool_message(self, call, content):
        return {**super().tool_message(call, content), "name": call["function"]["name"]}


@liberty("After a prompt that ended in an error its messages may stay in the history, if they are complete.")
class KeepsTheTurnThatFailed(App):
    def ask(self, message):
        self.history.append(self.prompt(message))
        for _ in range(self.max_rounds):
            reply = self.send(self.history)
            if "tool_calls" not in reply:
                return self.finish([], reply)
            self.history += self.replay(reply, self.answers(reply["tool_calls"]))
        raise RuntimeError(f"no answer in {self.max_rounds} rounds")


class Text(str):
    __slots__ = ()


@liberty("A text is a text, though its class may be the framework's own.")
class ReturnsItsOwnText(App):
    def ask(self, message):
        return Text(super().ask(message))


@liberty("Several choices may be an error, since the app asked for one.")
class TakesOneChoiceOnly(App):
    def receive(self, response):
        reply = super().receive(response)
        if len(json.loads(response.content)["choices"]) > 1:
            raise ValueError("the model gives several choices")
        return reply


@liberty("An answer that the model did not give in full may be an error.")
class TakesWholeAnswersOnly(App):
    def receive(self, response):
        reply = super().receive(response)
        if reply.get("refusal") or json.loads(response.content)["choices"][0]["finish_reason"] not in (
            "stop",
            "tool_calls",
        ):
            raise ValueError("the model gives no whole answer")
        return reply


@liberty("Arguments that are not a JSON object may be repeated as an object.")
class RepeatsReadableArguments(App):
    def replay(self, reply, answers):
        calls = [{**call, "function": self.readable(call["function"])} for call in reply["tool_calls"]]
        return super().replay({**reply, "tool_calls": calls}, answers)

    def readable(self, function):
        try:
            is_object = isinstance(json.loads(function["arguments"]), dict)
        except ValueError:
            is_object = False
        return function if is_object else {**function, "arguments": "{}"}


@liberty("The oldest prompts may go with all that followed them, where a model might not take the whole conversation.")
class ForgetsTheOldest(App):
    window = 30_000

    def body(self, messages):
        turns = [number for number, message in enumerate(messages) if message["role"] == "user"]
        start = 0
        while len(json.dumps(messages[start:], ensure_ascii=False).encode()) > self.window and len(turns) > 1:
            start = turns[1]
            del turns[0]
        return super().body(messages[start:])
