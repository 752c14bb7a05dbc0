"""What findings and errors have in common, although names, numbers and addresses in them differ.

`defects.py` decides by it which of them are one defect.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from conformance._judging.result import Finding, Result
from conformance._judging.result_notes import OF_ANOTHER
from conformance._text.error_places import CALLED

_RAISED: Final = re.compile(r"(?:ask )?raised (.+)", re.DOTALL)
_ERROR: Final = re.compile(r"(\w+ raised |refused \()?(\w+)")
_UNSENT: Final = re.compile(
    "number of chat requests|length of requests|replies never requested|the next request|ask|the reply|answers"
)
"""What findings are about that no request explains."""

_SILENCE: Final = "chat requests"

_INDEX: Final = re.compile(r"\[\d+\]")
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]+")
_VALUE: Final = re.compile(r"(?<= = ).+(?=; expected )", re.DOTALL)
"""The value of a wrong message of a program, which stands between its place and what was expected."""

_CHANGING: Final = re.compile(
    r"""
    '[^']*' | "[^"]*" | `[^`]*`          # what is quoted
    | 0x[0-9a-fA-F]+ | \d+               # addresses and numbers
    | (?<=\bproperties\.)[^\s.]+         # names in a schema
    | (?<![\w:])\w+(?=:[ ])              # what a message is about: `AddTodo: the handler`
    | \b\w*[a-z][A-Z]\w*\b | \b\w+_\w+\b # names in code: addTodo, add_todo
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a finding says; for a refusal, the error that was raised."""

    what: str
    got: str
    wanted: str

    @property
    def is_refusal(self) -> bool:
        """Whether something was refused: such words say what is wrong, whatever the case is about."""
        return self.got.startswith("refused")

    @property
    def is_error(self) -> bool:
        """Whether something was refused, raised or mixed up: such a cause explains whatever else was found."""
        return self.what != _SILENCE


def fault_of(finding: Finding) -> Words:
    """Return the words of a finding without what differs from case to case."""
    if not finding.got.startswith("refused"):
        return Words(what=finding.what, got=_ADDRESS.sub("0x…", finding.got), wanted=finding.wanted)
    what = (
        "declaration" if "declaration" in finding.what else finding.what
    )  # whether it is of one declaration, of several or of a control
    return Words(what=what, got=say_alike(finding.got), wanted=finding.wanted)


def refusal_in(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that the service refused a request, if there is one: what else was found follows from it."""
    return next((one for one in findings if one.what == "the request" and fault_of(one).is_refusal), None)


def cause_in(result: Result) -> Words | None:
    """Return what all that was found follows from, if one thing is known.

    That is a request or a declaration that was refused, an error that `ask` raised, a tool that has the parameters of
    another one, or that no request was sent at all.
    """
    refusal = refusal_in(result.findings)
    if refusal is not None:
        return fault_of(refusal)
    error = error_in(result)
    if error is not None:
        return Words(what="error", got=signature_of(error, result.notes), wanted="none")
    if any(OF_ANOTHER in note for note in result.notes):
        return Words(what="parameters", got=OF_ANOTHER, wanted="its own")
    is_silent = not result.requests and any(_UNSENT.match(one.what) for one in result.findings)
    return Words(what=_SILENCE, got="none", wanted="some") if is_silent else None


def error_in(result: Result) -> str | None:
    """Return the error that refused a declaration, as `refused (…)`, or that `ask` raised, as `ask raised …`."""
    for finding in result.findings:
        if fault_of(finding).what == "declaration" and finding.got.startswith("refused ("):
            return finding.got
        if said := _RAISED.fullmatch(_say_first(finding)):
            return f"ask raised {said[1]}"
    return None


def signature_of(error: str, notes: Iterable[str]) -> str:
    """Return what identifies an error: its class and where it came from, or its text where that is unknown."""
    said = _ERROR.match(error)
    places = (note for note in notes if said is not None and note.startswith(f"{said[2]} came from "))
    place = next(places, None)
    if said is None or place is None:
        return say_alike(error)
    # One function may raise all errors of an implementation: the line that called it tells them apart.
    return f"{said[1] or ''}{CALLED.join(place.split(CALLED)[:2])}"


def _say_first(finding: Finding) -> str:
    """Return how a finding tells of an error: before the difference, or as what was got."""
    return finding.where if finding.where and finding.where.startswith("ask raised") else finding.got


def is_surplus(finding: Finding) -> bool:
    """Say whether a finding is that something is there which should not be."""
    return finding.got != "absent" and finding.wanted.startswith(("absent", "nothing"))


def say_alike(error: str) -> str:
    """Return the text of an error, with an ellipsis for what may differ from one to the next."""
    error = _VALUE.sub("…", error)
    kind, found, text = error.partition(": " if ": " in error else " (")
    return f"{_INDEX.sub('[…]', kind)}{found}{_CHANGING.sub('…', text)}"
