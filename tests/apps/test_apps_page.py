"""docs/apps.md, followed word for word."""

import re
from pathlib import Path

import pytest

import conformance._transport.interception  # loaded once: pytester would forget what a run in this process loads
import conformance.plugin.run
import conformance.plugin.snapshots  # noqa: F401  # loaded once
from conformance._apps.criteria import CRITERIA

PAGE = (Path(__file__).parents[2] / "docs" / "apps.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def run(pytester):
    """Write the page's app, and return what runs one of the page's commands."""
    (function,), (script,) = blocks("json"), blocks("powershell")
    (pytester.path / "todo/AddTodo").mkdir(parents=True)
    (pytester.path / "todo/AddTodo/function.json").write_text(function)
    (pytester.path / "todo/AddTodo/run.ps1").write_text(script)

    def run(command):
        program, *options = command.split()
        assert program == "pytest"
        return pytester.runpytest_inprocess(*options)

    return run


def test_the_first_command_says_what_the_page_shows(run):
    (shown,) = blocks("text")
    result = run(blocks("sh")[0])
    assert result.ret == 1
    result.stdout.fnmatch_lines([line.replace("[", "[[]") for line in shown.splitlines()], consecutive=True)


def test_the_mended_app_is_green_its_tools_are_reviewed_and_ci_accepts_them(run, pytester):
    path = pytester.path / "todo/AddTodo/function.json"
    path.write_text(path.read_text().replace('\\"text\\"', '\\"string\\"'))
    first, review, ci = blocks("sh")
    assert run(first).ret == 0
    assert run(ci).ret == 1
    assert run(review).ret == 0
    assert run(ci).ret == 0


def test_every_criterion_is_documented():
    assert re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE) == [
        "type", "type-spelling", "direction", "binding-name", "description", "parameters-text", "parameters",
        "parameters-object", "parameters-accepted", "name", "unique-name", "model", "programming-model", "hosted",
    ]  # fmt: skip
    assert {criterion.slug for criterion in CRITERIA} == set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE))
