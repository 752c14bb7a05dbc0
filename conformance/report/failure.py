"""A case that went wrong, as text: the requirement, what was found, the request, and how to see it again."""

from __future__ import annotations

from collections.abc import Sequence

from conformance._judging.result import Finding, Result, Sent
from conformance._text import json_values

_MAX_BODY = 1500


def describe_failure(result: Result, complaints: Sequence[str], rerun: str) -> str:
    """Describe a case that turned the run red.

    `complaints` are about what was agreed on for the case (the baseline, the reviewed schema), not about the
    implementation; `rerun` is the command that runs the case alone.
    """
    lines = [f"{result.place}: {result.title}"]
    if result.outcome == "errored":
        lines.append(f"  errored: {result.reason}")
    lines += [f"  {line}" for complaint in complaints for line in complaint.splitlines()]
    for requirement in dict.fromkeys(finding.requirement for finding in result.findings):
        findings = [finding for finding in result.findings if finding.requirement == requirement]
        lines += _describe_requirement(result, findings)
    lines += [f"  note: {note}".replace("\n", "\n    ").rstrip() for note in result.notes]
    lines += [_describe_request(number, sent) for number, sent in enumerate(result.requests, 1)]
    lines.append(f"  Rerun: {rerun}")
    return "\n".join(lines)


def _describe_requirement(result: Result, findings: list[Finding]) -> list[str]:
    first = findings[0]
    return [
        f"  {first.requirement} ({first.level}): {first.statement}",
        f"  Source: edition {result.edition}, {first.section}",
        *(f"    {finding}" for finding in findings),
    ]


def _describe_request(number: int, sent: Sent) -> str:
    body = sent.body if len(sent.body) <= _MAX_BODY else json_values.show(sent.body, _MAX_BODY)
    return f"  request {number}: {sent.method} {sent.url} -> {sent.status} {body}"


def summarise_failure(result: Result, complaints: Sequence[str]) -> str:
    """Say in one line what went wrong."""
    if result.outcome == "errored":
        return f"errored: {result.reason}"
    if complaints:
        return complaints[0].splitlines()[0]
    worst = next(finding for finding in result.findings if finding.level == result.worst)
    return f"{worst.requirement} ({worst.level}): {worst}"
