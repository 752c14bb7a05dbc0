"""The scenarios that are played first visit every value of the pool, and every pair of axes."""

import json
from itertools import combinations, product
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from mutants.finding import NUMBER

from conformance._data.editions import edition_of
from conformance._exploration.composition.cards import Dealer
from conformance._exploration.composition.outlines import COVERING, Outline
from conformance._exploration.composition.scenario_sources import Schedule, scenarios_of
from conformance._exploration.pool import calls, flavours, json_samples, names, statuses, texts
from conformance._exploration.pool.narrowed import NARROWED
from conformance._exploration.pool.parameter_descriptions import describe
from conformance._exploration.pool.placed import PLACED_KEYWORDS
from conformance._exploration.reading.predicted_calls import MADE_UP, read_calls, read_skills
from conformance._service import Fault, Reply
from conformance._service.schema_keywords import KEYWORDS
from conformance._service.tool_schema import find_schema_faults
from conformance._text import json_values
from conformance.contract import EDITIONS, JSON_TYPES, SURFACES, Argument
from conformance.plugin.options import EXPLORE_SEED

EDITION = "2024-04-14"
README = Path(__file__).parents[2] / "README.md"


def spelling(surface="python", edition=EDITION):
    return edition_of(edition).spellings[surface]


def covering_scenarios(edition, spelling):
    return scenarios_of(range(len(COVERING)), edition, spelling, seed=0)


@pytest.fixture(scope="module", params=[("python",), SURFACES], ids=["on one surface", "dealt out among all"])
def episodes(request):
    """Return what an implementation of these surfaces meets."""
    schedule = Schedule(surfaces=request.param, number=len(COVERING), seed=0)
    scenarios = [one for surface in request.param for one in schedule.scenarios(EDITION, spelling(surface), 0)]
    return [one for scenario in scenarios for one in (scenario.episode, scenario.before) if one is not None]


def replies_of(episodes):
    return [reply for episode in episodes for reply in episode.model_replies]


def calls_of(episodes):
    return [call for reply in replies_of(episodes) if isinstance(reply, Reply) for call in reply.calls]


def skills_of(episodes):
    return [skill for episode in episodes for skill in episode.skills]


def given(episodes, parameter):
    names = {spelling(surface).parameters.get(parameter) for surface in SURFACES}
    return [value for skill in skills_of(episodes) for name, value in skill.trigger.items() if name in names]


def visited(values):
    return {json.dumps(value, sort_keys=True) for value in values}


def arguments_of(episodes):
    """Yield every value in the calls' arguments."""
    for call in calls_of(episodes):
        try:
            arguments = json_values.parse(call.arguments)
        except ValueError:
            continue
        yield from arguments.values() if isinstance(arguments, dict) else ()


def as_json(value):
    """Read a parameter description, which the code of some surfaces gives as an object."""
    return json.loads(value) if isinstance(value, str) else value


def holds(schema, part):
    """Say whether a schema has what a flavour gives it, among other definitions."""
    definitions = part.get("$defs", {})
    others = {key: value for key, value in part.items() if key != "$defs"}
    return others.items() <= schema.items() and definitions.items() <= schema.get("$defs", {}).items()


def test_no_two_tools_of_an_app_are_alike_ignoring_case(episodes):
    for episode in episodes:
        tools = [str(skill.tool).casefold() for skill in read_skills(episode)]
        assert len(set(tools)) == len(tools), tools


def test_a_tool_has_the_own_name_of_the_function_before_or_after_it(episodes):
    owns = [[skill.function for skill in episode.skills] for episode in episodes]
    tools = [[skill.tool for skill in read_skills(episode)] for episode in episodes]
    beside = [
        (own[place], tool[place + step])
        for own, tool in zip(owns, tools, strict=True)
        for place in range(1, len(own) - 1)
        for step in (-1, 1)
    ]
    assert sum(own == tool for own, tool in beside) >= 4


def test_every_text_is_a_description_a_prompt_and_an_answer(episodes):
    answers = [
        reply.text or reply.refusal for reply in replies_of(episodes) if isinstance(reply, Reply) and not reply.calls
    ]
    assert set(texts.TEXTS) - set(given(episodes, "functionDescription")) == set()
    assert set(texts.TEXTS) - {prompt for episode in episodes for prompt in episode.prompts} == set()
    assert set(texts.TEXTS) - set(answers) == set()


@pytest.mark.parametrize("kind", JSON_TYPES)
def test_every_value_is_an_argument(episodes, kind):
    assert visited(json_samples.SAMPLES[kind]) - visited(arguments_of(episodes)) == set()


def places_of(value, place=()):
    """Yield each value within another one with its place there: a member, an element of a list of a member..."""
    yield value, place
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from places_of(one, (*place, type(value)))


@pytest.mark.parametrize("place", [place for steps in (1, 2, 3) for place in product((dict, list), repeat=steps)])
def test_values_that_count_as_nothing_stand_in_every_place(place):
    found = [one for kind in ("array", "object") for value in json_samples.SAMPLES[kind] for one in places_of(value)]
    here = {json.dumps(value) for value, where in found if where == place}
    assert {"null", "false", "0", '""', "[]", "{}", "true", "-7", "0.5", '" "', '"null"'} - here == set()


