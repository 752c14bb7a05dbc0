"""A case that went wrong, as text: the requirement, what was found, the request, and how to see it again."""

from __future__ import annotations

from conformance import _json
from conformance._result import Finding, Result, Sent

_MAX_BODY = 1500


def describe_failure(result: Result, rerun: str) -> str:
    """Describe a failed or errored case; `rerun` is the command that runs it alone."""
    lines = [f"{result.place}: {result.title}"]
    if result.outcome == "errored":
        lines.append(f"  errored: {result.reason}")
    for requirement in dict.fromkeys(finding.requirement for finding in result.findings):
        findings = [finding for finding in result.findings if finding.requirement == requirement]
        lines += _describe_requirement(result, findings)
    lines += [f"  note: {note}" for note in result.notes]
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
    body = sent.body if len(sent.body) <= _MAX_BODY else _json.show(sent.body, _MAX_BODY)
    return f"  request {number}: {sent.method} {sent.url} -> {sent.status} {body}"


def summarise_failure(result: Result) -> str:
    """Say in one line what went wrong."""
    if result.outcome == "errored":
        return f"errored: {result.reason}"
    worst = next(finding for finding in result.findings if finding.level == result.worst)
    return f"{worst.requirement} ({worst.level}): {worst}"
