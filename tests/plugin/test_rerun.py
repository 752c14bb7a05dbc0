"""Every command that a run prints to see a failure again is executed: it runs that case, and nothing else."""

import shlex
import subprocess
import sys

import pytest

from conformance._data.case_id import CaseId
from conformance.report import read
from conformance.report.forms.html_data import describe

DEFAULT = "cases/2024-04-14/model.yaml::default-model[python]"
HOST = f"exec:{shlex.quote(sys.executable)} -m conformance host"

WRONG_MODEL = """
import os

def add_skill(self, skill):
    trigger = {{"model": "gpt-4o", **skill.trigger}} if {condition} else skill.trigger
    names = {{"function": skill.name, "argument": skill.argument.name}}
    self._app.declare(skill.handler, parameters=trigger, **names)

App.add_skill = add_skill
"""

FORGETS_A_SKILL = """
declared = App.bindings
App.bindings = lambda self: dict(list(declared(self).items())[:24])
"""
LAW = "explore/2024-04-14::AST-BINDING-EACH[python]"


def split(command):
    """Split a command as the shells of developers do: $'…' is unknown to shlex."""
    if "$'" not in command:
        return shlex.split(command)
    words = ["bash", "-c", f"printf '%s\\0' {command}"]
    done = subprocess.run(words, capture_output=True, check=True)  # noqa: S603  # the command that was printed
    return done.stdout.decode().split("\0")[:-1]


@pytest.fixture
def check_rerun(run, pytester):
    """Run what fails one case, and check that each place that says how to rerun it makes the same fail alone."""

    def check(*args, failed, kept=()):
        first = run(*args, "--impl-report=first.json", alone=True)
        assert first.failed == [failed], first.out + first.err
        (printed,) = {line.partition("Rerun: ")[2] for line in first.out.splitlines() if "Rerun: " in line}
        case, _ = CaseId.parse(failed)
        report = read(pytester.path / "first.json")
        shown = describe(report)["results"]
        assert [one["rerun"] for one in shown if (one["case"], one["surface"]) == (case.case, case.surface)] == [
            printed
        ]
        command, *arguments = split(printed)
        assert command == "pytest"
        assert [one for one in arguments if one.startswith("--impl-")] == [f"--impl-edition={case.edition}", *kept]
        again = run(*arguments, "--impl-report=second.json", alone=True)
        assert again.failed == [failed], again.out + again.err
        assert again.account.startswith("planned 1, executed 1: 1 ")
        (before, after) = (
            {one.id.node_id: one for one in read(pytester.path / name).runs[0].results}
            for name in ("first.json", "second.json")
        )
        assert list(after) == [failed]
        assert (after[failed].outcome, after[failed].findings) == (before[failed].outcome, before[failed].findings)

    return check


ODD_FOLDER = "業務\u3000アプリ"
ODD_ADAPTER = "it's a folder/my\xa0adapter.py"


@pytest.mark.parametrize(
    "spec",
    ["adapter", "adapter.py", "some folder/an (1) adapter.py", "../beside.py", ODD_ADAPTER, f"{HOST} adapter.py"],
)
def test_reruns_a_case_of(spec, check_rerun, write_adapter):
    file = spec if spec.endswith(".py") and not spec.startswith("exec:") else "adapter.py"
    write_adapter(WRONG_MODEL.format(condition=True), name=file)
    check_rerun(f"--impl={spec}", DEFAULT.partition("[")[0], failed=DEFAULT)


def test_reruns_over_the_transport_that_was_used(check_rerun, write_adapter):
    write_adapter(WRONG_MODEL.format(condition="'OPENAI_BASE_URL' in os.environ"))
    options = ("--impl-transport=loopback",)
    check_rerun("--impl=adapter.py", DEFAULT.partition("[")[0], *options, failed=DEFAULT, kept=options)


def test_reruns_within_the_time_that_was_given(check_rerun, write_adapter):
    write_adapter("App.ask = lambda self, message: __import__('time').sleep(3)")
    options = ("--impl-timeout=0.5",)
    check_rerun("--impl=adapter.py", DEFAULT, *options, failed=DEFAULT, kept=options)


def test_reruns_a_law_on_the_surfaces_that_were_judged(check_rerun, write_adapter):
    write_adapter(FORGETS_A_SKILL)
    options = ("--impl-surface=python", "--impl-level=should")
    check_rerun("--impl=adapter.py", LAW.partition("[")[0], *options, failed=LAW, kept=options)


def test_reruns_by_the_baseline_that_was_judged_by(check_rerun, write_adapter, pytester):
    write_adapter()
    (pytester.path / "known.yaml").write_text("- {case: default-model, surface: python, reason: It fails.}\n")
    options = ("--impl-baseline=known.yaml",)
    check_rerun("--impl=adapter.py", DEFAULT, *options, failed=DEFAULT, kept=options)


def test_reruns_what_the_ini_file_asked_for(check_rerun, write_adapter, pytester):
    write_adapter("App.construct = property(lambda self: 'other', lambda self, value: None)")
    pytester.makeini("[pytest]\nimpl_level = should\nimpl_edition = all\n")
    failed = "cases/2024-04-14/construct.yaml::construct-named-as-documented[python]"
    check_rerun("--impl=adapter.py", failed, failed=failed, kept=("--impl-level=should",))


@pytest.mark.parametrize("folder", ["todo", "some folder/to do", "../beside", ODD_FOLDER])
def test_reruns_what_an_app_declares(folder, check_rerun, pytester):
    function = pytester.path / folder / "AddTodo"
    function.mkdir(parents=True)
    (function / "run.ps1").write_text("param($TaskDescription)\n")
    (function / "function.json").write_text(
        '{"bindings": [{"type": "AssistantSkillTrigger", "direction": "out", "name": "TaskDescription",\n'
        '"functionName": "Add Todo", "functionDescription": "Adds."}]}'
    )
    name = folder.rpartition("/")[2]
    failed = f"cases/2024-04-14/{name}/AddTodo/function.json::name-of-AddTodo[powershell]"
    options = ("--impl-level=should",)
    check_rerun(f"--impl=app:{folder}", *options, failed=failed, kept=options)


def test_reruns_a_law(check_rerun, write_adapter):
    write_adapter("App.ask = lambda self, message, ask=App.ask: ask(self, message) + '!'")
    failed = "explore/2024-04-14::AST-CONVERSATION-ANSWER[python]"
    options = ("--impl-explore=3", "--impl-explore-seed=7")
    check_rerun("--impl=adapter.py", failed, *options, failed=failed, kept=options)
