"""Apps of the Python programming model: their code runs in a process of its own, and can do no harm."""

import json
import os
import sys
import textwrap
import time

import pytest

from conformance._apps import AppError, load_app
from conformance._text import limits

pytest.importorskip("azure.functions", reason="the library azure-functions is not installed")

LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are found by their marks on Linux only"
)

GOOD = """
import azure.functions as func

app = func.FunctionApp()

@app.function_name("AddTodo")
@app.assistant_skill_trigger(arg_name="task", function_description="Create a new todo task")
def add_todo(task: str) -> str:
    return task
"""


@pytest.fixture
def write_python(write_files):
    def write(text, **others):
        return write_files({"function_app.py": textwrap.dedent(text).lstrip("\n"), **others})

    return write


def load(folder):
    return load_app(f"app:{folder}", folder)


def refusal(folder):
    with pytest.raises(AppError) as caught:
        load(folder)
    return str(caught.value).replace(f"--impl=app:{folder}: ", "")


def test_reads_what_the_library_makes_of_the_decorator(write_python):
    (skill,) = load(write_python(GOOD)).skills
    assert skill.binding["type"] == "assistantSkillTrigger"
    assert skill.binding["functionDescription"] == "Create a new todo task"
    assert (skill.function.file, skill.line, skill.function.parameters) == ("function_app.py", 5, ("task",))


def test_reads_a_generic_trigger(write_python, judge):
    text = GOOD.replace("assistant_skill_trigger(", 'generic_trigger(type="assistantSkillTrigger", ')
    text = text.replace("arg_name=", 'parameterDescriptionJson="[]", arg_name=')
    results = judge(write_python(text))
    assert {case for case, result in results.items() if result.findings} == {"parameters-of-AddTodo"}


def test_reads_skills_of_a_blueprint_in_its_own_file(write_python):
    blueprint = GOOD.replace("app = func.FunctionApp()", "blueprint = func.Blueprint()").replace("@app.", "@blueprint.")
    text = """
    import azure.functions as func
    from skills.todo import blueprint

    app = func.FunctionApp()
    app.register_functions(blueprint)
    """
    (skill,) = load(write_python(text, **{"skills/todo.py": blueprint})).skills
    assert (skill.function.file, skill.line) == ("skills/todo.py", 6)


def test_finds_an_argument_that_the_function_does_not_have(write_python, judge):
    results = judge(write_python(GOOD.replace('arg_name="task"', 'arg_name="Task"')))
    (finding,) = results["binding-name-of-AddTodo"].findings
    assert finding.wanted == "the name of the function's argument (task)"


def test_an_argument_may_be_named_in_snake_case_beside_the_context(write_python, judge):
    text = GOOD.replace('"task"', '"task_text"').replace("task: str", "task_text: str, context")
    assert not any(result.findings for result in judge(write_python(text)).values())


def test_finds_a_parameter_that_no_binding_fills(write_python, judge):
    results = judge(write_python(GOOD.replace("task: str", "task: str, limit: int = 3")))
    assert {case for case, result in results.items() if result.findings} == {"hosted-of-AddTodo"}
    (finding,) = results["hosted-of-AddTodo"].findings
    assert str(finding) == "a parameter = limit, but should be named after a binding"


def test_what_the_app_prints_or_leaves_running_does_not_matter(write_python):
    text = (
        "import threading\nprint('[]')\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n" + GOOD
    )
    assert len(load(write_python(text)).skills) == 1


def test_a_thread_that_lives_on_does_not_matter(write_python):
    text = "import threading\nthreading.Thread(target=threading.Event().wait).start()\n" + GOOD
    assert len(load(write_python(text)).skills) == 1


def test_a_decorator_may_say_what_arguments_a_function_has(write_python, judge):
    text = GOOD.replace("def add_todo", "@with_context\ndef add_todo").replace("(task: str)", "(context, task: str)")
    decorator = """
    import functools, inspect

    def with_context(function):
        @functools.wraps(function)
        def call(task):
            return function(None, task)
        call.__signature__ = inspect.signature(call, follow_wrapped=False)
        return call
    """
    results = judge(write_python(textwrap.dedent(decorator) + text))
    assert not [case for case, result in results.items() if result.findings]


def test_a_function_may_be_an_object_that_can_be_called(write_python):
    text = """
    import azure.functions as func

    app = func.FunctionApp()

    class AddTodo:
        __name__ = "add_todo"

        def __call__(self, task: str) -> str:
            return task

    declare = app.assistant_skill_trigger(arg_name="task", function_description="Create a new todo task")
    app.function_name("AddTodo")(declare(AddTodo()))
    """
    (skill,) = load(write_python(text)).skills
    assert (skill.function.file, skill.line, skill.function.parameters) == ("function_app.py", 8, ("task",))


