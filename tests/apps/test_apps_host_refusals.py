"""What the Functions host and the language workers refuse to run."""

import json

import pytest


def failed(results):
    return {case.removesuffix("-of-AddTodo") for case, result in results.items() if result.outcome == "failed"}


OTHER = {"type": "queue", "direction": "out", "name": "taskDescription"}

UNHOSTED = {
    "two triggers": (
        lambda function: function["bindings"].append({"type": "queueTrigger", "name": "item"}),
        "the triggers of the function = AssistantSkillTrigger, queueTrigger, but should be one trigger",
    ),
    "two bindings of one name": (
        lambda function: function["bindings"].append(OTHER),
        "the name taskdescription = that of 2 bindings, but should be that of one binding, ignoring case",
    ),
    "no such script": (
        lambda function: function.update(scriptFile="..\\scripts/add.ps1"),
        "the script = ..\\scripts/add.ps1, which does not exist, but should be one that the worker can run",
    ),
    "an entry point of a script": (
        lambda function: function.update(scriptFile="run.ps1", entryPoint="Add-Todo"),
        "the script = run.ps1 with an entryPoint, which belongs to a module (.psm1), but should be one that the worker",
    ),
    "a module without an entry point": (
        lambda function: function.update(scriptFile="todo.psm1"),
        "the script = todo.psm1 without an entryPoint, which belongs to a module (.psm1), but should",
    ),
    "an entry point that is not in the module": (
        lambda function: function.update(scriptFile="todo.psm1", entryPoint="Add-Todos"),
        "the script = todo.psm1 with 0 functions named Add-Todos, but should be one that the worker can run",
    ),
    "a parameter that no binding fills": (
        lambda function: function.update(scriptFile="more.ps1"),
        "a parameter = Limit, but should be named after a binding",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", UNHOSTED)
def test_what_the_host_or_the_worker_refuses(write_app, judge, fault):
    change, found = UNHOSTED[fault]
    app = write_app(AddTodo={})
    path = app / "AddTodo/function.json"
    (app / "AddTodo/todo.psm1").write_text("function Add-Todo($TaskDescription) {}")
    (app / "AddTodo/more.ps1").write_text("param($TaskDescription, ${Limit} = 3, $TraceContext)")
    function = json.loads(path.read_text())
    change(function)
    path.write_text(json.dumps(function))
    results = judge(app)
    assert failed(results) == {"hosted"}
    (finding,) = results["hosted-of-AddTodo"].findings
    assert str(finding).startswith(found)
    assert (finding.requirement, finding.level) == ("AST-DECLARATION-HOSTED", "should")


@pytest.mark.parametrize("name", ["Find Todos", "1FindTodos", "Find.Todos", "Host", "F" * 129])
def test_a_function_has_a_name_that_the_host_accepts(write_app, judge, name):
    results = judge(write_app(**{"Add-Todo_2": {}, name: {"functionName": "find"}}))
    assert {case for case, result in results.items() if result.outcome == "failed"} == {f"hosted-of-{name}"}


def test_a_script_without_parameters_does_not_get_the_argument(write_app, judge):
    app = write_app(AddTodo={})
    (app / "AddTodo/run.ps1").write_text("Write-Information 'a new task'")
    results = judge(app)
    assert failed(results) == {"binding-name"}
    (finding,) = results["binding-name-of-AddTodo"].findings
    assert finding.wanted == "the name of the function's argument (it has none)"
