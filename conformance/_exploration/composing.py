"""Composes a scenario: an outline, filled with the values that a chooser gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.cards import Cards
from conformance._exploration.composed_calls import CallComposer
from conformance._exploration.composed_skills import SETTINGS, Extent, SkillComposer
from conformance._exploration.outlines import Outline
from conformance._exploration.pool.statuses import STATUSES, is_temporary
from conformance._exploration.pool.texts import LONG_TEXTS
from conformance._service import Fault, Reply

__all__ = ["compose"]

_TEMPORARY: Final = tuple(filter(is_temporary, STATUSES))
_STATUSES: Final = (*STATUSES, 429, 500, 503, 408, 429, 500)  # the usual ones more often
_RARELY: Final = (False, False, False, False, True)
_SELDOM: Final = (False,) * 19 + (True,)
_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})


def compose(outline: Outline, cards: Cards, edition: str, spelling: Spelling) -> Scenario:
    """Fill an outline; the same cards give the same scenario."""
    composer = _Composer(outline, cards, spelling)
    # An app after another one leaves out what that declares, and should not get it all the same.
    episode = composer.episode(outline, extent="the least" if outline.before == "another" else "as dealt")
    before = {"none": None, "the same": episode}.get(outline.before) or composer.another(outline)
    uses_settings = any(_uses_settings(one) for one in (episode, before) if one is not None)
    return Scenario(
        edition=edition,
        surface=spelling.surface,
        provider=outline.provider,
        episode=episode,
        before=before,
        settings=SETTINGS if uses_settings else _NO_SETTINGS,
    )


def _uses_settings(episode: Episode) -> bool:
    texts = [value for skill in episode.skills for value in skill.trigger.values()]
    return any(f"%{name}%" in text for name in SETTINGS for text in texts)


class _Composer:
    """Fills the episodes of one scenario."""

    def __init__(self, outline: Outline, cards: Cards, spelling: Spelling) -> None:
        self._cards = cards
        self._spelling = spelling
        self._provider = outline.provider
        self._calls = CallComposer(cards, spelling)

    def another(self, outline: Outline) -> Episode | None:
        """Fill the episode of the app before, if there is to be one: smaller, without anything odd."""
        if outline.before != "another":
            return None
        calm = replace(outline, prompts=2, rounds=1, odd=False, endings=False, faults="none")
        return self.episode(calm, extent="everything")

    def episode(self, outline: Outline, extent: Extent = "as dealt") -> Episode:
        """Fill an episode, whose skills declare so much."""
        composer = SkillComposer(self._cards, self._spelling, self._provider)
        skills = composer.compose(outline.skills, repeats=outline.repeats, extent=extent)
        prompts = self._prompts(outline)
        replies = [reply for number in range(outline.prompts) for reply in self._turn(outline, skills, number)]
        if outline.faults not in {"none", "for good"}:  # for clients that try again more often than others
            replies += [Reply(text="Done.")] * outline.prompts
        return Episode(skills=skills, prompts=prompts, model_replies=tuple(replies))

    def _prompts(self, outline: Outline) -> tuple[str, ...]:
        if outline.repeats:
            return (self._cards.text("prompt"),) * outline.prompts
        return tuple(self._prompt(number) for number in range(outline.prompts))

    def _prompt(self, number: int) -> str:
        is_long = number > 0 and self._cards.pick("whether a prompt is long", _RARELY)
        return self._cards.pick("long prompt", LONG_TEXTS) if is_long else self._cards.text("prompt")

    def _turn(self, outline: Outline, skills: tuple[Declaration, ...], number: int) -> Iterator[Reply | Fault]:
        """Yield what the model replies to one prompt."""
        last = number == outline.prompts - 1
        is_faulty = last if outline.faults == "for good" else outline.faults != "none"
        status = self._status(outline) if is_faulty else None
        if status is not None and outline.faults in {"at the prompt", "twice"}:
            yield _fault(status)
            if not is_temporary(status):
                return
        if outline.faults == "twice" and status is not None:
            yield Fault(status=status)
        for _ in range(outline.rounds if skills else 0):
            speaks = self._cards.pick("whether text stands beside calls", (False, True, False))
            text = self._cards.text("text beside calls") if speaks else None
            yield Reply(text=text, calls=tuple(self._calls.compose(outline, skills) for _ in range(outline.calls)))
        if status is not None and outline.faults == "after the calls":
            yield _fault(status)
        if status is not None and outline.faults == "for good":
            yield Fault(status=status, lasts="always")
        elif status is None or outline.faults != "after the calls" or is_temporary(status):
            yield self._ending() if outline.endings and not last else Reply(text=self._answer(outline))

    def _answer(self, outline: Outline) -> str:
        if outline.repeats:
            return "Done."
        is_long = self._cards.pick("whether an answer is long", _SELDOM)
        return self._cards.pick("long answer", LONG_TEXTS) if is_long else self._cards.text("answer")

    def _status(self, outline: Outline) -> int:
        return (
            self._cards.pick("status twice", _TEMPORARY)
            if outline.faults == "twice"
            else self._cards.pick("status", _STATUSES)
        )

    def _ending(self) -> Reply:
        """Choose an answer of an unusual kind."""
        text = self._cards.text("answer")
        choices = (
            Reply(refusal=text),
            Reply(text=text, finish_reason="length"),
            Reply(text=text, finish_reason="content_filter"),
            Reply(text=text),
        )
        return self._cards.pick("ending", choices)


def _fault(status: int) -> Fault:
    """Return a fault that passes, or one that says of the request what it will say again."""
    return Fault(status=status, lasts="once" if is_temporary(status) else "prompt")
