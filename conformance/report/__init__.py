"""What a run found, for people and machines to read.

`build_report` makes a `Report` of a run, `write` writes it in the form of a file's ending (`ENDINGS`), `read` reads
the JSON form again, and `merge` brings reports together. What renders a form is loaded only when it is needed.
"""

from conformance.report.document import read
from conformance.report.forms.writing import ENDINGS, check_path, render, write
from conformance.report.merging import merge
from conformance.report.model import Report, Run, Statement, build_report
from conformance.report.redaction import redact, redact_report
from conformance.report.report_error import ReportError
from conformance.report.verdict import headline, is_report_red, verdicts_of

__all__ = [
    "ENDINGS",
    "Report",
    "ReportError",
    "Run",
    "Statement",
    "build_report",
    "check_path",
    "headline",
    "is_report_red",
    "merge",
    "read",
    "redact",
    "redact_report",
    "render",
    "verdicts_of",
    "write",
]
