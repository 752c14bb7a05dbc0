"""Plays the scenarios of a block once, judges them by every law, and shrinks what breaks one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from conformance._data.expectation import LawExpected, readings_of
from conformance._data.open_world.matching import Mismatch
from conformance._data.requirements import Requirement
from conformance._data.scenario import Scenario
from conformance._exploration.laws import LAWS, Law, find_contradictions, has_occasion
from conformance._exploration.laws.refusing import faults_of
from conformance._exploration.reading.conversation_trace import Trace
from conformance._exploration.shrinking import shrink
from conformance._judging.observation import Observation, has_more_calls
from conformance._judging.play import Reads
from conformance._targets.target import Target
from conformance._text import limits
from conformance.contract import Surface

EVERYTHING: Final = Reads(readings=readings_of(LawExpected()))

_CRASHING: Final[Mapping[str, str]] = {"ask": "AST-CONVERSATION-ANSWER", "bindings": "AST-BINDING-EACH"}
"""The requirement that a crash speaks against, by the phase in which it came."""

Player = Callable[[Scenario, Target], Observation]


def laws_of(requirements: Mapping[str, Requirement], surface: Surface) -> Mapping[str, tuple[Law, ...]]:
    """Return the laws of an edition on a surface, by their requirements."""
    found: dict[str, tuple[Law, ...]] = {}
    for law in LAWS:
        known = (requirements[name] for name in law.requirements if name in requirements)
        own = next((requirement.id for requirement in known if surface in requirement.levels), None)
        if own is not None:
            found[own] = (*found.get(own, ()), law)
    return found


class Block(NamedTuple):
    """One part of a search: an implementation, an edition and a surface, and the number of the part."""

    target: str
    edition: str
    surface: Surface
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A scenario that breaks a law, what contradicts the law, and what was seen.

    There are no contradictions if the implementation broke the contract.
    """

    scenario: Scenario
    contradictions: tuple[Mismatch, ...]
    seen: Observation


@dataclass(slots=True, kw_only=True)
class BlockResult:
    """The first scenario that breaks each requirement in a block; `offered` is what the implementation has.

    `first_seen` says how the scenario broke it, which may not happen again. `judged` are the requirements of which a
    scenario came to what they are about. `played` counts the scenarios that came to their end, `crash` says how the
    last one broke that did not; `was_played` is False if that one was given up before it was played. What was seen is
    not kept: it may be large, and it is seen again when the scenario is played again.
    """

    by_requirement: dict[str, Scenario] = field(default_factory=dict)
    first_seen: dict[str, Mismatch] = field(default_factory=dict)
    judged: set[str] = field(default_factory=set)
    offered: frozenset[str] = frozenset()
    played: int = 0
    crash: str | None = None
    was_played: bool = True


@dataclass(slots=True)
class _Trouble:
    """How often scenarios of a kind crashed and hung."""

    max_hangs: int
    crashes: int = 0
    hangs: int = 0

    @property
    def is_enough(self) -> bool:
        return self.crashes >= limits.MAX_CRASHES or self.hangs >= self.max_hangs


