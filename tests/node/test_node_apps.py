"""Apps of the Node.js programming model v4, read through the package that they have installed."""

import json
import shutil
from pathlib import Path

import pytest

from conformance._apps import AppError, judge_app, load_app
from conformance._text import limits

SAMPLES = Path(__file__).parents[1] / "apps" / "samples"

SKILL = """
const {{ app, trigger }} = require('@azure/functions');

app.generic('AddTodo', {{
  trigger: trigger.generic({{
    type: 'AssistantSkillTrigger', name: 'task', functionDescription: 'Create a new todo task', {more}
  }}),
  handler: () => {{}},
}});
"""


@pytest.fixture
def copy_sample(adapters, tmp_path):
    """Copy a sample, with its packages."""

    def copy(language):
        app = Path(shutil.copytree(SAMPLES / language, tmp_path / language))
        (app / "node_modules").symlink_to(adapters / "azure-functions" / "node_modules")
        return app

    return copy


@pytest.fixture
def write_app(copy_sample):
    """Write an app in JavaScript of one file."""

    def write(text, **more):
        app = copy_sample("javascript")
        (app / "src/functions/assistantSkills.js").write_text(text)
        for name, content in more.items():
            (app / name.replace("_", ".")).write_text(content)
        return app

    return write


def load(folder):
    return load_app(f"app:{folder}", folder)


def failed(folder, edition):
    return {result.case: result.worst for result in judge_app(load(folder), edition) if result.findings}


def refusal(folder):
    with pytest.raises(AppError) as caught:
        load(folder)
    return str(caught.value).replace(f"--impl=app:{folder}: ", "")


@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_the_documented_example_differs_where_it_is_known_to(copy_sample, language):
    app = copy_sample(language)
    assert load(app).surface == language
    known = {"type-spelling-of-AddTodo": "should", "binding-name-of-AddTodo": "should"}  # the example gives no name
    assert failed(app, "2025-05-15") == known
    assert failed(app, "2024-04-14") == {**known, "direction-of-AddTodo": "must"}


def test_a_made_up_name_is_told_from_a_given_one(copy_sample):
    results = {result.case: result for result in judge_app(load(copy_sample("javascript")), "2025-05-15")}
    (finding,) = results["binding-name-of-AddTodo"].findings
    assert finding.wanted == "the name of the function's argument (no name was given; this one was made up)"
    (name,) = results["tools"].tools[0]["function"]["parameters"]["properties"]
    assert finding.got == f'"{name}"'


@pytest.mark.parametrize(
    ("language", "place"),
    [("javascript", "src/functions/assistantSkills.js:3"), ("typescript", "src/functions/assistantSkills.ts:10")],
)
def test_names_the_line_in_the_source(copy_sample, language, place):
    (skill,) = load(copy_sample(language)).skills
    assert f"{skill.function.file}:{skill.line}" == place


def test_a_good_declaration_passes_everything(write_app):
    assert failed(write_app(SKILL.format(more="")), "2025-05-15") == {}


@pytest.mark.parametrize(
    ("more", "case"),
    [
        ("functionName: 'Add Todo'", "name-of-AddTodo"),
        ("functionDescription: ''", "description-of-AddTodo"),
        ("parameterDescriptionJson: '{}'", "parameters-of-AddTodo"),
        ("parameterDescriptionJson: { type: 'object', properties: {} }", "parameters-text-of-AddTodo"),
        ("name: 'the-task'", "binding-name-of-AddTodo"),
    ],
)
def test_finds_the_one_fault_of_a_bad_declaration(write_app, more, case):
    assert failed(write_app(SKILL.format(more=more)), "2025-05-15").keys() == {case}


REFUSALS = {
    "a syntax error": ("const x = 1;\nconst = 2;\n", "src/functions/assistantSkills.js:2: SyntaxError: "),
    "an error": ("\nthrow new TypeError('no');\n", "src/functions/assistantSkills.js:2: TypeError: no; expected"),
    "a missing package": (
        "require('no-such-package');\n",
        "src/functions/assistantSkills.js:1: Error: Cannot find module",
    ),
    "an exit": ("console.error('gone');\nprocess.exit(0);\n", "its code ended without an answer: gone; expected"),
    "no skill": (
        "require('@azure/functions').app.http('Get', { handler: () => {} });\n",
        "no skill among its functions (Get: httpTrigger, http); expected",
    ),
}


@pytest.mark.parametrize("how", REFUSALS)
def test_code_that_cannot_be_loaded_is_refused(write_app, how):
    text, found = REFUSALS[how]
    assert refusal(write_app(text)).startswith(found)


def test_says_that_the_packages_are_missing(node, tmp_path):
    del node
    app = Path(shutil.copytree(SAMPLES / "javascript", tmp_path / "app"))
    assert refusal(app).startswith("@azure/functions cannot be loaded (Cannot find module '@azure/functions')")


def test_says_that_the_files_are_missing(copy_sample):
    app = copy_sample("typescript")
    shutil.rmtree(app / "out")
    assert refusal(app).startswith("package.json:5: main = 'out/src/functions/*.js' matches no file; expected")


@pytest.mark.parametrize("main", ["src", "./src/functions", "src/"])
def test_main_may_name_a_folder(main, write_app):
    package = json.dumps({"main": main, "dependencies": {"@azure/functions": "^4.0.0"}})
    assert len(load(write_app(SKILL.format(more=""), package_json=package)).skills) == 1


@pytest.mark.parametrize("main", ["", "./", ".", "./.", "/no/such/place/*.js", "a" * 5000])
def test_says_that_main_can_match_no_file(main, write_app):
    package = json.dumps({"main": main, "dependencies": {"@azure/functions": "^4.0.0"}})
    assert refusal(write_app("", package_json=package)).startswith(f"package.json:1: main = {main!r} matches no file;")


def test_says_that_there_is_no_main(write_app):
    package = '{\n"dependencies": {"@azure/functions": "^4.0.0"}\n}'
    assert refusal(write_app("", package_json=package)).startswith("package.json:1: no main; expected")


def test_says_that_node_is_missing(write_app, monkeypatch):
    app = write_app("")
    monkeypatch.setenv("PATH", "")
    assert refusal(app) == "an app for Node, but no node; expected Node 20 or later on the PATH"


def test_code_that_leaves_something_running_is_ended(write_app):
    app = write_app(SKILL.format(more="") + "setInterval(() => console.log('still here'), 10);\n")
    assert len(load(app).skills) == 1


def test_code_that_hangs_is_ended(write_app, monkeypatch):
    monkeypatch.setattr(limits, "APP_SECONDS", 1.0)
    assert refusal(write_app("while (true);\n")).startswith("its code took more than 1 s to load")


def add_function_json(app):
    binding = {"type": "assistantSkillTrigger", "direction": "in", "name": "x", "functionDescription": "Find todos"}
    (app / "FindTodos").mkdir()
    (app / "FindTodos/function.json").write_text(json.dumps({"bindings": [binding]}))
    (app / "FindTodos/index.js").write_text("module.exports = async () => {};")


@pytest.mark.parametrize(("code", "judged"), [(SKILL.format(more=""), "AddTodo"), ("", "FindTodos")])
def test_functions_in_code_make_the_host_ignore_those_in_function_json(code, judged, write_app):
    app = write_app(code)
    add_function_json(app)
    assert [skill.function.name for skill in load(app).skills] == [judged]
