"""A scenario that is written as a case file, and read back: it is the same."""

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance._data.editions import edition_of
from conformance._data.expectation import read_expectation
from conformance._data.scenario import Declaration, Episode, Failing, Scenario
from conformance._exploration.case_yaml import read_back, to_record, to_yaml
from conformance._exploration.composition.outlines import COVERING
from conformance._exploration.composition.scenario_sources import scenarios_of
from conformance._exploration.prediction.predicting import expect_of
from conformance._service import Fault, Lasting, Reply, ToolCall
from conformance._text.words import has_odd_characters
from conformance._text.yaml_documents import parse_document
from conformance.contract import EDITIONS, JSON_TYPES, SURFACES, Argument
from conformance.errors import CaseFileError

EDITION = "2024-04-14"
REQUIREMENT = "AST-CONVERSATION-CALL"
BY_LAW = {"law": True}
NUMBERS = (*range(0, 90, 13), *range(10_000, 10_003))
"""Scenarios that are built to cover what there is, and drawn ones."""

quickly = settings(deadline=None, database=None, max_examples=150)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["no", "~", "1e5", "2024-04-14", "${x}", "$${x}", "$$${x} ${", "{{x}}", "- a: b", " a\n b ", "\x00\x7f\x85\ufeff"]
)
numbers = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
keys = texts.filter(lambda text: text != "$repeat")  # which is a word of case files: no scenario has it
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
arguments = texts | values.map(json.dumps) | values.map(lambda value: json.dumps(value, ensure_ascii=False))
calls = st.builds(ToolCall, id=texts | st.sampled_from(["call_1", "call_2", "call_3"]), name=texts, arguments=arguments)
some_calls = st.lists(calls, min_size=1, max_size=3).map(tuple)
reasons = st.sampled_from([None, "stop", "length", "tool_calls", "content_filter"])
choices = (
    st.builds(Reply, text=texts, calls=st.just(()) | some_calls, finish_reason=reasons)
    | st.builds(Reply, calls=some_calls, finish_reason=reasons)
    | st.builds(Reply, refusal=texts, finish_reason=reasons)
    | st.builds(Reply, finish_reason=st.sampled_from(["length", "content_filter"]))
)
replies = (
    choices
    | st.builds(Reply, text=texts, further_choices=st.lists(choices, min_size=1, max_size=2).map(tuple))
    | st.builds(Fault, status=st.integers(400, 599), lasts=st.sampled_from(get_args(Lasting)))
)
names = st.sampled_from(["taskDescription", "X", "number_of", "Über"])
triggers = st.fixed_dictionaries(
    {"functionDescription": texts},
    optional={"functionName": texts, "parameterDescriptionJson": arguments, "model": texts, "direction": texts},
)


@st.composite
def declarations(draw, spelling):
    argument = Argument(name=draw(names), type=draw(st.sampled_from(JSON_TYPES)))
    given_here = {key: value for key, value in draw(triggers).items() if key in spelling.parameters}
    raises = draw(st.none() | texts)
    return Declaration(
        function=draw(texts),
        argument=argument,
        trigger=spelling.spell(given_here, argument.name),
        returns=draw(values),
        echoes=draw(st.booleans()),
        raises=raises,
        raises_on="every" if raises is None else draw(st.sampled_from(get_args(Failing))),
    )


@st.composite
def episodes(draw, spelling):
    skills = tuple(draw(st.lists(declarations(spelling), max_size=3)))
    prompts = tuple(draw(st.lists(texts, max_size=3)))
    said = tuple(draw(st.lists(replies, min_size=1, max_size=3))) if prompts else ()
    exported = draw(st.dictionaries(texts, texts, max_size=2))
    return Episode(skills=skills, prompts=prompts, model_replies=said, settings=exported)


@st.composite
def scenarios(draw):
    spelling = edition_of(EDITION).spellings[draw(st.sampled_from(SURFACES))]
    return Scenario(
        edition=EDITION,
        surface=spelling.surface,
        provider=draw(st.sampled_from(["openai", "azure"])),
        models=draw(st.none() | st.frozensets(texts, min_size=1, max_size=2)),
        before=draw(st.none() | episodes(spelling)),
        episode=draw(episodes(spelling)),
    )


