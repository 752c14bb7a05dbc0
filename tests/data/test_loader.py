"""What a record becomes: a case for each row of its matrix and each surface."""

from inspect import signature
from typing import get_args

import pytest
from core_edition import EDITION, GOOD, write_edition

from conformance._data.corpus import case_files
from conformance._data.editions import edition_of, load_edition
from conformance._data.expectation import BindingsExpected, ConversationExpected, Expectation, LawExpected
from conformance._service import Fault, Reply, ToolCall
from conformance.contract import SURFACES, Argument

HEAD = "  title: A title that says something.\n  covers: [AST-ALL-SURFACES]\n"


@pytest.fixture
def load(tmp_path):
    return lambda *files: load_edition(write_edition(tmp_path, *files), EDITION).cases


def test_makes_a_case_of_a_record(load, tmp_path):
    (case,) = load("# about\n\n" + GOOD)
    assert (case.id.case, case.surface, case.id.name) == ("good-case", "python", "good-case[python]")
    assert case.title == "A case that is good in every way."
    assert (case.root, case.path, case.line) == (tmp_path, tmp_path / EDITION / "a.yaml", 3)
    assert (case.edition, case.scenario.provider, case.scenario.models) == (EDITION, "openai", None)
    assert case.requirement.id == "AST-PYTHON-ONLY"
    assert case.needs == ("ask",)
    assert case.expectation == ConversationExpected(answer="Done.")
    assert case.scenario.episode.prompts == ("Buy milk",)


def test_takes_a_case_for_each_surface_in_the_order_of_the_contract(load):
    cases = load(f"- id: a\n{HEAD}  skills: [{{trigger: {{}}}}]\n  expect: {{accepted: true}}\n")
    assert [case.surface for case in cases] == list(SURFACES)


def test_takes_the_narrowed_surfaces_only(load):
    cases = load(f"- id: a\n{HEAD}  surfaces: [python, java]\n  expect: {{construct: x}}\n")
    assert [case.surface for case in cases] == ["java", "python"]


def test_gives_each_surface_the_requirement_that_concerns_it(load):
    record = GOOD.replace("[AST-PYTHON-ONLY]", "[AST-PYTHON-ONLY, AST-JAVA-ONLY]")
    assert {case.surface: case.requirement.id for case in load(record)} == {
        "java": "AST-JAVA-ONLY",
        "python": "AST-PYTHON-ONLY",
    }


def test_spells_declarations_as_the_surface_does(load):
    cases = load(
        f"- id: a\n{HEAD}  skills: [{{trigger: {{functionDescription: Add}}}}]\n  expect: {{accepted: true}}\n"
    )
    assert {case.surface: case.scenario.episode.skills[0].trigger for case in cases} == {
        "csharp-isolated": {"FunctionDescription": "Add"},
        "csharp-inprocess": {"FunctionDescription": "Add"},
        "java": {"name": "taskDescription", "FunctionDescription": "Add"},
        "javascript": {"functionDescription": "Add"},
        "typescript": {"functionDescription": "Add"},
        "powershell": {
            "type": "AssistantSkillTrigger",
            "direction": "out",
            "name": "taskDescription",
            "functionDescription": "Add",
        },
        "python": {"function_description": "Add"},
    }


def test_lets_a_declaration_overrule_what_is_prefilled(load):
    record = f"""- id: a\n{HEAD}  surfaces: [powershell]
  skills: [{{argument: {{filter: object}}, trigger: {{type: other, functionDescription: Add}}}}]
  expect: {{accepted: true}}
"""
    (case,) = load(record)
    assert case.scenario.episode.skills[0].trigger["type"] == "other"
    assert case.scenario.episode.skills[0].trigger["name"] == "filter"
    assert case.scenario.episode.skills[0].argument == Argument(name="filter", type="object")


