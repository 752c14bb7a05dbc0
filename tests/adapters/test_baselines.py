"""Every baseline of a published implementation is about cases that exist, on the surfaces that it offers."""

import datetime as dt
from pathlib import Path

import pytest

import conformance.adapters
from conformance import contract
from conformance._data.case_id import CaseId
from conformance._data.editions import edition_of
from conformance._exploration.explorer import laws_of
from conformance.baseline.known_failures import load_baseline

BASELINES = Path(conformance.adapters.__path__[0], "baselines")

SURFACES = {
    "azure-functions-1": {"python"},
    "azure-functions-node": {"javascript", "typescript"},
    "java-library-openai": {"java"},
    "webjobs-openai": {"csharp-inprocess"},
    "worker-openai": {"csharp-isolated"},
}
"""What the implementations offer whose cases are the suite's own; an app's cases are named after its functions."""


@pytest.fixture(scope="module")
def ids():
    cases = [case.id for edition in contract.EDITIONS for case in edition_of(edition).cases]
    laws = [
        CaseId.of_law(edition, requirement, surface)
        for edition in contract.EDITIONS
        for surface in contract.SURFACES
        for requirement in laws_of(edition_of(edition).requirements, surface)
    ]
    return [*cases, *laws]


@pytest.mark.parametrize("file", sorted(path.name for path in BASELINES.glob("*.yaml") if "-app" not in path.stem))
def test_names_cases_that_exist(ids, file):
    (surfaces,) = (offered for name, offered in SURFACES.items() if file.startswith(name))
    baseline = load_baseline(
        BASELINES / file, [one for one in ids if one.surface in surfaces], dt.datetime.now(dt.UTC).date()
    )
    assert baseline.entries
    assert baseline.faults == ()
