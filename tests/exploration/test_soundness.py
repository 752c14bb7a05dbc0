"""No law finds anything in an implementation that conforms.

SOUNDNESS says how many scenarios each implementation is tried with; a release is tried with 10,000.
"""

import os
import sys
from functools import cache
from pathlib import Path

import pytest
from mutants.base import App
from mutants.finding import NUMBER as DEFAULT
from mutants.mutant import Mutant

from conformance._data.editions import edition_of
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.composition.scenario_sources import apart, scenarios_of
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._judging.session import open_session
from conformance._service import Reply, ToolCall
from conformance._targets.loading import load_target
from conformance.contract import EDITIONS, Argument

CONFORMING = Path(__file__).parents[1] / "conforming"
sys.path.insert(0, str(CONFORMING))

from liberties import LIBERTIES  # noqa: E402  # found by the line above

WHOLE = ("plain_httpx", "threaded_httpx", "async_openai", "streaming_openai", "converses_only", "declares_only")
NUMBER = int(os.environ.get("SOUNDNESS", "0"))


@cache
def first_scenarios(edition, surface):
    scenarios = scenarios_of(range(DEFAULT), edition, edition_of(edition).spellings[surface], seed=1)
    return [part for scenario in scenarios for part in apart(scenario)]


@pytest.fixture(scope="module")
def session():
    with open_session({"intercepted", "loopback"}, seconds=30) as session:
        yield session


def finds(session, target, edition, surface, some):
    """Yield what the laws find in some scenarios of a surface."""
    laws = laws_of(edition_of(edition).requirements, surface)
    for scenario in some:
        seen = session.play(scenario, target, EVERYTHING)
        for requirement, found in broken_requirements(scenario, seen, laws):
            yield f"{requirement}: {found or seen.crash} in {scenario}"


def dealt(target, edition, numbers):
    """Yield each surface with its part of the scenarios of these numbers, dealt out as a run deals them."""
    for place, surface in enumerate(target.surfaces):
        own = [number for number in numbers if number % len(target.surfaces) == place]
        yield surface, scenarios_of(own, edition, edition_of(edition).spellings[surface], seed=1)


def in_turn(target, edition, index, number):
    """Yield one of the surfaces, another one for each index, with so many scenarios, others for each index."""
    surface = target.surfaces[index % len(target.surfaces)]
    some = first_scenarios(edition, surface)
    yield surface, [some[(index * number + step) % len(some)] for step in range(number)]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", [*WHOLE, "reference_impl"])
def test_nothing_is_found_in_whole_implementations(session, name, edition):
    spec = name if name == "reference_impl" else str(CONFORMING / f"{name}.py")
    target = load_target(spec, transport="intercepted", seconds=30)
    numbers = range(NUMBER) if NUMBER else range(EDITIONS.index(edition), DEFAULT, len(EDITIONS))
    for surface, some in dealt(target, edition, numbers):
        assert next(finds(session, target, edition, surface, some), None) is None


@pytest.mark.parametrize(("index", "liberty"), [*enumerate(LIBERTIES)], ids=lambda one: getattr(one, "name", ""))
def test_nothing_is_found_in_a_liberty(session, index, liberty):
    target, edition = liberty.target, liberty.editions[index % len(liberty.editions)]
    tried = dealt(target, edition, range(NUMBER)) if NUMBER else in_turn(target, edition, index, 14)
    for surface, some in tried:
        assert next(finds(session, target, edition, surface, some), None) is None


def test_equal_looking_arguments_may_be_handed_over_in_any_order(session):
    skill = Declaration(
        function="AddTodo", argument=Argument(name="parts", type="array"), trigger={"function_description": "Add."}
    )
    arguments = ('{"parts": [1]}', '{"parts": [true]}')
    calls = tuple(ToolCall(id=f"call_{n}", name="AddTodo", arguments=text) for n, text in enumerate(arguments))
    episode = Episode(skills=(skill,), prompts=("Hi",), model_replies=(Reply(calls=calls), Reply(text="Done.")))
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    (liberty,) = (one for one in LIBERTIES if one.name == "runs-the-last-call-first")
    assert list(finds(session, liberty.target, "2024-04-14", "python", [scenario])) == []


def test_which_of_two_calls_fails_may_differ_when_a_conversation_is_repeated(session):
    skill = Declaration(
        function="AddTodo",
        argument=Argument(name="todo", type="string"),
        trigger={"function_description": "Add."},
        raises="no store",
        raises_on="first",
        returns="added",
    )
    calls = tuple(ToolCall(id=f"call_{n}", name="AddTodo", arguments='{"todo": "Milk"}') for n in (1, 2))
    episode = Episode(skills=(skill,), prompts=("Hi",), model_replies=(Reply(calls=calls), Reply(text="Done.")))
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode, before=episode)
    (liberty,) = (one for one in LIBERTIES if one.name == "runs-calls-in-changing-order")
    assert list(finds(session, liberty.target, "2024-04-14", "python", [scenario])) == []


def test_a_rounded_argument_is_not_taken_for_that_of_a_call_without_one(session):
    skill = Declaration(
        function="AddTodo", argument=Argument(name="parts", type="array"), trigger={"functionDescription": "Add."}
    )
    arguments = (f'{{"parts": [{2**53 + 1}]}}', "{}", "Milk")
    calls = tuple(ToolCall(id=f"call_{n}", name="AddTodo", arguments=text) for n, text in enumerate(arguments))
    episode = Episode(skills=(skill,), prompts=("Hi",), model_replies=(Reply(calls=calls), Reply(text="Done.")))
    scenario = Scenario(edition="2024-04-14", surface="javascript", provider="openai", episode=episode)
    (liberty,) = (one for one in LIBERTIES if one.name == "rounds-to-doubles")
    assert list(finds(session, liberty.target, "2024-04-14", "javascript", [scenario])) == []


class FindsWithoutCase(App):
    def find(self, name):
        return next(skill for skill in self.skills if skill.name.casefold() == name.casefold())


def test_a_call_that_may_be_of_a_skill_may_be_told_what_another_skill_returns_too(session):
    skills = tuple(
        Declaration(
            function=name,
            argument=Argument(name="title", type="string"),
            trigger={"functionDescription": "Add."},
            returns="added to the list of all that is still to be done",
        )
        for name in ("AddTodo", "AddTask")
    )
    calls = tuple(
        ToolCall(id=f"call_{n}", name=name, arguments='{"title": "Milk"}')
        for n, name in enumerate(("AddTodo", "addtask"))
    )
    episode = Episode(skills=skills, prompts=("Hi",), model_replies=(Reply(calls=calls), Reply(text="Done.")))
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    target = Mutant(
        name="any-case", why="", app=FindsWithoutCase, fails={}, surfaces=("python",), editions=EDITIONS
    ).target
    assert list(finds(session, target, "2024-04-14", "python", [scenario])) == []
