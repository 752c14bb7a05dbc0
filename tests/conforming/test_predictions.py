"""What is predicted of a scenario, which `export --explore` writes for other runners, holds for every liberty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from liberties import LIBERTIES
from mutants.mutant import judging

from conformance._data.editions import edition_of
from conformance._exploration.composition.outlines import COVERING
from conformance._exploration.composition.scenario_sources import scenarios_of
from conformance._exploration.explorer import EVERYTHING
from conformance._exploration.prediction.predicting import predict
from conformance._judging.checks import check_by_expectation

EVERY = 11
"""A liberty plays one scenario of so many, and the next liberty the next one."""


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


OFFERING_ALL = [one for one in LIBERTIES if one.transport == "intercepted" and not one.name.startswith("only-")]


@pytest.mark.parametrize("liberty", OFFERING_ALL, ids=lambda liberty: liberty.name)
def test_what_is_predicted_holds_for_a_liberty(liberty, session):
    numbers = range(LIBERTIES.index(liberty) % EVERY, len(COVERING), EVERY)
    edition, surface = edition_of(liberty.editions[-1]), liberty.surfaces[0]
    wrong = [
        f"{name}, scenario {number}: {finding}"
        for number, scenario in zip(
            numbers, scenarios_of(numbers, edition.date, edition.spellings[surface], 0), strict=True
        )
        for name, finding in contradicted(edition, scenario, session.play(scenario, liberty.target, EVERYTHING))
    ]
    assert wrong == [], liberty.why


def test_something_is_predicted_of_most_scenarios():
    edition = edition_of("2024-04-14")
    scenarios = list(scenarios_of(range(len(COVERING)), edition.date, edition.spellings["python"], 0))
    predicted = [set(predict(scenario, edition.requirements)) for scenario in scenarios]
    assert sum(map(bool, predicted)) > len(scenarios) / 2
    assert {"AST-BINDING-NAME", "AST-TOOL-PARAMETERS", "AST-CONVERSATION-REPLAY"} <= set().union(*predicted)


def contradicted(edition, scenario, seen):
    """Yield each prediction that does not hold, by its requirement, with a finding."""
    for name, expectation in predict(scenario, edition.requirements).items():
        template = next(case for case in edition.cases if case.surface == scenario.surface)
        requirement = edition.requirements[name]
        case = replace(template, requirement=requirement, scenario=scenario, expectation=expectation)
        yield from ((name, finding) for finding in check_by_expectation(case, seen) if finding.requirement == name)
