"""Keeps the caller's secrets out of what is published."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from json import dumps  # by name: an implementation may patch the module
from typing import Final
from urllib.parse import quote, quote_plus

from conformance._data.open_world.matching import Cause
from conformance._isolation.environment import SECRET_NAME
from conformance._judging.kept_requests import change_requests
from conformance._judging.result import Finding, Result, Sent
from conformance.report.model import Report, Run

REDACTED: Final = "[redacted]"

_MIN_LENGTH: Final = 6
_OPENAI_KEY: Final = r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{6,}"


def redact(text: str, environment: Mapping[str, str] | None = None) -> str:
    """Replace the values of secret environment variables, and whatever looks like a key of OpenAI.

    Secret are variables named KEY, TOKEN, SECRET or PASSWORD, or `…_KEY` and so on, of 6 characters or more.
    `environment` is `os.environ` unless given.
    """
    return _pattern(_secrets(os.environ if environment is None else environment)).sub(REDACTED, text)


def redact_report(report: Report) -> Report:
    """Redact every text of a report that an implementation, a command line or a service may have put there."""
    substitute = _pattern(_secrets(os.environ)).sub

    @lru_cache(maxsize=4096)  # surfaces are sent the same bodies
    def clean(text: str) -> str:
        return substitute(REDACTED, text)

    return replace(
        report,
        runs=tuple(_redact_run(run, clean) for run in report.runs),
        problems=tuple(map(clean, report.problems)),
    )


def _redact_run(run: Run, clean: Callable[[str], str]) -> Run:
    return replace(
        run,
        implementation=clean(run.implementation),
        spec=clean(run.spec),
        version=run.version and clean(run.version),
        options=tuple(map(clean, run.options)),
        environment={name: clean(value) for name, value in run.environment.items()},
        results=tuple(_redact_result(result, clean) for result in run.results),
    )


def _redact_result(result: Result, clean: Callable[[str], str]) -> Result:
    return replace(
        result,
        implementation=clean(result.implementation),
        id=replace(result.id, file=clean(result.id.file)),
        place=clean(result.place),
        reason=result.reason and clean(result.reason),
        findings=tuple(_redact_finding(finding, clean) for finding in result.findings),
        notes=tuple(map(clean, result.notes)),
        cause=_redact_cause(result.cause, clean),
        requests=change_requests(result.requests, partial(_redact_sent, clean=clean)),
    )


def _redact_finding(finding: Finding, clean: Callable[[str], str]) -> Finding:
    return replace(
        finding,
        what=clean(finding.what),
        got=clean(finding.got),
        wanted=clean(finding.wanted),
        where=finding.where and clean(finding.where),
        cause=_redact_cause(finding.cause, clean),
    )


def _redact_cause(cause: Cause | None, clean: Callable[[str], str]) -> Cause | None:
    return cause and replace(cause, said=clean(cause.said), origin=cause.origin and clean(cause.origin))


def _redact_sent(sent: Sent, clean: Callable[[str], str]) -> Sent:
    return replace(sent, method=clean(sent.method), url=clean(sent.url), body=clean(sent.body))


def _secrets(environment: Mapping[str, str]) -> frozenset[str]:
    values = (value for name, value in environment.items() if SECRET_NAME.fullmatch(name))
    return frozenset(value for value in values if len(value) >= _MIN_LENGTH)


@lru_cache(maxsize=8)
def _pattern(secrets: frozenset[str]) -> re.Pattern[str]:
    """Match every secret, as it is and as JSON, a URL and Python's repr write it; the longest first."""
    spellings = {
        spelling
        for secret in secrets
        for spelling in (
            secret,
            dumps(secret)[1:-1],
            dumps(secret, ensure_ascii=False)[1:-1],
            dumps(dumps(secret)[1:-1])[1:-1],
            quote(secret, safe=""),
            quote_plus(secret),
            repr(secret)[1:-1],
        )
    }
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join([*map(re.escape, longest_first), _OPENAI_KEY]))
