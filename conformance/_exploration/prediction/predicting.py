"""What the laws predict of a scenario, each part under its requirement, in the terms of a case file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from conformance._data.expectation import Expectation, read_expectation
from conformance._data.requirements import Requirement
from conformance._data.scenario import Declaration, Scenario
from conformance._exploration.explorer import laws_of
from conformance._exploration.laws.accepting import may_be_refused
from conformance._exploration.laws.refusing import faults_of
from conformance._exploration.prediction.predicted_bindings import PREDICTED_BINDINGS
from conformance._exploration.prediction.predicted_conversation import predict_conversation
from conformance._exploration.prediction.predicted_requests import PREDICTED_REQUESTS
from conformance._exploration.reading.predicted_calls import read_skills


def predict(scenario: Scenario, requirements: Mapping[str, Requirement]) -> Mapping[str, Expectation]:
    """Return what each requirement of the edition expects of a scenario, where it says anything.

    None says anything of a scenario whose skills an implementation may refuse.
    """
    if may_be_refused(scenario, [skill for episode in scenario.episodes for skill in read_skills(episode)]):
        return {}
    found = _expectations(scenario, laws_of(requirements, scenario.surface))
    return {name: read_expectation(expect) for name, expect in found}


def predict_refusals(scenario: Scenario, requirements: Mapping[str, Requirement]) -> Iterator[tuple[str, Declaration]]:
    """Yield each declaration that is refused after the skills of a scenario, with a requirement that demands it."""
    laws = laws_of(requirements, scenario.surface)
    for declaration in scenario.refused:
        for name in sorted(faults_of(declaration, scenario.episode) & laws.keys()):
            yield name, declaration


def expect_of(scenario: Scenario, requirement: str) -> Mapping[str, Any] | None:
    """Return what a requirement expects of a scenario, as a case file says it; None where it says nothing."""
    return dict(_expectations(scenario, [requirement])).get(requirement)


def _expectations(scenario: Scenario, requirements: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    conversation = predict_conversation(scenario) if scenario.episode.prompts else None
    for name in requirements:
        if name in PREDICTED_BINDINGS:
            expect = PREDICTED_BINDINGS[name](scenario)
        else:
            expect = PREDICTED_REQUESTS[name](conversation) if name in PREDICTED_REQUESTS and conversation else None
        if expect is not None:
            yield name, expect
