"""Calls, arguments and results that go wrong in company, in another order, or the second time."""

from __future__ import annotations

import json
import re
from time import perf_counter

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a reply calls a skill twice with the same arguments, its function runs once for both calls.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-CALL",
)
class TwinCallsRunOnce(App):
    def answers(self, calls):
        done = {}
        for call in calls:
            key = tuple(call["function"].values())
            done[key] = done.get(key) or self.answer(**call["function"])
        return [self.tool_message(call, done[tuple(call["function"].values())]) for call in calls]


@subtle(
    "When a function changes the list or object that it is given, the call is replayed with the changed one.",
    "AST-CONVERSATION-REPLAY",
)
class ReplaysWhatFunctionsLeave(App):
    def __init__(self, context):
        super().__init__(context)
        self.parsed = {}

    def read_arguments(self, text):
        self.parsed[text] = super().read_arguments(text)
        return self.parsed[text]

    def replay(self, reply, answers):
        for call in reply["tool_calls"]:
            text = call["function"]["arguments"]
            call["function"]["arguments"] = json.dumps(self.parsed[text]) if text in self.parsed else text
        return super().replay(reply, answers)


@subtle(
    "When a function returns its own list or object and changes it later, earlier results change in the history.",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPEATABLE",
)
class ResultsWrittenOnSending(App):
    def word_result(self, result):
        return result if isinstance(result, (list, dict)) else super().word_result(result)

    def body(self, messages):
        return super().body([self.written(message) for message in messages])

    def written(self, message):
        content = message["content"]
        return {**message, "content": json.dumps(content)} if isinstance(content, (list, dict)) else message


@subtle(
    "When a text has the form of a date and time, the function gets it in the American form.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=("csharp-inprocess", "csharp-isolated"),
)
class DatesReformatted(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        date = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z?", value) if isinstance(value, str) else None
        return f"{date[2]}/{date[3]}/{date[1]} {date[4]}" if date else value


@subtle(
    "When a text has a backslash before an n, as a Windows path may, the function gets a line break.",
    "AST-CONVERSATION-ARGUMENT",
)
class BackslashesUnescapedTwice(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return value.replace("\\n", "\n") if isinstance(value, str) else value


@subtle(
    "When a call lacks the argument but has one other value, the function gets that.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
class LonelyValueTaken(App):
    def argument_of(self, skill, arguments):
        if skill.argument.name not in arguments and len(arguments) == 1:
            return next(iter(arguments.values()))
        return super().argument_of(skill, arguments)


@subtle(
    "When a call lacks the argument that an earlier call of the skill had, the function gets the earlier one.",
    "AST-CONVERSATION-ARGUMENT-MISSING",
)
class EarlierArgumentKept(App):
    def __init__(self, context):
        super().__init__(context)
        self.kept = {}

    def argument_of(self, skill, arguments):
        self.kept.setdefault(skill.name, {}).update(arguments)
        return super().argument_of(skill, self.kept[skill.name])


@subtle(
    "When a call's arguments are cut off before the end, they are completed and the function runs.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class CutArgumentsCompleted(App):
    def read_arguments(self, text):
        for end in ("", "}", '"}', "]}", '"]}', "}}"):
            try:
                return super().read_arguments(text + end)
            except ValueError as error:
                last = error
        raise last


@subtle(
    "When one call of several returns nothing, the results after it are sent for the call before theirs.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RESULT-NONE",
)
class NothingMovesResultsUp(App):
    def answers(self, calls):
        nothing = self.word_result(None)
        said = [text for text in (self.answer(**call["function"]) for call in calls) if text != nothing]
        said += [nothing] * (len(calls) - len(said))
        return [self.tool_message(call, text) for call, text in zip(calls, said, strict=False)]


@subtle(
    "When a result is nested deeper than ConvertTo-Json's two levels, what is below is the name of a class.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class TwoLevelsDeep(App):
    def word_result(self, result):
        return super().word_result(self.cut(result, 0))

    def cut(self, value, depth):
        if isinstance(value, (dict, list)) and depth > 2:
            return "System.Collections.Hashtable" if isinstance(value, dict) else "System.Object[]"
        if isinstance(value, dict):
            return {key: self.cut(member, depth + 1) for key, member in value.items()}
        return [self.cut(item, depth + 1) for item in value] if isinstance(value, list) else value


@subtle(
    "When a function raises an error without a message, the model is told what it is told of no result.",
    "AST-CONVERSATION-FAILURE",
)
class WordlessErrorIsSuccess(App):
    def word_failure(self, _name, error):
        return self.word_result(f"The function failed: {error}" if str(error) else None)


@subtle(
    "When a function raises a connection error or a time-out, it is taken for the service's, and the prompt ends.",
    "AST-CONVERSATION-FAILURE",
)
class StoreDownEndsPrompt(App):
    def word_failure(self, name, error):
        if isinstance(error, (ConnectionError, TimeoutError)):
            raise error
        return super().word_failure(name, error)


@subtle(
    "When a skill has failed, it is not run again in the conversation.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class FailedSkillDisabled(App):
    def __init__(self, context):
        super().__init__(context)
        self.failed = set()

    def word_failure(self, name, error):
        self.failed.add(name)
        return super().word_failure(name, error)

    def find(self, name):
        if name in self.failed:
            raise LookupError(f"{name} is out of order")
        return super().find(name)


@subtle(
    "When the model calls a skill by its function's own name although another is declared, it runs.",
    "AST-CONVERSATION-UNKNOWN",
)
class FoundByOwnName(App):
    def find(self, name):
        return super().find(next((skill.name for skill in self.skills if skill.function == name), name))


@subtle(
    "When a function fails, the model is told how long it took, so that no two conversations are the same.",
    "AST-CONVERSATION-REPEATABLE",
)
class FailuresAreTimed(App):
    def answer(self, name, arguments):
        self.start = perf_counter()
        return super().answer(name, arguments)

    def word_failure(self, name, error):
        return f"{super().word_failure(name, error)} after {perf_counter() - self.start:.9f} s"