def test_the_entry_file_may_have_another_name(write_files):
    settings = '{"Values": {"PYTHON_SCRIPT_FILE_NAME": "main.py", "FUNCTIONS_WORKER_RUNTIME": "python"}}'
    app = write_files({"main.py": GOOD, "local.settings.json": settings})
    assert load(app).surface == "python"


REFUSALS = {
    "syntax error": ("x = 1\ndef", "function_app.py:2: SyntaxError: "),
    "import error": ("import os\nimport no_such_module\n", "function_app.py:2: ModuleNotFoundError: "),
    "an error further in": ("import json\ndef f():\n    json.loads('')\nf()\n", "function_app.py:3: JSONDecodeError: "),
    "an exit": (
        "import sys\nsys.exit(3)\n",
        "function_app.py:2: SystemExit: 3; expected a module that can be imported",
    ),
    "no app": ("x = 1\n", "function_app.py:1: no function app; expected one azure.functions.FunctionApp"),
    "two apps": (
        "import azure.functions as f\na = f.FunctionApp()\nb = f.FunctionApp()\n",
        "function_app.py:1: a, b: 2 function apps; expected one azure.functions.FunctionApp",
    ),
    "two functions of a name": (
        GOOD + GOOD.partition("FunctionApp()")[2].replace("add_todo", "again"),
        "function_app.py:11: ValueError: Function AddTodo does not have a unique function name.",
    ),
    "an end without an answer": (
        "import os\nos.write(2, b'gone')\nos._exit(0)\n",
        "its code ended without an answer: gone",
    ),
}


@pytest.mark.parametrize("how", REFUSALS)
def test_code_that_cannot_be_loaded_is_refused(write_python, how):
    text, found = REFUSALS[how]
    assert refusal(write_python(text)).startswith(found)


def test_says_that_the_library_is_missing(write_python):
    app = write_python(GOOD, **{"azure.py": "# takes the place of the library\n"})
    assert refusal(app).startswith("the library azure-functions cannot be imported (")


@pytest.mark.parametrize("away", [False, pytest.param(True, marks=LINUX)])
def test_code_that_hangs_is_ended_with_all_that_it_started(write_python, monkeypatch, away):
    monkeypatch.setattr(limits, "APP_SECONDS", 1.0)
    app = write_python(
        f"""
        import pathlib, subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session={away})
        pathlib.Path("child").write_text(str(child.pid))
        time.sleep(60)
        """
    )
    started = time.monotonic()
    assert refusal(app) == "its code took more than 1 s to load; expected code that declares functions and returns"
    assert time.monotonic() - started < 10
    assert has_ended(int((app / "child").read_text()))


def has_ended(pid):
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_what_stands_for_a_secret_is_of_its_kind(write_python):
    text = """
    import base64, os
    from urllib.parse import urlsplit

    seconds = float(os.environ["OPENAI_TIMEOUT"])
    assert urlsplit(os.environ["AZURE_OPENAI_ENDPOINT"]).hostname and "mine" not in os.environ["AZURE_OPENAI_ENDPOINT"]
    base64.b64decode(os.environ["STORAGE_KEY"], validate=True)
    assert os.environ["OPENAI_LOG"] == "true"
    """
    values = {
        "OPENAI_TIMEOUT": "30.5",
        "AZURE_OPENAI_ENDPOINT": "https://mine.openai.azure.com/",
        "STORAGE_KEY": "TWlsayBhbmQgYnJlYWQgYW5kIGVnZ3M=",
        "OPENAI_LOG": "True",
    }
    app = write_python(textwrap.dedent(text) + GOOD, **{"local.settings.json": json.dumps({"Values": values})})
    assert len(load(app).skills) == 1


def test_code_that_cannot_be_loaded_is_told_what_was_made_up(write_python):
    settings = '{"Values": {"OPENAI_REGION": "westeurope", "LIST": "todos"}}'
    app = write_python(
        "import os\nassert os.environ['OPENAI_REGION'] in {'westeurope'}\n" + GOOD, **{"local.settings.json": settings}
    )
    assert "made-up values of OPENAI_REGION)" in refusal(app)


def test_code_sees_the_settings_but_no_secret(write_python, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-caller")
    monkeypatch.setenv("GITHUB_TOKEN", "of-the-caller")
    text = "import json, os, pathlib\npathlib.Path('seen').write_text(json.dumps(dict(os.environ)))\n"
    settings = '{"Values": {"OPENAI_API_KEY": "sk-of-the-app", "LIST": "todos"}}'
    app = write_python(text + GOOD, **{"local.settings.json": settings})
    load(app)
    seen = (app / "seen").read_text()
    assert '"LIST": "todos"' in seen
    assert '"OPENAI_API_KEY"' in seen
    assert "sk-of-the" not in seen
    assert "of-the-caller" not in seen
