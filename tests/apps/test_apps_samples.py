"""The documentation's example, as each language's tools write it: what is known to differ from each edition."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent / "samples"

LANGUAGES = ("powershell", "java", "csharp-isolated", "csharp-inprocess", "python")

# What facts say: everything ships with direction in, and spells the type with a small a; the SDK of in-process C#
# writes no direction. Only PowerShell documents both for a declaration, so there a wrong direction breaks a must.
SHOULD = {
    ("powershell", "2024-04-14"): {"type-spelling-of-AddTodo", "type-spelling-of-GetTodos"},
    ("java", "2024-04-14"): {"direction-of-AddTodo"},
    ("csharp-isolated", "2024-04-14"): {"direction-of-AddTodo"},
    ("csharp-inprocess", "2024-04-14"): {"direction-of-AddTodo"},
    ("python", "2024-04-14"): {"direction-of-AddTodo"},
    ("powershell", "2025-05-15"): {"type-spelling-of-AddTodo", "type-spelling-of-GetTodos"},
    ("java", "2025-05-15"): set(),
    ("csharp-isolated", "2025-05-15"): set(),
    ("csharp-inprocess", "2025-05-15"): {"direction-of-AddTodo"},
    ("python", "2025-05-15"): set(),
}
MUST = {("powershell", "2024-04-14"): {"direction-of-AddTodo", "direction-of-GetTodos"}}


@pytest.fixture(autouse=True)
def _skip_what_needs_the_library(language):
    if language == "python":
        pytest.importorskip("azure.functions", reason="the library azure-functions is not installed")


@pytest.mark.parametrize(("language", "edition"), SHOULD)
def test_the_documented_example_differs_where_it_is_known_to(judge, language, edition):
    results = judge(SAMPLES / language, edition)
    failed = {level: {case for case, r in results.items() if r.worst == level} for level in ("must", "should")}
    assert failed == {"should": SHOULD[language, edition], "must": MUST.get((language, edition), set())}
    assert {result.surface for result in results.values()} == {language}


PLACES = {
    "powershell": "powershell/AddTodo/function.json:8",
    "java": "java/target/azure-functions/todo-assistant/AddTodo/function.json:8",
    "csharp-isolated": "csharp-isolated/bin/Debug/net8.0/functions.metadata:15",
    "csharp-inprocess": "csharp-inprocess/bin/Debug/net6.0/AddTodo/function.json:7",
    "python": "python/function_app.py:11",
}


@pytest.mark.parametrize(("language", "place"), PLACES.items())
def test_names_the_line_of_what_is_judged(judge, monkeypatch, language, place):
    monkeypatch.chdir(SAMPLES)
    assert judge(language)["description-of-AddTodo"].place == place


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_the_tools_that_the_model_will_see(judge, language):
    tools = judge(SAMPLES / language)["tools"].tools
    argument = "TaskDescription" if language == "powershell" else "taskDescription"
    assert tools[0] == {
        "type": "function",
        "function": {
            "name": "AddTodo",
            "description": "Create a new todo task",
            "parameters": {"type": "object", "properties": {argument: {}}},
        },
    }


@pytest.mark.parametrize("language", ["powershell"])
def test_shows_declared_parameters_and_resolved_names(judge, language):
    function = judge(SAMPLES / language)["tools"].tools[1]["function"]
    assert function["name"] == "GetTodos"
    assert function["parameters"] == {"type": "object", "properties": {"Filter": {"type": "string"}}}


# One fault in the form that the language's tools build, and the one thing that it breaks.
BAD = {
    "java": ('"name" : "taskDescription"', '"name" : "task_description"', "binding-name-of-AddTodo"),
    "csharp-isolated": (
        '"functionDescription": "Create a new todo task"',
        '"model": "gpt-4"',
        "description-of-AddTodo",
    ),
    "csharp-inprocess": ('"name": "taskDescription"', '"direction": "in", "name": ""', "binding-name-of-AddTodo"),
    "python": ('arg_name="taskDescription"', 'arg_name="taskDescription", function_name="a b"', "name-of-AddTodo"),
}


@pytest.mark.parametrize("language", BAD)
def test_finds_the_one_fault_of_a_bad_declaration(judge, copy_sample, language):
    app = copy_sample(language)
    good, bad, case = BAD[language]
    (path,) = (
        path for path in app.rglob("*") if path.is_file() and good in path.read_text() and "src" not in path.parts
    )
    path.write_text(path.read_text().replace(good, bad))
    assert {name for name, result in judge(app).items() if result.findings} == {case}
