"""The lint of the cases: clean on the suite's own, and each rule on bad cases."""

import shutil
from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance._data.case_files.lint_rules import CASE_RULES
from conformance._data.corpus import CASES

GOOD = """
- id: a-good-case
  title: A case that is good.
  covers: [AST-CONVERSATION-CALL]
  before:
    skills:
      - trigger: {functionName: AddTodo, functionDescription: Create an old todo task}
    ask: Good morning
    model_replies: [And good morning to you]
  skills:
    - trigger: {functionName: AddTodo, functionDescription: Create a new todo task}
      returns: added
  ask: Remind me of nothing in particular
  model_replies:
    - calls: [{name: AddTodo, arguments: {taskDescription: Buy nothing}}]
    - I will remind you.
  expect:
    invocations: [{skill: AddTodo, argument: Buy nothing}]
    requests: [{}, {results: {call_1: {$result: added}}}]
"""
REFUSAL = """
- id: a-good-refusal
  title: A refusal that is good.
  covers: [AST-DECLARATION-NAME-FORM]
  needs: ask
  refused:
    trigger: {functionName: Add Nothing, functionDescription: Create nothing}
  control:
    trigger: {functionName: AddNothing, functionDescription: Create nothing}
"""
BINDING = """
- id: a-good-binding
  title: A binding that is good.
  covers: [AST-BINDING-EACH]
  skills:
    - trigger: {functionName: AddTodo, functionDescription: Create a new todo task}
  expect:
    binding: {functionDescription: Create a new todo task, model: {$absent: true}}
"""
REQUESTS = "requests: [{}, {results: {call_1: {$result: added}}}]"
CALLS = "invocations: [{skill: AddTodo, argument: Buy nothing}]"
LAST_REPLY = "    - I will remind you.\n"

BAD = [
    ("id", GOOD, ("a-good-case", "good"), "one word does not describe a behaviour"),
    ("id", GOOD, ("a-good-case", "a-good-test"), "'test' in an id says nothing"),
    ("title", GOOD, ("A case that is good.", "A case that is good"), "the title ends in 'd'; expected a full stop"),
    ("title", GOOD, ("A case that is good.", "A case that should be good."), "'should' in the title"),
    ("title", GOOD, ("A case that is good.", "a case that is good."), "begins in lower case"),
    ("title", GOOD, ("A case that is good.", "A case that is TODO."), "'TODO' was not replaced in the title"),
    ("replies", GOOD, (LAST_REPLY, LAST_REPLY + "    - And again.\n"), "reply 3 of 3 is never requested"),
    (
        "replies",
        GOOD,
        (LAST_REPLY, "    - {status: 500, lasts: always}\n" + LAST_REPLY),
        "reply 3 of 3 is never requested",
    ),
    ("replies", GOOD, (LAST_REPLY, ""), "0 of 1 prompts come to an end"),
    ("replies", GOOD, ("ask: Remind me of nothing in particular", "ask: [One, Two]"), "1 of 2 prompts come to an end"),
    (
        "replies",
        GOOD,
        ("[And good morning to you]", "[Good morning, Again]"),
        "before: reply 2 of 2 is never requested",
    ),
    ("calls", GOOD, (CALLS, "answer: I will remind you."), "the model calls addtodo, but"),
    ("calls", GOOD, ("name: AddTodo, arguments", "name: Remove, arguments"), "the model calls none of them"),
    (
        "names",
        GOOD,
        ("{functionName: AddTodo, functionDescription: Create a new", "{functionDescription: A new"),
        "no fun",
    ),
    (
        "names",
        GOOD,
        ("{functionName: AddTodo, functionDescription: Create an old", "{functionDescription: An old"),
        "no f",
    ),
    ("patterns", GOOD, (REQUESTS, "requests: [{}, {}]"), "requests match any requests of that number"),
    ("patterns", GOOD, (REQUESTS, "requests: {$one_of: [[{}, {}], [{results: {}}]]}"), "requests match any requests"),
    ("patterns", GOOD, ("$result: added", "$schema: {}"), "requests[1].results.call_1 = {"),
    ("patterns", GOOD, ("{$result: added}", "{$one_of: [added, {$schema: {}}]}"), "matches every value"),
    ("patterns", GOOD, ("{$result: added}", "{$one_of: [added, {}]}"), "matches every object"),
    (
        "patterns",
        BINDING,
        ("{functionDescription: Create a new todo task, model: {$absent: true}}", "{}"),
        "every binding",
    ),
    (
        "control",
        REFUSAL,
        ("AddNothing, functionDescription: Create nothing", "A, functionDescription: B"),
        "in function",
    ),
    ("control", REFUSAL, ("functionName: Add Nothing", "functionName: AddNothing"), "in nothing; expected exactly one"),
]


