"""Laws about the messages of a conversation: prompts and answers, the history, the model's calls and their results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from conformance._data.matching import matches
from conformance._exploration.essence import Essence
from conformance._exploration.hearing import Heard, Hearing, Round, Turn
from conformance._exploration.laws.law import Contradiction, Law, differs, law
from conformance._exploration.told import ToldCall, is_exact
from conformance._text import json_values

_LONG: Final = 24
"""Letters of a result that is not what an app says where there is none."""


@law("AST-CONVERSATION-ANSWER", needs="ask")
def answered(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that each prompt is the last message of its first request, and the model's answer is returned."""
    for turn in hearing.turns:
        for heard in turn.heard[:1]:
            last = heard.spoken[-1] if heard.spoken else None
            if last is None or (last.role, last.content) != ("user", turn.prompt or None):
                got = None if last is None else {"role": last.role, "content": last.content}
                yield differs("last message", got, {"role": "user", "content": turn.prompt}, heard.where)
        if turn.ending == "answered" and _is_text(turn) and turn.post.reply != (turn.reply and turn.reply.text):
            yield differs("the reply", turn.post.reply, turn.reply and turn.reply.text, _place(turn))


def _is_text(turn: Turn) -> bool:
    return turn.reply is not None and turn.reply.text is not None


def _place(turn: Turn) -> str:
    return f"prompt {turn.number + 1}"


