"""Skills as each language's tools write them: what is known to differ from each edition.

The C# samples are what the SDKs built: Microsoft.NET.Sdk.Functions 4.6.0 and Microsoft.Azure.Functions.Worker.Sdk 2.1.
"""

from pathlib import Path

import pytest

import conformance.adapters

SAMPLES = Path(__file__).parent / "samples"
BASELINES = Path(conformance.adapters.__path__[0], "baselines")

LANGUAGES = ("powershell", "java", "csharp-isolated", "csharp-inprocess", "python")

# What facts say: everything ships with direction in, and spells the type with a small a; the SDK of in-process C#
# writes no direction. Only PowerShell documents both for a declaration, so there a wrong direction breaks a must.
CSHARP_DIRECTIONS = {"direction-of-AddTodo", "direction-of-CountTodos", "direction-of-FindTodos"}
SHOULD = {
    ("powershell", "2024-04-14"): {"type-spelling-of-AddTodo", "type-spelling-of-GetTodos"},
    ("java", "2024-04-14"): {"direction-of-AddTodo"},
    ("csharp-isolated", "2024-04-14"): CSHARP_DIRECTIONS,
    ("csharp-inprocess", "2024-04-14"): CSHARP_DIRECTIONS,
    ("python", "2024-04-14"): {"direction-of-AddTodo"},
    ("powershell", "2025-05-15"): {"type-spelling-of-AddTodo", "type-spelling-of-GetTodos"},
    ("java", "2025-05-15"): set(),
    ("csharp-isolated", "2025-05-15"): set(),
    ("csharp-inprocess", "2025-05-15"): set(),
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
    "csharp-isolated": "csharp-isolated/bin/Debug/net10.0/functions.metadata:16",
    "csharp-inprocess": "csharp-inprocess/bin/Debug/net8.0/AddTodo/function.json:7",
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


@pytest.mark.parametrize("language", ["csharp-isolated", "csharp-inprocess"])
def test_what_the_sdk_does_to_every_app_is_in_its_baseline(pytester, language):
    run = pytester.runpytest_subprocess(
        *("-p", "no:randomly", "-q", f"--impl=app:{SAMPLES / language}", "--impl-edition=all", "--impl-level=should"),
        f"--impl-baseline={BASELINES / language}-app.yaml",
    )
    assert run.ret == 0


@pytest.mark.parametrize("language", ["csharp-isolated", "csharp-inprocess"])
def test_reads_what_the_sdk_wrote(judge, language):
    first, *others = (tool["function"] for tool in judge(SAMPLES / language)["tools"].tools)
    assert first["name"] == "AddTodo"
    find, count = sorted(others, key=lambda function: function["name"], reverse=True)
    assert (find["name"], count["name"]) == ("find_todos", "count_todos")
    assert find["description"] == 'Find todo tasks by their text, "quoted" or not – später auch'  # noqa: RUF001
    assert find["parameters"]["required"] == ["filter"]
    assert count["parameters"] == {"type": "object", "properties": {"done": {}}}


@pytest.mark.parametrize("language", ["powershell"])
def test_shows_declared_parameters_and_resolved_names(judge, language):
    function = judge(SAMPLES / language)["tools"].tools[1]["function"]
    assert function["name"] == "GetTodos"
    assert function["parameters"] == {"type": "object", "properties": {"Filter": {"type": "string"}}}


# One fault in the form that the language's tools build, and the one thing that it breaks.
BAD = {
    "java": ('"name" : "taskDescription"', '"name" : "task-description"', "binding-name-of-AddTodo"),
    "csharp-isolated": (
        '"functionDescription": "Create a new todo task"',
        '"model": "gpt-4"',
        "description-of-AddTodo",
    ),
    "csharp-inprocess": ('"name": "taskDescription"', '"name": ""', "binding-name-of-AddTodo"),
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
    known = SHOULD[language, "2025-05-15"]
    assert {name for name, result in judge(app).items() if result.findings} - known == {case}
