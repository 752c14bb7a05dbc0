"""What to do after a run."""

from collections.abc import Iterable, Iterator, Sequence

from conformance._judging.result import ANY_CLIENT
from conformance.report.defects import Defect, is_warning
from conformance.report.leaks import find_leaks
from conformance.report.model import Report
from conformance.report.verdict import is_report_red

ACCEPT = "accept what fails as known: --impl-baseline=FILE --impl-update-baseline"


def advise(report: Report, defects: Sequence[Defect], *, part: bool = False) -> Iterator[str]:
    """Yield what to do next; several things are a choice. `part` says that not all cases were selected."""
    if not is_report_red(report):
        yield _go_on(defects, part=part)
        return
    red = [defect for defect in defects if defect.red]
    if red:
        if any(ANY_CLIENT in note for note in red[0].simplest.notes):
            yield "if your client is not on httpx or httpx2, add --impl-transport=loopback"
        yield _fix(report, defects, red[0])
        if not part and any(defect.status != "errored" for defect in red):
            yield ACCEPT
    elif report.problems:
        yield f"fix the {'problem' if len(report.problems) == 1 else 'problems'} above"
    elif any(run.without_result for run in report.runs):
        yield "run the cases that were not run"
    else:
        yield "no selected case applies: select others, or implement ask or bindings"


def _go_on(defects: Iterable[Defect], *, part: bool) -> str:
    if any(map(is_warning, defects)):
        return "look at the warnings: the documentation does not demand what they are about (--impl-level=should does)"
    return "run all cases, since what passes alone may fail after others" if part else "nothing"


def _fix(report: Report, defects: Sequence[Defect], first: Defect) -> str:
    """Name what to fix first: a case that fails because of an app before passes when it is run alone.

    An error that keeps much else from being met says itself what to fix.
    """
    leaks = {} if first.error is not None else find_leaks(report, defects)
    what = "what leaks from one app to the next" if leaks else "the first"
    run, result = next(iter(leaks.values()), (first.runs[0], first.simplest))
    return f"fix {what}, and rerun it: {report.runs[run].rerun(result.id)}"
