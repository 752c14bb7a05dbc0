"""Lays what was seen beside a scenario: each request beside the reply of the script that led to it.

What a conversation comes to depends on the client's choices: whether a fault is tried again, what is kept of a prompt
that failed. So the script is followed as the requests went, up to the first step that no choice explains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from conformance._data.open_world.matching import Mismatch
from conformance._data.scenario import Scenario
from conformance._exploration.reading.normalized_messages import NormalizedMessage, normalize_messages
from conformance._exploration.reading.predicted_calls import PredictedCall, PredictedSkill, read_calls, read_skills
from conformance._judging.observation import Binding, Observation, Post, request_tree, tools_by_name, trigger_bindings
from conformance._service import Exchange, Fault, Reply

Ending: TypeAlias = Literal["answered", "open", "fault", "unsent", "break", "unplayed"]
"""How a prompt ended; `open` is a refusal or an answer that was cut off, `unsent` a blank prompt without a request."""


@dataclass(slots=True, kw_only=True, eq=False)
class Round:
    """A reply with calls, as the script has it."""

    reply: Reply
    calls: tuple[PredictedCall, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class TracedRequest:
    """A chat request beside the script.

    `number` counts from 1, `reply` is what the script has for it. `after` is the round whose calls it answers (None: it
    begins with the prompt), `repeats` the request that it is sent again for, after a fault. `base` are the messages
    that it must begin with.
    """

    number: int
    reply: Reply | Fault
    turn: Turn
    after: Round | None
    repeats: TracedRequest | None
    base: tuple[NormalizedMessage, ...]
    tree: Mapping[str, Any]
    spoken: list[NormalizedMessage]

    @property
    def where(self) -> str:
        """The request's place in a finding."""
        return f"request {self.number}"

    @property
    def is_kept(self) -> bool:
        """Say whether the request begins as it must."""
        return tuple(self.spoken[: len(self.base)]) == self.base

    @property
    def news(self) -> list[NormalizedMessage]:
        """The messages that are new in it, or those of its last round if it does not begin as it must."""
        if self.is_kept:
            return self.spoken[len(self.base) :]
        last = len(self.spoken) - 1
        while last > 0 and self.spoken[last].role == "tool":
            last -= 1
        return self.spoken[max(last, 0) :]


@dataclass(slots=True, kw_only=True, eq=False)
class Turn:
    """A prompt, and what came of it; `reply` is the model's last one, None if it gave none."""

    number: int
    prompt: str
    post: Post
    requests: list[TracedRequest] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    ending: Ending = "unplayed"
    reply: Reply | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The prompt's place in a finding."""
        return f"prompt {self.number + 1}"


class Break(NamedTuple):
    """The first step that the script does not explain."""

    turn: Turn
    mismatch: Mismatch


