"""The lint of the cases: clean on the suite's own, and each rule on a bad case."""

import shutil
from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance._schema import CASES

GOOD = """
- id: a-good-case
  title: A case that is good.
  covers: [AST-CONVERSATION-CALL]
  skills:
    - trigger: {functionName: AddTodo, functionDescription: Create a new todo task}
      returns: added
  ask: Remind me of nothing in particular
  replies:
    - calls: [{name: AddTodo, arguments: {taskDescription: Buy nothing}}]
    - I will remind you.
  expect:
    calls: [{skill: AddTodo, argument: Buy nothing}]
"""
REFUSAL = """
- id: a-good-refusal
  title: A refusal that is good.
  covers: [AST-DECLARATION-NAME-FORM]
  needs: ask
  refused:
    trigger: {functionName: Add Nothing, functionDescription: Create nothing}
  accepted:
    trigger: {functionName: AddNothing, functionDescription: Create nothing}
"""


@pytest.fixture
def lint(tmp_path, capsys):
    """Lint the suite's cases with one more, and return the status and what was said."""
    cases = Path(shutil.copytree(CASES, tmp_path / "cases"))

    def lint(text):
        (cases / "shared" / "extra.yaml").write_text(text)
        status = main(["lint", str(cases)])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return lint


def test_the_suites_own_cases_are_clean(capsys):
    assert main(["lint"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("text", [GOOD, REFUSAL])
def test_good_cases_are_clean(lint, text):
    assert lint(text) == (0, "")


@pytest.mark.parametrize(
    ("rule", "before", "after", "said"),
    [
        ("wording", "A case that is good.", "A case that is good", "no sentence"),
        ("wording", "A case that is good.", "A case that should be good.", "'should' in the title"),
        ("wording", "id: a-good-case", "id: a-good-test", "'test' in the id"),
        ("replies", "    - I will remind you.\n", "    - I will remind you.\n    - And again.\n", "1 replies that no"),
        ("replies", "    - I will remind you.\n", "", "post 1 is left without an end"),
        ("replies", "ask: Remind me of nothing in particular", "ask: [One, Two]", "no reply for post 2"),
        (
            "calls",
            "calls: [{skill: AddTodo, argument: Buy nothing}]",
            "reply: I will remind you.",
            "the model calls AddTodo",
        ),
        ("patterns", "calls: [{skill: AddTodo, argument: Buy nothing}]", "calls: {$schema: {}}", "matches everything"),
        (
            "patterns",
            "calls: [{skill: AddTodo, argument: Buy nothing}]",
            "calls: [{skill: AddTodo}]\n    requests: [{}, {}]",
            "requests names nothing",
        ),
    ],
)
def test_a_bad_case_is_found_with_its_line(lint, rule, before, after, said):
    assert before in GOOD
    status, output = lint(GOOD.replace(before, after))
    assert status == 1
    (line,) = output.splitlines()
    assert f"extra.yaml:2: {rule}: " in line
    assert said in line


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("AddNothing, functionDescription: Create nothing", "AddNothing, functionDescription: Other", "functionName"),
        ("functionName: Add Nothing", "functionName: AddNothing", "differs in nothing"),
    ],
)
def test_a_control_differs_in_the_one_fault(lint, before, after, said):
    status, output = lint(REFUSAL.replace(before, after))
    assert status == 1
    assert "control: a-good-refusal: " in output
    assert said in output


def test_a_case_that_says_what_another_says_is_found(lint):
    again = GOOD.replace("a-good-case", "the-same-again").replace("A case that is good.", "The same, again.")
    status, output = lint(GOOD + again)
    assert status == 1
    assert "duplicate: the-same-again: the same as a-good-case" in output


def test_a_requirement_without_a_case_is_found(lint, tmp_path):
    with (tmp_path / "cases" / "2025-05-15" / "requirements.yaml").open("a") as file:
        file.write("\n- {id: AST-TOOL-LOST, level: must, statement: Nobody looks at this., section: Here}\n")
    status, output = lint(GOOD)
    assert status == 1
    assert "AST-TOOL-LOST is checked by no case" in output


def test_what_can_not_be_loaded_is_unusable_input(lint):
    status, output = lint(GOOD.replace("covers:", "cover:"))
    assert status == 2
    assert "extra.yaml:4: the unknown key 'cover'; expected 'covers'?" in output
