"""Declarations: what function.json holds of them, what the model is told, and which are refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl import DeclarationError, FunctionApp
from reference_impl.dialects import EDITIONS, SURFACES, find_dialect

SCHEMA = '{"type": "object",  "properties": {"taskDescription": {"type": "string", "description": "Aufgabe ✓"}}}'
TEXT = st.characters(exclude_categories=["Cs"])
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SPELLED = {
    "functionDescription": "Adds a todo",
    "functionName": "AddTodo",
    "parameterDescriptionJson": SCHEMA,
}


def handle(taskDescription: str):  # noqa: N803 - the documented example's name
    return taskDescription


def declare(trigger, *, app=None, function="AddTodo", **options):
    app = app or FunctionApp(options.pop("settings", {}), **options)
    app.declare(handle, function=function, argument="taskDescription", parameters=trigger)
    return app


def spelled(fields, edition, surface):
    """Spell fields for a surface; PowerShell's declaration is the whole binding."""
    dialect = find_dialect(edition, surface)
    binding = {"type": "AssistantSkillTrigger", "direction": dialect.direction, "name": "taskDescription"}
    given = {**binding, **fields} if surface == "powershell" else fields
    return {word: given[field] for word, field in dialect.fields.items() if field in given}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_carries_what_is_given_to_the_binding(edition, surface):
    app = declare(spelled(SPELLED, edition, surface), edition=edition, surface=surface)
    (binding,) = app.bindings()["AddTodo"]
    dialect = find_dialect(edition, surface)
    model = {"model": "gpt-3.5-turbo"} if "model" in dialect.fields.values() else {}
    assert binding == {
        "type": dialect.type,
        "direction": {"2024-04-14": "out", "2025-05-15": "in"}[edition],
        "name": "taskDescription",
        "functionName": "AddTodo",
        "functionDescription": "Adds a todo",
        "parameterDescriptionJson": SCHEMA,
        **model,
    }


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_tells_the_model_what_is_given(edition, surface):
    app = declare(spelled(SPELLED, edition, surface), edition=edition, surface=surface)
    function = {"name": "AddTodo", "description": "Adds a todo", "parameters": json.loads(SCHEMA)}
    assert app.tools == [{"type": "function", "function": function}]


def test_holds_in_the_binding_only_what_is_given():
    app = declare({"FunctionDescription": "Adds a todo"}, edition="2025-05-15", surface="csharp-isolated")
    assert app.bindings() == {
        "AddTodo": [
            {
                "type": "AssistantSkillTrigger",
                "direction": "in",
                "name": "taskDescription",
                "functionDescription": "Adds a todo",
            }
        ]
    }


@pytest.mark.parametrize("absent", [None, ""])
def test_takes_nothing_and_the_empty_text_as_absent(absent):
    trigger = {
        "FunctionDescription": "Adds",
        "FunctionName": absent,
        "ParameterDescriptionJson": absent,
        "Model": absent,
    }
    app = declare(trigger, surface="java")
    assert app.bindings() == declare({"FunctionDescription": "Adds"}, surface="java").bindings()
    assert app.tools[0]["function"]["name"] == "AddTodo"
    assert app.tools[0]["function"]["parameters"] == {
        "type": "object",
        "properties": {"taskDescription": {"type": "string"}},
    }


def test_names_javas_binding_as_declared():
    app = declare({"FunctionDescription": "Adds", "name": "todo"}, surface="java")
    assert app.bindings()["AddTodo"][0]["name"] == "todo"
    assert list(app.tools[0]["function"]["parameters"]["properties"]) == ["taskDescription"]


def test_takes_an_explicit_model():
    app = declare({"function_description": "Adds", "model": "My.Deployment-2"})
    assert app.bindings()["AddTodo"][0]["model"] == "My.Deployment-2"
    assert app.model == "My.Deployment-2"


def test_uses_the_model_that_one_of_several_skills_declares():
    app = declare({"function_description": "Adds"})
    assert app.model == "gpt-3.5-turbo"
    declare({"function_description": "Lists", "model": "gpt-4o"}, app=app, function="GetTodos")
    assert app.model == "gpt-4o"


