"""Which parameters a script or a function in a module has, as the PowerShell worker reads them."""

import json

import pytest

from conformance._apps import load_app

FUNCTION = {
    "bindings": [{"type": "assistantSkillTrigger", "direction": "in", "name": "task", "functionDescription": "x"}]
}
SCRIPT = "param($task)"


def load(folder):
    return load_app(f"app:{folder}", folder)


@pytest.mark.parametrize(
    ("script", "parameters"),
    [
        ("param($task, $TriggerMetadata)", ("task", "TriggerMetadata")),
        ("using namespace System.Net\n\nPARAM (\n  [Parameter(Mandatory)] [string]\n  $task\n)\n$other = 1", ("task",)),
        ("param()", ()),
        ("param($item = (Get-Date), # a ) in a comment\n $other)", ("item", "other")),
        ("<#\nparam ($older)\n#>\nparam($item)", ("item",)),
        ('param([ValidateSet(\')\', "(`"$no")] $item, $other)', ("item", "other")),
        ("param(${task}, ${TriggerMetadata})", ("task", "TriggerMetadata")),
        ("param([ValidateScript({ $_ -gt 0 })] [int[]] $item = $null, $other = @{a = $item, 1})", ("item", "other")),
        ("[CmdletBinding()] param($item)", ("item",)),
        ("using module x; [OutputType([string])]\nparam($item)", ("item",)),
        ("[OutputType([string[]])] param($item)", ("item",)),
        (
            "[OutputType([Collections.Generic.Dictionary[string, Collections.Generic.List[int[]]]])]\nparam($item)",
            ("item",),
        ),
        ("# $task is not declared", ()),
        ("function Format-Task {\n  param($text)\n}\nFormat-Task 'x'", ()),
        ("param($task", None),
    ],
)
def test_reads_the_parameters_of_a_powershell_script(write_files, script, parameters):
    (skill,) = load(write_files({"A/function.json": json.dumps(FUNCTION), "A/run.ps1": script})).skills
    assert skill.function.parameters == parameters


MODULE = """
# function Add-Todo($commented) {}
function Get-Other { param($other) }
function Add-Todo {
  <# .PARAMETER Old #>
  [CmdletBinding()]
  param([Parameter(Mandatory = $true)] [string] $task, $TriggerMetadata)
  param2 $rest
}
Function add-todotask([string] $one, ${two}) { $three }
filter Remove-Todo {}
function Set-Todo { param($x) }
function Set-Todo { param($y) }
"""


@pytest.mark.parametrize(
    ("entry_point", "parameters"),
    [
        ("Add-Todo", ("task", "TriggerMetadata")),
        ("Add-TodoTask", ("one", "two")),
        ("Remove-Todo", ()),
        ("Set-Todo", None),
        ("Add", None),
    ],
)
def test_reads_the_parameters_of_a_function_in_a_powershell_module(write_files, entry_point, parameters):
    function = json.dumps({**FUNCTION, "scriptFile": "../lib/Todos.psm1", "entryPoint": entry_point})
    app = load(write_files({"A/function.json": function, "lib/Todos.psm1": MODULE}))
    assert (app.surface, app.skills[0].function.parameters) == ("powershell", parameters)


def test_a_script_that_is_alone_may_have_any_name(write_files):
    (skill,) = load(write_files({"A/function.json": json.dumps(FUNCTION), "A/AddTodo.ps1": SCRIPT})).skills
    assert skill.function.parameters == ("task",)


def test_of_several_scripts_the_usual_one_runs(write_files):
    files = {"A/function.json": json.dumps(FUNCTION), "A/run.ps1": SCRIPT, "A/A.ps1": "param($other)"}
    (skill,) = load(write_files(files)).skills
    assert skill.function.parameters == ("task",)
