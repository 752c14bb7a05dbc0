"""Laws about how a conversation goes on: after calls of every kind, after faults, and in a fresh app."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice, zip_longest
from typing import Any, Final

from conformance._data.editions import SERVICE_REQUIREMENTS
from conformance._data.open_world.matching import Mismatch
from conformance._exploration.laws.law import LawCheck, LawGroup, differs
from conformance._exploration.pool.statuses import is_lasting
from conformance._exploration.reading.conversation_trace import Break, Trace, Turn
from conformance._exploration.reading.normalized_messages import NormalizedMessage, normalize_messages, show_apart
from conformance._exploration.reading.predicted_calls import PredictedCall
from conformance._judging.observation import refusals, request_tree
from conformance._text import json_values

GOING_ON: Final = LawGroup(needs="ask")

_ODD: Final[tuple[tuple[str, Callable[[PredictedCall], bool]], ...]] = (
    ("AST-CONVERSATION-UNKNOWN", lambda told: told.kind == "unknown"),
    ("AST-CONVERSATION-ARGUMENT-MALFORMED", lambda told: told.kind == "malformed"),
    ("AST-CONVERSATION-ARGUMENT-MISSING", lambda told: told.kind == "missing"),
    ("AST-CONVERSATION-FAILURE", lambda told: told.fails),
    ("AST-CONVERSATION-ARGUMENT-EXTRA", lambda told: told.kind == "extra"),
    ("AST-CONVERSATION-ARGUMENT", lambda told: told.kind in {"null", "unclear"}),
    ("AST-CONVERSATION-RESULT-NONE", lambda told: told.result is None),
)
"""What may be odd about a call, oddest first: the requirement that says how the conversation goes on after it."""


def _blamed(trace: Trace, broken: Break) -> str:
    """Return the requirement that says how a conversation goes on from where this one broke off."""
    turn = broken.turn
    calls = turn.rounds[-1].calls if turn.rounds and turn.reply is None else ()
    is_request = broken.mismatch.what.startswith("request")
    odd = next((requirement for requirement, is_so in _ODD if any(map(is_so, calls))), None)
    if odd is not None and not is_request:
        return odd
    if _follows_fault(trace, turn):
        return "AST-CONVERSATION-RECOVERY"
    if not calls and not is_request:
        return "AST-CONVERSATION-ANSWER"
    if len(calls) > 1 and not is_request:
        return "AST-CONVERSATION-PARALLEL"
    return "AST-CONVERSATION-ROUNDS" if is_request or len(turn.rounds) > 1 else "AST-CONVERSATION-RESULT"


def _follows_fault(trace: Trace, turn: Turn) -> bool:
    return any(earlier.ending in {"fault", "open", "unsent"} for earlier in trace.turns[: turn.number])


def _goes_on(requirement: str) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        broken = trace.broken
        if broken is not None and _blamed(trace, broken) == requirement:
            yield broken.mismatch

    return check


for _name in (
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-RESULT",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-RECOVERY",
    *dict.fromkeys(requirement for requirement, _ in _ODD),
):
    GOING_ON.law(_name)(_goes_on(_name))


def _ends(wanted: str, *, lasting: bool) -> LawCheck:
    """Check that nothing is made up where a prompt ends in a fault that lasts, or in one that passes."""

    def check(trace: Trace) -> Iterator[Mismatch]:
        for turn in trace.turns:
            is_made_up = turn.ending == "fault" and turn.post.error is None
            if is_made_up and is_lasting(turn.faults[-1]) is lasting:
                yield differs("ask", turn.post.reply, wanted, turn.where)

    return check


GOING_ON.law("AST-CONVERSATION-ERROR")(_ends("an error raised", lasting=True))
GOING_ON.law("AST-CONVERSATION-RETRY")(_ends("the model's answer, or an error", lasting=False))


@GOING_ON.law("AST-CONVERSATION-RETRY-SAME")
def repeated_requests_are_equal(trace: Trace) -> Iterator[Mismatch]:
    """Check that a request that is sent again after a fault says the same as before."""
    for request in trace.requests:
        if request.repeats is not None:
            before = request.repeats
            yield from _differences(
                _said(before.tree, before.spoken), _said(request.tree, request.spoken), request.where
            )


def _said(tree: Mapping[str, Any], messages: list[NormalizedMessage]) -> dict[str, Any]:
    return {"model": tree.get("model"), "tools": tree.get("tools"), "messages": messages}


def _differences(wanted: dict[str, Any], got: dict[str, Any], where: str) -> Iterator[Mismatch]:
    for key in ("model", "tools"):
        if not json_values.equal(got[key], wanted[key]):
            yield differs(key, got[key], wanted[key], where)
    messages = enumerate(zip_longest(wanted["messages"], got["messages"]))
    different = ((number, was, is_now) for number, (was, is_now) in messages if was != is_now)
    for number, was, is_now in islice(different, 1):
        yield Mismatch(f"messages[{number}]", *show_apart(is_now, was), where)


@GOING_ON.law("AST-CONVERSATION-REPEATABLE")
def same_again(trace: Trace) -> Iterator[Mismatch]:
    """Check that a conversation that is had again in a fresh app sends the same requests."""
    scenario, seen = trace.scenario, trace.seen
    if scenario.before != scenario.episode or scenario.episode.has_faults or trace.given_up or trace.broken:
        return
    if any(_is_race(one.calls) for turn in trace.turns for one in turn.rounds):
        return
    before = [request_tree(exchange) for exchange in seen.exchanges_before]
    if len(before) != len(trace.requests):
        yield Mismatch("number of requests", str(len(trace.requests)), str(len(before)))
        return
    for tree, request in zip(before, trace.requests, strict=True):
        was = _said(tree, _in_order(normalize_messages(tree.get("messages"))))
        yield from _differences(was, _said(request.tree, _in_order(request.spoken)), request.where)


def _is_race(calls: Sequence[PredictedCall]) -> bool:
    """Say whether it depends on the order of calls, which is left open, what each of them comes to."""
    skills = [call.skill for call in calls if call.skill is not None]
    times = Counter(skill.function for skill in skills if skill.declaration.raises_on != "every")
    return any(number > 1 for number in times.values())


def _in_order(messages: list[NormalizedMessage]) -> list[NormalizedMessage]:
    """Put the answers to the calls of one reply, which have no order, into one."""
    ordered: list[NormalizedMessage] = []
    for is_answer, group in groupby(messages, lambda message: message.role == "tool"):
        run = list(group)
        ordered += sorted(run, key=lambda message: str(message.answers)) if is_answer else run
    return ordered


def _accepted_by_service(area: str) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        if area == "messages" and trace.after_refusal:
            return
        yield from (mismatch for its_area, mismatch in refusals(trace.seen) if its_area == area)

    return check


for _area, _name in SERVICE_REQUIREMENTS.items():
    GOING_ON.law(_name)(_accepted_by_service(_area))
