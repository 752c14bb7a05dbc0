"""A find as a case file: with the expectation that shows it, or by its law where no expectation does."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from conformance._data.requirements import Requirement
from conformance._data.surfaces import Spelling
from conformance._exploration.case_yaml import read_back, to_record, to_yaml
from conformance._exploration.explorer import Find
from conformance._exploration.prediction import expect_of
from conformance._judging.checks import check_by_expectation
from conformance.errors import CaseFileError

_BY_LAW: Final = {"law": True}


def record_of(find: Find, spelling: Spelling, requirement: Requirement) -> Mapping[str, Any]:
    """Write a find as a record that fails as it did: the expectation in patterns if it shows the same, or the law."""
    records = [
        to_record(find.scenario, spelling, requirement.id, requirement.statement, expect)
        for expect in _expectations(find, requirement.id)
    ]
    return next((record for record in records if _shows(record, find, requirement.id)), records[-1])


def _expectations(find: Find, requirement: str) -> Iterator[Mapping[str, Any]]:
    predicted = expect_of(find.scenario, requirement)
    if predicted is not None:
        yield predicted
    yield _BY_LAW


def _shows(record: Mapping[str, Any], find: Find, requirement: str) -> bool:
    """Say whether a record is the scenario, and what was seen of it violates the requirement by its expectation."""
    if record["expect"] == _BY_LAW:
        return True
    try:
        case = read_back(to_yaml(record), find.scenario.edition)
    except CaseFileError:  # some things a case file does not say together
        return False
    if case.scenario != find.scenario:
        return False
    findings = check_by_expectation(case, find.seen)
    return find.seen.crash is not None or any(one.requirement == requirement for one in findings)
