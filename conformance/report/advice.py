"""What to do after a run."""

from collections.abc import Iterator

from conformance.report.defects import find_defects, is_warning
from conformance.report.model import Report
from conformance.report.verdict import is_report_red

ACCEPT = "accept what fails as known: --impl-baseline=FILE --impl-update-baseline"


def advise(report: Report) -> Iterator[str]:
    """Yield what to do next; several things are a choice."""
    defects = find_defects(report)
    if not is_report_red(report):
        yield "see to the warnings, or let them be" if any(map(is_warning, defects)) else "nothing"
        return
    red = [defect for defect in defects if defect.red]
    if red:
        first = red[0]
        yield f"fix the first, and rerun it: {report.runs[first.runs[0]].rerun(first.simplest.id)}"
        if any(defect.status != "errored" for defect in red):
            yield ACCEPT
    elif report.problems:
        yield f"see to the {'problem' if len(report.problems) == 1 else 'problems'} above"
    elif any(run.not_run for run in report.runs):
        yield "run the cases that were not run"
    else:
        yield "choose cases that apply to the implementation, or offer what they need"
