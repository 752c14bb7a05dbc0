"""Laws about the functions that the model's calls run."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from conformance._data.open_world.matching import Mismatch
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.law import LawCheck, LawGroup, differs
from conformance._exploration.reading.conversation_trace import Round, Trace
from conformance._exploration.reading.predicted_calls import CallKind, PredictedCall
from conformance._judging.observation import Invocation
from conformance._text import json_values

INVOKING: Final = LawGroup(needs="ask")

_Beside: TypeAlias = tuple[Sequence[PredictedCall], Sequence[Invocation]]
"""Calls of the model beside invocations that they may have led to."""

_FREE: Final = frozenset({"null", "missing", "unclear"})
"""Calls that may run their function, or fail."""


def _rounds(trace: Trace) -> list[Round]:
    """Return the rounds whose calls must have been run: the one in which a conversation broke off may not have."""
    return [one for _, one in trace.after_calls]


def _is_followed(trace: Trace) -> bool:
    """Say whether every call of the model was met, so that every invocation can be told."""
    return trace.broken is None and not trace.given_up


def _calls(trace: Trace) -> list[PredictedCall]:
    return [told for one in _rounds(trace) for told in one.calls]


def _has_unclear(trace: Trace) -> bool:
    """Say whether a call may be that of any skill."""
    return any(told.kind == "unclear" and told.skill is None for told in _calls(trace))


def _counts(trace: Trace) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count by function what must run, what may run besides, and what ran."""
    told = _calls(trace)
    must = Counter(one.function for one in told if one.runs)
    may = Counter(one.function for one in told if one.kind in _FREE)
    return must, may, Counter(call.skill for call in trace.seen.invocations)


def _runs_all(*, with_extra: bool) -> LawCheck:
    """Find functions that ran too seldom: for calls that give no more than the argument, or else for all."""

    def check(trace: Trace) -> Iterator[Mismatch]:
        must, _, ran = _counts(trace)
        extra = Counter(one.function for one in _calls(trace) if one.kind == "extra")
        for function, count in must.items():
            is_short_of_plain = ran[function] < count - extra[function]
            if ran[function] < count and is_short_of_plain is not with_extra:
                yield Mismatch(f"invocations of {function}", str(ran[function]), str(count))

    return check


INVOKING.law("AST-CONVERSATION-CALL")(_runs_all(with_extra=False))
INVOKING.law("AST-CONVERSATION-ARGUMENT-EXTRA")(_runs_all(with_extra=True))


def _surplus(trace: Trace) -> dict[str, tuple[int, int]]:
    """Return by function how often it ran and how often it may have, where that was too often."""
    if not _is_followed(trace) or _has_unclear(trace):
        return {}
    must, may, ran = _counts(trace)
    return {name: (count, must[name] + may[name]) for name, count in ran.items() if count > must[name] + may[name]}


def _reason(trace: Trace, function: str) -> str:
    """Return the requirement that a function's surplus run breaks: that of the oddest thing in the scenario."""
    calls = _calls(trace)
    if any(told.kind == "malformed" and told.function == function for told in calls):
        return "AST-CONVERSATION-ARGUMENT-MALFORMED"
    if any(told.kind == "unknown" for told in calls):
        return "AST-CONVERSATION-UNKNOWN"
    return "AST-CONVERSATION-RETRY" if trace.scenario.episode.has_faults else "AST-CONVERSATION-ONCE"


def _runs_no_more(requirement: str) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        for function, (ran, wanted) in _surplus(trace).items():
            if _reason(trace, function) == requirement:
                yield Mismatch(f"invocations of {function}", str(ran), f"{wanted} at most")

    return check


for _name in (
    *("AST-CONVERSATION-ONCE", "AST-CONVERSATION-UNKNOWN", "AST-CONVERSATION-ARGUMENT-MALFORMED"),
    "AST-CONVERSATION-RETRY",
):
    INVOKING.law(_name)(_runs_no_more(_name))


def _by_round(trace: Trace) -> Iterator[_Beside]:
    """Yield each round beside its invocations; nothing where the numbers leave open which are whose."""
    if any(told.kind in _FREE for told in _calls(trace)):
        return
    must, _, ran = _counts(trace)
    if must != ran:
        return
    start = 0
    for one in _rounds(trace):
        told = [call for call in one.calls if call.runs]
        yield told, trace.seen.invocations[start : start + len(told)]
        start += len(told)


@INVOKING.law("AST-CONVERSATION-ROUNDS")
def rounds_in_order(trace: Trace) -> Iterator[Mismatch]:
    """Check that the functions that one reply calls run before those of the next."""
    for told, calls in _by_round(trace):
        wanted = sorted(one.function for one in told)
        got = sorted(call.skill for call in calls)
        if got != wanted:
            yield differs("functions that ran", got, wanted)
            return


def _by_function(trace: Trace) -> Iterator[_Beside]:
    """Yield the calls of each function that must run beside its invocations; nothing of one that ran too seldom."""
    must, _, ran = _counts(trace)
    for function, count in must.items():
        if ran[function] >= count:
            told = [one for one in _calls(trace) if one.runs and one.function == function]
            yield told, [call for call in trace.seen.invocations if call.skill == function]


def _hands_over(kind: CallKind) -> LawCheck:
    """Check that each function gets the value that a call of a kind gives it, unchanged."""

    def check(trace: Trace) -> Iterator[Mismatch]:
        for told, calls in list(_by_round(trace)) or _by_function(trace):
            changed, _ = _unpaired(told, calls)
            for one in changed:
                if one.kind == kind and is_exact(one.argument, trace.scenario.surface):
                    got = [call.argument for call in calls if call.skill == one.function]
                    yield differs(f"argument of {one.function}", got[0] if len(got) == 1 else got, one.argument)

    return check


INVOKING.law("AST-CONVERSATION-ARGUMENT")(_hands_over("good"))
INVOKING.law("AST-CONVERSATION-ARGUMENT-EXTRA")(_hands_over("extra"))


def _unpaired(told: Sequence[PredictedCall], calls: Sequence[Invocation]) -> _Beside:
    """Pair calls with runs of their functions with their arguments; return the calls and the runs that are left."""
    changed, left = [], list(calls)
    for one in told:
        same = next((call for call in left if _is_run_of(one, call)), None)
        if same is None:
            changed.append(one)
        left = [call for call in left if call is not same]  # to Python, true equals 1
    return changed, left


def _is_run_of(told: PredictedCall, call: Invocation) -> bool:
    return told.function == call.skill and json_values.equal(told.argument, call.argument)


@INVOKING.law("AST-CONVERSATION-ARGUMENT-MISSING")
def missing_argument_is_null(trace: Trace) -> Iterator[Mismatch]:
    """Check that a call without the argument hands over null, or nothing runs."""
    told = _calls(trace)
    if not _is_followed(trace) or _has_unclear(trace):
        return
    for function in {one.function for one in told if one.kind in {"missing", "null"}}:
        own = [one for one in told if one.function == function]
        clear = [one for one in own if one.runs]
        changed, left = _unpaired(clear, [call for call in trace.seen.invocations if call.skill == function])
        if len(own) - len(clear) < len(left) - len(changed) or any(one.kind == "unclear" for one in own):
            continue  # another law's matter
        given = [call for call in left if call.argument is not None]
        for call in given[: max(0, len(given) - len(changed))]:
            yield Mismatch(f"argument of {function}", json_values.show(call.argument), "null, or no invocation")