class Explorer:
    """Searches with one player; a block is played when it is first asked for."""

    def __init__(self, play: Player) -> None:
        self._play = play
        self._searched: dict[Block, BlockResult] = {}

    def search(
        self, target: Target, block: Block, laws: Mapping[str, tuple[Law, ...]], scenarios: Iterator[Scenario]
    ) -> BlockResult:
        """Return what the scenarios of a block come to, which `laws` judge; both are always the same for a block."""
        if block not in self._searched:
            self._searched[block] = self._search(target, laws, scenarios)
        return self._searched[block]

    def _search(
        self, target: Target, laws: Mapping[str, tuple[Law, ...]], scenarios: Iterator[Scenario]
    ) -> BlockResult:
        found = BlockResult()
        troubles = {False: _Trouble(limits.MAX_HANGS), True: _Trouble(limits.MAX_HANGS_REFUSING)}
        for scenario in scenarios:
            if all(trouble.is_enough for trouble in troubles.values()):
                break
            trouble = troubles[bool(scenario.refused)]
            if trouble.is_enough:
                continue
            seen = self._play(scenario, target)
            if seen.crash is None:
                found.played += 1
                found.offered |= seen.offered
            else:
                found.crash = seen.crash
                trouble.crashes += 1
                trouble.hangs += seen.silence is not None
            found.was_played = seen.was_played
            if not seen.was_played:
                break
            trace = _hearing_of(scenario, seen, laws)
            if trace is not None:
                found.judged |= {name for name in laws.keys() - found.judged if _is_judged(name, laws[name], trace)}
            for requirement, contradictions in broken_requirements(scenario, seen, laws, trace):
                found.by_requirement.setdefault(requirement, scenario)
                if contradictions:
                    found.first_seen.setdefault(requirement, contradictions[0])
        return found

    def smallest(
        self,
        target: Target,
        scenario: Scenario,
        requirement: str,
        laws: Mapping[str, tuple[Law, ...]],
        *,
        seconds: float,
    ) -> Find | None:
        """Return the smallest scenario found in so many seconds that breaks the law too; None if the first does not."""
        own = {requirement: laws[requirement]}
        find: Find | None = None
        hangs = 0

        def breaks(candidate: Scenario) -> bool:
            nonlocal find, hangs
            if hangs >= limits.MAX_HANGS:
                return False
            seen = self._play(candidate, target)
            hangs += {None: 0, "interrupted": 1, "left behind": limits.MAX_HANGS}[seen.silence]
            if not seen.was_played:
                return False
            found = dict(broken_requirements(candidate, seen, own))
            if requirement not in found or (find and (seen.crash is None) is not (find.seen.crash is None)):
                return False
            find = Find(scenario=candidate, contradictions=found[requirement], seen=seen)
            return True

        if breaks(scenario):
            shrink(scenario, breaks, seconds)
        return find


def broken_requirements(
    scenario: Scenario, seen: Observation, laws: Mapping[str, Sequence[Law]], trace: Trace | None = None
) -> Iterator[tuple[str, tuple[Mismatch, ...]]]:
    """Yield each requirement that a scenario breaks, with how it does so; a crash breaks one of them."""
    blamed = _blamed(scenario, seen)
    if seen.crash is not None and not _is_spared(laws.get(blamed, ()), seen):
        yield (blamed if blamed in laws else next(iter(laws))), ()
    trace = trace or _hearing_of(scenario, seen, laws)
    if trace is None:
        return
    for requirement, own in laws.items():
        if found := find_contradictions(own, trace):
            yield requirement, found


def _hearing_of(scenario: Scenario, seen: Observation, laws: Mapping[str, Sequence[Law]]) -> Trace | None:
    """Lay what was seen beside the scenario; None where that says nothing."""
    if seen.crash is not None or seen.broken_before is not None or seen.missing is not None:
        return None
    trace = Trace(scenario, seen)
    if has_more_calls(seen) and any(find_contradictions(own, trace) for own in laws.values()):
        return None
    return trace


def _blamed(scenario: Scenario, seen: Observation) -> str:
    """Return the requirement that a crash speaks against: the one for which something is refused, or by the phase."""
    faults = faults_of(seen.tried, scenario.episode) if seen.tried is not None else ()
    return next(iter(faults), _CRASHING.get(seen.phase, "AST-DECLARATION-PARAMETERS"))


def _is_spared(laws: Sequence[Law], seen: Observation) -> bool:
    """Say whether a crash came from trying what this implementation need not refuse."""
    return seen.tried is not None and not any(law.needs is None or law.needs in seen.offered for law in laws)


def _is_judged(requirement: str, laws: Sequence[Law], trace: Trace) -> bool:
    return any(law.speaks(trace) for law in laws) and has_occasion(requirement, trace)
