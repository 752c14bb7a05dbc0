"""Words of others among an app's own, failures that are told as nothing, and bindings with what is another skill's."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "Each call is answered with the results of all calls of its reply up to it, one after the other, once there are "
    "three or more.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT",
)
class ResultsPileUp(App):
    def answers(self, calls):
        answers = super().answers(calls)
        if len(calls) < 3:
            return answers
        contents = [answer["content"] for answer in answers]
        return [{**a, "content": "\n".join(contents[: i + 1])} for i, a in enumerate(answers)]


@subtle(
    "From the second round on, each result is followed by those of the rounds before it.",
    "AST-CONVERSATION-RESULT",
)
class EarlierResultsAddedToLater(App):
    def ask(self, message):
        self.told = []
        return super().ask(message)

    def answers(self, calls):
        answers = super().answers(calls)
        before = "".join(f"\nBefore: {text}" for text in self.told)
        self.told += [answer["content"] for answer in answers]
        return [{**answer, "content": answer["content"] + before} for answer in answers]


@subtle(
    "After three rounds, a message that the user never wrote urges the model to answer.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-REPLAY",
)
class UserMadeToUrge(App):
    def ask(self, message):
        self.rounds = 0
        return super().ask(message)

    def answers(self, calls):
        self.rounds += 1
        urge = [{"role": "user", "content": "Answer now, without any further call."}] if self.rounds >= 4 else []
        return [*super().answers(calls), *urge]


@subtle(
    "A result of more than 1000 characters is told, and then said once more in a message that the user never wrote.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-REPLAY",
)
class LongResultsPutInUsersMouth(App):
    def answers(self, calls):
        answers = super().answers(calls)
        long = [a["content"] for a in answers if len(a["content"]) > 1000]
        return answers + [{"role": "user", "content": f"Look at this closely: {text}"} for text in long]


@subtle(
    "After a failing call, a message of the assistant that the model never wrote says that it is sorry.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPLAY",
    "AST-CONVERSATION-FAILURE",
)
class AssistantMadeToApologize(App):
    def answers(self, calls):
        answers = super().answers(calls)
        failed = len(calls) > 2 and any(" failed: " in a["content"] for a in answers)
        return answers + ([{"role": "assistant", "content": "Sorry, that went wrong."}] if failed else [])


@subtle(
    "What the user of an app before said is told to the model in an instruction, as what it should remember.",
    "AST-CONVERSATION-ISOLATED",
)
class MemoryOfAppsBefore(App):
    memory = []  # noqa: RUF012

    def __init__(self, context):
        super().__init__(context)
        self.known = list(type(self).memory[-3:])

    def prompt(self, message):
        if len(message) > 20:
            type(self).memory.append(message)
        return super().prompt(message)

    def body(self, messages):
        body = super().body(messages)
        if self.known:
            text = "Remember: " + "; ".join(self.known)
            body["messages"] = [{"role": "system", "content": text}, *body["messages"]]
        return body


@subtle(
    "A failing call is told the result of the call before it in the reply, as a variable was not set anew.",
    "AST-CONVERSATION-FAILURE",
)
class FailureToldAsResultBefore(App):
    last = None

    def answers(self, calls):
        self.last = None
        return super().answers(calls)

    def answer(self, name, arguments):
        try:
            skill = self.find(name)
            self.last = self.word_result(self.invoke(skill, self.argument_of(skill, self.read_arguments(arguments))))
        except Exception as error:  # noqa: BLE001
            known = self.last if self.last and len(self.skills) > 2 else None
            return known or self.word_failure(name, error)
        return self.last


@subtle(
    "A call that fails is told as the text null, a call without a result as a sentence.", "AST-CONVERSATION-FAILURE"
)
class FailureToldAsNull(App):
    def word_failure(self, name, error):  # noqa: ARG002
        return "null"


@subtle("A call that fails is told as OK, a call without a result as a sentence.", "AST-CONVERSATION-FAILURE")
class FailureToldAsOk(App):
    def word_failure(self, name, error):  # noqa: ARG002
        return "OK"


@subtle(
    "A call that fails is told as an empty text, a call without a result as a sentence.", "AST-CONVERSATION-FAILURE"
)
class FailureToldAsNothing(App):
    def word_failure(self, name, error):  # noqa: ARG002
        return ""


@subtle("A call of a function that is not a skill is told as done.", "AST-CONVERSATION-UNKNOWN")
class UnknownToldAsDone(App):
    def find(self, name):
        try:
            return super().find(name)
        except LookupError:
            self.unknown = True
            raise

    def word_failure(self, name, error):
        return "Done." if isinstance(error, LookupError) else super().word_failure(name, error)


@subtle(
    "A function's bindings have, after its own trigger, that of the function before it, from the third function on.",
    "AST-BINDING-EACH",
)
class BindingsPileUp(App):
    def bindings(self):
        all_of_them = [self.binding_of(skill) for skill in self.skills]
        own = super().bindings()
        return {
            skill.function: own[skill.function] + ([all_of_them[i - 1]] if i >= 2 else [])
            for i, skill in enumerate(self.skills)
        }


@subtle("A function that has a model or a schema declared has its trigger twice in its bindings.", "AST-BINDING-EACH")
class TriggerBoundTwice(App):
    def bindings(self):
        return {
            name: own * 2 if "parameterDescriptionJson" in own[0] else own for name, own in super().bindings().items()
        }


@subtle(
    "The binding of a skill without a function name has that of the skill before it.",
    "AST-BINDING-EACH",
    "AST-BINDING-FUNCTION-NAME",
)
class FunctionNameOfSkillBefore(App):
    def bindings(self):
        last, result = None, {}
        for skill in self.skills:
            binding = self.binding_of(skill)
            last = binding.get("functionName", last)
            result[skill.function] = [{**binding, **({"functionName": last} if last else {})}]
        return result


@subtle(
    "The binding of a skill without a parameter description has that of the skill before it.",
    "AST-BINDING-EACH",
)
class ParametersOfSkillBefore(App):
    def bindings(self):
        last, result = None, {}
        for skill in self.skills:
            binding = self.binding_of(skill)
            last = binding.get("parameterDescriptionJson", last)
            result[skill.function] = [{**binding, **({"parameterDescriptionJson": last} if last else {})}]
        return result


@subtle(
    "An answer that was cut off after calls is returned with the last result before it.",
    "AST-CONVERSATION-CUT-SHORT",
)
class CutAnswerFilledWithResult(App):
    def receive(self, response):
        reply = super().receive(response)
        reply["reason"] = json.loads(response.content)["choices"][0].get("finish_reason")
        return reply

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if reply.get("reason") == "length" and turn[-1]["role"] == "tool":
            return f"{turn[-1]['content']}\n\n{text}"
        return text


@subtle(
    "A refusal in a later prompt is returned after the response before it, as if that were said again.",
    "AST-CONVERSATION-CUT-SHORT",
)
class RefusalReturnedAfterLastResponse(App):
    def finish(self, turn, reply):
        before = [m["content"] for m in self.history if m["role"] == "assistant" and m.get("content")]
        text = super().finish(turn, reply)
        return f"{before[-1]} {text}" if reply.get("refusal") and before else text


@subtle("A response ends where a heading of Markdown begins, by a stop sequence.", "AST-TOOL-CALLABLE")
class StopsAtHeadings(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "stop": ["###"]} if len(messages) > 1 else body


@subtle("A response ends where a list begins, by a stop sequence.", "AST-TOOL-CALLABLE")
class StopsAtLists(App):
    def body(self, messages):
        body = super().body(messages)
        return {**body, "stop": ["\n- ", "\n1. "]} if len(messages) > 1 else body
