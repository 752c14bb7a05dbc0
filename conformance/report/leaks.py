"""Which defects are what an app before left behind: other failures may follow from them."""

from collections.abc import Iterable

from conformance._judging.result import Result
from conformance.report.defects import Defect
from conformance.report.likeness import is_refused_declaration, names_cause
from conformance.report.model import Report


def find_leaks(report: Report, defects: Iterable[Defect]) -> dict[str, tuple[int, Result]]:
    """Return the requirements by which something of an app before is there, each with a run and a result of its own.

    A refused declaration is a sign of that too, if others passed of a requirement that it keeps from being met. What is
    known is left out; and nothing is returned if no other failure may follow from what was left.
    """
    new = [defect for defect in defects if defect.status != "known"]
    leaks = {
        finding.requirement: (defect.runs[0], result)
        for defect in new
        for result in defect.results
        for finding in result.findings
        if result.requirement == finding.requirement and names_cause(finding.requirement)
        if finding.surplus or (is_refused_declaration(finding) and _is_met_elsewhere(report, defect))
    }
    return leaks if any(result.requirement not in leaks for defect in new for result in defect.results) else {}


def _is_met_elsewhere(report: Report, defect: Defect) -> bool:
    """Say whether others meet what a defect violates, but for declarations, where refusing everything passes too."""
    violated = {violation.requirement for violation in defect.violations}
    passed = (result for result in report.runs[defect.runs[0]].results if result.outcome == "passed")
    return any(result.requirement in violated and result.group != "declaration" for result in passed)
