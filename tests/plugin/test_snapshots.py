"""`--impl-snapshots`: tool schemas are recorded, reviewed and accepted through syrupy."""

import json
import shutil

import pytest

FOLDER = "conformance-snapshots/adapter/2024-04-14/python"
ARGUMENTS = ("--impl=adapter.py", "--impl-snapshots", "cases/2024-04-14/model.yaml")
FAILED = 1

OTHER_DESCRIPTION = """
import dataclasses
def add_skill(self, skill, original=App.add_skill):
    original(self, dataclasses.replace(skill, trigger={**skill.trigger, "function_description": "Make a todo"}))
App.add_skill = add_skill
"""


@pytest.mark.parametrize("processes", [(), ("-n", "2")])
def test_a_change_of_a_schema_is_shown_and_accepted(run, write_adapter, pytester, processes):
    write_adapter()
    unreviewed = run(*ARGUMENTS, *processes)
    assert unreviewed.ret == FAILED
    (said,) = [line for line in unreviewed.out.splitlines() if line.startswith("what is sent to the model")]
    assert said.startswith(f"what is sent to the model has no snapshot yet: {FOLDER}/default-model")
    assert said.endswith(" more (--snapshot-update writes what is missing, for you to review and commit)")
    assert not (pytester.path / "conformance-snapshots").exists()

    assert run(*ARGUMENTS, *processes, "--snapshot-update").ret == 0
    file = pytester.path / FOLDER / "default-model.json"
    text = file.read_text("utf-8")
    assert text.endswith("]\n")
    assert json.loads(text)[0]["function"]["description"] == "Create a new todo task"
    reviewed = run(*ARGUMENTS)
    assert reviewed.ret == 0, reviewed.out

    write_adapter(OTHER_DESCRIPTION)
    changed = run(*ARGUMENTS, *processes, "-k", "default-model")
    assert changed.ret == FAILED
    assert changed.out.count('-      "description": "Create a new todo task",') == 1
    assert changed.out.count('+      "description": "Make a todo",') == 1
    assert "\n  AddTodo: description has changed\n  --- reviewed\n" in changed.out
    path = next(line for line in changed.out.splitlines() if line.startswith("what is sent to the model has changed"))
    headline = path.partition(" (--")[0]
    assert f"verdict: {headline}; apart from that: adapter passed what was selected (" in changed.out
    assert changed.account == "planned 4, executed 4: 1 passed, 3 failed only because of what is said above"
    assert f"what is sent to the model has changed: {FOLDER}/default-model" in changed.out
    assert " more (--snapshot-update accepts this)\n" in changed.out
    assert file.read_text("utf-8") == text
    quiet = run(*ARGUMENTS, *processes, "-k", "default-model", "-q")
    assert quiet.out.count('+      "description": "Make a todo",') == 1

    assert run(*ARGUMENTS, *processes, "--snapshot-update").ret == 0
    assert "Make a todo" in file.read_text("utf-8")


WHOLE = ("--impl=adapter.py", "--impl-snapshots", "--impl-edition=2025-05-15", "--impl-explore=0")
BROKEN_NOW_AND_THEN = """
import itertools
turns = itertools.cycle([True] * 50 + [False])
def ask(self, message, original=App.ask):
    return original(self, message) if next(turns) else 5
App.ask = ask
"""
RAISING_NOW_AND_THEN = """
def ask(self, message, original=App.ask):
    return original(self, message) if message != "Remind me to buy milk" else {}["no such key"]
App.ask = ask
"""
WRONG_BINDINGS = """
def bindings(self, original=App.bindings):
    return {name: [{**one, "direction": "out"} for one in several] for name, several in original(self).items()}
App.bindings = bindings
"""
OWN = """\
- id: my-todo
  title: My own skill is called.
  covers: [AST-CONVERSATION-CALL]
  surfaces: [python]
  skills:
    - trigger: {functionName: AddTodo, functionDescription: Add}
  ask: Hello
  model_replies:
    - calls: [{name: AddTodo, arguments: {taskDescription: Buy milk}}]
    - Done.
  expect:
    invocations: [{skill: AddTodo, argument: Buy milk}]
"""
UNUSED = "conformance-snapshots/adapter/2025-05-15/python/gone.json"
PARTS = {
    "a node id": ("cases/2025-05-15/names.yaml::called-by-given-name[python]",),
    "a path": ("cases/2025-05-15/names.yaml",),
    "a keyword": ("-k", "called-by or gone"),
    "a node id, spread": ("cases/2025-05-15/names.yaml::called-by-given-name[python]", "-n", "1"),
    "all but one": ("--deselect", "cases/2025-05-15/names.yaml::called-by-given-name[python]"),
}


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    """Return where the snapshots of the adapter are kept, once they are reviewed."""
    return tmp_path_factory.mktemp("reviewed") / "conformance-snapshots"


