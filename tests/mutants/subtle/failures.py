"""Functions that raise and functions that do not exist, under circumstances that an example does not have."""

from __future__ import annotations

from mutants.base import App, comes_from_function
from mutants.subtle.subtle import subtle

FAILURE, UNKNOWN = "AST-CONVERSATION-FAILURE", "AST-CONVERSATION-UNKNOWN"
EVERY, OFFERED = "AST-TOOL-EVERY-ROUND", "AST-TOOL-OFFERED"


class EscapingApp(App):
    """An app from which an error escapes under some circumstances."""

    def word_failure(self, name, error):
        if self.escapes(error):
            raise error
        return super().word_failure(name, error)

    def unknown(self, error):
        return isinstance(error, LookupError) and not comes_from_function(error)


@subtle("From the second prompt on, an error of a function ends the conversation.", FAILURE)
class RaisesErrorsLater(EscapingApp):
    def escapes(self, error):
        return comes_from_function(error) and bool(self.history)


@subtle("From the second prompt on, a call of a function that is not a skill ends the conversation.", UNKNOWN)
class RaisesForUnknownFunctionsLater(EscapingApp):
    def escapes(self, error):
        return self.unknown(error) and bool(self.history)


@subtle("The third call that fails in a conversation ends it.", FAILURE, UNKNOWN, "AST-CONVERSATION-ARGUMENT-MALFORMED")
class RaisesTheThirdFailure(EscapingApp):
    failures = 0

    def escapes(self, error):  # noqa: ARG002
        self.failures += 1
        return self.failures > 2


@subtle("An error whose text speaks of a timeout ends the conversation.", FAILURE)
class RaisesTimeouts(EscapingApp):
    def escapes(self, error):
        return "timeout" in str(error).lower()


@subtle("An error whose text has a percent sign in it cannot be told, and ends the conversation.", FAILURE)
class FormatsErrors(EscapingApp):
    def escapes(self, error):
        return "%" in str(error)


@subtle("An error that was told before in the conversation is told as a call without a result.", FAILURE)
class TellsAnErrorOnce(App):
    def word_failure(self, name, error):
        self.told = [*getattr(self, "told", []), (name, str(error))]
        again = comes_from_function(error) and self.told.count(self.told[-1]) > 1
        return self.word_result(None) if again else super().word_failure(name, error)


@subtle("After a function has raised twice it is not run again.", FAILURE, "AST-CONVERSATION-CALL")
class DisablesWhatFailedTwice(App):
    def invoke(self, skill, argument):
        self.failures = getattr(self, "failures", [])
        if self.failures.count(skill.name) > 1:
            raise RuntimeError("it is out of order")
        try:
            return super().invoke(skill, argument)
        except Exception:
            self.failures.append(skill.name)
            raise


@subtle("A function that raised is not offered in the next request.", EVERY, OFFERED)
class WithdrawsWhatFailed(App):
    failed = ""

    def invoke(self, skill, argument):
        self.failed = skill.name
        result = super().invoke(skill, argument)
        self.failed = ""
        return result

    def tools(self):
        failed, self.failed = self.failed, ""
        return [tool for tool in super().tools() if tool["function"]["name"] != failed]


@subtle("After a call of a function that is not a skill, the skills are not offered once.", EVERY, OFFERED)
class WithdrawsAllAfterAnUnknownCall(App):
    missed = False

    def find(self, name):
        self.missed = name.lower() not in [skill.name.lower() for skill in self.skills]
        return super().find(name)

    def tools(self):
        missed, self.missed = self.missed, False
        return [] if missed else super().tools()


@subtle("A function that is not a skill is taken for the skill that was called last.", UNKNOWN)
class RunsTheLastSkillAgain(App):
    last = None

    def find(self, name):
        known = [skill for skill in self.skills if skill.name.lower() == name.lower()]
        self.last = known[0] if known else self.last
        return self.last or super().find(name)


@subtle("What stands before a dot in the name of a called function is dropped, as in functions.AddTodo.", UNKNOWN)
class DropsNamespaces(App):
    def find(self, name):
        return super().find(name.rpartition(".")[2])


@subtle("Dashes and underscores are not told apart in the name of a called function.", UNKNOWN, "AST-CONVERSATION-CALL")
class MixesUpDashes(App):
    def find(self, name):
        plain = name.lower().replace("-", "_")
        near = [skill for skill in self.skills if skill.name.lower().replace("-", "_") == plain]
        return near[0] if near else super().find(name)


@subtle("Blanks around the name of a called function are dropped.", UNKNOWN)
class TrimsCalledNames(App):
    def find(self, name):
        return super().find(name.strip())


@subtle("A skill is called by the function's own name too, though another name was given.", UNKNOWN)
class FindsFunctionsByTheirOwnName(App):
    def find(self, name):
        own = [skill for skill in self.skills if skill.function == name and skill.name.lower() != name.lower()]
        taken = any(skill.name.lower() == name.lower() for skill in self.skills)
        return own[0] if own and not taken else super().find(name)


@subtle("A small slip in the name of a called function is forgiven, such as a missing letter at the end.", UNKNOWN)
class ForgivesSlips(App):
    def find(self, name):
        near = [skill for skill in self.skills if skill.name.startswith(name) and len(skill.name) - len(name) == 1]
        taken = any(skill.name.lower() == name.lower() for skill in self.skills)
        return near[0] if near and not taken else super().find(name)


@subtle("A call of a function that is not a skill is told as done, if it stands beside a skill's.", UNKNOWN)
class OverlooksUnknownCallsBesideOthers(App):
    def answers(self, calls):
        answers = super().answers(calls)
        known = {skill.name.lower() for skill in self.skills}
        good = [call["function"]["name"].lower() in known for call in calls]
        return [
            answer if one or not any(good) else {**answer, "content": self.word_result(None)}
            for answer, one in zip(answers, good, strict=True)
        ]
