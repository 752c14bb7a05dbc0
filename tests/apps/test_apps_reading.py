"""Finding the app in a folder, and what a broken one is told."""

import json

import pytest

from conformance._apps import AppError, load_app
from conformance._apps.folder import Folder

BINDING = {"type": "assistantSkillTrigger", "direction": "in", "name": "task", "functionDescription": "x"}
FUNCTION = json.dumps({"bindings": [BINDING]})
SCRIPT = "param($task)"


def load(folder):
    return load_app(f"app:{folder}", folder)


def refusal(folder):
    with pytest.raises(AppError) as caught:
        load(folder)
    return str(caught.value).replace(f"--impl=app:{folder}: ", "")


# Which language it is


@pytest.mark.parametrize(
    ("files", "surface"),
    [
        ({"A/function.json": FUNCTION, "A/run.ps1": SCRIPT}, "powershell"),
        ({"A/function.json": '{"scriptFile": "../x.jar", ' + FUNCTION[1:]}, "java"),
        ({"A/function.json": '{"scriptFile": "../bin/x.dll", ' + FUNCTION[1:]}, "csharp-inprocess"),
        ({"A/function.json": '{"scriptFile": "other.PS1", ' + FUNCTION[1:]}, "powershell"),
        ({"functions.metadata": json.dumps([{"name": "A", "bindings": [BINDING]}])}, "csharp-isolated"),
        ({"target/azure-functions/x/A/function.json": '{"scriptFile": "../x.jar", ' + FUNCTION[1:]}, "java"),
        ({"build/azure-functions/x/A/function.json": '{"scriptFile": "../x.jar", ' + FUNCTION[1:]}, "java"),
        ({"bin/Debug/net6.0/A/function.json": '{"scriptFile": "../bin/x.dll", ' + FUNCTION[1:]}, "csharp-inprocess"),
        (
            {"bin/Release/net8.0/functions.metadata": json.dumps([{"name": "A", "bindings": [BINDING]}])},
            "csharp-isolated",
        ),
        ({"bin/output/functions.metadata": json.dumps([{"name": "A", "bindings": [BINDING]}])}, "csharp-isolated"),
    ],
)
def test_knows_the_language_by_its_files(write_files, files, surface):
    app = load(write_files(files))
    assert app.surface == surface
    assert [skill.function.name for skill in app.skills] == ["A"]


@pytest.mark.parametrize(("listed", "started"), [('["add"]', ["Add"]), ("[]", ["Add", "Drop"])])
def test_the_host_starts_only_what_is_listed(write_files, listed, started):
    files = {f"{name}/function.json": FUNCTION for name in ("Add", "Drop")}
    scripts = {f"{name}/run.ps1": SCRIPT for name in ("Add", "Drop")}
    app = write_files({**files, **scripts, "host.json": f'{{"functions": {listed}}}'})
    assert [skill.function.name for skill in load(app).skills] == started


def test_an_app_may_be_built_for_one_platform(write_files):
    metadata = json.dumps([{"name": "A", "bindings": [BINDING]}])
    path = "bin/Debug/net8.0/linux-x64/functions.metadata"
    assert load(write_files({path: metadata})).skills[0].function.file == path
    built = "bin/Debug/net8.0/functions.metadata"  # and what was published below it
    assert load(write_files({built: metadata})).skills[0].function.file == built


@pytest.mark.parametrize("below", ["", "bin/Debug/net8.0", "bin/Debug/net8.0/linux-x64"])
def test_an_app_is_named_after_its_project(write_files, below):
    metadata = json.dumps([{"name": "A", "bindings": [BINDING]}])
    folder = write_files({f"todo/{below or 'bin/Debug/net8.0'}/functions.metadata": metadata})
    assert load(folder / "todo" / below).name == "todo"


def test_encrypted_settings_say_nothing(write_files, judge):
    settings = '{"IsEncrypted": true, "Values": {"FUNCTIONS_WORKER_RUNTIME": "cfdj8hx0", "SKILL": "cfdj8"}}'
    function = FUNCTION.replace('"name"', '"functionName": "%SKILL%", "name"')
    app = write_files({"A/function.json": function, "A/run.ps1": SCRIPT, "local.settings.json": settings})
    assert judge(app)["name-of-A"].reason == "has no setting SKILL in its local.settings.json"


