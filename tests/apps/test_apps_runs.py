"""`pytest --impl=app:FOLDER`: levels, selection, baselines, snapshots and reports as for any implementation."""

import json
import re

import pytest

import conformance._transport.interception  # loaded once: pytester would forget what a run in this process loads
import conformance.plugin.run
import conformance.plugin.snapshots  # noqa: F401  # loaded once
from conformance.__main__ import main

EDITION = "--impl-edition=2025-05-15"


@pytest.fixture
def app(pytester, write_app):
    """Write an app with one fault that breaks a must, and one that breaks a should."""
    write_app(AddTodo={"direction": "out"}, GetTodos={"functionName": "Get Todos"}).rename(pytester.path / "todo")


@pytest.fixture
def run(pytester):
    def run(*options, app="todo"):
        return pytester.runpytest_inprocess("-p", "no:randomly", "-rEf", f"--impl=app:{app}", EDITION, *options)

    return run


def failed(result):
    return re.findall(r"^FAILED (\S+)", result.stdout.str(), re.MULTILINE)


DIRECTION = "cases/2025-05-15/todo/AddTodo/function.json::direction-of-AddTodo[powershell]"
NAME = "cases/2025-05-15/todo/GetTodos/function.json::name-of-GetTodos[powershell]"


@pytest.mark.usefixtures("app")
def test_a_broken_must_turns_the_run_red_and_a_should_is_shown(run):
    result = run()
    assert result.ret == 1
    assert failed(result) == [DIRECTION]
    result.stdout.fnmatch_lines(
        [
            "todo, edition 2025-05-15",
            "AST-BINDING-DIRECTION (must): The binding's direction is in.",
            "  todo/AddTodo/function.json:5: AddTodo: the direction of the binding is the",
            '      binding.direction = "out", but should be "in" (ignoring case)',
            f"  Rerun: pytest --impl=app:todo --impl-edition=2025-05-15 '{DIRECTION}'",
            "  AST-DECLARATION-NAME-FORM (should): The name of a skill is*",
            "      name-of-GetTodos: *",
            "planned 25, executed 25: 23 passed, 1 failed, 1 warning",
        ]
    )


@pytest.mark.usefixtures("app")
def test_a_broken_should_turns_the_run_red_on_request(run):
    assert failed(run("--impl-level=should")) == [DIRECTION, NAME]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("option", [DIRECTION, "-k=direction-of-AddTodo", "cases/2025-05-15/todo/AddTodo"])
def test_is_selected_like_cases_are(run, option):
    result = run(option)
    assert failed(result) == [DIRECTION]
    result.stdout.fnmatch_lines(["planned 13, *" if "direction" not in option else "planned 1, executed 1: 1 failed"])


@pytest.mark.usefixtures("app")
def test_is_the_same_in_several_processes(run):
    result = run("-n2")
    assert failed(result) == [DIRECTION]
    result.stdout.fnmatch_lines(["planned 25, executed 25: 23 passed, 1 failed, 1 warning"])


@pytest.mark.usefixtures("app")
def test_each_edition_judges_for_itself(run):
    result = run("--impl-edition=all", "--impl-level=should")
    assert {case.split("/")[1] + case.partition("::")[2] for case in failed(result)} == {
        "2024-04-14direction-of-GetTodos[powershell]",
        "2024-04-14name-of-GetTodos[powershell]",
        "2025-05-15direction-of-AddTodo[powershell]",
        "2025-05-15name-of-GetTodos[powershell]",
    }


@pytest.mark.usefixtures("app")
def test_a_baseline_lists_what_is_known_and_complains_when_it_is_mended(run, pytester):
    assert run("--impl-baseline=known.yaml", "--impl-update-baseline", "--impl-level=should").ret == 0
    assert "- case: direction-of-AddTodo" in (pytester.path / "known.yaml").read_text()
    result = run("--impl-baseline=known.yaml", "--impl-level=should")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["planned 25, executed 25: 23 passed, 2 known"])
    path = pytester.path / "todo/AddTodo/function.json"
    path.write_text(path.read_text().replace('"out"', '"in"'))
    result = run("--impl-baseline=known.yaml")
    assert failed(result) == [DIRECTION]
    result.stdout.fnmatch_lines(["*known.yaml:1: direction-of-AddTodo*passes: delete it*"])


