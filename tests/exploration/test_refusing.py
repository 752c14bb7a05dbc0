"""What is to be refused is refused for the fault that it has, by the cases as by the laws."""

import pytest
from mutants.base import App
from mutants.finding import explored
from mutants.mutant import judging
from mutants.subtle.subtle import subtle

from conformance._data.editions import edition_of
from conformance._data.expectation import RefusalExpected
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.composition.composed_skills import SETTINGS
from conformance._exploration.composition.outlines import COVERING
from conformance._exploration.composition.scenario_sources import Schedule
from conformance._exploration.laws.refusing import FAULTS, faults_of
from conformance._exploration.pool.names import WRONG_NAMES, WRONG_OWN_NAMES, WRONG_SETTING_NAMES
from conformance._exploration.pool.wrong_descriptions import WRONG_DESCRIPTIONS
from conformance._exploration.shrinking import simpler_scenarios
from conformance.contract import EDITIONS, SURFACES, Argument

NAMES = [fault.requirement for fault in FAULTS]
SCHEMA = {"type": "object", "properties": {"todo": {"type": "string", "description": "Zoe's"}}}
TEXT = '{"type": "object", "properties": {"todo": {"type": "string", "description": "Zoe\'s"}}}'


def faults(settings=SETTINGS[0], function="AddTodo", **trigger):
    given = {"functionDescription": "Add a todo", **trigger}
    declaration = Declaration(function=function, argument=Argument(name="todo", type="string"), trigger=given)
    return faults_of(declaration, Episode(settings=settings))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_case_has_something_refused_for_the_one_fault_that_it_is_about(edition):
    judged = set()
    for case in edition_of(edition).cases:
        if isinstance(case.expectation, RefusalExpected) and case.requirement.id in NAMES:
            judged.add(case.requirement.id)
            (refused,) = case.scenario.refused
            assert faults_of(refused, case.scenario.episode) == {case.requirement.id}, case.id.name
            assert faults_of(case.expectation.control, case.scenario.episode) == frozenset(), case.id.name
    assert judged == set(NAMES)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_scenario_has_something_refused_for_each_fault(edition, surface):
    schedule = Schedule(surfaces=(surface,), number=len(COVERING), seed=0)
    firsts = set()
    scenarios = list(schedule.scenarios(edition, edition_of(edition).spellings[surface], 0))
    for played, scenario in zip(scenarios[::2], scenarios[1::2], strict=True):
        assert (played.refused, scenario.before, scenario.episode.prompts) == ((), None, ())
        assert scenario.episode.skills == played.episode.skills
        found = [faults_of(refused, scenario.episode) for refused in scenario.refused]
        expected = [name for name in NAMES if scenario.episode.skills or name != "AST-DECLARATION-NAME-UNIQUE"]
        assert sorted(map(list, found)) == sorted([name] for name in expected)
        firsts |= found[0]
        functions = [skill.function for skill in (*scenario.episode.skills, *scenario.refused)]
        assert len(set(functions)) == len(functions)
        alone = Episode(settings=scenario.episode.settings)
        assert not any(faults_of(skill, alone) for skill in scenario.episode.skills)
    assert firsts == set(NAMES)


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("name", [*WRONG_NAMES, *WRONG_SETTING_NAMES])
def test_every_wrong_name_is_wrong(name, settings):
    assert faults(settings, functionName=name) == {"AST-DECLARATION-NAME-FORM"}


@pytest.mark.parametrize("name", WRONG_OWN_NAMES)
def test_every_wrong_own_name_is_wrong_unless_another_is_given(name):
    assert faults(function=name) == {"AST-DECLARATION-NAME-FORM"}
    assert faults(function=name, functionName="AddTodo") == frozenset()


@pytest.mark.parametrize("number", range(len(WRONG_DESCRIPTIONS)))
def test_every_wrong_parameter_description_is_wrong(number):
    assert faults(parameterDescriptionJson=TEXT) == frozenset()
    text = WRONG_DESCRIPTIONS[number](SCHEMA, TEXT)
    assert faults(parameterDescriptionJson=text) == {"AST-DECLARATION-SCHEMA-FORM"}


def test_all_wrong_parameter_descriptions_are_different():
    assert len({make(SCHEMA, TEXT) for make in WRONG_DESCRIPTIONS}) == len(WRONG_DESCRIPTIONS)


@pytest.mark.parametrize("number", range(len(WRONG_DESCRIPTIONS)))
def test_what_is_wrong_is_made_shorter(number):
    text = WRONG_DESCRIPTIONS[number](SCHEMA, TEXT)
    trigger = {"function_description": "Hi", "parameter_description_json": text}
    refused = Declaration(function="F", argument=Argument(name="todo", type="string"), trigger=trigger)
    scenario = Scenario(edition="2024-04-14", surface="python", episode=Episode(), refused=(refused,))
    shorter = [
        one.trigger["parameter_description_json"]
        for simpler in simpler_scenarios(scenario)
        for one in simpler.refused
        if "parameter_description_json" in one.trigger and faults_of(one, Episode())
    ]
    assert len(text) < 12 or any(len(one) < len(text) for one in shorter)


@subtle("A name may have letters of any script.", "AST-DECLARATION-NAME-FORM")
class TakesAnyLetters(App):
    def check_name(self, name):
        if name.isascii():
            super().check_name(name)


def test_what_is_not_refused_breaks_the_law_and_no_other():
    with judging() as session:
        assert set(explored(TakesAnyLetters, session)) == {"AST-DECLARATION-NAME-FORM"}
