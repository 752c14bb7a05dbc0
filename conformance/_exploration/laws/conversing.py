"""Laws about the messages of a conversation: prompts and answers, the history, and the model's calls."""

from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Final

from conformance._data.open_world.matching import Mismatch
from conformance._exploration.laws.law import LawGroup, differs, spelled
from conformance._exploration.reading.conversation_trace import Trace, TracedRequest, Turn
from conformance._exploration.reading.normalized_messages import NormalizedMessage, show, show_apart
from conformance._exploration.reading.predicted_calls import are_exact
from conformance._exploration.reading.window import exceeds_window
from conformance._text import json_values

CONVERSING: Final = LawGroup(needs="ask")

_LONG: Final = 24
"""Letters of a prompt that is in no other text by chance."""


@CONVERSING.law("AST-CONVERSATION-ANSWER")
def answered(trace: Trace) -> Iterator[Mismatch]:
    """Check that each prompt is the last message of its first request, and the model's answer is returned."""
    for turn in trace.turns:
        for request in turn.requests[:1]:
            last = request.spoken[-1] if request.spoken else None
            if last is None or (last.role, last.content) != ("user", turn.prompt or None):
                got = None if last is None else {"role": last.role, "content": last.content}
                yield differs("last message", got, {"role": "user", "content": turn.prompt}, request.where)
        wanted = turn.reply.text if turn.reply is not None else None
        if turn.ending == "answered" and wanted is not None and turn.post.reply != wanted:
            yield differs("the reply", turn.post.reply, wanted, turn.where)


@CONVERSING.law("AST-CONVERSATION-CUT-SHORT")
def nothing_invented(trace: Trace) -> Iterator[Mismatch]:
    """Check that what is returned of an answer that the model did not give in full is its words alone, or nothing."""
    for turn in trace.turns:
        said, reply = turn.post.reply, turn.reply
        if turn.ending != "open" or reply is None or said is None or not said.strip():
            continue
        words = reply.text or reply.refusal or ""
        if said.strip() != words.strip():
            yield differs("the reply", said, words, turn.where)


@CONVERSING.law("AST-CONVERSATION-HISTORY")
def history_kept(trace: Trace) -> Iterator[Mismatch]:
    """Check that a later prompt is sent with everything that was said before it, unchanged and in its order.

    An app may leave out what was said first of what not every model could take as a whole.
    """
    if trace.scenario.before is not None and trace.turns and _first(trace.turns[0]) is None:
        return
    for turn in trace.turns[1:]:
        for request in turn.requests:
            if not _is_cut(trace, request):
                yield from _keeps_base(request, "the conversation before it")
        yield from _adds_prompt_only(trace, turn)


def _is_cut(trace: Trace, request: TracedRequest) -> bool:
    """Say whether only the beginning is missing, of what might be too long for some model.

    How long the whole would be, the longest request before it says, with what is new.
    """
    if request.is_kept or not _count_lost(request, 0):
        return False
    before = (one.tree["body"] for one in trace.requests if one.number < request.number)
    return exceeds_window((max(before, key=lambda body: len(spelled(body))), *request.news))


def _adds_prompt_only(trace: Trace, turn: Turn) -> Iterator[Mismatch]:
    """Check that only the prompt is added to a history; after a prompt that failed, anything may be."""
    before = trace.turns[turn.number - 1]
    first = _first(turn)
    if first is not None and first.is_kept and before.ending == "answered" and len(first.news) != 1:
        got = [message.role for message in first.news]
        yield differs("new messages", got, ["user"], first.where)


def _first(turn: Turn) -> TracedRequest | None:
    return turn.requests[0] if turn.requests else None


def _keeps_base(request: TracedRequest, what: str) -> Iterator[Mismatch]:
    if request.is_kept:
        return
    pairs = enumerate(zip_longest(request.base, request.spoken[: len(request.base)]))
    number, wanted, got = next((number, wanted, got) for number, (wanted, got) in pairs if got != wanted)
    if lost := _count_lost(request, number):
        if lost > 1:
            lacking = f"{lost} of its {len(request.base)} messages, messages[{number}] to messages[{number + lost - 1}]"
            yield Mismatch("messages", f"{what} without {lacking}", "all of it", request.where)
        else:
            all_of_it = f"all of it, with {show(wanted)}"
            yield Mismatch("messages", f"{what} without messages[{number}]", all_of_it, request.where)
    else:
        is_now, was = show_apart(got, wanted)
        yield Mismatch(f"messages[{number}]", is_now, f"{what}: {was}", request.where)


def _count_lost(request: TracedRequest, start: int) -> int:
    """Count the messages that are missing from one on, if the others follow unchanged; 0 if they do not."""
    base, found = request.base[start:], tuple(request.spoken[start:])
    if [(one.role, one.content) for one in found] in ([], [("user", request.turn.prompt)]):
        return len(base)
    return next((lost for lost in range(1, len(base)) if found[: len(base) - lost] == base[lost:]), 0)


@CONVERSING.law("AST-CONVERSATION-ISOLATED")
def begins_anew(trace: Trace) -> Iterator[Mismatch]:
    """Check that the first request of an app contains only its first prompt."""
    first = _first(trace.turns[0]) if trace.turns else None
    if first is None:
        return
    if len(first.spoken) != 1:
        got = [show(message) for message in first.spoken]
        yield Mismatch("messages", ", ".join(got) or "none", "the prompt alone", first.where)
    for prompt in _only_before(trace):
        if spelled(prompt) in spelled(first.tree["body"].get("messages")):
            wanted = "nothing that was said to an app before"
            yield Mismatch("messages", json_values.show(prompt), wanted, first.where, surplus=True)


def _only_before(trace: Trace) -> list[str]:
    """Return what only the user of the app before said, if it is long enough not to be there by chance."""
    before, episode = trace.scenario.before, trace.scenario.episode
    texts = [*episode.prompts, *(str(value) for skill in episode.skills for value in skill.trigger.values())]
    prompts = () if before is None else before.prompts
    return [prompt for prompt in prompts if len(prompt) > _LONG and not any(prompt in text for text in texts)]


@CONVERSING.law("AST-CONVERSATION-REPLAY")
def replayed(trace: Trace) -> Iterator[Mismatch]:
    """Check that the assistant's message is repeated, text and calls, right before their results."""
    for request, one in trace.after_calls:
        if request.turn.number == 0 and request.base and not request.is_kept:
            yield from _keeps_base(request, "what was said before")
            continue
        wanted = NormalizedMessage.of_answer(one.reply)
        got = request.news[0] if request.news else None
        others = [message.role for message in request.news[1:] if message.role != "tool"]
        if request.is_kept and others:
            yield differs("messages beside the calls and their results", others, [], request.where)
        open_ones = {told.call.id for told in one.calls if not are_exact(told, trace.scenario.surface)}
        if got is None or _readable(got, open_ones) != _readable(wanted, open_ones):
            yield Mismatch("the assistant's message", *show_apart(got, wanted), request.where)


def _readable(message: NormalizedMessage, unreadable: Collection[str]) -> NormalizedMessage:
    """Leave out arguments that are not a JSON object, or that the language cannot hold: an app may change them."""
    calls = (call._replace(arguments=None) if call.id in unreadable else call for call in message.calls)
    return message._replace(calls=tuple(calls))