def test_the_tools_are_reviewed_as_a_snapshot(run, pytester, write_app):
    write_app(AddTodo={}).rename(pytester.path / "todo")
    assert run("--impl-snapshots", "--snapshot-update").ret == 0
    (snapshot,) = (pytester.path / "conformance-snapshots").rglob("*.json")
    assert (
        snapshot.relative_to(pytester.path).as_posix() == "conformance-snapshots/todo/2025-05-15/powershell/tools.json"
    )
    assert json.loads(snapshot.read_text())[0]["function"]["description"] == "Create a new todo task"
    assert run("--impl-snapshots").ret == 0
    path = pytester.path / "todo/AddTodo/function.json"
    path.write_text(path.read_text().replace("Create a new", "Make a"))
    result = run("--impl-snapshots")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ['  -      "description": "Create a new todo task",', '  +      "description": "Make a todo task",']
    )


@pytest.mark.usefixtures("app")
def test_a_report_names_the_lines_of_the_app(run, pytester):
    run("--impl-report=report.json")
    (judged,) = json.loads((pytester.path / "report.json").read_text())["runs"]
    assert (judged["implementation"], judged["spec"], judged["surfaces"]) == ("todo", "app:todo", ["powershell"])
    places = {result["case"]: result["place"] for result in judged["results"]}
    assert places["direction-of-AddTodo"] == "todo/AddTodo/function.json:5"


def test_stands_beside_other_implementations(run, pytester, write_app):
    for folder in ("one/todo", "two/todo"):
        (pytester.path / folder).parent.mkdir()
        write_app(folder=folder.replace("/", "-"), AddTodo={}).rename(pytester.path / folder)
    result = run(
        "--impl=reference_impl", "--impl=app:two/todo", "-k=direction-in-binding or direction-of", app="one/todo"
    )
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        ["app:one/todo, edition 2025-05-15", "app:two/todo, edition*", "planned 3, executed 3: 3 passed"]
    )


def test_another_surface_selects_nothing(run, pytester, write_app):
    write_app(AddTodo={}).rename(pytester.path / "todo")
    result = run("--impl-surface=java")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: --impl: no case is selected by *; todo offers powershell in *"])


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "no folder *; expected the folder of a function app"),
        ({"host.json": "{}"}, "no function app: looked in the folder, *"),
        ({"A/function.json": "{", "A/run.ps1": ""}, "A/function.json:1: invalid JSON *"),
        ({"A/function.json": '{"bindings": []}', "A/run.ps1": ""}, "no skill among its functions (A); *"),
    ],
)
def test_what_cannot_be_judged_is_a_usage_error(run, pytester, write_files, files, found):
    if files:
        write_files(files).rename(pytester.path / "todo")
    result = run()
    assert result.ret == 4
    result.stderr.fnmatch_lines([f"ERROR: --impl=app:todo: {found}"])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


def test_has_no_adapter_to_smoke(write_app, capsys):
    app = write_app(AddTodo={})
    assert main(["smoke", f"app:{app}"]) == 2
    assert "a built app, which has no adapter; expected an implementation" in "".join(capsys.readouterr())


def test_the_folder_may_be_where_pytest_stands(run, pytester, write_app):
    write_app(AddTodo={}).rename(pytester.path / "todo")
    (pytester.path / "todo/AddTodo").rename(pytester.path / "AddTodo")
    result = run("-v", app=".")
    assert result.ret == 0
    line = f"cases/2025-05-15/{pytester.path.name}/AddTodo/function.json::type-of-AddTodo*PASSED*"
    result.stdout.fnmatch_lines([line])


def test_what_is_odd_but_violates_nothing_is_noted(run, pytester, write_app):
    changes = {"parameterDescriptionJson": ..., "parametersDescriptionJson": "{}"}
    write_app(AddTodo={"name": "taskDescription"}, GetTodos={**changes, "functionName": ...}).rename(
        pytester.path / "todo"
    )
    result = run("--impl-level=should")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "note: todo/AddTodo/function.json:9: the parameter description has no property*",
            "note: todo/GetTodos/function.json:3: the binding has parametersDescriptionJson,*",
        ]
    )
    assert result.stdout.str().count("has parametersDescriptionJson") == 1