def test_resolves_settings_for_the_model_but_not_in_the_binding():
    trigger = {"function_description": "Adds", "function_name": "%PREFIX%Todo", "model": "%DEPLOYMENT%"}
    app = declare(trigger, settings={"PREFIX": "New", "DEPLOYMENT": "chat"})
    assert app.tools[0]["function"]["name"] == "NewTodo"
    assert app.model == "chat"
    assert app.bindings()["AddTodo"][0]["functionName"] == "%PREFIX%Todo"


def test_lists_skills_in_the_order_of_declaration():
    app = FunctionApp({})
    for name in ("Zebra", "Ant", "Moth"):
        declare({"function_description": name}, app=app, function=name)
    assert [tool["function"]["name"] for tool in app.tools] == ["Zebra", "Ant", "Moth"]


@pytest.mark.parametrize(
    ("trigger", "message"),
    [
        ({}, "function_description = None"),
        ({"function_description": " \n"}, "function_description = ' \\n', but should be a text"),
        ({"function_description": 5}, "function_description = 5, but should be a string, not of type int"),
        ({"functionDescription": "Adds"}, "should be one of type, function_name, function_description"),
        ({"function_description": "Adds", "colour": "red"}, "a parameter = 'colour', but should be one of"),
        (
            {"function_description": "Adds", "parameter_description_json": "{'a': 1}"},
            "but should be the JSON",
        ),
        (
            {"function_description": "Adds", "parameter_description_json": '{"type": "string"}'},
            "its root does not say",
        ),
        ({"function_description": "Adds", "parameter_description_json": {"type": "object"}}, "of type dict"),
        ({"function_description": "Adds", "function_name": "add todo"}, "'add todo', but should be 1 to 64"),
        ({"function_description": "Adds", "function_name": "AddTodo\n"}, "1 to 64"),
        ({"function_description": "Adds", "function_name": "Größe"}, "1 to 64"),
        ({"function_description": "Adds", "function_name": "a" * 65}, "1 to 64"),
        ({"function_description": "Adds", "function_name": "%MISSING%"}, "without %MISSING%, which is not a setting"),
        ({"function_description": "Adds", "model": "%MISSING%"}, "without %MISSING%, which is not a setting"),
    ],
)
def test_refuses_a_bad_declaration_and_says_why(trigger, message):
    app = FunctionApp({})
    with pytest.raises(DeclarationError) as refusal:
        declare(trigger, app=app)
    assert str(refusal.value).startswith("AddTodo: ")
    assert message in str(refusal.value)
    assert app.bindings() == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a todo", "Expecting value"),
        ('{"type": "object"} more', "Extra data"),
        ('{"type": "object", "maximum": NaN}', "not JSON compliant"),
        ('{"type": "object", "maximum": 1e999}', "not JSON compliant"),
        ('{"type": "object", "title": "\\ud800"}', "surrogates not allowed"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"type": "object"}]', "its root"),
        ("{}", "its root"),
        ('{"type": ["object"]}', "its root"),
    ],
)
def test_refuses_a_parameter_description_that_openai_cannot_be_sent(text, reason):
    with pytest.raises(DeclarationError, match=reason):
        declare({"function_description": "Adds", "parameter_description_json": text})


@settings(deadline=None, database=None)
@given(schema=st.dictionaries(st.text(TEXT), st.text(TEXT) | st.integers() | FLOATS))
def test_tells_the_model_any_schema_unchanged(schema):
    schema = {**schema, "type": "object"}
    text = json.dumps(schema, indent=1)
    app = declare({"function_description": "Adds", "parameter_description_json": text})
    assert repr(app.tools[0]["function"]["parameters"]) == repr(schema)
    assert app.bindings()["AddTodo"][0]["parameterDescriptionJson"] == text


@settings(deadline=None, database=None)
@given(description=st.text(TEXT, min_size=1).filter(str.strip))
def test_tells_the_model_any_description_unchanged(description):
    app = declare({"function_description": description})
    assert app.tools[0]["function"]["description"] == description
    assert app.bindings()["AddTodo"][0]["functionDescription"] == description