def test_the_folder_itself_comes_before_what_was_built_from_it(write_files):
    built = FUNCTION.replace('"x"', '"old"')
    files = {"A/function.json": FUNCTION, "A/run.ps1": SCRIPT, "bin/Debug/x/B/function.json": built}
    assert [skill.function.name for skill in load(write_files(files)).skills] == ["A"]


def test_the_settings_name_the_language(write_files):
    settings = '{"Values": {"FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated"}}'
    files = {
        "local.settings.json": settings,
        "A/function.json": FUNCTION,
        "A/run.ps1": SCRIPT,
        "functions.metadata": json.dumps([{"name": "B", "bindings": [BINDING]}]),
    }
    assert load(write_files(files)).surface == "csharp-isolated"


OUTDATED = {
    "javascript": ("index.js", "module.exports = () => {}", "AST-DECLARATION-NODE-MODEL"),
    "python": ("__init__.py", "def main(task): ...", "AST-DECLARATION-PYTHON-MODEL"),
}


@pytest.mark.parametrize("surface", OUTDATED)
def test_a_programming_model_that_is_not_documented_breaks_a_must(write_files, judge, surface):
    file, script, requirement = OUTDATED[surface]
    app = write_files({"A/function.json": FUNCTION, f"A/{file}": script})
    assert load(app).surface == surface
    result = judge(app)["programming-model-of-A"]
    assert (result.worst, result.requirement) == ("must", requirement)


# What is found


def test_functions_without_a_skill_are_left_out(write_files):
    http = json.dumps({"bindings": [{"type": "httpTrigger", "name": "req", "direction": "in"}]})
    files = {"A/function.json": FUNCTION, "A/run.ps1": SCRIPT, "Post/function.json": http, "Post/run.ps1": ""}
    assert [skill.function.name for skill in load(write_files(files)).skills] == ["A"]


NO_MORE = {"functionDescription": ...}

MISSPELT = [
    "assistantSkilTrigger", "asistantSkillTrigger", "assistantsSkillTrigger", "assistentSkillTrigger",
    "assistantSkllTrigger", "assistant_skill_trigger", "assistant-skill-trigger", "assistantTrigger", "skillTrigger",
    "asstSkillTrigger", "assistantSkill", "AssistantSkillTriggerInput", "assistantSkill Trigger",
    "\u0410ssistantSkillTrigger",  # a Cyrillic letter
]  # fmt: skip


@pytest.mark.parametrize("changes", [*({"type": name, **NO_MORE} for name in MISSPELT), {"type": 7}, {"type": ...}])
def test_a_skill_whose_type_is_misspelt_breaks_a_requirement(write_app, judge, changes):
    changes = {**changes, "parameterDescriptionJson": ...} if NO_MORE.items() <= changes.items() else changes
    assert judge(write_app(AddTodo={}, GetTodos=changes))["type-of-GetTodos"].outcome == "failed"


@pytest.mark.parametrize("key", ["functionDiscription", "FunctionDescription", "parametersDescriptionJson"])
def test_a_binding_that_is_described_is_meant_for_a_skill(write_app, judge, key):
    changes = {"functionDescription": ..., "parameterDescriptionJson": ..., "type": "skill", key: "x"}
    assert judge(write_app(AddTodo={}, GetTodos=changes))["type-of-GetTodos"].outcome == "failed"


@pytest.mark.parametrize(
    "name",
    [
        "assistantQuery", "assistantPost", "assistantCreate", "textCompletion", "embeddings", "embeddingsStore",
        "semanticSearch", "httpTrigger", "timerTrigger", "queueTrigger", "signalRTrigger", "activityTrigger",
        "mcpToolTrigger", "serviceBusTrigger", "warmupTrigger",
    ],
)  # fmt: skip
def test_no_other_binding_is_taken_for_a_skill(write_app, name):
    app = write_app(
        AddTodo={}, Other={"type": name}, More={"type": f"{name}s", **NO_MORE, "parameterDescriptionJson": ...}
    )
    assert [skill.function.name for skill in load(app).skills] == ["AddTodo"]


