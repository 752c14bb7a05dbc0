"""Laws about what the model is told of its calls: each call's own result, that there is none, or that it failed."""

from collections.abc import Iterator
from typing import Any, Final

from conformance._data.open_world.matching import Mismatch, matches
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.law import LawCheck, LawGroup, differs, spelled
from conformance._exploration.reading.conversation_trace import Trace
from conformance._exploration.reading.predicted_calls import PredictedCall, PredictedSkill
from conformance._text import json_values

TELLING: Final = LawGroup(needs="ask")

_LONG: Final = 24
"""Letters of a result that no app tells by chance in the place of none."""


@TELLING.law("AST-CONVERSATION-PARALLEL")
def each_call_answered(trace: Trace) -> Iterator[Mismatch]:
    """Check that each call of a reply is answered once, under its own id."""
    for request, one in trace.after_calls:
        ids = [told.call.id for told in one.calls]
        answered = [message.answers for message in request.news if message.role == "tool"]
        if sorted(map(str, answered)) != sorted(ids):
            yield differs("calls that are answered", answered, ids, request.where)


@TELLING.law("AST-CONVERSATION-RESULT-VALUE", "AST-CONVERSATION-RESULT")
def results_told(trace: Trace) -> Iterator[Mismatch]:
    """Check that the model is sent what the function returned, whole."""
    for request, told, content in trace.told:
        if not told.runs or told.fails or told.result is None or not _has_run(trace, told):
            continue
        if not is_exact(told.result, trace.scenario.surface):
            continue
        if not matches({"$result": told.result}, content):
            yield differs(f"results.{told.call.id}", content, told.result, request.where)


def _has_run(trace: Trace, told: PredictedCall) -> bool:
    """Say whether a call ran its function to return what is expected: if it did not, that is for another law."""
    if told.skill is not None and told.skill.declaration.echoes:
        given = (call.argument for call in trace.seen.invocations if call.skill == told.function)
        return any(json_values.equal(argument, told.argument) for argument in given)
    return told.kind != "extra" or _have_run(trace, told.skill)


def _have_run(trace: Trace, skill: PredictedSkill | None) -> bool:
    """Say whether a skill's function ran as often as the model called it."""
    ran = sum(skill is not None and call.skill == skill.function for call in trace.seen.invocations)
    return ran >= sum(one.runs and one.skill is skill for _, one, _ in trace.told)


@TELLING.law("AST-CONVERSATION-RESULT-NONE")
def nothing_is_not_anothers(trace: Trace) -> Iterator[Mismatch]:
    """Check that a call without a result is not told the result of another call of the same reply."""
    told = trace.told
    for request, one, content in told:
        others = [other for where, other, same in told if where is request and same == content and other is not one]
        if _is_nothing(one) and any(
            _is_telling(other) and matches({"$result": other.result}, content) for other in others
        ):
            yield differs(f"results.{one.call.id}", content, "no result of another call", request.where)


@TELLING.law("AST-CONVERSATION-PARALLEL")
def results_of_others_left_out(trace: Trace) -> Iterator[Mismatch]:
    """Check that a call is told nothing that only another call has come to."""
    told = trace.told
    texts = {one.call.id: one.result for _, one, _ in told if _is_telling(one) and isinstance(one.result, str)}
    for request, one, content in told:
        if one.skill is None and one.kind == "unclear":
            continue  # which function it ran, if any, is not known
        if one.runs and not one.fails and matches({"$result": one.result}, content):
            continue  # what it came to itself may read as the text of another one
        own = spelled([one.result, one.argument]) + one.call.arguments
        for other, result in texts.items():
            is_there = isinstance(content, str) and result in content
            if other != one.call.id and is_there and spelled(result) not in own:
                yield differs(f"results.{one.call.id}", content, f"nothing of what {other} came to", request.where)


def _is_telling(told: PredictedCall) -> bool:
    """Say whether a call has a result that no app would make up."""
    return told.runs and not told.fails and len(json_values.show(told.result)) > _LONG


_NOTHING: Final = frozenset({"", "null", "none", "{}", "[]", "ok", "done", "true", "success", "succeeded", "completed"})
"""What can be mistaken for the answer to a call that succeeded without a result, whatever an app says of one."""


def _tells_failure(kind: str) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        silent = [(told, content) for _, told, content in trace.told if _is_nothing(told)]
        nothing = {content for told, content in silent if _have_run(trace, told.skill)}
        for request, told, content in trace.told:
            told_kind = "failing" if told.runs else told.kind
            if told.fails and told_kind == kind and (content in nothing or _is_mistakable(content, told)):
                wanted = "another text than that for no result"
                yield Mismatch(f"results.{told.call.id}", json_values.show(content), wanted, request.where)

    return check


def _is_mistakable(content: Any, told: PredictedCall) -> bool:
    """Say whether a text can be mistaken for that of no result; an error's own text may be anything."""
    text = str(content).strip(" \n\"'").casefold()
    said = text.strip(".!") or text  # signs alone are something
    raised = told.skill.declaration.raises if told.runs and told.skill is not None else None
    return said in _NOTHING and not (raised is not None and said and said in raised.casefold())


def _is_nothing(told: PredictedCall) -> bool:
    """Say whether a call runs a function that returns nothing."""
    return told.runs and not told.fails and told.result is None


TELLING.law("AST-CONVERSATION-FAILURE")(_tells_failure("failing"))


@TELLING.law("AST-CONVERSATION-FAILURE")
def single_failures_told(trace: Trace) -> Iterator[Mismatch]:
    """Check that where a function fails the first time or later, not all of its calls are told what it returns."""
    for skill in trace.skills:
        own = [(request, one, content) for request, one, content in trace.told if one.skill is skill and one.runs]
        returned = skill.declaration.returns
        ran = sum(call.skill == skill.function for call in trace.seen.invocations)
        least = {"every": None, "first": 1, "later": 2}[skill.declaration.raises_on]
        if least is None or len(own) < least or returned is None or ran != len(own):
            continue
        if all(matches({"$result": returned}, content) for _, _, content in own):
            request, one, content = own[0]
            yield differs(f"results.{one.call.id}", content, "a failure, of one call at least", request.where)


TELLING.law("AST-CONVERSATION-UNKNOWN")(_tells_failure("unknown"))
TELLING.law("AST-CONVERSATION-ARGUMENT-MALFORMED")(_tells_failure("malformed"))