@law("AST-CONVERSATION-CUT-SHORT", needs="ask")
def nothing_invented(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that what is returned of an answer that the model did not give in full is its words, or nothing."""
    for turn in hearing.turns:
        said, reply = turn.post.reply, turn.reply
        if turn.ending != "open" or reply is None or said is None or not said.strip():
            continue
        words = (reply.text or reply.refusal or "").strip()
        if not words or words not in said:
            yield differs("the reply", said, words, _place(turn))


@law("AST-CONVERSATION-HISTORY", needs="ask")
def history_kept(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that a later prompt is sent with everything that was said before it, unchanged and in its order."""
    if hearing.scenario.before is not None and hearing.turns and _first(hearing.turns[0]) is None:
        return
    for turn in hearing.turns[1:]:
        for heard in turn.heard:
            yield from _keeps_base(heard, "the conversation before it")
        yield from _adds_prompt_only(hearing, turn)


def _adds_prompt_only(hearing: Hearing, turn: Turn) -> Iterator[Contradiction]:
    """Check that only the prompt is added to a history; after a prompt that failed, anything may be."""
    before = hearing.turns[turn.number - 1]
    first = _first(turn)
    if first is not None and first.is_kept and before.ending == "answered" and len(first.news) != 1:
        got = [message.role for message in first.news]
        yield differs("new messages", got, ["user"], first.where)


def _first(turn: Turn) -> Heard | None:
    return turn.heard[0] if turn.heard else None


def _keeps_base(heard: Heard, what: str) -> Iterator[Contradiction]:
    if heard.is_kept:
        return
    for number, wanted in enumerate(heard.base):
        got = heard.spoken[number] if number < len(heard.spoken) else None
        if got != wanted:
            place = f"messages[{number}]"
            yield Contradiction(place, _show(got), f"{what}: {_show(wanted)}", heard.where)
            return


def _show(message: Essence | None) -> str:
    if message is None:
        return "absent"
    return json_values.show({key: value for key, value in message._asdict().items() if value})


@law("AST-CONVERSATION-ISOLATED", needs="ask")
def begins_anew(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that the first request of an app contains only its first prompt."""
    first = _first(hearing.turns[0]) if hearing.turns else None
    if first is not None and len(first.spoken) != 1:
        got = [_show(message) for message in first.spoken]
        yield Contradiction("messages", ", ".join(got) or "none", "the prompt alone", first.where)


def _rounds(hearing: Hearing) -> Iterator[Heard]:
    """Yield each request that follows calls, for the first time."""
    return (heard for heard in hearing.heard if heard.after is not None and heard.repeats is None)


@law("AST-CONVERSATION-REPLAY", needs="ask")
def replayed(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that the assistant's message is repeated, text and calls, right before their results."""
    for heard in _rounds(hearing):
        if heard.after is None:
            continue
        if heard.turn.number == 0 and heard.base and not heard.is_kept:
            yield from _keeps_base(heard, "what was said before")
            continue
        wanted = Essence.of_answer(heard.after.reply)
        got = heard.news[0] if heard.news else None
        if got is None or _readable(got, heard.after) != _readable(wanted, heard.after):
            yield Contradiction("the assistant's message", _show(got), _show(wanted), heard.where)


def _readable(message: Essence, after: Round) -> Essence:
    """Leave out the arguments that are not a JSON object: an app may keep them as it can."""
    unreadable = {told.call.id for told in after.calls if told.kind in {"malformed", "unclear"}}
    calls = (call._replace(arguments=None) if call.id in unreadable else call for call in message.calls)
    return message._replace(calls=tuple(calls))


def _answers(heard: Heard) -> dict[Any, list[Any]]:
    """Return what each id of a call was answered with, as often as it was."""
    found: dict[Any, list[Any]] = {}
    for message in heard.news:
        if message.role == "tool":
            found.setdefault(message.answers, []).append(message.content)
    return found


@law("AST-CONVERSATION-PARALLEL", needs="ask")
def each_call_answered(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that each call of a reply is answered once, under its own id."""
    for heard in _rounds(hearing):
        ids = [told.call.id for told in heard.after.calls] if heard.after else []
        answered = [message.answers for message in heard.news if message.role == "tool"]
        if sorted(map(str, answered)) != sorted(ids):
            yield differs("calls that are answered", answered, ids, heard.where)


def _told(hearing: Hearing) -> Iterator[tuple[Heard, ToldCall, Any]]:
    """Yield each call whose answer was sent, beside that."""
    for heard in _rounds(hearing):
        answers = _answers(heard)
        for told in heard.after.calls if heard.after else ():
            if len(answers.get(told.call.id, ())) == 1:
                yield heard, told, answers[told.call.id][0]


@law("AST-CONVERSATION-RESULT-VALUE", "AST-CONVERSATION-RESULT", needs="ask")
def results_told(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that the model is sent what the function returned, whole."""
    for heard, told, content in _told(hearing):
        if not told.runs or told.fails or told.result is None or not _has_run(hearing, told):
            continue
        if not is_exact(told.result, hearing.scenario.surface):
            continue
        if not matches({"$result": told.result}, content or ""):
            yield differs(f"results.{told.call.id}", content, told.result, heard.where)


def _has_run(hearing: Hearing, told: ToldCall) -> bool:
    """Say whether a call ran its function; one that gives more than the argument may not have, by another law."""
    if told.kind != "extra" or told.skill is None:
        return True
    function = told.skill.function
    ran = sum(call.skill == function for call in hearing.seen.invocations)
    return ran >= sum(one.runs and one.skill is told.skill for _, one, _ in _told(hearing))


@law("AST-CONVERSATION-RESULT-NONE", needs="ask")
def nothing_is_not_anothers(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that a call without a result is not told the result of another call of the same reply."""
    told = list(_told(hearing))
    for heard, one, content in told:
        others = [other for where, other, same in told if where is heard and same == content and other is not one]
        if _is_nothing(one) and any(_is_telling(other) for other in others):
            yield differs(f"results.{one.call.id}", content, "no result of another call", heard.where)


def _is_telling(told: ToldCall) -> bool:
    """Say whether a call has a result that no app would make up."""
    return told.runs and not told.fails and len(json_values.show(told.result)) > _LONG


def _tells_failure(*kinds: str) -> Any:
    def check(hearing: Hearing) -> Iterator[Contradiction]:
        nothing = {content or "" for _, told, content in _told(hearing) if _is_nothing(told)}
        for heard, told, content in _told(hearing):
            kind = "failing" if told.runs else told.kind
            if told.fails and kind in kinds and (content or "") in nothing:
                wanted = "another text than that for no result"
                yield Contradiction(f"results.{told.call.id}", json_values.show(content), wanted, heard.where)

    return check


def _is_nothing(told: ToldCall) -> bool:
    """Say whether a call runs a function that returns nothing."""
    return told.runs and not told.fails and told.result is None


failures_told = law("AST-CONVERSATION-FAILURE", needs="ask")(_tells_failure("failing"))


@law("AST-CONVERSATION-FAILURE", needs="ask")
def first_failure_told(hearing: Hearing) -> Iterator[Contradiction]:
    """Check that where a function fails the first time, not all of its calls are told what it returns later."""
    for skill in hearing.skills:
        own = [(heard, one, content) for heard, one, content in _told(hearing) if one.skill is skill and one.runs]
        returned = skill.declaration.returns
        ran = sum(call.skill == skill.function for call in hearing.seen.invocations)
        if not own or not skill.declaration.once or returned is None or ran != len(own):
            continue
        if all(matches({"$result": returned}, content or "") for _, _, content in own):
            heard, one, content = own[0]
            yield differs(f"results.{one.call.id}", content, "a failure, of one call at least", heard.where)


unknown_told = law("AST-CONVERSATION-UNKNOWN", needs="ask")(_tells_failure("unknown"))
malformed_told = law("AST-CONVERSATION-ARGUMENT-MALFORMED", needs="ask")(_tells_failure("malformed"))

CONVERSING: Final[tuple[Law, ...]] = (
    answered,
    nothing_invented,
    history_kept,
    begins_anew,
    replayed,
    each_call_answered,
    results_told,
    nothing_is_not_anothers,
    failures_told,
    first_failure_told,
    unknown_told,
    malformed_told,
)