def test_functions_of_one_name_are_told_apart(write_files, judge):
    metadata = [{"name": "A", "bindings": [BINDING]}, {"name": "A", "bindings": [BINDING]}]
    results = judge(write_files({"functions.metadata": json.dumps(metadata)}))
    assert {case for case, result in results.items() if result.outcome == "failed"} == {"hosted-of-A-2"}
    (finding,) = results["hosted-of-A-2"].findings
    assert finding.wanted == "declared once (it is declared in functions.metadata already)"


# Refusals


def test_no_folder(tmp_path):
    expected = "expected the folder of a function app"
    assert refusal(tmp_path / "none") == f"no folder {tmp_path / 'none'}; {expected}"


def test_no_app_says_what_was_looked_for(tmp_path):
    (tmp_path / "README.md").write_text("nothing")
    assert refusal(tmp_path) == (
        "no function app: looked in the folder, target/azure-functions/*, build/azure-functions/*, bin/*/*, "
        "bin/*/*/*, bin/output for functions.metadata, */function.json, function_app.py, "
        "package.json with @azure/functions; expected one of them (an app in C# or Java must be built first)"
    )


def test_no_app_of_the_language_that_the_settings_name(write_files):
    app = write_files(
        {
            "local.settings.json": '{"Values": {"FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated"}}',
            "Program.cs": "",
            "package.json": '{"dependencies": {"@azure/functions": "^4.0.0"}}',
        }
    )
    assert refusal(app).startswith(
        "no function app (FUNCTIONS_WORKER_RUNTIME is dotnet-isolated): looked in the folder, "
        "target/azure-functions/*, build/azure-functions/*, bin/*/*, bin/*/*/*, bin/output for functions.metadata; "
        "expected"
    )


def test_an_unknown_language(write_files):
    app = write_files({"local.settings.json": '{"Values": {"FUNCTIONS_WORKER_RUNTIME": "cobol"}}'})
    expected = "expected one of dotnet-isolated, powershell, java, dotnet, python, node"
    assert refusal(app) == f"FUNCTIONS_WORKER_RUNTIME is cobol; {expected}"


def test_several_builds(write_files):
    metadata = json.dumps([{"name": "A", "bindings": [BINDING]}])
    app = write_files({f"bin/{kind}/net8.0/functions.metadata": metadata for kind in ("Debug", "Release")})
    assert refusal(app) == "several apps: bin/Debug/net8.0, bin/Release/net8.0; expected the folder of one of them"


def test_no_skill(write_files):
    http = json.dumps({"bindings": [{"type": "httpTrigger", "name": "req", "direction": "in"}]})
    app = write_files({"Get/function.json": http, "Get/run.ps1": "", "Post/function.json": http, "Post/run.ps1": ""})
    expected = "expected a trigger of the type AssistantSkillTrigger"
    assert refusal(app) == f"no skill among its functions (Get: httpTrigger, Post: httpTrigger); {expected}"


