"""`--impl-snapshots`: tool schemas are recorded, reviewed and accepted through syrupy."""

import json

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
    assert f"what is sent to the model was never reviewed: there is no {FOLDER}/default-model.json" in unreviewed.out
    assert not (pytester.path / "conformance-snapshots").exists()

    assert run(*ARGUMENTS, *processes, "--snapshot-update").ret == 0
    file = pytester.path / FOLDER / "default-model.json"
    text = file.read_text("utf-8")
    assert text.endswith("]\n")
    assert json.loads(text)[0]["function"]["description"] == "Create a new todo task"
    reviewed = run(*ARGUMENTS)
    assert reviewed.ret == 0, reviewed.out

    write_adapter(OTHER_DESCRIPTION)
    changed = run(*ARGUMENTS, *processes)
    assert changed.ret == FAILED
    assert '-      "description": "Create a new todo task",' in changed.out
    assert '+      "description": "Make a todo",' in changed.out
    assert file.read_text("utf-8") == text

    assert run(*ARGUMENTS, *processes, "--snapshot-update").ret == 0
    assert "Make a todo" in file.read_text("utf-8")


@pytest.mark.parametrize("processes", [(), ("-n", "2")])
def test_an_unused_file_is_reported_and_removed_on_request(run, write_adapter, pytester, processes):
    write_adapter()
    whole = ("--impl=adapter.py", "--impl-snapshots", "--impl-edition=2025-05-15", "--impl-explore=0")
    assert run(*whole, "--snapshot-update").ret == 0
    unused = pytester.path / "conformance-snapshots/adapter/2025-05-15/python/gone.json"
    unused.write_text("[]\n")
    reported = run(*whole, *processes)
    assert reported.ret == FAILED
    assert "1 snapshot unused" in reported.out
    assert unused.exists()
    assert run(*whole, *processes, "--snapshot-update").ret == 0
    assert not unused.exists()
    assert run(*whole).ret == 0


def test_a_part_of_the_cases_leaves_the_other_files_alone(run, write_adapter, pytester):
    write_adapter()
    assert run(*ARGUMENTS, "--snapshot-update").ret == 0
    before = sorted((pytester.path / FOLDER).iterdir())
    for selection in (("-k", "default-model"), ("--impl-surface=python", "-k", "not default-model")):
        assert run(*ARGUMENTS, *selection, "--snapshot-update").ret == 0
    assert sorted((pytester.path / FOLDER).iterdir()) == before


def test_without_the_option_nothing_is_looked_at(run, write_adapter, pytester):
    write_adapter()
    assert run("--impl=adapter.py", "cases/2024-04-14/model.yaml").ret == 0
    assert not (pytester.path / "conformance-snapshots").exists()