@pytest.fixture
def reviewed(run, write_adapter, pytester, snapshots):
    """Review all snapshots, and add one that belongs to no case; return how to list them."""
    write_adapter()
    here = pytester.path / snapshots.name
    if snapshots.exists():
        shutil.copytree(snapshots, here)
    else:
        assert run(*WHOLE, "--snapshot-update").ret == 0
        shutil.copytree(here, snapshots)
    (pytester.path / UNUSED).write_text("[]\n")
    return lambda: sorted((pytester.path / UNUSED).parent.iterdir())


@pytest.mark.parametrize("processes", [(), ("-n", "2")])
def test_an_unused_file_is_reported_and_removed_on_request(run, reviewed, pytester, processes):
    reported = run(*WHOLE, *processes, "--impl-report=report.json")
    assert reported.ret == FAILED
    said = f"a snapshot is unused: {UNUSED} (--snapshot-update deletes it)"
    assert said in reported.summary
    assert "next: fix the problem above" in reported.summary
    assert json.loads((pytester.path / "report.json").read_text())["problems"] == [said]
    assert pytester.path / UNUSED in reviewed()
    assert run(*WHOLE, *processes, "--snapshot-update").ret == 0
    assert pytester.path / UNUSED not in reviewed()
    assert run(*WHOLE).ret == 0


ELSEWHERE = "conformance-snapshots/adapter/{}/powershell/default-model.json"


@pytest.mark.parametrize(
    ("options", "unused"),
    [
        ((), ["2025-05-15"]),
        (("-n", "2"), ["2025-05-15"]),
        (("--impl-edition=all",), ["2024-04-14", "2025-05-15"]),
        (("--impl-surface=python",), []),
        (("-k", "called-by"), []),
    ],
    ids=str,
)
@pytest.mark.usefixtures("reviewed")
def test_files_of_what_is_no_longer_offered_are_unused(run, pytester, write_adapter, options, unused):
    (pytester.path / UNUSED).unlink()
    write_adapter('editions = ["2025-05-15"]')
    old = {edition: pytester.path / ELSEWHERE.format(edition) for edition in ("2024-04-14", "2025-05-15")}
    for path in old.values():
        path.parent.mkdir(parents=True)
        path.write_text("[]\n")
    assert run(*WHOLE, *options).ret == (FAILED if unused else 0)
    assert all(path.exists() for path in old.values())
    updated = run(*WHOLE, *options, "--snapshot-update")
    assert [edition for edition, path in old.items() if not path.exists()] == unused, updated.out


@pytest.mark.usefixtures("reviewed")
def test_unused_files_are_named_together_unless_they_turn_nothing_red(run, pytester):
    more = [UNUSED.replace("gone", f"lost-{number}") for number in range(6)]
    for path in more:
        (pytester.path / path).write_text("[]\n")
    said = f"7 snapshots are unused: {', '.join([UNUSED, *more[:4]])} and 2 more (--snapshot-update deletes them)"
    assert said in run(*WHOLE).summary
    warned = run(*WHOLE, "--snapshot-warn-unused")
    assert warned.ret == 0
    assert "are unused" not in warned.summary


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_part_of_the_cases_leaves_the_other_files_alone(run, reviewed, part):
    before = reviewed()
    for update in ((), ("--snapshot-update",)):
        result = run(*WHOLE, *part, *update)
        assert result.ret == 0, result.out
        assert "unused" not in result.out
    assert reviewed() == before


@pytest.mark.parametrize("processes", [(), ("-n", "2")])
def test_a_case_without_a_result_does_not_lose_its_file(run, write_adapter, reviewed, processes):
    before = reviewed()
    write_adapter(BROKEN_NOW_AND_THEN)
    assert run(*WHOLE, *processes, "--snapshot-update").ret == FAILED
    assert run(*WHOLE, *processes, "--snapshot-update", "-x").ret != 0
    assert reviewed() == before