def test_accepts_a_name_of_64_characters():
    assert declare({"function_description": "Adds", "function_name": "a" * 64}).tools


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"type": "httpTrigger"}, "type = 'httpTrigger', but should be 'AssistantSkillTrigger'"),
        ({"type": None}, "type = None, but should be given"),
        ({"direction": "in"}, "direction = 'in', but should be 'out'"),
        ({"direction": None}, "direction = None, but should be given"),
        ({"name": None}, "name = None, but should be given"),
    ],
)
def test_refuses_a_powershell_binding_that_is_wrong_or_not_whole(fault, message):
    trigger = spelled({"functionDescription": "Adds"}, "2024-04-14", "powershell")
    with pytest.raises(DeclarationError, match=message):
        declare(trigger | fault, surface="powershell")
    declare(trigger, surface="powershell")


def test_refuses_the_first_editions_direction_in_the_second():
    trigger = spelled({"functionDescription": "Adds"}, "2024-04-14", "powershell")
    with pytest.raises(DeclarationError, match="should be 'in'"):
        declare(trigger, surface="powershell", edition="2025-05-15")


def test_takes_the_type_without_regard_to_case_and_keeps_its_spelling():
    trigger = spelled({"functionDescription": "Adds"}, "2024-04-14", "powershell")
    app = declare(trigger | {"type": "assistantSkillTrigger"}, surface="powershell")
    assert app.bindings()["AddTodo"][0]["type"] == "assistantSkillTrigger"


def test_refuses_the_model_where_it_is_no_longer_documented():
    with pytest.raises(DeclarationError, match="a parameter = 'model'"):
        declare({"function_description": "Adds", "model": "gpt-4o"}, edition="2025-05-15")


def test_refuses_two_functions_of_the_same_name():
    app = declare({"function_description": "Adds", "function_name": "First"})
    with pytest.raises(DeclarationError, match=r"the function's name = 'addTodo'.*AddTodo has it"):
        declare({"function_description": "Adds", "function_name": "Second"}, app=app, function="addTodo")


def test_refuses_a_tool_name_twice_without_regard_to_case():
    app = declare({"function_description": "Adds"})
    with pytest.raises(DeclarationError, match=r"the tool's name = 'addtodo'.*AddTodo has it"):
        declare({"function_description": "Adds", "function_name": "addtodo"}, app=app, function="Other")
    assert list(app.bindings()) == ["AddTodo"]


def test_refuses_a_function_that_lacks_the_argument():
    app = FunctionApp({})
    with pytest.raises(DeclarationError, match="should be a function of one parameter, task"):
        app.declare(handle, function="F", argument="task", parameters={"function_description": "Adds"})


def test_decorates_with_the_documented_parameters():
    app = FunctionApp({})

    @app.assistant_skill_trigger(
        "taskDescription",
        function_name="AddTodo",
        function_description="Adds a todo",
        parameter_description_json=SCHEMA,
        model="gpt-4o",
    )
    def add_todo(taskDescription: str):  # noqa: N803 - the documented example's name
        return taskDescription

    assert add_todo("milk") == "milk"
    (binding,) = app.bindings()["add_todo"]
    assert binding == {
        **SPELLED,
        "type": "AssistantSkillTrigger",
        "direction": "out",
        "name": "taskDescription",
        "model": "gpt-4o",
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_decorates_with_the_generic_trigger(edition):
    app = FunctionApp({}, edition=edition)

    @app.generic_trigger(arg_name="it", type="assistantSkillTrigger", function_description="Adds a todo")
    def add_todo(it):
        return it

    assert app.tools[0]["function"]["name"] == "add_todo"
    assert app.bindings()["add_todo"][0]["type"] == "assistantSkillTrigger"


def test_refuses_a_generic_trigger_of_another_type():
    app = FunctionApp({})
    with pytest.raises(DeclarationError, match="type = 'queueTrigger'"):
        app.generic_trigger("taskDescription", type="queueTrigger", function_description="Adds")(handle)