def test_gives_a_schema_as_json_text(load):
    trigger = "{functionDescription: A, parameterDescriptionJson: {type: object, title: ä}}"
    (case,) = load(GOOD.replace("{functionDescription: Create a new todo task}", trigger))
    assert case.scenario.episode.skills[0].trigger["parameter_description_json"] == '{"type": "object", "title": "ä"}'


def test_fills_a_matrix_by_type(load):
    record = f"""- id: a-${{kind}}
{HEAD}  surfaces: [python]
  matrix:
    - {{kind: string, value: text}}
    - {{kind: array, value: [1, {{a: null}}]}}
  skills:
    - argument: {{"the_${{kind}}": "${{kind}}"}}
      trigger: {{functionDescription: "It is ${{value}}."}}
      returns: "${{value}}"
  expect: {{bindings: {{"${{kind}}": {{name: ["${{value}}"]}}}}}}
"""
    first, second = load(record)
    assert (first.id.case, second.id.case) == ("a-string", "a-array")
    (skill,) = second.scenario.episode.skills
    assert skill.argument == Argument(name="the_array", type="array")
    assert skill.trigger == {"function_description": 'It is [1, {"a": null}].'}
    assert skill.returns == [1, {"a": None}]
    assert second.expectation == BindingsExpected(bindings={"array": {"name": [[1, {"a": None}]]}})
    assert first.line == second.line == 1


def test_spells_a_long_text_out(load):
    matrix = "  matrix: [{n: short, t: Done.}, {n: long, t: {$repeat: [ab, 3]}}]\n"
    record = GOOD.replace("good-case", "${n}-text").replace("Done.", '"${t}"') + matrix
    assert [case.expectation.answer for case in load(record)] == ["Done.", "ababab"]


def test_makes_the_script(load):
    replies = """
    - calls: [{name: A, arguments: {x: ä}}, {name: B, arguments: "{", id: mine}]
      text: Wait.
    - calls: [{name: C, arguments: {}}]
    - {status: 500, lasts: always}
    - {text: ""}
"""
    (case,) = load(
        GOOD[: GOOD.index("  model_replies:")] + "  model_replies:" + replies + "  expect: {invocations: []}\n"
    )
    assert case.scenario.episode.model_replies == (
        Reply(
            text="Wait.",
            calls=(
                ToolCall(id="call_1", name="A", arguments='{"x": "ä"}'),
                ToolCall(id="mine", name="B", arguments="{"),
            ),
        ),
        Reply(calls=(ToolCall(id="call_3", name="C", arguments="{}"),)),
        Fault(status=500, lasts="always"),
        Reply(text=""),
    )


def test_makes_a_refusal_and_its_control(load):
    record = f"""- id: a\n{HEAD}  surfaces: [python]
  needs: ask
  refused: {{trigger: {{}}}}
  control: {{trigger: {{functionDescription: Add}}}}
"""
    (case,) = load(record)
    expected = case.expectation
    assert [refused.trigger for refused in case.scenario.refused] == [{}]
    assert expected.control.trigger == {"function_description": "Add"}
    assert case.needs == ("ask",)


def test_takes_own_and_shared_files_in_the_order_of_their_names(tmp_path):
    root = write_edition(tmp_path, GOOD, GOOD.replace("good", "other"))
    (root / "shared").mkdir()
    (root / "shared" / "aa.yaml").write_text(GOOD.replace("good", "shared"))
    assert [case.id.case for case in load_edition(root, EDITION).cases] == ["good-case", "shared-case", "other-case"]
    assert [path.name for path in case_files(root, EDITION)] == ["a.yaml", "aa.yaml", "b.yaml"]


@pytest.mark.parametrize("edition", ["2024-04-14", "2025-05-15"])
def test_loads_the_suites_own_cases(edition):
    cases = edition_of(edition).cases
    assert len({case.id.name for case in cases}) == len(cases)
    assert {case.surface for case in cases} == set(SURFACES)
    assert {case.edition for case in cases} == {edition}
    assert {type(case.expectation) for case in cases} == set(get_args(Expectation)) - {LawExpected}


