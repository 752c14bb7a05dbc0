"""Incidents in which calls of several rounds, or several calls of one reply, got in each other's way."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


class Noticing(App):
    """Knows whether the last call failed."""

    failed = False

    def word_result(self, result):
        self.failed = False
        return super().word_result(result)

    def word_failure(self, name, error):
        self.failed = True
        return super().word_failure(name, error)


class Counting(App):
    """Knows the round of the prompt."""

    round = 0

    def ask(self, message):
        self.round = 0
        return super().ask(message)

    def answers(self, calls):
        self.round += 1
        return super().answers(calls)


@subtle(
    "When the last call of a round failed, the calls of the next round are answered under that round's ids.",
    "AST-CONVERSATION-PARALLEL",
    "AST-SERVICE-MESSAGES",
)
class IncidentIdsKeptAfterFailure(Noticing):
    ids = ()

    def answers(self, calls):
        fresh = [call["id"] for call in calls]
        self.ids = [*self.ids, *fresh] if self.failed else fresh
        named = zip(self.ids, calls, strict=False)
        return [self.tool_message({"id": own}, self.answer(**call["function"])) for own, call in named]


@subtle(
    "When a call fails, later calls of its function in the same reply are not run and count as failed too.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-FAILURE",
)
class IncidentFailureSharedWithinReply(App):
    def answers(self, calls):
        self.broken = {}
        return super().answers(calls)

    def answer(self, name, arguments):
        return self.broken[name] if name in self.broken else super().answer(name, arguments)

    def word_failure(self, name, error):
        self.broken[name] = super().word_failure(name, error)
        return self.broken[name]


@subtle(
    "When a call has failed in an earlier prompt, the same call is not run again but told to have failed.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-FAILURE",
)
class IncidentFailuresCachedAcrossPrompts(Noticing):
    def __init__(self, context):
        super().__init__(context)
        self.known, self.fresh = {}, {}

    def ask(self, message):
        self.known |= self.fresh
        return super().ask(message)

    def answer(self, name, arguments):
        call = (name, arguments)
        if call in self.known:
            return self.known[call]
        content = super().answer(name, arguments)
        if self.failed:
            self.fresh[call] = content
        return content


@subtle(
    "When a reply calls an unknown function before a known one, each is answered under the other's id.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-UNKNOWN",
)
class IncidentUnknownCallsSortedLast(App):
    def answers(self, calls):
        names = [skill.name.lower() for skill in self.skills]
        known = [call for call in calls if call["function"]["name"].lower() in names]
        ran = [self.answer(**call["function"]) for call in [*known, *[call for call in calls if call not in known]]]
        return [self.tool_message(call, content) for call, content in zip(calls, ran, strict=True)]


@subtle(
    "When a call of a later round has malformed arguments, the calls after it in the reply are not run.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-PARALLEL",
)
class IncidentLateMalformedCallStopsRest(Counting):
    unreadable = False

    def answers(self, calls):
        self.unreadable = False
        return super().answers(calls)

    def read_arguments(self, text):
        if self.unreadable and self.round > 1:
            raise RuntimeError("skipped, since a call before it was not readable")
        self.unreadable = True
        arguments = super().read_arguments(text)
        self.unreadable = False
        return arguments


@subtle(
    "When a call failed and the model says something beside new calls, that is the answer, and they are not run.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-ANSWER",
)
class IncidentApologyEndsPrompt(Noticing):
    def send(self, messages):
        reply = super().send(messages)
        if self.failed and reply["content"] and messages[-1]["role"] == "tool":
            return {"content": reply["content"]}
        return reply


@subtle(
    "When prompts that call functions follow each other, they have twelve rounds together, and then end in an error.",
    "AST-CONVERSATION-ROUNDS",
)
class IncidentRoundsBudgetOfSession(App):
    left = 12

    def replay(self, reply, answers):
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("too many rounds")
        return super().replay(reply, answers)

    def finish(self, turn, reply):
        if len(turn) == 1:
            self.left = 12
        return super().finish(turn, reply)


@subtle(
    "When a tool's name is an earlier skill's own function name, a call of the tool runs that skill's function.",
    "AST-CONVERSATION-CALL",
)
class IncidentCalledByEitherName(App):
    def find(self, name):
        called = [skill for skill in self.skills if name.lower() in {skill.name.lower(), skill.function.lower()}]
        return called[0] if called else super().find(name)


@subtle(
    "When a called tool's name has a dash, an earlier skill that is named like the part after it runs instead.",
    "AST-CONVERSATION-CALL",
)
class IncidentPluginPrefixStripped(App):
    def find(self, name):
        plain = name.lower().rsplit("-", maxsplit=1)[-1]
        called = [skill for skill in self.skills if skill.name.lower() in {name.lower(), plain}]
        return called[0] if called and called[0].name.lower() in [name.lower(), *self.names()] else super().find(name)

    def names(self):
        return [skill.name.lower() for skill in self.skills]


@subtle(
    "When a function returns objects in several calls, a later result has the members of the earlier ones as well.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class IncidentObjectResultsMerged(App):
    def __init__(self, context):
        super().__init__(context)
        self.state = {}

    def invoke(self, skill, argument):
        result = super().invoke(skill, argument)
        if isinstance(result, dict) and result:
            result = self.state[skill.name] = {**self.state.get(skill.name, {}), **result}
        return result


@subtle(
    "When two prompts in a row were answered without calls, the next is sent without tools.",
    "AST-TOOL-EVERY-ROUND",
)
class IncidentToolsDroppedInSmallTalk(App):
    idle = 0

    def finish(self, turn, reply):
        self.idle = self.idle + 1 if len(turn) == 1 else 0
        return super().finish(turn, reply)

    def tools(self):
        return super().tools() if self.idle < 2 else []


@subtle(
    "When a call's id is longer than 40 characters, the result is sent under its first 40.",
    "AST-CONVERSATION-PARALLEL",
    "AST-SERVICE-MESSAGES",
)
class IncidentIdsInColumnOfForty(App):
    def tool_message(self, call, content):
        return super().tool_message({**call, "id": call["id"][:40]}, content)


@subtle(
    "When the rounds of one prompt make more than ten calls together, the eleventh and later ones are not run.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-ROUNDS",
)
class IncidentTenCallsPerPrompt(App):
    count = 0

    def ask(self, message):
        self.count = 0
        return super().ask(message)

    def invoke(self, skill, argument):
        self.count += 1
        if self.count > 10:
            raise RuntimeError("quota of calls exceeded")
        return super().invoke(skill, argument)


@subtle(
    "When a function fails with a timeout or a lost connection, it is run a second time for the same call.",
    "AST-CONVERSATION-ONCE",
)
class IncidentConnectionErrorsRunTwice(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except (TimeoutError, ConnectionError):
            return super().invoke(skill, argument)


@subtle(
    "When a call that succeeded before is made again and fails, the model is told that it succeeded.",
    "AST-CONVERSATION-FAILURE",
)
class IncidentRepeatedCallCannotFail(Noticing):
    def __init__(self, context):
        super().__init__(context)
        self.done = set()

    def answer(self, name, arguments):
        content = super().answer(name, arguments)
        if self.failed and (name, arguments) in self.done:
            return self.word_result(None)
        if not self.failed:
            self.done.add((name, arguments))
        return content