BROKEN = {
    "cut off": ('{\n  "bindings": [\n', "A/function.json:3: invalid JSON (Expecting value at column 1); expected"),
    "two commas": ('{\n  "bindings": [],,\n}', "A/function.json:3: invalid JSON (Expecting property name"),
    "text without end": (
        '{\n  "bindings": "[]',
        "A/function.json:2: invalid JSON (Unterminated string starting at column 15); expected valid JSON",
    ),
    "a list": ("[]", 'A/function.json:1: no JSON object; expected {"bindings": […]}'),
    "no bindings": ("{}", "A/function.json:1: no list of bindings"),
    "bindings no list": ('{\n"a": 1,\n"bindings": {}}', "A/function.json:3: no list of bindings"),
    "members that differ in case": (
        '{"bindings": [\n{"type": "assistantSkillTrigger",\n"Type": "x"}]}',
        "A/function.json:3: type and Type, which the host takes for the same; expected one of them",
    ),
    "binding no object": ('{"bindings": [7]}', "A/function.json:1: no list of bindings"),
    "NaN": ('{"bindings": [{"x": NaN}]}', "A/function.json:1: invalid JSON (NaN is not JSON)"),
    "nested too deeply": ('{"bindings": ' + "[" * 100_000, "A/function.json:1: invalid JSON (nested too deeply)"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_is_refused_with_its_line(write_files, how):
    text, found = BROKEN[how]
    assert refusal(write_files({"A/function.json": text, "A/run.ps1": ""})).startswith(found)


def test_the_host_allows_commas_after_the_last_element(write_files):
    text = FUNCTION.replace("}]", ' , "model": ",]",\n}, // the last\n]').replace("]}", "],}")
    (skill,) = load(write_files({"A/function.json": text, "A/run.ps1": SCRIPT})).skills
    assert skill.binding["model"] == ",]"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_a_file_may_be_in_any_encoding_that_its_byte_order_mark_names(write_files, encoding):
    app = write_files({"A/run.ps1": SCRIPT})
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    (app / "A/function.json").write_text(mark + FUNCTION.replace('"x"', '"später"'), encoding)
    (skill,) = load(app).skills
    assert skill.binding["functionDescription"] == "später"


def test_a_file_that_is_not_utf_8(write_files):
    app = write_files({"A/run.ps1": ""})
    (app / "A/function.json").write_bytes(b'{\n"bindings": "\xff"}')
    assert refusal(app) == "A/function.json:2: byte 15 is not UTF-8; expected UTF-8 text"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{}", "functions.metadata:1: no JSON list"),
        ('[\n{"bindings": []}]', "functions.metadata:2: no function"),
        ('[{"name": "A"}]', "functions.metadata:1: no list of bindings"),
    ],
)
def test_a_broken_functions_metadata_is_refused(write_files, text, found):
    assert refusal(write_files({"functions.metadata": text})).startswith(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{", "local.settings.json:1: invalid JSON"),
        ("[]", "local.settings.json:1: no Values"),
        ('{\n"Values": []}', "local.settings.json:2: no Values"),
        ('{"Values": {\n"A=B": "1"}}', "local.settings.json:2: the setting 'A=B' with = in its name"),
        ('{"Values": {\n"A": "\\u0000"}}', "local.settings.json:2: the setting 'A' with a NUL character"),
        ('{"Values": {\n"A": "\\ud800"}}', "local.settings.json:2: the setting 'A' with half of a surrogate pair"),
    ],
)
def test_broken_settings_are_refused(write_files, text, found):
    assert refusal(write_files({"local.settings.json": text})).startswith(found)


def test_a_function_of_no_known_language(write_files):
    assert refusal(write_files({"A/function.json": FUNCTION})).startswith(
        "A/function.json:1: no scriptFile, and none of run.ps1, __init__.py, index.js, index.mjs, index.cjs "
        "next to it; expected a file that ends in .ps1"
    )
    powershell = {"local.settings.json": '{"Values": {"FUNCTIONS_WORKER_RUNTIME": "powershell"}}'}
    assert refusal(write_files(powershell)) == (
        "A/function.json:1: no scriptFile, and none of run.ps1 next to it; expected a file that ends in .ps1, .psm1"
    )
    named = '{"scriptFile": "run.sh", ' + FUNCTION[1:]
    assert refusal(write_files({"A/function.json": named})).startswith("A/function.json:1: the scriptFile 'run.sh'")


def test_functions_of_two_languages(write_files):
    java = '{"scriptFile": "../x.jar", ' + FUNCTION[1:]
    app = write_files({"A/function.json": FUNCTION, "A/run.ps1": SCRIPT, "B/function.json": java})
    assert refusal(app).startswith(
        "A/function.json:1: an app of powershell (A/function.json) and java (B/function.json); expected"
    )


# Lines

TEXT = """\
{
  // a comment with "quotes" and {
  "a": "{\\"[,", /* and
  one of two lines */ "b": [1,
    {"c": []}, [
      2], "x"
  ],
  "d\\u0065": {
    "f": "// no comment"}
}
"""


def test_knows_the_line_of_everything(tmp_path):
    path = tmp_path / "file.json"
    path.write_text("\ufeff" + TEXT, "utf-8")
    file = Folder(spec="app:x", path=tmp_path).read_json(path)
    assert file.value == {"a": '{"[,', "b": [1, {"c": []}, [2], "x"], "de": {"f": "// no comment"}}
    assert file.lines == {
        ("a",): 3,
        ("b",): 4,
        ("b", 1): 5,
        ("b", 1, "c"): 5,
        ("b", 2): 5,
        ("b", 3): 6,
        ("de",): 8,
        ("de", "f"): 9,
    }
    assert file.line_of(("b", 0)) == 4
    assert file.line_of(("nowhere",)) == 1