@pytest.mark.parametrize("processes", [(), ("-n", "2")])
@pytest.mark.parametrize("stop", [(), ("-x",)])
def test_a_case_that_fails_before_it_sends_anything_keeps_its_file(run, write_adapter, reviewed, processes, stop):
    before = reviewed()
    write_adapter(RAISING_NOW_AND_THEN)
    for update in ((), ("--snapshot-update",)):
        result = run(*WHOLE, *processes, *stop, *update)
        assert result.ret != 0
        assert "unused" not in result.out
    assert reviewed() == before


def test_a_failure_that_has_no_file_keeps_none(run, write_adapter, reviewed, pytester):
    write_adapter(WRONG_BINDINGS)
    assert "1 unused snapshot deleted" in run(*WHOLE, "--snapshot-update").out
    assert pytester.path / UNUSED not in reviewed()


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize("processes", [(), ("-n", "2")])
def test_an_incomplete_run_cleans_up_for_other_tests(run, write_adapter, pytester, processes):
    test = pytester.makepyfile(test_other="def test_it(snapshot): assert snapshot == 1\ndef test_not(snapshot): pass")
    both = ("cases/2025-05-15", "test_other.py", *processes, "--snapshot-update")
    test.write_text(test.read_text() + "\ndef test_gone(snapshot): assert snapshot == 2")
    run(*WHOLE, *both)
    test.write_text(test.read_text().partition("\ndef test_gone")[0])
    write_adapter(RAISING_NOW_AND_THEN)
    assert "1 unused snapshot deleted" in run(*WHOLE, *both).out
    assert "test_gone" not in (pytester.path / "__snapshots__" / "test_other.ambr").read_text()


def test_own_cases_keep_their_files_without_the_option_that_names_them(run, write_adapter, pytester):
    write_adapter()
    (pytester.path / "own.yaml").write_text(OWN)
    assert run(*WHOLE, "--impl-cases=own.yaml", "--snapshot-update").ret == 0
    file = pytester.path / "conformance-snapshots/adapter_own.yaml/2025-05-15/python/my-todo.json"
    assert file.is_file()
    for update in ((), ("--snapshot-update",)):
        assert run(*WHOLE, *update).ret == 0
    assert file.is_file()
    other = file.with_name("other-todo.json")
    other.write_text("[]\n")
    assert "1 unused snapshot deleted" in run(*WHOLE, "--impl-cases=own.yaml", "--snapshot-update").out
    assert not other.exists()


def test_without_the_option_nothing_is_looked_at(run, write_adapter, pytester):
    write_adapter()
    assert run("--impl=adapter.py", "cases/2024-04-14/model.yaml").ret == 0
    assert not (pytester.path / "conformance-snapshots").exists()


BROKEN = f"{FOLDER}/default-model.json"
SAID = f"{BROKEN}: byte 0 is 0xff, which is not UTF-8; expected the text of a snapshot"


@pytest.mark.parametrize("processes", [(), ("-n", "1")])
def test_a_snapshot_that_cannot_be_read_is_an_error_that_is_told(run, write_adapter, pytester, processes):
    write_adapter()
    assert run(*ARGUMENTS, "--snapshot-update").ret == 0
    (pytester.path / BROKEN).write_bytes(b"\xff\xfe{")
    result = run(*ARGUMENTS, *processes)
    assert result.ret == FAILED
    assert f"\nerrored: no result: {SAID}" in result.summary
    assert "--impl-isolate" not in result.summary
    assert "is not conformant: 1 errored" in result.summary
    assert "next: fix the first" in result.summary


def test_a_fixture_of_the_same_name_is_an_error_that_is_told(run, write_adapter, pytester):
    write_adapter()
    pytester.makeconftest("import pytest\n@pytest.fixture\ndef snapshot(): return 5")
    result = run(*ARGUMENTS)
    assert result.ret == FAILED
    assert "the fixture `snapshot`: your tests have one of their own, which is of type int" in result.summary
    assert "errored" in result.account


def test_says_that_there_was_nothing_to_compare(run, write_adapter):
    write_adapter("del App.ask")
    result = run("--impl=adapter.py", "--impl-snapshots", "cases/2024-04-14/direction.yaml")
    assert "\nsnapshots: nothing to compare: no case sent tools to the model\n" in result.summary
    result = run(*ARGUMENTS)
    assert "\nsnapshots: nothing to compare: the implementation offers no ask\n" in result.summary
