"""Results and ids of cases for baselines."""

import datetime as dt

from conformance._data.case_id import CaseId
from conformance._judging.result import Finding, Result

EDITION = "2024-04-14"
TODAY = dt.date(2026, 11, 22)


def case_id(case, surface):
    return CaseId.of_case(EDITION, "a.yaml", case, surface)


IDS = [case_id(case, surface) for case in ("one-case", "one-more", "other") for surface in ("java", "python")]


def result(case, outcome, surface="python"):
    finding = Finding(
        requirement="AST-A-B", level="must", statement="Yes.", section="Here", what="x", got="1", wanted="2"
    )
    return Result(
        implementation="some",
        id=case_id(case, surface),
        title="A case.",
        requirement="AST-A-B",
        group="a",
        level="must",
        place="cases/a.yaml:1",
        outcome=outcome,
        findings=(finding,) if outcome == "failed" else (),
    )
