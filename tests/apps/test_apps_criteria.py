"""What is found in a declaration: each fault breaks its own requirement, and no other."""

import json

import pytest

from conformance._apps.criteria import CRITERIA
from conformance._data.editions import edition_of
from conformance.contract import EDITIONS

SCHEMA = {"type": "object", "properties": {"TaskDescription": {"type": "string"}}}


def failed(results):
    return {case.removesuffix("-of-AddTodo") for case, result in results.items() if result.outcome == "failed"}


def test_a_good_declaration_passes_everything(write_app, judge):
    results = judge(write_app(AddTodo={}))
    assert {result.outcome for result in results.values()} == {"passed"}
    assert {case.removesuffix("-of-AddTodo") for case in results} == {
        "type", "type-spelling", "direction", "binding-name", "description", "parameters-text", "parameters",
        "parameters-object", "parameters-accepted", "name", "unique-name", "hosted", "tools",
    }  # fmt: skip


def test_each_edition_has_its_direction(write_app, judge):
    app = write_app(AddTodo={"direction": "out"})
    assert failed(judge(app, "2024-04-14")) == set()
    assert failed(judge(app, "2025-05-15")) == {"direction"}


LONG = "Add_a_todo_task_to_the_list_of_those_that_are_still_to_be_done_05"

FAULTS = {
    "type misspelt": ({"type": "assistantSkillsTrigger"}, {"type", "type-spelling"}),
    "type in another case": ({"type": "assistantSkillTrigger"}, {"type-spelling"}),
    "direction missing": ({"direction": ...}, {"direction"}),
    "name missing": ({"name": ...}, {"binding-name"}),
    "name null": ({"name": None}, {"binding-name"}),
    "name with a dash": ({"name": "task-description"}, {"binding-name"}),
    "name that begins with a digit": ({"name": "1TaskDescription"}, {"binding-name"}),
    "name too long": ({"name": "t" * 129}, {"binding-name"}),
    "name made up by the Node library": ({"name": "assistantSkillTriggerb78196b8f3"}, {"binding-name"}),
    "name of no parameter": ({"name": "Task"}, {"binding-name"}),
    "description missing": ({"functionDescription": ...}, {"description"}),
    "description blank": ({"functionDescription": " \n"}, {"description"}),
    "description no text": ({"functionDescription": 7}, {"description"}),
    "parameters as an object": ({"parameterDescriptionJson": SCHEMA}, {"parameters-text"}),
    "parameters no JSON": ({"parameterDescriptionJson": "{'type': 'object'}"}, {"parameters"}),
    "parameters with NaN": (
        {"parameterDescriptionJson": '{"type": "object", "properties": {}, "x": NaN}'},
        {"parameters"},
    ),
    "parameters a list": ({"parameterDescriptionJson": "[]"}, {"parameters"}),
    "parameters of a text": ({"parameterDescriptionJson": '{"type": "string"}'}, {"parameters"}),
    "parameters without properties": ({"parameterDescriptionJson": '{"type": "object"}'}, {"parameters"}),
    "parameters null": ({"parameterDescriptionJson": " null"}, {"parameters-object"}),
    "array without items": (
        {"parameterDescriptionJson": '{"type": "object", "properties": {"TaskDescription": {"type": "array"}}}'},
        {"parameters-accepted"},
    ),
    "function name with a space": ({"functionName": "Add Todo"}, {"name"}),
    "function name with an umlaut": ({"functionName": "AddTodö"}, {"name"}),
    "function name too long": ({"functionName": LONG}, {"name"}),
    "function name no text": ({"functionName": 7}, {"name"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_breaks_its_own_requirement(write_app, judge, fault):
    changes, cases = FAULTS[fault]
    results = judge(write_app(AddTodo=changes))
    assert failed(results) == cases


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "taskdescription"},  # PowerShell's variables are compared without case
        {"functionName": ...},
        {"functionName": ""},
        {"functionName": LONG[:64]},
        {"parameterDescriptionJson": ' {"type":\n"object", "properties": {}} '},
    ],
)
def test_what_is_right_passes(write_app, judge, changes):
    assert failed(judge(write_app(AddTodo=changes))) == set()


@pytest.mark.parametrize("name", ["task_description", "_task", "a__b", "_", "t" * 128])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_binding_may_be_named_in_snake_case(write_app, judge, name, edition):
    app = write_app(AddTodo={"name": name})
    (app / "AddTodo/run.ps1").write_text(f"param(${name}, $TriggerMetadata)")
    assert judge(app, edition)["binding-name-of-AddTodo"].outcome == "passed"


