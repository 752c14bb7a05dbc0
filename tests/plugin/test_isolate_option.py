"""`--impl-isolate` changes where an implementation runs, and nothing that a run shows."""

import json
import re

import pytest

DEFECT = """
import os

class App(App):
    def ask(self, message):
        return "in process " + str(os.getpid())
"""
ISOLATE = "--impl-isolate"
SOME = ("-k", "prompt-answered or call-runs-the-function")


def report_of(run, path, *args):
    result = run("--impl=adapter.py", f"--impl-report={path.name}", *SOME, *args)
    report = json.loads(path.read_text())
    (judged,) = report["runs"]
    judged["when"] = None
    judged["options"] = [option for option in judged["options"] if option != ISOLATE]
    judged["results"].sort(key=lambda one: one["node_id"])
    for one in judged["results"]:
        one["seconds"] = 0
        for sent in one["requests"]:
            sent["body"] = None
    return result, report


def test_a_report_says_the_same(write_adapter, run, pytester):
    write_adapter("""
        __version__ = "1.2"
        class App(App):
            def ask(self, message):
                print("asked")
                return super().ask(message + "!")
    """)
    plain, report = report_of(run, pytester.path / "plain.json")
    isolated, same = report_of(run, pytester.path / "isolated.json", ISOLATE, "-n2")
    assert same == report
    assert isolated.account == plain.account
    assert isolated.failed
    assert sorted(isolated.failed) == sorted(plain.failed)
    assert "asked" in isolated.out


def test_runs_in_another_process_and_the_rerun_command_too(write_adapter, run):
    write_adapter(DEFECT)
    result = run("--impl=adapter.py", ISOLATE, "-k", "prompt-answered-as-usual")
    (command,) = re.findall(r"Rerun: pytest (.*)", result.out)
    assert ISOLATE in command
    (process,) = (
        re.findall(r'the answer = "in process (\d+)"', result.out) or re.findall(r"in process (\d+)", result.out)[:1]
    )
    again = run("--impl=adapter.py", ISOLATE, *SOME, "-x")
    assert f"in process {process}" not in again.out


def test_can_stand_in_the_ini_file(write_adapter, run, pytester):
    write_adapter("import os\nclass App(App):\n    def ask(self, message):\n        os._exit(3)")
    pytester.makeini("[pytest]\nimpl = adapter.py\nimpl_isolate = true\n")
    result = run("-k", "prompt-answered-as-usual")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "errored: ask got no answer: it exited with status 3" in result.out


@pytest.mark.parametrize(
    "text",
    [
        "raise ValueError('not today')",
        "surfaces = ['pithon']",
        "class App:\n    def __init__(self, app): ...\n    def __repr__(self): return 'bare'",
        "raise SystemExit(3)",
    ],
)
def test_what_cannot_be_judged_is_said_in_the_same_words(text, run, write_adapter):
    write_adapter(text)
    plain, isolated = run("--impl=adapter.py"), run("--impl=adapter.py", ISOLATE)
    assert plain.ret == isolated.ret == pytest.ExitCode.USAGE_ERROR
    assert plain.err == isolated.err != ""


def test_an_adapter_that_ends_its_process_when_it_is_loaded_is_a_usage_error(run, write_adapter):
    write_adapter("import os\nprint('leaving')\nos._exit(3)")
    result = run("--impl=adapter.py", ISOLATE)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--impl=adapter.py: its process ended: it exited with status 3, while it was loaded" in result.err
    assert "printed: leaving" in result.err


def test_finds_the_modules_that_pytest_finds(run, write_adapter, pytester):
    write_adapter("import beside_it", name="elsewhere/adapter.py")
    pytester.makepyfile(**{"modules/helper": "answer = 42", "elsewhere/beside_it": "import helper"})
    pytester.makeini("[pytest]\npythonpath = modules\n")
    result = run("--impl=elsewhere/adapter.py", ISOLATE, *SOME)
    assert result.ret == 0, result.out + result.err


def test_laws_and_known_failures_and_snapshots_are_as_without_it(run, write_adapter):
    write_adapter()
    result = run(
        "--impl=adapter.py",
        ISOLATE,
        "--impl-explore=1",
        "--impl-snapshots",
        "--snapshot-update",
        "--impl-baseline=known.yaml",
        "--impl-update-baseline",
        "-k",
        "prompt-answered or ANSWER",
    )
    assert result.ret == 0, result.out + result.err
    assert " failed" not in result.account


def test_changes_nothing_for_a_program(run):
    result = run("--impl=exec:false", ISOLATE)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "initialize: got no answer: it exited with status 1" in result.err