@pytest.fixture
def extra(tmp_path):
    """Return the path of a case file beside editions that have no cases."""
    for path in (CASES / "requirements.yaml", *CASES.glob("*/surfaces.yaml")):
        copy = tmp_path / "cases" / path.relative_to(CASES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    (tmp_path / "cases" / "shared").mkdir()
    return tmp_path / "cases" / "shared" / "extra.yaml"


@pytest.fixture
def lint(extra, capsys):
    """Lint the one case file, or what is named, and return the status and what was said."""

    def lint(text, path=extra):
        extra.write_text(text)
        status = main(["lint", str(path)])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return lint


@pytest.fixture
def cases(tmp_path):
    """Return the folder of a copy of the suite's cases."""
    return Path(shutil.copytree(CASES, tmp_path / "copy"))


def test_the_suites_own_cases_are_clean(capsys):
    assert main(["lint"]) == 0
    assert capsys.readouterr().out == f"{CASES}: nothing to report\n"


@pytest.mark.parametrize("text", [GOOD, REFUSAL, BINDING])
def test_good_cases_are_clean(lint, extra, text):
    assert lint(text) == (0, f"{extra}: nothing to report\n")


@pytest.mark.parametrize(("rule", "good", "change", "said"), BAD)
def test_a_bad_case_is_found_with_its_line(lint, rule, good, change, said):
    before, _ = change
    assert good.count(before) == 1
    status, output = lint(good.replace(*change))
    assert status == 1
    assert all(f"extra.yaml:2: {rule}: " in line for line in output.splitlines())
    assert said in output


def test_every_rule_is_tested():
    assert {rule for rule, *_ in BAD} == set(CASE_RULES)


def test_a_case_that_says_what_another_says_is_found(lint):
    again = GOOD.replace("a-good-case", "the-same-again").replace("A case that is good.", "The same, again.")
    status, output = lint(GOOD + again)
    assert status == 1
    assert "extra.yaml:21: duplicate: the-same-again: the same as a-good-case" in output
    assert len(output.splitlines()) == 1


def test_a_requirement_without_a_case_is_found(cases, capsys):
    with (cases / "requirements.yaml").open("a") as file:
        file.write(
            "\n- {id: AST-TOOL-LOST, only: 2025-05-15, level: must, statement: Nobody looks at this., section: Here}\n"
        )
    assert main(["lint", str(cases)]) == 1
    assert "coverage: AST-TOOL-LOST is checked by no case on csharp-isolated, " in capsys.readouterr().out


def test_a_requirement_that_is_seen_though_it_can_not_be_is_found(cases, capsys):
    path = cases / "requirements.yaml"
    text = path.read_text()
    path.write_text(text.replace("- id: AST-TOOL-NONE\n", "- id: AST-TOOL-NONE\n  unobservable: Nobody looks.\n"))
    assert main(["lint", str(cases)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "coverage: AST-TOOL-NONE is said to be unobservable, but checked by no-skills-no-tools" in line


def test_the_requirements_are_linted_alone(cases, extra, capsys):
    extra.write_text(GOOD.replace("a-good-case", "good"))
    path = cases / "requirements.yaml"
    assert main(["lint", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: nothing to report\n"
    path.write_text(path.read_text().replace("- id: AST-TOOL-NONE\n", "- id: AST-TOOL-NONE\n  unobservable: No.\n"))
    assert main(["lint", str(path)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(str(path))


def test_one_file_is_linted_alone(lint, extra):
    assert lint(GOOD.replace("a-good-case", "good"))[0] == 1
    other = extra.with_name("other.yaml")
    other.write_text(REFUSAL)
    assert lint(GOOD.replace("a-good-case", "good"), other) == (0, f"{other}: nothing to report\n")


def test_a_law_that_has_nothing_refused_is_unusable_input(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "- id: refused-by-law\n  title: A name is refused.\n  covers: [AST-DECLARATION-NAME-FORM]\n"
        "  refused: {trigger: {functionName: AddTodo, functionDescription: Add}}\n  expect: {law: true}\n"
    )
    assert main(["lint", str(path)]) == 2
    assert "does not have AddTodo refused" in capsys.readouterr().err


def test_what_can_not_be_loaded_is_unusable_input(lint):
    status, output = lint(GOOD.replace("covers:", "cover:"))
    assert status == 2
    assert "extra.yaml:4: the unknown key 'cover'; expected 'covers'?" in output


@pytest.mark.parametrize("name", ["", "missing", "missing/cases.yaml"])
def test_a_place_without_cases_is_unusable_input(name, tmp_path, capsys):
    assert main(["lint", str(tmp_path / name)]) == 2
    said = capsys.readouterr().err
    assert f"{tmp_path / name}: there is no " in said
    assert "expected a case file, or a folder that holds case files" in said


def test_case_files_of_users_are_linted_too(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace("a-good-case", "good"))
    assert main(["lint", str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith(f"{path}:2: id: good: one word does not describe a behaviour")
    path.write_text(GOOD.replace(CALLS, "answer: I will remind you.").replace("functionName: AddTodo, ", ""))
    assert main(["lint", str(path)]) == 0
