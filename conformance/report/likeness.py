"""What findings and errors have in common, although names, numbers and addresses in them differ.

`defects.py` decides by it which of them are one defect.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from conformance._data.open_world.matching import Cause
from conformance._judging.result import Finding, Result

_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]+")
_VALUE: Final = re.compile(r"(?<= = ).+(?=; expected )", re.DOTALL)
"""The value of a wrong message of a program, which stands between its place and what was expected."""

_CHANGING: Final = re.compile(
    r"""
    '[^']*' | "[^"]*" | `[^`]*`          # what is quoted
    | \d+                                # numbers
    | (?<![\w:])\w+(?=:[ ])              # what a message is about: `AddTodo: the handler`
    | \b\w*[a-z][A-Z]\w*\b | \b\w+_\w+\b # names in code: addTodo, add_todo
    """,
    re.VERBOSE,
)

Signature: TypeAlias = Cause | tuple[str, str, str]
"""What is the same in findings that say the same, and in their causes, although names and numbers differ."""

_HEADINGS: Final = {"refused declaration": "A declaration is refused ({})", "error": "ask raised {}"}


def signature_of(finding: Finding) -> Signature:
    """Return what a finding says without what differs from case to case: of a refusal its reason alone."""
    if finding.cause is not None and finding.cause.kind.startswith("refused"):
        return Cause(kind=finding.cause.kind, said=say_alike(finding.cause.said))
    got = _ADDRESS.sub("0x…", finding.got)
    # What was told instead of a call's result says it all: which call it was, and what was wanted, is the case's.
    return ("results", got, "") if finding.what.startswith("results.") else (finding.what, got, finding.wanted)


def refusal_in(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that the service refused a request, if there is one: what else was found follows from it."""
    return next((one for one in findings if one.cause is not None and one.cause.kind == "refused request"), None)


def cause_in(result: Result) -> Cause | None:
    """Return what all that was found follows from, if one thing is known, without what differs from case to case."""
    cause = _first_cause(result)
    return cause and replace(cause, said="" if cause.origin else say_alike(cause.said))


def heading_of(result: Result) -> str | None:
    """Return the error as which a result is reported, if one refused a declaration or was raised by `ask`."""
    cause = _first_cause(result)
    return _HEADINGS[cause.kind].format(cause) if cause is not None and cause.kind in _HEADINGS else None


def _first_cause(result: Result) -> Cause | None:
    """Return the refusal of a request, or else the first cause that is known."""
    causes = [finding.cause for finding in result.findings if finding.cause is not None]
    return min(causes, key=lambda cause: cause.kind != "refused request", default=result.cause)


def say_alike(error: str) -> str:
    """Return the text of an error, with an ellipsis for what may differ from one to the next."""
    error = _ADDRESS.sub("0x…", _VALUE.sub("…", error))
    kind, found, text = error.partition(": " if ": " in error else " (")
    return f"{kind}{found}{_CHANGING.sub('…', text)}"