@pytest.mark.parametrize("kind", JSON_TYPES)
def test_the_service_takes_every_flavour_of_parameter_description(kind):
    argument = Argument(name="x", type=kind)
    schemas = [describe(argument, flavour, "A text", "A title") for flavour in flavours.FLAVOURS]
    assert [fault for schema in schemas for fault in find_schema_faults(schema)] == []


def test_every_keyword_stands_in_every_place_that_takes_a_schema():
    placed = [flavour.others["itself"] for flavour in PLACED_KEYWORDS if "itself" in flavour.others]
    holders = {name for name, keyword in KEYWORDS.items() if keyword.subschemas is not None} - {"dependencies"}
    in_place = {name for flavour in PLACED_KEYWORDS for other in flavour.others.values() for name in other}
    identifying = {name for name in KEYWORDS if name.startswith("$")} - {"$comment", "$defs"}
    assert holders - in_place - {key for flavour in PLACED_KEYWORDS for key in flavour.root} == set()
    assert KEYWORDS.keys() - holders - identifying - {key for one in placed for key in one} == {"dependencies"}


@pytest.mark.parametrize("kind", JSON_TYPES)
def test_the_values_of_a_narrowed_argument_agree_with_its_description(kind):
    for row in NARROWED[kind]:
        validator = Draft202012Validator({"type": kind, **row.keywords})
        assert [value for value in row.values if not validator.is_valid(value)] == []


@pytest.mark.parametrize("kind", JSON_TYPES)
def test_every_narrowing_is_declared(episodes, kind):
    declared = [as_json(value) for value in given(episodes, "parameterDescriptionJson")]
    own = [one for schema in declared for one in schema["properties"].values() if isinstance(one, dict)]
    missing = [row for row in NARROWED[kind] if not any(row.keywords.items() <= one.items() for one in own)]
    assert missing == []


def test_every_flavour_of_parameter_description_is_declared(episodes):
    declared = [as_json(value) for value in given(episodes, "parameterDescriptionJson")]
    others = [flavour.others for flavour in flavours.FLAVOURS]
    roots = [flavour.root for flavour in flavours.FLAVOURS]
    assert [one for one in others if not any(holds(schema["properties"], one) for schema in declared)] == []
    assert [one for one in roots if not any(holds(schema, one) for schema in declared)] == []


def test_every_status_malformed_text_and_unknown_name_is_there(episodes):
    sent_statuses = {reply.status for reply in replies_of(episodes) if isinstance(reply, Fault)}
    called = {call.name for call in calls_of(episodes)}
    sent = [call.arguments for call in calls_of(episodes)]
    assert set(statuses.STATUSES) - sent_statuses == set()
    assert set(calls.UNKNOWN_TOOLS) - called == set()
    for text in calls.MALFORMED:
        assert any(text.replace("{argument}", name) in sent for name in names.ARGUMENT_NAMES), text


@pytest.mark.parametrize(("provider", "models"), [("openai", names.MODELS), ("azure", names.DEPLOYMENTS)])
def test_every_model_and_deployment_is_the_one_that_is_declared(provider, models):
    scenarios = [one for one in covering_scenarios(EDITION, spelling()) if one.provider == provider]
    declared = [set(given([scenario.episode], "model")) for scenario in scenarios]
    assert set(models) - {model for one in declared if len(one) == 1 for model in one} == set()


@pytest.fixture(scope="module", params=EDITIONS)
def scenarios(request):
    return list(covering_scenarios(request.param, spelling(edition=request.param)))


def faults_of(scenarios, provider):
    """Yield each fault on a provider beside the reply before it, if there is one."""
    for scenario in scenarios:
        replies = scenario.episode.model_replies
        for before, reply in zip((None, *replies), replies, strict=False):
            if isinstance(reply, Fault) and scenario.provider == provider:
                yield before, reply.status


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_every_status_is_met_on_each_provider_and_the_common_ones_after_calls_too(scenarios, provider):
    faults = list(faults_of(scenarios, provider))
    after_calls = {status for before, status in faults if isinstance(before, Reply) and before.calls}
    assert set(statuses.STATUSES) - {status for _, status in faults} == set()
    assert set(statuses.COMMON_STATUSES) - after_calls == set()


def told_calls(scenarios, provider):
    for scenario in scenarios:
        skills = read_skills(scenario.episode)
        for reply in scenario.episode.model_replies if scenario.provider == provider else ():
            if isinstance(reply, Reply):
                yield from read_calls(reply.calls, skills, scenario.surface)


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_further_arguments_stand_beside_the_own_one_whether_the_schema_is_made_up_or_given(scenarios, provider):
    extra = [told for told in told_calls(scenarios, provider) if told.kind == "extra"]
    assert len([told for told in extra if told.skill.schema is MADE_UP]) >= 2
    assert len([told for told in extra if told.skill.schema is not MADE_UP]) >= 2


