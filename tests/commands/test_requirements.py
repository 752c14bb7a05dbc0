"""Requirements are covered by cases or by a reason, in both directions, and the page of them is current."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance._data.corpus import CASES
from conformance._data.coverage import cover, find_gaps
from conformance._data.editions import edition_of, load_edition
from conformance.contract import EDITIONS

PAGE = Path(__file__).parents[2] / "docs" / "requirements.md"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_requirement_is_checked_on_all_its_surfaces_or_has_a_reason(edition):
    assert list(find_gaps(cover(edition_of(edition)))) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_file_of_cases_adds_to_the_coverage(edition):
    covered = {case for one in cover(edition_of(edition)) for cases in one.cases.values() for case in cases}
    assert len(covered) > 100


def test_the_page_is_what_the_command_prints(capsys):
    assert main(["requirements", "--format", "md"]) == 0
    printed = capsys.readouterr().out
    assert PAGE.read_text("utf-8") == printed, (
        "run: python -m conformance requirements --format md > docs/requirements.md"
    )


def test_the_text_names_cases_and_reasons(capsys):
    assert main(["requirements", "--edition", "2024-04-14"]) == 0
    printed = capsys.readouterr().out
    assert (
        "AST-MODEL-DEFAULT (must on csharp-isolated, csharp-inprocess, java, python): Without a declared model, "
        in printed
    )
    assert "csharp-isolated, csharp-inprocess, java, python: default-model" in printed
    assert "unobservable: " in printed
    assert "2025-05-15" not in printed.splitlines()[0]


@pytest.fixture
def cases(tmp_path):
    """Copy the data, which a test may spoil."""
    return Path(shutil.copytree(CASES, tmp_path / "cases"))


def test_a_requirement_that_nothing_checks_is_a_gap(cases):
    with (cases / "requirements.yaml").open("a") as file:
        file.write("\n- {id: AST-MODEL-LOST, level: must, statement: Nobody looks at this., section: Here}\n")
    (gap,) = find_gaps(cover(load_edition(cases, "2024-04-14")))
    assert "AST-MODEL-LOST is checked by no case on csharp-isolated, " in str(gap)


def test_a_requirement_that_is_checked_is_not_unobservable(cases):
    path = cases / "requirements.yaml"
    path.write_text(
        path.read_text().replace("- id: AST-MODEL-DEFAULT\n", "- id: AST-MODEL-DEFAULT\n  unobservable: No.\n")
    )
    (gap,) = find_gaps(cover(load_edition(cases, "2024-04-14")))
    assert "AST-MODEL-DEFAULT is said to be unobservable, but checked by default-model" in str(gap)


def test_a_reader_that_has_read_enough_is_no_error():
    command = [sys.executable, "-m", "conformance", "requirements", "--format", "md"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:  # noqa: S603  # our own command
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == ("", 0)
