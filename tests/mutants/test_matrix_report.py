"""The program that prints the kill matrix."""

from dataclasses import replace

import pytest

from mutants import matrix_report


@pytest.fixture
def one(monkeypatch):
    """Leave one small mutant."""
    (one,) = [mutant for mutant in matrix_report.MUTANTS if mutant.name == "writes-the-enums-name"]
    monkeypatch.setattr(matrix_report, "MUTANTS", [one])
    return one


def test_prints_what_a_mutant_fails(capsys):
    assert matrix_report.write_matrix(["writes-the-enums-name"]) == 0
    name, failure, summary, surprises = capsys.readouterr().out.splitlines()
    assert name.startswith("writes-the-enums-name: The enum's name stands in the binding")
    assert failure == "  2024-04-14 AST-MODEL-DEFAULT: default-model-in-binding[python]"
    assert summary.startswith("mutants: 1; cases failed: 1 of ")
    assert surprises == "surprises: 0; gaps: 0"


def test_prints_what_a_mutant_fails_beside_what_it_must(one, monkeypatch, capsys):
    monkeypatch.setattr(matrix_report, "MUTANTS", [replace(one, fails={"AST-TOOL-OFFERED": ["skills-offered"]})])
    assert matrix_report.write_matrix([one.name]) == 1
    surprises = [line for line in capsys.readouterr().out.splitlines() if " instead of " in line]
    assert "default-model-in-binding[python] (2024-04-14): violates AST-MODEL-DEFAULT instead of passes" in surprises[0]
    assert "skills-offered[python] (2024-04-14): passes instead of violates AST-TOOL-OFFERED" in surprises[1]


@pytest.mark.usefixtures("one")
def test_prints_the_cases_that_no_mutant_fails(capsys):
    assert matrix_report.write_matrix([]) == 1
    output = capsys.readouterr().out
    assert "skills-offered (2025-05-15): no mutant fails it" in output
    assert "default-model-in-binding (2024-04-14): no mutant fails it" not in output


def test_refuses_an_unknown_mutant():
    with pytest.raises(SystemExit, match="no mutant 'write-the-enums-name'; expected writes-the-enums-name"):
        matrix_report.write_matrix(["write-the-enums-name"])
