"""The badge, as the JSON that badge services read from an endpoint."""

from collections.abc import Sequence
from json import dumps  # by name: an implementation may patch the module
from typing import Final

from conformance._text.words import count
from conformance.report.model import Report
from conformance.report.verdict import Verdict, current_verdicts, is_report_red

LABEL: Final = "assistant skill trigger"

_ALL: Final = 100


def render_badge(report: Report) -> str:
    """Return the badge for services such as shields.io, which fetch this from an address and draw it."""
    message, color = _say(report)
    return dumps({"schemaVersion": 1, "label": LABEL, "message": message, "color": color}) + "\n"


def _say(report: Report) -> tuple[str, str]:
    """Return the message and the name of the colour."""
    judged = list(current_verdicts(report))
    if is_report_red(report):
        return _say_why([verdict for _, verdict in judged if verdict.red], len(judged), len(report.problems)), "red"
    known = sum(verdict.counts["known"] for _, verdict in judged)
    is_part = any(run.is_part for run, _ in judged)
    if known:
        return f"{known} known to fail{', partial' if is_part else ''}", "yellow"
    if is_part:
        selected = "; ".join(verdict.selected for _, verdict in judged if verdict.selected)
        return f"passed {selected}", "yellow"
    conformant = f"conformant {', '.join(sorted({edition for run, _ in judged for edition in run.editions}))}"
    share = min(verdict.share for _, verdict in judged)
    return (conformant, "brightgreen") if share == _ALL else (f"{conformant}, {share}% judged", "green")


def _say_why(red: Sequence[Verdict], runs: int, problems: int) -> str:
    """Return why a report is red, as shortly as it can be said."""
    if red and runs == 1:
        return ", ".join(red[0].problems)
    if bad := sum(not verdict.is_open for verdict in red):
        return f"{bad} of {runs} not conformant"
    if red:
        return f"{len(red)} of {runs} not judged to the end"
    return count(problems, "problem") if problems else "nothing judged"
