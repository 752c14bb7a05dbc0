"""Turns and rounds of different sizes, failures in a row, and errors of other kinds."""

from __future__ import annotations

from collections import Counter

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "Once a turn without calls ends, the calls and results of the turns before it are left out of later requests.",
    "AST-CONVERSATION-HISTORY",
)
class CallsForgottenByPlainTurns(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if len(turn) == 1 and len(self.history) > 2:
            self.history = [m for m in self.history if m["role"] != "tool" and "tool_calls" not in m]
        return text


@subtle(
    "A first turn of small talk, without calls, is forgotten once a later turn has called a function.",
    "AST-CONVERSATION-HISTORY",
)
class SmallTalkForgotten(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        answered = len(turn) > 1 and len(self.history) > 1 and self.history[1]["role"] == "assistant"
        if answered and "tool_calls" not in self.history[1]:
            del self.history[:2]
        return text


@subtle(
    "If a reply has fewer calls than the reply before it, the results that are left of that one are sent again.",
    "AST-CONVERSATION-PARALLEL",
    "AST-SERVICE-MESSAGES",
)
class LeftoverResultsSentAgain(App):
    def ask(self, message):
        self.slots = []
        return super().ask(message)

    def answers(self, calls):
        fresh = super().answers(calls)
        self.slots[: len(fresh)] = fresh
        return list(self.slots)


@subtle(
    "In a round with more calls than the round before, the calls in excess are answered with the failure of a limit.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-RESULT",
)
class GrowingRoundsLimited(App):
    room = None

    def ask(self, message):
        self.room = None
        return super().ask(message)

    def answers(self, calls):
        room, self.room = self.room or len(calls), len(calls)
        answers = super().answers(calls[:room])
        return answers + [self.tool_message(call, "Too many calls.") for call in calls[room:]]


@subtle(
    "A call of the function that the call right before it in the reply calls too is taken for its correction: "
    "of three in a row, the one between is not run.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-PARALLEL",
)
class MiddleOfThreeSkipped(App):
    def answers(self, calls):
        names = [call["function"]["name"] for call in calls]
        answers = super().answers(
            [
                c
                for i, c in enumerate(calls)
                if not (0 < i < len(calls) - 1 and names[i - 1] == names[i] == names[i + 1])
            ]
        )
        told = {answer["tool_call_id"] for answer in answers}
        return answers + [self.tool_message(c, "Superseded.") for c in calls if c["id"] not in told]


@subtle(
    "If each of several calls of a reply fails, the prompt ends in an error.",
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class AllFailedRaises(App):
    def answers(self, calls):
        answers = super().answers(calls)
        failed = [a for a in answers if a["content"].startswith("The function ") and " failed: " in a["content"]]
        if len(calls) > 1 and len(failed) == len(calls):
            raise RuntimeError("every call failed")
        return answers


@subtle("The third round in a row in which every call fails ends the prompt in an error.", "AST-CONVERSATION-FAILURE")
class ThirdFailedRoundRaises(App):
    def ask(self, message):
        self.failed_rounds = 0
        return super().ask(message)

    def answers(self, calls):
        answers = super().answers(calls)
        all_failed = all(" failed: " in a["content"] for a in answers)
        self.failed_rounds = self.failed_rounds + 1 if all_failed else 0
        if self.failed_rounds == 3:
            raise RuntimeError("too many failures")
        return answers


@subtle(
    "The same single call in three rounds in a row, as of a model that waits, ends the prompt in an error.",
    "AST-CONVERSATION-ROUNDS",
)
class LoopDetected(App):
    def ask(self, message):
        self.made = []
        return super().ask(message)

    def answers(self, calls):
        self.made.append([(c["function"]["name"], c["function"]["arguments"]) for c in calls])
        if len(calls) == 1 and len(self.made) >= 3 and self.made[-1] == self.made[-2] == self.made[-3]:
            raise RuntimeError("the model is going round in circles")
        return super().answers(calls)


@subtle(
    "When a function fails that has succeeded before, the model is told what it returned then.",
    "AST-CONVERSATION-FAILURE",
)
class StaleResultToldForFailure(App):
    def answer(self, name, arguments):
        stale = self.__dict__.setdefault("stale", {})
        try:
            skill = self.find(name)
            result = self.invoke(skill, self.argument_of(skill, self.read_arguments(arguments)))
        except Exception as error:  # noqa: BLE001
            return stale.get(name) or self.word_failure(name, error)
        stale[name] = self.word_result(result)
        return stale[name]


@subtle(
    "Only errors of the kinds RuntimeError, ValueError and TypeError are told; any other, as KeyError or OSError, "
    "ends the prompt.",
    "AST-CONVERSATION-FAILURE",
)
class OtherErrorsEscape(App):
    def invoke(self, skill, argument):
        try:
            return skill.handler(argument)
        except (RuntimeError, ValueError, TypeError):
            raise
        except Exception as error:
            raise SystemError("unexpected") from error

    def answer(self, name, arguments):
        try:
            skill = self.find(name)
            result = self.invoke(skill, self.argument_of(skill, self.read_arguments(arguments)))
        except SystemError as error:
            raise error.__cause__  # noqa: B904  # what it was
        except Exception as error:  # noqa: BLE001
            return self.word_failure(name, error)
        return self.word_result(result)


@subtle("A function that raises a TimeoutError or another OSError is run once more.", "AST-CONVERSATION-ONCE")
class TimeoutsRunAgain(App):
    def invoke(self, skill, argument):
        try:
            return skill.handler(argument)
        except OSError:
            return skill.handler(argument)


@subtle(
    "A KeyError of a function is taken for its missing argument: the model is told that nothing failed.",
    "AST-CONVERSATION-FAILURE",
)
class KeyErrorTakenForMissing(App):
    def invoke(self, skill, argument):
        try:
            return skill.handler(argument)
        except KeyError:
            return None


@subtle(
    "A response that says again what the model said beside its last calls is not kept in the history.",
    "AST-CONVERSATION-HISTORY",
)
class RepeatedTextBesideCallsKeptOnce(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        said = [m["content"] for m in turn if m["role"] == "assistant"]
        if text and said and said[-1] == text:
            self.history.pop()
        return text


@subtle("A response of white space only is asked for once more.", "AST-CONVERSATION-ANSWER")
class BlankResponseAskedAgain(App):
    def receive(self, response):
        reply = super().receive(response)
        content = reply.get("content")
        reply["blank"] = bool(content) and not content.strip() and not reply.get("tool_calls")
        return reply

    def send(self, messages):
        reply = super().send(messages)
        return super().send(messages) if reply.pop("blank", False) else reply


@subtle("A response of white space only is returned as an empty text.", "AST-CONVERSATION-ANSWER")
class BlankResponseEmptied(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return text if text.strip() else ""


@subtle(
    "In a turn of several rounds, a function that was called in an earlier round and not in the last one "
    "is not offered any more.",
    "AST-TOOL-EVERY-ROUND",
)
class DoneSkillsNotOffered(App):
    def body(self, messages):
        body = super().body(messages)
        start = max(i for i, m in enumerate(messages) if m["role"] == "user")
        rounds = [[c["function"]["name"] for c in m["tool_calls"]] for m in messages[start:] if "tool_calls" in m]
        used = Counter(name for one in rounds[:-1] for name in one)
        if len(rounds) >= 2 and "tools" in body:
            kept = [t for t in body["tools"] if used[t["function"]["name"]] < 3 or t["function"]["name"] in rounds[-1]]
            body["tools"] = kept or body["tools"]
        return body


@subtle("A call of final_answer, which is not a skill, ends the prompt with its argument.", "AST-CONVERSATION-UNKNOWN")
class FinalAnswerIsNoSkill(App):
    def receive(self, response):
        reply = super().receive(response)
        for call in reply.get("tool_calls") or ():
            name = call["function"]["name"]
            ends = name in {"final_answer", "respond", "finish", "answer_user"}
            if ends and all(skill.name != name for skill in self.skills):
                return {"content": call["function"]["arguments"]}
        return reply


@subtle(
    "The id of a call is cut after 36 characters, as by a column for UUIDs, in the call and in its answer.",
    "AST-CONVERSATION-REPLAY",
)
class LongIdsCut(App):
    def receive(self, response):
        reply = super().receive(response)
        for call in reply.get("tool_calls") or ():
            call["id"] = call["id"][:36]
        return reply


@subtle(
    "Colons, dots and bars in the id of a call become underscores, in the call and in its answer.",
    "AST-CONVERSATION-REPLAY",
    "AST-CONVERSATION-PARALLEL",
)
class IdsOfLettersOnly(App):
    def receive(self, response):
        reply = super().receive(response)
        for call in reply.get("tool_calls") or ():
            call["id"] = "".join(c if c.isalnum() or c in "_-" else "_" for c in call["id"])
        return reply


@subtle(
    "In an app of one skill, from the second prompt on the first of several calls of a reply is run, and answers all.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-PARALLEL",
)
class LoneSkillRunOnce(App):
    def answers(self, calls):
        if len(self.skills) > 1 or not self.history:
            return super().answers(calls)
        first = super().answers(calls[:1])
        return first + [self.tool_message(call, first[0]["content"]) for call in calls[1:]]


@subtle(
    "When a function raises that has returned something before, the model is told what it returned then.",
    "AST-CONVERSATION-FAILURE",
)
class StaleResultToldForError(App):
    def invoke(self, skill, argument):
        stale = self.__dict__.setdefault("stale", {})
        try:
            stale[skill.name] = skill.handler(argument)
        except Exception:
            if stale.get(skill.name) is None:
                raise
        return stale[skill.name]


@subtle(
    "After a function has failed at a later call than its first, it is not run again, but answered as failed.",
    "AST-CONVERSATION-CALL",
)
class BrokenAfterSuccess(App):
    def invoke(self, skill, argument):
        state = self.__dict__.setdefault("state", {})
        if state.get(skill.name) == "broken":
            raise RuntimeError("it failed before")
        try:
            result = skill.handler(argument)
        except Exception:
            if skill.name in state:
                state[skill.name] = "broken"
            raise
        state[skill.name] = "works"
        return result
