"""A find as a case file: with the expectation that shows it, or by its law where no expectation does."""

from collections.abc import Mapping
from typing import Any

from conformance._data.requirements import Requirement
from conformance._data.surfaces import Spelling
from conformance._exploration.case_yaml import read_back, to_record, to_yaml
from conformance._exploration.explorer import Find
from conformance._exploration.prediction.predicting import expect_of
from conformance._judging.checks import check_by_expectation
from conformance.errors import CaseFileError


def record_of(find: Find, spelling: Spelling, requirement: Requirement) -> Mapping[str, Any]:
    """Write a find as a record that fails as it did: the expectation in patterns if it shows the same, or the law."""

    def record(expect: Mapping[str, Any]) -> Mapping[str, Any]:
        return to_record(find.scenario, spelling, requirement.id, requirement.statement, expect)

    predicted = expect_of(find.scenario, requirement.id)
    if predicted is not None and _shows(record(predicted), find, requirement.id):
        return record(predicted)
    return record({"law": True})


def _shows(record: Mapping[str, Any], find: Find, requirement: str) -> bool:
    """Say whether a record is the scenario, and what was seen of it violates the requirement by its expectation."""
    try:
        case = read_back(to_yaml(record), find.scenario.edition)
    except CaseFileError:  # some things a case file does not say together
        return False
    if case.scenario != find.scenario:
        return False
    findings = check_by_expectation(case, find.seen)
    return find.seen.crash is not None or any(one.requirement == requirement for one in findings)
