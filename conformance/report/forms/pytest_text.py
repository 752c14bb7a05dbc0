"""A failing case as text for pytest: in full, and in one line."""

from collections.abc import Sequence

from conformance._judging.result import Result
from conformance._text.words import split_lines
from conformance.report.failure_text import tell_case

_INDENT = {"case": "", "finding": "    ", "body": "    "}


def describe_failure(result: Result, complaints: Sequence[str], rerun: str) -> str:
    """Describe a case that turned the run red, with its rerun command and with what else there is to complain of."""
    lines = tell_case(result, rerun, complaints)
    return "\n".join(_INDENT.get(line.kind, "  ") + line.text.rstrip().replace("\n", "\n    ") for line in lines)


def summarise_failure(result: Result, complaints: Sequence[str]) -> str:
    """Say in one line what went wrong."""
    return " ".join(split_lines(_worst(result, complaints)))


def _worst(result: Result, complaints: Sequence[str]) -> str:
    if result.outcome == "errored":
        return f"errored: {result.reason}"
    if complaints:
        return split_lines(complaints[0])[0]
    worst = next(finding for finding in result.findings if finding.level == result.worst)
    return f"{worst.requirement} ({worst.level}): {worst}"
