"""The outlines of scenarios: how much of everything they have, whatever it is called."""

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from conformance._service import Provider

Faults: TypeAlias = Literal["none", "at the prompt", "after the calls", "twice", "until the next prompt", "for good"]
Before: TypeAlias = Literal["none", "the same", "another"]


_MANY_ROUNDS: Final = 4
_MANY_PROMPTS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """How much of everything a scenario has.

    Each of `prompts` prompts is followed by `rounds` replies with `calls` tool calls each, and then by an answer.
    `odd` calls have malformed, missing or further arguments or an unknown name among ordinary ones; with `repeats`
    skills, prompts and calls say what earlier ones said, or nearly; `endings` are refusals and answers that were cut
    off or are empty, and prompts that are blank; `long` prompts and answers fill more than 100,000 bytes. Where it is
    `uneven`, every second prompt has no calls, and a reply has more calls or fewer than the one before it. Where it is
    `failing`, every function raises an error.
    """

    skills: int = 3
    prompts: int = 1
    rounds: int = 1
    calls: int = 1
    provider: Provider = "openai"
    faults: Faults = "none"
    before: Before = "none"
    odd: bool = False
    repeats: bool = False
    endings: bool = False
    long: bool = False
    uneven: bool = False
    failing: bool = False

    @property
    def has_many_rounds(self) -> bool:
        """Whether the rounds after a prompt are many."""
        return self.rounds > _MANY_ROUNDS

    @property
    def is_brief(self) -> bool:
        """Whether its messages are so many that they must be short to stay within the window of every model."""
        return self.prompts > _MANY_PROMPTS

    def turn(self, number: int) -> tuple[int, ...]:
        """Return how many calls each round after a prompt has, which is numbered from 0.

        Many rounds follow the last prompt but one only, so that something comes before them and after them.
        """
        if self.has_many_rounds and number != max(self.prompts - 2, 0):
            return ()
        if not self.uneven:
            return (self.calls,) * self.rounds
        return (2, self.calls, 1)[: self.rounds] if number % 2 else ()


_ON_BOTH: Final[tuple[Outline, ...]] = (
    Outline(skills=6, prompts=2, calls=24),
    Outline(skills=4, prompts=2, rounds=2, calls=7, odd=True),
    Outline(skills=6, prompts=4, calls=2, faults="at the prompt"),
    Outline(skills=25, prompts=2, calls=25),
    Outline(skills=3, prompts=3, calls=4, before="the same"),
    Outline(skills=5, prompts=3, calls=2, faults="after the calls"),
    Outline(skills=6, prompts=3, rounds=2, calls=2, faults="after the calls"),
    Outline(skills=3, prompts=5, repeats=True),
    Outline(skills=0, prompts=4, rounds=0, endings=True),
    Outline(skills=7, prompts=2, calls=20, odd=True),
    Outline(skills=12, prompts=2, calls=12, before="another"),
    Outline(skills=4, prompts=6, calls=2, endings=True),
    Outline(skills=12, rounds=2, calls=30),
    Outline(skills=2, prompts=3, calls=32),
    Outline(skills=3, prompts=4, faults="twice"),
    Outline(skills=1, prompts=7, rounds=3),
    Outline(skills=5, prompts=7, calls=3, faults="until the next prompt"),
    Outline(skills=6, prompts=2, calls=24, faults="twice"),
    Outline(skills=3, prompts=3, calls=3, faults="for good", odd=True),
    Outline(skills=14, calls=45),
    Outline(skills=5, prompts=2, rounds=2, calls=6, repeats=True),
    Outline(skills=4, prompts=3, calls=4, odd=True, endings=True, faults="at the prompt"),
    Outline(skills=5, prompts=3, faults="twice"),
    Outline(skills=1, prompts=8, rounds=0, faults="at the prompt"),
    Outline(skills=5, prompts=8, rounds=0, faults="at the prompt"),
    Outline(skills=3, prompts=7, rounds=0, faults="at the prompt"),
    Outline(skills=3, prompts=5, faults="at the prompt"),
    Outline(skills=1, prompts=8, rounds=0, faults="at the prompt", endings=True),
    Outline(skills=5, prompts=8, rounds=0, faults="at the prompt"),
    Outline(skills=4, prompts=8, rounds=0, faults="at the prompt"),
    Outline(skills=2, prompts=5, long=True),
    Outline(skills=3, prompts=2, calls=2, before="the same", faults="for good"),
    Outline(skills=3, prompts=4, rounds=3, calls=4, uneven=True),
    Outline(skills=2, prompts=2, rounds=3, calls=2, failing=True),
    Outline(skills=9, prompts=3, rounds=6, calls=3),
    Outline(skills=1, prompts=3, calls=3),
    Outline(skills=1, rounds=4, repeats=True),
    Outline(skills=25, prompts=2, rounds=0),
    Outline(skills=20, calls=40),
    Outline(skills=9, calls=50),
    Outline(skills=18, calls=40),
    Outline(skills=16, rounds=0),
    Outline(skills=8, prompts=5, rounds=4, odd=True),
    Outline(skills=5, prompts=4, rounds=0),
    Outline(skills=2, calls=24, repeats=True),
    Outline(skills=3, calls=15, rounds=2, repeats=True),
    Outline(skills=4, prompts=3, calls=2, faults="after the calls"),
    Outline(skills=3, prompts=3, rounds=4, faults="after the calls"),
    Outline(skills=4, prompts=4, rounds=0),
    Outline(skills=7, prompts=3, rounds=3, calls=3, odd=True),
    Outline(skills=2, prompts=6, repeats=True, endings=True),
    Outline(skills=2, prompts=5, rounds=2, repeats=True, faults="until the next prompt"),
    Outline(skills=2, prompts=2, calls=3),
)
_WITH_MANY_TURNS: Final[tuple[Outline, ...]] = (
    Outline(skills=2, prompts=26, rounds=0, endings=True),
    Outline(skills=2, prompts=12, rounds=0, provider="azure"),
    Outline(skills=0, prompts=56, rounds=0, provider="azure"),
    Outline(skills=2, prompts=3, rounds=15, calls=2),
    Outline(skills=3, prompts=3, rounds=13, calls=2, provider="azure"),
    Outline(skills=4, prompts=7, rounds=4, provider="azure"),
    Outline(skills=3, prompts=3, rounds=2, calls=100, uneven=True, provider="azure"),
    Outline(skills=2, prompts=4, rounds=3, calls=10, repeats=True),
    Outline(skills=70, prompts=2, calls=5, provider="azure"),
)
"""Whose requests are dear, since each of them repeats the conversation."""

_PROVIDERS: Final[tuple[tuple[Provider, Provider], ...]] = (("openai", "azure"), ("azure", "openai"))

COVERING: Final[tuple[Outline, ...]] = (
    *(
        replace(outline, provider=providers[number % 2])
        for providers in _PROVIDERS
        for number, outline in enumerate(_ON_BOTH)
    ),
    *_WITH_MANY_TURNS,
)
"""The outlines that are played first."""