def test_what_the_worker_gives_a_script_is_not_offered_as_its_argument(write_app, judge):
    app = write_app(AddTodo={"name": "Task"})
    (finding,) = judge(app)["binding-name-of-AddTodo"].findings
    assert finding.wanted == "the name of the function's argument (TaskDescription)"


@pytest.mark.parametrize("given", [..., None, ""])
def test_parameters_that_are_not_declared_are_not_judged(write_app, judge, given):
    results = judge(write_app(AddTodo={"parameterDescriptionJson": given}))
    result = results["parameters-of-AddTodo"]
    assert (result.outcome, result.reason) == ("not applicable", "has a skill without a parameter description")
    assert results["tools"].tools[0]["function"]["parameters"] == {
        "type": "object",
        "properties": {"TaskDescription": {}},
    }


def test_keys_are_compared_without_case_as_by_the_host(write_app, judge):
    app = write_app(
        AddTodo={"type": ..., "functionDescription": ..., "TYPE": "AssistantSkillTrigger", "functiondescription": "x"}
    )
    assert failed(judge(app)) == set()


def test_a_function_name_in_another_case_is_taken(write_app, judge):
    results = judge(write_app(AddTodo={}, Again={"functionName": "ADDTODO"}))
    assert {case for case, result in results.items() if result.outcome == "failed"} == {"unique-name-of-Again"}
    (finding,) = results["unique-name-of-Again"].findings
    assert finding.requirement == "AST-DECLARATION-NAME-UNIQUE"
    assert finding.got == '"ADDTODO"'
    assert "AddTodo has it, " in finding.wanted
    assert finding.wanted.endswith("AddTodo/function.json:3)")


def test_a_function_has_the_name_that_another_is_given(write_app, judge):
    results = judge(write_app(AddTodo={"functionName": "GetTodos"}, GetTodos={"functionName": ...}))
    assert results["unique-name-of-GetTodos"].outcome == "failed"


@pytest.mark.parametrize("value", ["true", "True", "1"])
def test_a_function_that_a_setting_disables_is_no_tool(write_app, judge, value):
    settings = {"AzureWebJobs.oldtodo.Disabled": value, "AzureWebJobs.Last.Disabled": "false"}
    results = judge(write_app(settings, AddTodo={}, OldTodo={"direction": "out"}, Last={"functionName": ...}))
    assert [tool["function"]["name"] for tool in results["tools"].tools] == ["AddTodo", "Last"]
    assert results["unique-name-of-OldTodo"].reason == "has disabled OldTodo"
    assert {case for case, result in results.items() if result.outcome == "failed"} == {"direction-of-OldTodo"}


def test_an_app_may_have_disabled_all_its_skills(write_app, judge):
    results = judge(write_app({"AzureWebJobs.AddTodo.Disabled": "true"}, AddTodo={}))
    assert (results["tools"].outcome, results["tools"].tools) == ("passed", [])


def test_a_parameter_description_without_the_argument_is_noted(write_app, judge):
    results = judge(write_app(AddTodo={"name": "taskDescription"}))
    assert results["parameters-of-AddTodo"].outcome == "passed"
    assert results["parameters-of-AddTodo"].notes == (
        "the parameter description has no property taskDescription (TaskDescription), so the function gets null",
    )


@pytest.mark.parametrize("text", [json.dumps({**SCHEMA, "allOf": [], "properties": {}}), json.dumps(SCHEMA), "", None])
def test_a_parameter_description_may_be_built_in_other_ways(write_app, judge, text):
    assert judge(write_app(AddTodo={"parameterDescriptionJson": text}))["parameters-of-AddTodo"].notes == ()


def test_a_tool_whose_parameters_are_not_json_is_not_known(write_app, judge):
    assert judge(write_app(AddTodo={"parameterDescriptionJson": "{"}))["tools"].reason == (
        "has a tool that is not known, and so nothing to compare with a snapshot "
        "(AddTodo: its parameter description is not JSON)"
    )


@pytest.mark.parametrize(
    ("changes", "case", "statement"),
    [
        ({"functionDescription": ""}, "description", "Every skill has a description."),
        (
            {"functionName": "a b"},
            "name",
            "The name of a skill is 1 to 64 letters, digits, underscores and dashes, as ",
        ),
    ],
)
def test_an_app_refuses_nothing(write_app, judge, changes, case, statement):
    (finding,) = judge(write_app(AddTodo=changes))[f"{case}-of-AddTodo"].findings
    assert finding.statement.startswith(statement)