def written(scenario, expect, requirement=REQUIREMENT):
    spelling = edition_of(scenario.edition).spellings[scenario.surface]
    return to_yaml(to_record(scenario, spelling, requirement, "What is true in this scenario.", expect))


@quickly
@given(scenarios())
def test_a_scenario_is_read_back_as_it_was(scenario):
    case = read_back(written(scenario, BY_LAW), scenario.edition)
    assert case.scenario == scenario
    assert values_of(case.scenario) == values_of(scenario)


def values_of(scenario):
    """Return the JSON values of a scenario as text: true is not 1 there, and 1 is not 1.0."""
    episodes_of = [one for one in (scenario.before, scenario.episode) if one is not None]
    return [json.dumps(skill.returns) for episode in episodes_of for skill in episode.skills]


@quickly
@given(values)
def test_an_expected_value_is_read_back_as_it_was(value):
    expect = {"invocations": [{"skill": "AddTodo", "argument": {"$equals": value}}], "answers": ["${x}"]}
    scenario = Scenario(
        edition=EDITION,
        surface="python",
        episode=Episode(skills=(), prompts=("Hi",), model_replies=(Reply(text="Hello."),)),
    )
    text = written(scenario, expect)
    assert read_back(text, EDITION).expectation == read_expectation(expect)
    assert not has_odd_characters(text)


def test_what_moves_or_hides_other_text_is_escaped():
    unseen = "a\u202eb\u202c \u200b\u00a0\u2066 \u0301"
    text = to_yaml({"id": "x", unseen: [unseen, {"é": "ü 漢 🥛"}]})
    assert "{é: ü 漢 🥛}" in text
    assert text.count(r"a\u202eb\u202c \u200b\xa0\u2066 \u0301") == 2
    assert parse_document(Path("x"), text.encode()).value == [{"id": "x", unseen: [unseen, {"é": "ü 漢 🥛"}]}]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_explored_can_be_kept(edition, surface):
    spelling = edition_of(edition).spellings[surface]
    for scenario in scenarios_of(NUMBERS, edition, spelling, seed=7):
        case = read_back(written(scenario, BY_LAW), edition)
        assert case.scenario == scenario
        assert (case.edition, case.surface, case.requirement.id) == (edition, surface, REQUIREMENT)


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_predicted_of_a_conversation_can_be_kept(surface):
    edition = edition_of(EDITION)
    requirements = [name for name, one in edition.requirements.items() if surface in one.levels]
    kept = 0
    numbers = [number for number in NUMBERS if number >= len(COVERING) or not COVERING[number].long]  # of YAML's size
    for number, scenario in enumerate(scenarios_of(numbers, EDITION, edition.spellings[surface], seed=8)):
        for requirement in requirements[number % 4 :: 4]:
            expect = expect_of(scenario, requirement)
            if expect is None or expect.keys() & {"accepted", "bindings", "bindings_again"}:
                continue
            case = read_back(written(replace(scenario, refused=()), expect, requirement), EDITION)
            assert case.expectation == read_expectation(expect)
            kept += 1
    assert kept > 10


def test_a_find_of_each_surface_has_a_name_of_its_own():
    episode = Episode(skills=())
    scenarios_of = [Scenario(edition=EDITION, surface=surface, episode=episode) for surface in ("java", "python")]
    names_of = {read_back(written(scenario, BY_LAW), EDITION).id.case for scenario in scenarios_of}
    assert len(names_of) == 2


def test_what_a_case_file_cannot_hold_is_not_read_back():
    too_deep = json.loads("[" * 80 + "]" * 80)
    skill = Declaration(
        function="AddTodo",
        argument=Argument(name="X", type="array"),
        trigger={"function_description": "Add"},
        returns=too_deep,
    )
    scenario = Scenario(edition=EDITION, surface="python", episode=Episode(skills=(skill,)))
    with pytest.raises(CaseFileError, match="nested too deeply"):
        read_back(written(scenario, BY_LAW), EDITION)


def test_odd_characters_are_written_as_json_writes_them():
    odd = '\x00\x07\x1b\x85\u2028\n\t"\\N'
    written = to_yaml({"ask": odd})
    assert r'"\u0000\u0007\u001b\u0085\u2028\n\t\"\\N"' in written
    assert yaml.safe_load(written) == [{"ask": odd}]
    assert "\\N" in to_yaml({"ask": "C:\\New"})