def test_every_kind_of_call_is_made_on_each_provider(scenarios):
    kinds = {"good", "extra", "null", "missing", "malformed", "unknown"}
    assert {told.kind for told in told_calls(scenarios, "openai")} >= kinds
    assert {told.kind for told in told_calls(scenarios, "azure")} >= kinds


def test_every_further_argument_is_given(scenarios):
    names = {
        key
        for provider in ("openai", "azure")
        for told in told_calls(scenarios, provider)
        if told.kind in {"extra", "unclear", "null"} and told.skill
        for key in json_values.parse(told.call.arguments)
    }
    wanted = {key for one in calls.EXTRA_ARGUMENTS for key in one if "{" not in key}
    assert wanted - names == set()


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_a_conversation_comes_to_more_than_100000_bytes(scenarios, provider):
    said = [sum(map(len, scenario.episode.prompts)) for scenario in scenarios if scenario.provider == provider]
    assert max(said) > 150_000


def test_an_app_before_has_skills_named_alike_with_and_without_a_parameter_description(scenarios):
    alike, ways = 0, set()
    for scenario in scenarios:
        before = scenario.before
        if before is None or before == scenario.episode:
            continue
        earlier = {skill.tool: skill for skill in read_skills(before)}
        for later in read_skills(scenario.episode):
            alike += later.tool.swapcase() in earlier
            if later.tool in earlier:
                other = earlier[later.tool]
                assert other.declaration.argument.type != later.declaration.argument.type
                ways.add(other.schema is MADE_UP)
    assert alike
    assert ways == {False, True}


AXES = {
    "provider": lambda outline: outline.provider,
    "skills": lambda outline: "none" if not outline.skills else "one or two" if outline.skills < 3 else "several",
    "prompts": lambda outline: "one" if outline.prompts == 1 else "several",
    "rounds": lambda outline: "none" if not outline.rounds else "one" if outline.rounds == 1 else "several",
    "calls": lambda outline: "one" if outline.calls == 1 else "several",
    "faults": lambda outline: outline.faults,
    "before": lambda outline: outline.before,
    "odd": lambda outline: outline.odd,
    "repeats": lambda outline: outline.repeats,
    "endings": lambda outline: outline.endings,
    "long": lambda outline: outline.long,
}


@pytest.mark.parametrize("axis", [axis for axis in AXES if axis != "provider"])
def test_each_value_of_an_axis_is_there_on_both_providers(axis):
    of_axis = AXES[axis]
    found = {(outline.provider, of_axis(outline)) for outline in COVERING}
    assert found == {(provider, value) for provider in ("openai", "azure") for value in {of_axis(o) for o in COVERING}}


def test_sizes_reach_the_limits_of_what_is_usual():
    assert max(outline.skills for outline in COVERING) >= 25
    assert max(outline.prompts for outline in COVERING) >= 8
    assert max(outline.rounds for outline in COVERING) >= 15
    assert max(outline.calls for outline in COVERING) >= 25


@pytest.mark.parametrize(("left", "right"), list(combinations(("skills", "prompts", "rounds", "calls"), 2)))
def test_sizes_meet_in_every_pair(left, right):
    found = {(AXES[left](outline), AXES[right](outline)) for outline in COVERING if outline.skills and outline.rounds}
    wanted = {(x, y) for x, _ in found for _, y in found}
    assert wanted - found == set()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_is_covered_and_each_number_is_the_same_scenario_alone(surface, edition):
    every = list(covering_scenarios(edition, spelling(surface, edition)))
    assert len(every) == len(COVERING)
    assert list(scenarios_of([3, 17], edition, spelling(surface, edition), seed=0)) == [every[3], every[17]]


def test_a_dealer_deals_each_card_before_any_comes_again():
    dealer = Dealer()
    dealt = [dealer.choose("role", "abcde", None) for _ in range(15)]
    assert [sorted(dealt[start : start + 5]) for start in (0, 5, 10)] == [list("abcde")] * 3


def test_what_covers_everything_is_played_by_default():
    assert len(COVERING) == NUMBER


def test_the_readme_and_the_options_say_how_many_scenarios_cover_everything():
    assert f"every run plays {NUMBER} scenarios" in " ".join(README.read_text("utf-8").split())
    assert f"after the first {NUMBER} " in EXPLORE_SEED.help


def test_every_formatted_text_is_an_argument(episodes):
    assert visited(texts.FORMATTED_TEXTS) - visited(arguments_of(episodes)) == set()


@pytest.mark.parametrize(("prompts", "places"), [(1, [0]), (2, [0]), (3, [1])])
def test_many_rounds_have_something_before_and_after_them_where_there_are_prompts_for_it(prompts, places):
    outline = Outline(prompts=prompts, rounds=9)
    assert [number for number in range(prompts) if len(outline.turn(number)) == 9] == places
    assert sum(len(outline.turn(number)) for number in range(prompts)) == 9