class Trace:
    """A scenario and what was seen of it, taken apart once for all laws."""

    def __init__(self, scenario: Scenario, seen: Observation) -> None:
        self.scenario = scenario
        self.seen = seen
        self.turns: list[Turn] = []
        self.broken: Break | None = None
        self.given_up = False
        self._follow()

    @cached_property
    def skills(self) -> tuple[PredictedSkill, ...]:
        """What is declared, with the schemas that the app made up."""
        skills = read_skills(self.scenario.episode)
        body = self.seen.exchanges[0].body if self.seen.exchanges else None
        sent = tools_by_name(body.get("tools")) if isinstance(body, dict) else None
        tools = sent if isinstance(sent, dict) else {}
        return tuple(replace(skill, told=_parameters(tools.get(skill.tool))) for skill in skills)

    @cached_property
    def requests(self) -> list[TracedRequest]:
        """Every request that the script explains."""
        return [request for turn in self.turns for request in turn.requests]

    @property
    def after_calls(self) -> Iterator[tuple[TracedRequest, Round]]:
        """Yield each request that follows calls, for the first time, and the calls' round."""
        return ((one, one.after) for one in self.requests if one.after is not None and one.repeats is None)

    @cached_property
    def told(self) -> list[tuple[TracedRequest, PredictedCall, Any]]:
        """Each call that is answered once, between the request that answers it and the answer, "" for no text."""
        found = []
        for request, one in self.after_calls:
            answers = [message for message in request.news if message.role == "tool"]
            times = Counter(message.answers for message in answers)
            contents = {message.answers: message.content or "" for message in answers}
            found += [(request, call, contents[call.call.id]) for call in one.calls if times[call.call.id] == 1]
        return found

    @cached_property
    def triggers(self) -> Mapping[str, Binding]:
        """The trigger's binding of each function."""
        return trigger_bindings(self.seen.bindings or {})

    @property
    def after_refusal(self) -> bool:
        """Say whether the model said nothing to an earlier prompt: how an app keeps that is left open."""
        return any(turn.ending == "open" for turn in self.turns)

    def _follow(self) -> None:
        start = 0
        base: tuple[NormalizedMessage, ...] = ()
        posts = self.seen.posts
        for number, prompt in enumerate(self.scenario.episode.prompts):
            if number >= len(posts) or self.broken or self.given_up:
                return
            turn = Turn(number=number, prompt=prompt, post=posts[number])
            self.turns.append(turn)
            end = turn.post.requests
            self._follow_turn(turn, self.seen.exchanges[start:end], start, base)
            start = end
            base = self._base_after(turn, base)

    def _follow_turn(
        self, turn: Turn, exchanges: Sequence[Exchange], start: int, base: tuple[NormalizedMessage, ...]
    ) -> None:
        repeats: TracedRequest | None = None
        for number, exchange in enumerate(exchanges, start + 1):
            is_refused = any(violation.certain for violation in exchange.violations)
            # An app may ask again after an answer that says nothing.
            if is_refused or (turn.reply is not None and turn.reply.text == ""):
                self.given_up = True
                return
            if turn.reply is not None or exchange.reply is None:
                self._break(turn, f"request {number}", "one more request", "none after the model's answer")
                return
            reply, tree = self.scenario.model_replies[exchange.reply], request_tree(exchange)
            request = TracedRequest(
                number=number,
                reply=reply,
                turn=turn,
                after=turn.rounds[-1] if turn.rounds else None,
                repeats=repeats,
                base=base,
                tree=tree,
                spoken=normalize_messages(tree.get("messages")),
            )
            turn.requests.append(request)
            self._take(turn, reply)
            repeats, base = (request, base) if isinstance(reply, Fault) else (None, tuple(request.spoken))
        self._end(turn, is_faulty=repeats is not None)

    def _take(self, turn: Turn, reply: Reply | Fault) -> None:
        if isinstance(reply, Fault):
            turn.faults.append(reply)
        elif reply.calls:
            calls = read_calls(reply.calls, self.skills, self.scenario.surface)
            turn.rounds.append(Round(reply=reply, calls=calls))
        else:
            turn.reply = reply

    def _end(self, turn: Turn, *, is_faulty: bool) -> None:
        if is_faulty:
            turn.ending = "fault"
        elif not turn.requests and not turn.prompt.strip():
            turn.ending = "unsent"
        elif turn.reply is None:
            wanted = "one with the results of the calls" if turn.rounds else "one with the prompt"
            self._break(turn, f"the next request of {turn.where}", "absent", wanted)
        elif _is_open(turn.reply, turn.post):
            turn.ending = "open"
        elif turn.post.error is not None:
            self._break(
                turn, f"the reply to {turn.where}", f"absent (ask raised {turn.post.error})", "the model's answer"
            )
        else:
            turn.ending = "answered"

    def _break(self, turn: Turn, what: str, got: str, wanted: str) -> None:
        turn.ending = "break"
        error = None if turn.post.error is None else f"ask raised {turn.post.error}"
        self.broken = Break(turn, Mismatch(what, got, wanted, error, turn.post.error))

    def _base_after(self, turn: Turn, base: tuple[NormalizedMessage, ...]) -> tuple[NormalizedMessage, ...]:
        """Return what the next prompt's request begins with: of one that failed or is open anything may be kept."""
        if turn.ending != "answered" or turn.reply is None:
            return base
        said = (NormalizedMessage.of_answer(turn.reply),) if turn.reply.text else ()
        return (*turn.requests[-1].spoken, *said)


def _is_open(reply: Reply, post: Post) -> bool:
    """Say whether an answer was not given in full, or has nothing in it, and the app made of that what it may."""
    if is_partial(reply):
        return post.error is not None or post.reply != reply.text
    return not reply.text and post.error is not None


def is_partial(reply: Reply) -> bool:
    """Say whether the model refused to answer, or its answer was cut off."""
    return reply.text is None or reply.finish_reason not in {None, "stop"}


def _parameters(tool: Any) -> Any:
    return tool.get("parameters") if isinstance(tool, dict) else None
