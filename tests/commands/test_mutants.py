"""The command that prints the kill matrix, in a checkout and out of one."""

from dataclasses import replace
from importlib import import_module

import pytest

from conformance.__main__ import main
from conformance.commands import mutants as command


@pytest.fixture
def report(monkeypatch):
    monkeypatch.syspath_prepend(command.TESTS)
    return import_module("mutants.report")


@pytest.fixture
def one(report, monkeypatch):
    """Leave one small mutant."""
    (one,) = [mutant for mutant in report.MUTANTS if mutant.name == "writes-the-enums-name"]
    monkeypatch.setattr(report, "MUTANTS", [one])
    return one


def test_prints_what_a_mutant_fails(capsys):
    assert main(["mutants", "writes-the-enums-name"]) == 0
    name, failure, summary, surprises = capsys.readouterr().out.splitlines()
    assert name.startswith("writes-the-enums-name: The enum's name stands in the binding")
    assert failure == "  2024-04-14 AST-MODEL-DEFAULT: default-model-in-binding[python]"
    assert summary.startswith("mutants: 1; cases failed: 1 of ")
    assert surprises == "surprises: 0; gaps: 0"


def test_prints_what_a_mutant_fails_beside_what_it_must(report, one, monkeypatch, capsys):
    monkeypatch.setattr(report, "MUTANTS", [replace(one, fails={"AST-TOOL-OFFERED": ["skills-offered"]})])
    assert main(["mutants", one.name]) == 1
    surprises = [line for line in capsys.readouterr().out.splitlines() if " instead of " in line]
    assert "default-model-in-binding[python] (2024-04-14): violates AST-MODEL-DEFAULT instead of passes" in surprises[0]
    assert "skills-offered[python] (2024-04-14): passes instead of violates AST-TOOL-OFFERED" in surprises[1]


@pytest.mark.usefixtures("one")
def test_prints_the_cases_that_no_mutant_fails(capsys):
    assert main(["mutants"]) == 1
    output = capsys.readouterr().out
    assert "skills-offered (2025-05-15): no mutant fails it" in output
    assert "default-model-in-binding (2024-04-14): no mutant fails it" not in output


def test_an_unknown_mutant_is_unusable_input(capsys):
    assert main(["mutants", "write-the-enums-name"]) == 2
    assert "no mutant 'write-the-enums-name'; expected writes-the-enums-name" in capsys.readouterr().err


def test_without_a_checkout_there_are_no_mutants(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "TESTS", tmp_path)
    assert main(["mutants"]) == 2
    assert f"there is no {tmp_path / 'mutants'}; expected a checkout of the suite" in capsys.readouterr().err
