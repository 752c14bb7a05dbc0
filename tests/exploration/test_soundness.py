"""No law finds anything in an implementation that conforms.

SOUNDNESS says how many scenarios each implementation is tried with; a release is tried with 10,000.
"""

import os
import sys
from functools import cache
from pathlib import Path

import pytest

from conformance._data.editions import edition_of
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._exploration.schedule import Schedule
from conformance._judging.session import Session
from conformance._targets.loading import load_target
from conformance._transport.answering import answering
from conformance._transport.switchboard import Switchboard

CONFORMING = Path(__file__).parents[1] / "conforming"
sys.path.insert(0, str(CONFORMING))

from liberties import LIBERTIES  # noqa: E402  # found by the line above

WHOLE = ("plain_httpx", "threaded_httpx", "async_openai", "streaming_openai", "converses_only", "declares_only")
NUMBER = int(os.environ.get("SOUNDNESS", "0"))


@cache
def scenarios(edition, surface, number):
    schedule = Schedule(surfaces=(surface,), number=number, seed=1)
    return [
        scenario
        for block in range(schedule.blocks(surface))
        for scenario in schedule.scenarios(edition, edition_of(edition).spellings[surface], block)
    ]


@pytest.fixture(scope="module")
def session():
    board = Switchboard()
    with answering(board, {"intercepted", "loopback"}) as endpoints:
        session = Session(board, seconds=30, endpoints=endpoints)
        yield session
        session.close()


def finds(session, target, edition, surface, some):
    """Yield what the laws find in some scenarios of a surface."""
    laws = laws_of(edition_of(edition).requirements, surface)
    for scenario in some:
        seen = session.play(scenario, target, EVERYTHING)
        for requirement, found in broken_requirements(scenario, seen, laws):
            yield f"{requirement}: {found or seen.crash} in {scenario}"


def shared_out(target, edition, number):
    """Yield each surface with its part of so many scenarios."""
    for surface in target.surfaces:
        yield surface, scenarios(edition, surface, max(1, number // len(target.surfaces)))


def in_turn(target, edition, index, number):
    """Yield one of the surfaces, another one for each index, with so many scenarios, others for each index."""
    surface = target.surfaces[index % len(target.surfaces)]
    some = scenarios(edition, surface, 56)
    yield surface, [some[(index * number + step) % len(some)] for step in range(number)]


@pytest.mark.parametrize("edition", ["2024-04-14", "2025-05-15"])
@pytest.mark.parametrize("name", [*WHOLE, "reference_impl"])
def test_nothing_is_found_in_whole_implementations(session, name, edition):
    spec = name if name == "reference_impl" else str(CONFORMING / f"{name}.py")
    target = load_target(spec, transport="intercepted", seconds=30)
    for surface, some in shared_out(target, edition, NUMBER or 56):
        assert next(finds(session, target, edition, surface, some), None) is None


@pytest.mark.parametrize(("index", "liberty"), [*enumerate(LIBERTIES)], ids=lambda one: getattr(one, "name", ""))
def test_nothing_is_found_in_a_liberty(session, index, liberty):
    target, edition = liberty.target, liberty.editions[index % len(liberty.editions)]
    tried = shared_out(target, edition, NUMBER) if NUMBER else in_turn(target, edition, index, 14)
    for surface, some in tried:
        assert next(finds(session, target, edition, surface, some), None) is None