def test_every_argument_of_the_suites_cases_can_be_a_parameters_name():
    names = {skill.argument.name for case in edition_of(EDITION).cases for skill in case.scenario.episode.skills}
    for name in names:
        namespace = {}
        exec(f"def function({name}): ...", namespace)  # noqa: S102  # our own case files
        assert list(signature(namespace["function"]).parameters) == [name]


def test_declares_a_skill_by_its_function_where_the_trigger_is_not_the_point(load):
    (case,) = load(
        f"- id: a-case\n{HEAD}  surfaces: [python]\n  skills: [{{function: Fetch}}]\n  expect: {{accepted: true}}\n"
    )
    (skill,) = case.scenario.episode.skills
    assert skill.function == "Fetch"
    assert skill.trigger == {"function_name": "Fetch", "function_description": "Create a new todo task"}


def test_makes_a_refusal_that_may_be_kept_from_the_binding(load):
    record = f"""- id: a\n{HEAD}  surfaces: [python]
  refused: {{trigger: {{}}}}
  control: {{trigger: {{functionDescription: Add}}}}
  or_binding: {{type: AssistantSkillTrigger}}
"""
    (case,) = load(record)
    assert case.expectation.or_binding == {"type": "AssistantSkillTrigger"}
    assert case.needs == ("bindings",)


def test_makes_an_expectation_of_bindings_after_a_conversation(load):
    record = f"""- id: a\n{HEAD}  surfaces: [python]
  skills: [{{trigger: {{functionDescription: Add}}}}]
  ask: Hello
  model_replies: [Hi.]
  expect: {{bindings_after: {{AddTodo: {{}}}}}}
"""
    (case,) = load(record)
    assert case.expectation == BindingsExpected(bindings_after={"AddTodo": {}})
    assert case.needs == ("bindings", "ask")


@pytest.mark.parametrize(
    "expect",
    [
        "bindings: {$one_of: [{AddTodo: {name: task}}, {}]}",
        "bindings: {$equals: {AddTodo: {name: task, extension: 1}}}",
        "bindings: {AddTodo: {$absent: true}}",
        "binding: {$equals: {name: task, extension: 1}}",
        "binding: {dataType: {$absent: true}, cardinality: one, connection: x, properties: {}}",
        "binding: {model: {$one_of: [gpt-4, {$absent: true}]}}",
    ],
)
def test_takes_what_bindings_may_hold(load, expect):
    skills = "[{function: AddTodo, trigger: {functionDescription: Add}}]"
    (case,) = load(f"- id: a\n{HEAD}  surfaces: [python]\n  skills: {skills}\n  expect: {{{expect}}}\n")
    assert isinstance(case.expectation, BindingsExpected)


@pytest.mark.parametrize(
    "expect",
    [
        "{request: {body: {data_sources: [{type: search}], logit_bias: {50256: -100}, metadata: {my: own}}}}",
        "{request: {body: {tool_choice: {$one_of: [auto, {type: function, function: {name: AddTodo}}]}}}}",
        "{request: {tools: {AnyName: {strict: {$absent: true}, parameters: {any: thing}}}}}",
        "{requests: {$unordered: [{told: {call_1: {$json: {any: thing}}}}, {results: {$differ: [call_1, call_2]}}]}}",
        "{request: {messages: [{content: {$json: {any: thing}}}]}}",
        "{request: {messages: [{tool_calls: [{function: {arguments: {$json: {any: thing}}}}]}]}}",
        "{invocations: [{skill: AddTodo, argument: {any: thing}}]}",
    ],
)
def test_takes_what_a_conversation_may_hold(load, expect):
    first, _, _ = GOOD.partition("  expect:")
    (case,) = load(f"{first}  expect: {expect}\n")
    assert isinstance(case.expectation, ConversationExpected)
