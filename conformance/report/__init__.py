"""What a run found, for people and machines to read.

`build_report` makes a `Report` of a run, `write` writes it in the form of a file's ending (`ENDINGS`), `read` reads
the JSON form again, and `merge` brings reports together. What renders a form is loaded only when it is asked for.
"""

from conformance.report._document import read
from conformance.report._errors import ReportError
from conformance.report._merge import merge
from conformance.report._redaction import redact
from conformance.report._report import CaseKey, Report, Run, Statement, build_report
from conformance.report._verdict import Verdict, headline, is_report_red, judge_all
from conformance.report._writing import ENDINGS, check_path, render, write

__all__ = [
    "ENDINGS",
    "CaseKey",
    "Report",
    "ReportError",
    "Run",
    "Statement",
    "Verdict",
    "build_report",
    "check_path",
    "headline",
    "is_report_red",
    "judge_all",
    "merge",
    "read",
    "redact",
    "render",
    "write",
]
