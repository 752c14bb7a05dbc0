"""Requirement by requirement: prompts, calls, arguments and rounds that go wrong in rare situations."""

from __future__ import annotations

import json
from difflib import get_close_matches

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


@subtle(
    "A response that begins with the words of the prompt is returned without them.",
    "AST-CONVERSATION-ANSWER",
)
class EchoedPromptCutOff(App):
    def ask(self, message):
        text = super().ask(message)
        return text.removeprefix(message).lstrip() if message and text.startswith(message) and text != message else text


@subtle(
    "A call runs the function that has the called name as its own, though another skill declares the name.",
    "AST-CONVERSATION-CALL",
)
class OwnNamesAnswerFirst(App):
    def find(self, name):
        found = super().find(name)
        return next((skill for skill in self.skills if skill.function.lower() == name.lower()), found)


@subtle(
    "A result that equals the argument is not told, only that the function succeeded.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-EXAMPLE",
)
class EchoedResultsUntold(App):
    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        return None if result == argument and type(result) is type(argument) else result


@altering("invoke", "AST-CONVERSATION-RESULT", "AST-CONVERSATION-EXAMPLE")(
    "Of a result that is an object with a body, as a store's response is, only the body is told.",
)
def bodies_of_stores_told_only(result):
    return result["body"] if isinstance(result, dict) and "body" in result else result


@subtle(
    "A function whose result is empty, zero or false runs a second time.",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-RESULT",
)
class FalsyResultsTriedAgain(App):
    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        return super().invoke(skill, argument) if result is not None and not result else result


@subtle(
    "The results of calls in one reply are put together skill by skill, and get the ids in the order of the calls.",
    "AST-CONVERSATION-PARALLEL",
)
class ResultsGroupedIdsNot(App):
    def answers(self, calls):
        names = [call["function"]["name"] for call in calls]
        grouped = sorted(calls, key=lambda call: names.index(call["function"]["name"]))
        texts = [self.answer(**call["function"]) for call in grouped]
        return [self.tool_message(call, text) for call, text in zip(calls, texts, strict=True)]


@subtle(
    "After a function has failed, the other calls of the same reply are answered as cancelled, and not run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-FAILURE",
)
class FailureCancelsTheRest(App):
    def answers(self, calls):
        self.cancelled = False
        return super().answers(calls)

    def answer(self, name, arguments):
        return f"The call of {name} was cancelled." if self.cancelled else super().answer(name, arguments)

    def word_failure(self, name, error):
        self.cancelled = True
        return super().word_failure(name, error)


@subtle(
    "A call that equals one of the round before ends the prompt in an error, since the model seems to loop.",
    "AST-CONVERSATION-ROUNDS",
)
class SameCallLooksLikeALoop(App):
    def ask(self, message):
        self.before = []
        return super().ask(message)

    def answers(self, calls):
        functions = [call["function"] for call in calls]
        if any(function in self.before for function in functions):
            raise RuntimeError("the model calls the same again")
        self.before = functions
        return super().answers(calls)


@subtle(
    "The assistant's message is repeated without the arguments that the function does not have.",
    "AST-CONVERSATION-REPLAY",
)
class ExtrasCutFromReplay(App):
    def replay(self, reply, answers):
        return super().replay({**reply, "tool_calls": [self.cut(call) for call in reply["tool_calls"]]}, answers)

    def cut(self, call):
        try:
            skill, values = self.find(call["function"]["name"]), self.read_arguments(call["function"]["arguments"])
        except (LookupError, TypeError, ValueError):
            return call
        if skill.argument.name not in values or len(values) == 1:
            return call
        kept = json.dumps({skill.argument.name: values[skill.argument.name]})
        return {**call, "function": {**call["function"], "arguments": kept}}


@subtle(
    "A prompt that was asked before is sent without the earlier prompt and its answer.",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedPromptsReplaceTurns(App):
    def ask(self, message):
        before = [index for index, told in enumerate(self.history) if told == self.prompt(message)]
        if before:
            later = (index for index in range(before[-1] + 1, len(self.history)) if self.is_prompt(index))
            del self.history[before[-1] : next(later, len(self.history))]
        return super().ask(message)

    def is_prompt(self, index):
        return self.history[index]["role"] == "user"


@subtle(
    "An object that has the argument's name as its only member is taken for a wrapping, and unwrapped.",
    "AST-CONVERSATION-ARGUMENT",
)
class WrappedArgumentsUnwrapped(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value[skill.argument.name] if isinstance(value, dict) and [*value] == [skill.argument.name] else value


@subtle(
    "A call with null for its argument gets the first of the other arguments in its place.",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
    "AST-CONVERSATION-ARGUMENT",
)
class NullsFilledFromExtras(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        if value is None and skill.argument.name in arguments:
            return next((other for other in arguments.values() if other is not None), None)
        return value


@subtle(
    "A call that lacks the argument gets the one of the skill's last call in the same prompt.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class ArgumentsStickToSkills(App):
    def ask(self, message):
        self.last = {}
        return super().ask(message)

    def argument_of(self, skill, arguments):
        if skill.argument.name in arguments:
            self.last[skill.name] = arguments[skill.argument.name]
        return self.last.get(skill.name)


@subtle(
    "A call whose arguments are not JSON is run with those of the call before it in the same reply.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-ONCE",
)
class LeftoverArgumentsReused(App):
    def answers(self, calls):
        self.leftover = None
        return super().answers(calls)

    def read_arguments(self, text):
        try:
            self.leftover = super().read_arguments(text)
        except ValueError:
            if self.leftover is None:
                raise
        return self.leftover


def as_table(result):
    rows = result if isinstance(result, list) and len(result) > 1 else [None]
    if not all(isinstance(row, dict) and row.keys() == rows[0].keys() for row in rows):
        return result
    return {"columns": [*rows[0]], "rows": [[*row.values()] for row in rows]}


@altering("invoke", "AST-CONVERSATION-RESULT-VALUE", "AST-CONVERSATION-RESULT")(
    "A result of several objects with the same members is sent as a table, with columns and rows.",
)
def records_laid_out_as_table(result):
    return as_table(result)


@subtle(
    "A call without a result stays unanswered if another call of the reply has one.",
    "AST-CONVERSATION-RESULT-NONE",
    "AST-CONVERSATION-PARALLEL",
    "AST-SERVICE-MESSAGES",
)
class NothingToTellBesideResults(App):
    def answers(self, calls):
        messages = super().answers(calls)
        told = [message for message in messages if message["content"] != "The function succeeded."]
        return told or messages


@subtle(
    "The fifth failure of a function in one prompt ends the prompt in an error.",
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-PARALLEL",
)
class PatienceEndsAtFive(App):
    def ask(self, message):
        self.failures = 0
        return super().ask(message)

    def answers(self, calls):
        answers = super().answers(calls)
        if self.failures >= 5:
            raise RuntimeError("too many functions fail")
        return answers

    def word_failure(self, name, error):
        self.failures += 1
        return super().word_failure(name, error)


@subtle(
    "A call of what is not a skill runs the skill with a name that differs by very few letters.",
    "AST-CONVERSATION-UNKNOWN",
)
class MisspeltNamesForgiven(App):
    def find(self, name):
        names = {skill.name.lower(): skill for skill in self.skills}
        close = get_close_matches(name.lower(), names, n=1, cutoff=0.9)
        return names[close[0]] if close and name.lower() not in names else super().find(name)
