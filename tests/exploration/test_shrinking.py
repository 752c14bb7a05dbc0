"""What is made simpler stays a scenario that the service would take."""

import json
from dataclasses import replace
from itertools import islice

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.shrinking import simpler_scenarios
from conformance._service import Reply, ToolCall
from conformance._service.tool_schema import find_schema_faults
from conformance.contract import Argument

SCHEMA = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z]{2}$", "description": "Two letters"},
        "home": {"$ref": "#/$defs/address"},
    },
    "required": ["code", "home"],
    "$defs": {"address": {"type": "string", "title": "An address"}},
}


def simpler_schemas():
    skill = Declaration(
        function="AddTodo",
        argument=Argument(name="code", type="string"),
        trigger={"function_description": "Add.", "parameter_description_json": json.dumps(SCHEMA)},
    )
    episode = Episode(skills=(skill,), prompts=(), model_replies=())
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    for simpler in simpler_scenarios(scenario):
        for declaration in simpler.episode.skills:
            text = declaration.trigger.get("parameter_description_json")
            if text is not None and json.loads(text) != SCHEMA:
                yield json.loads(text)


def test_a_parameter_description_is_made_simpler_in_several_ways():
    assert len(list(simpler_schemas())) >= 8


def test_a_simpler_parameter_description_is_one_that_the_service_takes():
    assert [schema for schema in simpler_schemas() if find_schema_faults(schema)] == []


def test_a_regular_expression_is_kept_or_left_out():
    patterns = {schema["properties"].get("code", {}).get("pattern") for schema in simpler_schemas()}
    assert patterns == {"^[A-Z]{2}$", None}


def test_a_reference_leads_to_a_definition():
    for schema in simpler_schemas():
        assert "$ref" not in schema["properties"].get("home", {}) or "address" in schema.get("$defs", {})


def test_the_calls_of_a_skill_go_with_it_where_a_setting_names_it():
    named = {"function_name": "%N%", "function_description": "Get the todos."}
    skill = Declaration(function="GetTodos", argument=Argument(name="id", type="integer"), trigger=named)
    calls = Reply(calls=(ToolCall(id="call_1", name="get", arguments='{"id": 7}'),))
    episode = Episode(skills=(skill,), prompts=("Hi",), model_replies=(calls, Reply(text="Hi")), settings={"N": "get"})
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    without = [simpler.episode for simpler in simpler_scenarios(scenario) if not simpler.episode.skills]
    assert [episode.model_replies for episode in without] == [(Reply(text="Hi"),)]


def test_a_prompt_without_replies_is_made_simpler_too():
    episode = Episode(prompts=("Hello", "Hello again"), model_replies=(Reply(text="Hi"),))
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    assert ("Hello", "Hi") in [simpler.episode.prompts for simpler in simpler_scenarios(scenario)]


def test_a_setting_that_a_name_refers_to_is_kept():
    def named(function, name):
        trigger = {"function_name": name, "function_description": "Get the todos."}
        return Declaration(function=function, argument=Argument(name="id", type="integer"), trigger=trigger)

    settings = {"N": "get", "UNUSED": "x", "WRONG": "a b"}
    skills = (named("GetTodos", "%N%"), named("AddTodo", "add"))
    episode = Episode(skills=skills, prompts=("Hi",), model_replies=(Reply(text="Hi"),), settings=settings)
    scenario = Scenario(edition="2024-04-14", surface="python", episode=episode, refused=(named("A", "%WRONG%"),))
    found = [simpler for simpler in simpler_scenarios(scenario) if simpler.episode.settings != settings]
    assert [simpler.episode.settings for simpler in found] == [{"N": "get", "WRONG": "a b"}]
    episodes = [simpler.episode for simpler in simpler_scenarios(scenario)]
    assert all("%" not in skill.tool_name(one.settings) for one in episodes for skill in one.skills)
    bare = replace(scenario, episode=replace(episode, skills=skills[1:]), refused=())
    assert {} in [simpler.episode.settings for simpler in simpler_scenarios(bare)]


def formatted_calls(scenario):
    """Return the formats that the schema of a scenario's skill names, with the arguments of its calls."""
    (skill,) = scenario.episode.skills
    parts = json.loads(skill.given.get("parameterDescriptionJson", "{}")).get("properties", {}).values()
    calls = (call for reply in scenario.episode.model_replies for call in reply.calls)
    return {part["format"] for part in parts if "format" in part}, {call.arguments for call in calls}


def test_an_argument_whose_schema_names_a_format_stays_as_long_as_the_format():
    schema = {"type": "object", "properties": {"due": {"type": "string", "format": "date-time"}}}
    arguments = '{"due": "2026-02-28T10:00:00Z"}'
    skill = Declaration(
        function="AddTodo",
        argument=Argument(name="due", type="string"),
        trigger={"function_description": "Add.", "parameter_description_json": json.dumps(schema)},
    )
    reply = Reply(calls=(ToolCall(id="call_1", name="AddTodo", arguments=arguments),))
    episode = Episode(skills=(skill,), prompts=("Hi",), model_replies=(reply, Reply(text="Done.")))
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    found = [formatted_calls(simpler) for simpler in simpler_scenarios(scenario) if simpler.episode.skills]
    assert ({"date-time"}, {arguments}) in found
    assert (set(), {arguments}) in found
    assert all(formats <= {"date-time"} and (not formats or calls <= {arguments}) for formats, calls in found)


def test_all_texts_and_all_declarations_are_made_plain_at_once_before_each_by_itself():
    described = {"function_description": "Milk, " * 100, "parameter_description_json": json.dumps(SCHEMA)}
    skills = tuple(
        Declaration(function=f"Add{number}", argument=Argument(name="code", type="string"), trigger=described)
        for number in range(20)
    )
    prompts = tuple(f"Remind me of {number}." for number in range(20))
    episode = Episode(skills=skills, prompts=prompts, model_replies=(Reply(text="I will remind you."),) * 20)
    scenario = Scenario(edition="2024-04-14", surface="python", provider="openai", episode=episode)
    first = [simpler.episode for simpler in islice(simpler_scenarios(scenario), 5)]
    plain = {"function_description": "Hi"}
    assert ("Hi",) * 20 in [one.prompts for one in first if one.model_replies == (Reply(text="Hi"),) * 20]
    assert [plain] * 20 in [[skill.trigger for skill in one.skills] for one in first]


def test_what_is_wrong_in_a_parameter_description_stays_when_its_other_members_go():
    wrong = '{"type": "object", "title": "Code", "examples": [NaN]}'
    declared = {"function_description": "Add.", "parameter_description_json": wrong}
    refused = Declaration(function="AddTodo", argument=Argument(name="code", type="string"), trigger=declared)
    scenario = Scenario(edition="2024-04-14", surface="python", refused=(refused,), episode=Episode())
    found = [
        one.trigger.get("parameter_description_json")
        for simple in simpler_scenarios(scenario)
        for one in simple.refused
    ]
    assert '{"type": "object", "examples": [NaN]}' in found
