"""Composes a scenario: an outline, filled with the values that a chooser gives.

Every surface is dealt the same values, also those that it cannot use: the scenarios are divided among the surfaces of
an implementation, which together meet every value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from json import dumps  # by name: an implementation may patch the module
from typing import Final, Literal, TypeAlias

from conformance._data.scenario import Declaration, Episode
from conformance._exploration.composition.cards import RARELY, SELDOM, Cards
from conformance._exploration.composition.composed import Composed
from conformance._exploration.composition.composed_calls import CallComposer
from conformance._exploration.composition.composed_faults import fault, faults_around, is_faulty
from conformance._exploration.composition.composed_refusals import compose_refused
from conformance._exploration.composition.composed_skills import LATER_RESULT, SETTINGS, SkillComposer
from conformance._exploration.composition.outlines import Outline
from conformance._exploration.pool.calls import FAILURE_TEXTS
from conformance._exploration.pool.statuses import COMMON_STATUSES, STATUSES, is_temporary
from conformance._exploration.pool.texts import LONG_TEXTS, MIXED_TEXTS, VERY_LONG_TEXTS
from conformance._service import Fault, Reply

_TextForm: TypeAlias = Literal["one", "mixed", "long"]

_TEMPORARY: Final = tuple(filter(is_temporary, COMMON_STATUSES))
_BLANK: Final = (" ", "\n", "\t \r\n")
_FORMS: Final[tuple[_TextForm, ...]] = (*("one",) * 7, *("mixed",) * 2, "long")
_OF_ANSWERS: Final[tuple[_TextForm, ...]] = (*("one",) * 17, *("mixed",) * 2, "long")
_OF_ENDINGS: Final[tuple[_TextForm, ...]] = ("one", "mixed")
_ENDINGS_IN_TURN: Final = (0, 0, 1, 0, 2, 0, 3, 0, 4, 1, 1, 2, 1, 3, 1, 4, 2, 2, 3, 2, 4, 3, 3, 4, 4)
"""Each of five kinds of answers is followed by each of them."""

_MANY_SKILLS: Final = 20
_SAID_TWICE: Final = ("Add milk.\nAnd bread.", "Add milk.", "Käse für Zoë?", "7", LONG_TEXTS[0])


def compose(outline: Outline, cards: Cards, *, unbounded: bool) -> Composed:
    """Fill an outline; the same cards give the same scenario.

    Only where integers are `unbounded` are there arguments that a double does not hold.
    """
    own, others = cards.pick("settings", tuple(permutations(SETTINGS)))
    episode = _Composer(outline, cards, outline.provider, own, unbounded=unbounded).episode(outline)
    before = episode if outline.before == "the same" else None
    if outline.before == "another":
        before = _Composer(outline, cards, "before", others, unbounded=unbounded).another(outline, episode)
    refused = compose_refused(cards, outline.provider, episode)
    return Composed(provider=outline.provider, episode=episode, before=before, refused=refused)


class _Composer:
    """Fills the episodes of one scenario; each mark meets values of its own."""

    def __init__(
        self, outline: Outline, cards: Cards, mark: str, settings: Mapping[str, str], *, unbounded: bool
    ) -> None:
        self._cards = cards.marked(mark)
        self._provider = outline.provider
        self._settings = settings
        self._calls = CallComposer(self._cards, settings, unbounded=unbounded)

    def another(self, outline: Outline, episode: Episode) -> Episode:
        """Fill the episode of the app before: smaller, without anything odd."""
        calm = replace(outline, prompts=2, rounds=1, odd=False, endings=False, faults="none")
        composer = SkillComposer(self._cards, self._provider)
        earlier = self._converse(calm, composer.precede(episode.skills, episode.settings))
        return replace(earlier, prompts=tuple(f"{prompt} I said that to another app." for prompt in earlier.prompts))

    def episode(self, outline: Outline) -> Episode:
        """Fill an episode."""
        composer = SkillComposer(self._cards, self._provider)
        called = sum(sum(outline.turn(number)) for number in range(outline.prompts))
        skills = composer.compose(
            outline.skills, called=called, repeats=outline.repeats, least=outline.before == "another"
        )
        return self._converse(outline, self._behaving(outline, skills) if skills else ())

    def _behaving(self, outline: Outline, skills: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
        """Let functions do what makes a mistake show, most often the last one."""
        if outline.faults == "after the calls":  # so that what is sent again is long
            skills = tuple(one if one.raises is not None else self._returning(one, LONG_TEXTS) for one in skills)
        *others, last = skills
        if outline.repeats:  # so that it shows which of several equal calls failed
            last = replace(last, echoes=False, raises="no store", raises_on="first", returns=LATER_RESULT)
        if outline.odd:  # so that it shows what a call without a result is answered with
            last = replace(last, echoes=False, raises=None, raises_on="every", returns=None)
        if outline.endings or outline.has_many_rounds or outline.skills > _MANY_SKILLS:
            last = self._returning(last, MIXED_TEXTS)  # so that late results are long
        skills = (*others, last)
        if outline.before == "the same":  # so that it is no matter of order which of several calls fails
            skills = tuple(replace(skill, raises_on="every") for skill in skills)
        if outline.failing:
            skills = tuple(map(self._failing, skills))
        return skills

    def _failing(self, skill: Declaration) -> Declaration:
        text = self._cards.pick("failure of each", FAILURE_TEXTS)
        return replace(skill, echoes=False, raises_on="every", raises=text)

    def _returning(self, skill: Declaration, texts: tuple[str, ...]) -> Declaration:
        result = self._cards.pick(f"{len(texts)} long results", texts)
        return replace(skill, echoes=False, raises=None, raises_on="every", returns=result)

    def _converse(self, outline: Outline, skills: tuple[Declaration, ...]) -> Episode:
        prompts = self._prompts(outline)
        if outline.uneven and skills:  # the first prompt is followed by no calls
            mentioned = f"{skills[0].tool_name(self._settings)} or {skills[0].function}"
            prompts = (f"Don't call {mentioned} now.", *prompts[1:])
        replies = [reply for turn in enumerate(prompts) for reply in self._turn(outline, skills, *turn)]
        if outline.faults in {"at the prompt", "after the calls", "twice"}:
            # An app that does not try again is left with replies, and one that does it more often with prompts.
            passing = [one for one in replies if isinstance(one, Fault) and is_temporary(one.status)]
            prompts += ("Go on.",) * len(passing)
            replies += [Reply(text="Done.")] * len(prompts)
        return Episode(skills=skills, prompts=prompts, model_replies=tuple(replies), settings=self._settings)

    def _prompts(self, outline: Outline) -> tuple[str, ...]:
        if outline.repeats:
            return (self._cards.text("repeated prompt"),) * outline.prompts
        return tuple(self._prompt(outline, number) for number in range(outline.prompts))

    def _prompt(self, outline: Outline, number: int) -> str:
        if outline.is_brief:
            return f"Remind me of {number}."
        if outline.long:
            return self._cards.pick("very long prompt", VERY_LONG_TEXTS)
        if outline.before == "the same":
            return self._cards.pick("prompt said twice", _SAID_TWICE)
        if outline.endings and number > 0 and self._cards.pick("whether a prompt is blank", RARELY):
            return self._cards.pick("blank prompt", ("", *_BLANK))
        return self._said("prompt", _FORMS) if number > 0 else self._cards.text("prompt")

    def _said(self, role: str, forms: tuple[_TextForm, ...]) -> str:
        """Choose a text of the pool, many of them in one, or a long one."""
        match self._cards.pick(f"form of {role}", forms):
            case "one":
                return self._cards.text(role)
            case "mixed":
                return self._cards.pick(f"mixed {role}", MIXED_TEXTS)
            case "long":
                return self._cards.pick(f"long {role}", LONG_TEXTS)

    def _turn(
        self, outline: Outline, skills: tuple[Declaration, ...], number: int, prompt: str
    ) -> Iterator[Reply | Fault]:
        """Yield what the service replies to one prompt: what the model says, and faults before, between or after it."""
        status = self._status(outline) if is_faulty(outline, number) else None
        before, after = faults_around(outline, status)
        yield from before
        if any(one.lasts == "prompt" for one in before):
            return
        rounds = outline.turn(number) if skills else ()
        replies: list[Reply | Fault] = [self._round(outline, skills, calls) for calls in rounds]
        if status is not None and outline.faults == "after the calls":
            replies.insert(self._place_of_fault(len(rounds), status), fault(status))
        yield from replies
        if after is not None:
            yield after
        elif status is None or is_temporary(status):
            yield self._last(outline, skills, number, prompt)

    def _place_of_fault(self, rounds: int, status: int) -> int:
        """Choose after how many rounds the service fails: after all, if it fails for good."""
        places = (1, rounds, rounds) if is_temporary(status) else (rounds,)
        return self._cards.pick(f"place of a fault in {len(places)}", places)

    def _round(self, outline: Outline, skills: tuple[Declaration, ...], calls: int) -> Reply:
        speaks = self._cards.pick("whether text stands beside calls", (False, True, True))
        text = self._text_beside_calls(outline) if speaks else None
        return Reply(text=text, calls=tuple(self._calls.compose(outline, skills) for _ in range(calls)))

    def _last(self, outline: Outline, skills: tuple[Declaration, ...], number: int, prompt: str) -> Reply:
        """Choose what ends a prompt: an answer, but for some before the last."""
        if outline.endings and number < outline.prompts - 1:
            return self._ending(number if outline.prompts > len(_ENDINGS_IN_TURN) else None)
        return Reply(text=self._answer(outline, skills, number, prompt))

    def _text_beside_calls(self, outline: Outline) -> str:
        """Choose a text, which is sometimes blank: no text is as good as an empty one, but not as white space."""
        if outline.repeats:
            return "Done."
        is_blank = self._cards.pick("whether a text beside calls is blank", SELDOM)
        if is_blank:
            return self._cards.pick("blank text beside calls", _BLANK)
        return self._said("text beside calls", _FORMS)

    def _answer(self, outline: Outline, skills: tuple[Declaration, ...], number: int, prompt: str) -> str:
        if outline.repeats or outline.is_brief:
            return "Done."
        if outline.uneven and skills and number > 0 and not outline.turn(number):  # looks like a call, and is a text
            return dumps({"name": skills[0].tool_name(self._settings), "arguments": {skills[0].argument.name: "Hi"}})
        if outline.long:
            return self._cards.pick("very long answer", VERY_LONG_TEXTS)
        if self._cards.pick("whether an answer begins with the prompt", SELDOM):
            return f"{prompt}\nThat is what you said."
        return self._said("answer", _OF_ANSWERS)

    def _status(self, outline: Outline) -> int:
        """Choose a status: every one before a text, and the common ones before and after calls."""
        if outline.faults == "twice":
            return self._cards.pick("status that comes twice", _TEMPORARY)
        every = outline.faults == "at the prompt" and not outline.rounds
        return self._cards.pick(
            "status" if every else f"status {outline.faults}", STATUSES if every else COMMON_STATUSES
        )

    def _ending(self, turn: int | None) -> Reply:
        """Choose an answer of an unusual kind, in many prompts in turn."""
        text = self._said("unusual answer", _OF_ENDINGS)
        choices = (
            Reply(refusal=text),
            Reply(text=text, finish_reason="length"),
            Reply(text=text, finish_reason="content_filter"),
            Reply(text=text),
            Reply(text=""),
        )
        return self._cards.pick("ending", choices) if turn is None else choices[_ENDINGS_IN_TURN[turn]]
