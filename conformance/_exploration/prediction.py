"""What the laws predict of a scenario, each part under its requirement, in the terms of a case file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from conformance._data.expectation import Expectation, read_expectation
from conformance._data.requirements import Requirement
from conformance._data.scenario import Scenario
from conformance._exploration.explorer import laws_of
from conformance._exploration.laws.declaring import DIRECTIONS
from conformance._exploration.laws.offering import DEFAULT_MODEL
from conformance._exploration.story import Story, tell
from conformance._exploration.told import MADE_UP, ToldSkill, is_exact
from conformance._text import json_values

__all__ = ["expect_of", "predict"]

Record = Mapping[str, Any]


def predict(scenario: Scenario, requirements: Mapping[str, Requirement]) -> Mapping[str, Expectation]:
    """Return what each requirement of the edition expects of a scenario, where it says anything."""
    found = ((name, expect_of(scenario, name)) for name in laws_of(requirements, scenario.surface))
    return {name: read_expectation(expect) for name, expect in found if expect is not None}


def expect_of(scenario: Scenario, requirement: str) -> Record | None:
    """Return what a requirement expects of a scenario, as a case file says it, or None."""
    if requirement in _DECLARED:
        return _DECLARED[requirement](scenario)
    story = tell(scenario)
    return _TOLD[requirement](story) if story is not None and requirement in _TOLD else None


def _bindings(make: Callable[[Scenario, ToldSkill], Record]) -> Callable[[Scenario], Record | None]:
    def expect(scenario: Scenario) -> Record | None:
        skills = tell_skills(scenario)
        return {"bindings": {skill.function: make(scenario, skill) for skill in skills}} if skills else None

    return expect