@pytest.mark.parametrize(
    ("script", "disabled", "offered"),
    [
        ("../x.dll", "true", False),  # what the SDK makes of the attribute Disable
        ("../x.dll", '"NO_TODOS"', False),
        ("../x.dll", '"TODOS"', True),
        ("run.ps1", "true", True),  # the host has not read it since version 2
    ],
)
def test_only_in_process_does_function_json_disable_a_function(write_app, judge, script, disabled, offered):
    app = write_app({"NO_TODOS": "1"}, AddTodo={})
    path = app / "AddTodo/function.json"
    path.write_text(f'{{"scriptFile": "{script}", "disabled": {disabled},{path.read_text()[1:]}')
    assert bool(judge(app)["tools"].tools) is offered


def test_a_setting_stands_for_its_value(write_app, judge):
    results = judge(write_app(AddTodo={"functionName": "%SKILL%"}, settings={"SKILL": "Create a todo"}))
    assert "Create a todo" in str(results["name-of-AddTodo"].findings[0])
    results = judge(write_app(folder="other", AddTodo={"functionName": "Add%WHAT%"}, settings={"WHAT": "Todo"}))
    assert results["tools"].tools[0]["function"]["name"] == "AddTodo"


def test_a_built_app_may_bring_its_own_settings(write_files, judge):
    binding = {"type": "assistantSkillTrigger", "direction": "in", "name": "task", "functionName": "%SKILL%"}
    output = "bin/Debug/net8.0/"
    app = write_files(
        {
            f"{output}functions.metadata": json.dumps([{"name": "AddTodo", "bindings": [binding]}]),
            f"{output}local.settings.json": '{"Values": {"SKILL": "Create a todo"}}',
        }
    )
    assert "Create a todo" in str(judge(app)["name-of-AddTodo"].findings[0])


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (None, "has no local.settings.json for the setting SKILL"),
        ({"OTHER": "x"}, "has no setting SKILL in its local.settings.json"),
    ],
)
def test_a_name_of_an_unknown_setting_is_not_judged(write_app, judge, settings, reason):
    results = judge(write_app(settings=settings, AddTodo={"functionName": "%SKILL%"}))
    for case in ("name-of-AddTodo", "unique-name-of-AddTodo"):
        assert (results[case].outcome, results[case].reason) == ("not applicable", reason)
    assert results["tools"].reason == (
        f"has a tool that is not known, and so nothing to compare with a snapshot (AddTodo: {reason})"
    )
    assert results["tools"].tools is None


def test_more_tools_than_openai_takes(write_app, judge):
    functions = {f"Skill{number}": {"functionName": ...} for number in range(129)}
    results = judge(write_app(**functions))
    assert {case for case, result in results.items() if result.outcome == "failed"} == {"tools"}
    assert results["tools"].requirement == "AST-SERVICE-TOOLS"


def test_the_model_that_the_python_library_wrote_by_mistake(write_files, judge):
    binding = {"type": "assistantSkillTrigger", "direction": "in", "name": "task", "functionDescription": "x"}
    metadata = [{"name": "AddTodo", "bindings": [{**binding, "model": "DefaultChatModel"}]}]
    app = write_files({"functions.metadata": json.dumps(metadata)})
    (finding,) = judge(app, "2024-04-14")["model-of-AddTodo"].findings
    assert (finding.requirement, finding.got) == ("AST-MODEL-DEFAULT", '"DefaultChatModel"')
    assert "model-of-AddTodo" not in judge(app, "2025-05-15")  # which documents no model


def test_a_misspelt_key_is_pointed_out(write_app, judge):
    app = write_app(AddTodo={"functionDescription": ..., "functionDiscription": "Create a new todo task"})
    assert judge(app)["description-of-AddTodo"].notes == (
        "the binding has functionDiscription, which is not documented; functionDescription?",
    )


def test_a_result_is_about_the_line_of_its_key(write_app, judge, monkeypatch):
    app = write_app(AddTodo={})
    monkeypatch.chdir(app.parent)
    results = judge("app")
    assert results["type-of-AddTodo"].place == "app/AddTodo/function.json:4"
    assert results["direction-of-AddTodo"].place == "app/AddTodo/function.json:5"
    assert results["tools"].place == "app/AddTodo/function.json:3"


def test_levels_are_the_requirements_own(write_app, judge):
    results = judge(write_app(AddTodo={"direction": "out", "functionName": "Add Todo"}))
    assert results["direction-of-AddTodo"].worst == "must"
    assert results["name-of-AddTodo"].worst == "should"


@pytest.mark.parametrize("edition", EDITIONS)
def test_requirements_that_only_built_apps_show_have_a_criterion(edition):
    only_there = {one.id for one in edition_of(edition).requirements.values() if one.built_apps is not None}
    assert only_there == {
        "AST-DECLARATION-HOSTED", "AST-DECLARATION-NODE-MODEL", "AST-DECLARATION-PYTHON-MODEL",
    }  # fmt: skip
    assert only_there <= {name for criterion in CRITERIA for name in criterion.requirements}
