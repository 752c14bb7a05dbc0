"""What findings and errors have in common, although names, numbers and addresses in them differ.

`defects.py` decides by it which of them are one defect.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from conformance._data.open_world.matching import Cause
from conformance._judging.result import Finding, Result

_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]+")
_VALUE: Final = re.compile(r"(?:(?<= = )|(?<= returned )).+(?=; expected )", re.DOTALL)
"""What a program wrote or a method returned, which stands between its place and what was expected."""

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

_PLACES: Final[tuple[tuple[str, str], ...]] = (
    (r"tools", "tools"),
    (r"tools\.[\w-]+\.parameters\b.*?([^.]*)", r"parameters: \1"),
    (r"tools\.[\w-]+\.(\w+)", r"tool: \1"),
    (r"messages\[\d+\]\.(\w+)", r"message: \1"),
    (r"results\..*", "result"),
    (r"invocations\[\d+\]\.argument|argument of .*", "argument"),
    (r"answers\[\d+\]|ask|the reply|the reply to prompt \d+", "answer"),
)
"""Where something is in any tool, message, invocation or answer, whichever it is."""

_ABOUT: Final = {"argument": "AST-CONVERSATION-ARGUMENT"}
"""How the requirements begin that are about a place; others show what is wrong there by the way."""

_TOO_MANY: Final = "too many messages"
_TOO_FEW: Final = "too few messages"
_NOTHING: Final = frozenset({"null", "absent"})

_FIELD: Final = re.compile(r"refused with \d+ \S+ \(([\w.\[\]]+) = ")
"""The field of a request's body that the service refused."""

_HEADINGS: Final = {"refused declaration": "A declaration is refused ({})", "error": "ask raised {}"}


def signature_of(finding: Finding) -> Signature:
    """Return what a finding says without what differs from case to case: of a refusal its reason alone."""
    if finding.cause is not None and finding.cause.kind.startswith("refused"):
        return Cause(kind=finding.cause.kind, said=_refused_for(finding, finding.cause))
    got = _ADDRESS.sub("0x…", finding.got)
    # What was told instead of a call's result says it all: which call it was, and what was wanted, is the case's.
    return ("results", got, "") if finding.what.startswith("results.") else (finding.what, got, finding.wanted)


def _place_of(finding: Finding) -> str | None:
    """Return where in any tool, message, invocation or answer something is wrong; None if it is elsewhere.

    Of an answer, what it was is part of it, and of anything else, whether it is missing or should be.
    """
    if (number := _odd_number_of_messages(finding)) is not None:
        return number
    for pattern, place in _PLACES:
        if found := re.fullmatch(pattern, finding.what):
            got = finding.got.removeprefix("returned ")
            if place == "answer":
                return f"answer = {got}"
            missing, odd = got in _NOTHING, finding.wanted in _NOTHING
            return f"{found.expand(place)}{' is missing' if missing else ' should not be' if odd else ''}"
    return None


def places_of(requirement: str, results: Iterable[Result]) -> set[str | None]:
    """Return where results violate a requirement; scenarios count only if no case does, since their words differ."""
    found = list(results)
    of_cases = [one for one in found if not one.id.is_law]
    own = ([each for each in one.findings if each.requirement == requirement] for one in of_cases or found)
    return set().union(*map(_places_of, own))


def _places_of(findings: Sequence[Finding]) -> set[str | None]:
    """Return the places of findings, without what follows from others.

    Where there are too many messages or too few, everything else does; and where an answer is wrong, that replies were
    left.
    """
    left = "replies never requested"
    places = {_place_of(finding) for finding in findings if finding.what != left or len(findings) == 1}
    return places & {_TOO_MANY, _TOO_FEW} or places


def _odd_number_of_messages(finding: Finding) -> str | None:
    if finding.what != "length of messages":
        return _TOO_MANY if finding.surplus and finding.what == "messages" else None
    wanted = re.match(r"\d+", finding.wanted)
    if wanted is None or int(finding.got) == int(wanted[0]):
        return None
    return _TOO_MANY if int(finding.got) > int(wanted[0]) else _TOO_FEW


def is_beside_the_point(requirement: str, places: set[str | None]) -> bool:
    """Say whether other requirements than this one are about the only place where something is wrong."""
    about = {_ABOUT.get(place or "") for place in places}
    return len(about) == 1 and not requirement.startswith(about.pop() or requirement)


def names_cause(requirement: str) -> bool:
    """Say whether a requirement is about what leaks from one app to the next: others show the consequences."""
    return requirement.endswith("-ISOLATED")


def is_refused_declaration(finding: Finding) -> bool:
    """Say whether a finding is that a declaration was refused."""
    return finding.cause is not None and finding.cause.kind == "refused declaration"


def refusal_in(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that the service refused a request, if there is one: what else was found follows from it."""
    return next((one for one in findings if one.cause is not None and one.cause.kind == "refused request"), None)


def cause_in(result: Result) -> Cause | None:
    """Return what all that was found follows from, if one thing is known, without what differs from case to case."""
    cause = _first_cause(result)
    if cause is None:
        return None
    refusal = refusal_in(result.findings)
    return replace(cause, said="" if cause.origin else _refused_for(refusal, cause))


def _refused_for(finding: Finding | None, cause: Cause) -> str:
    """Return the reason of a refusal or an error; of a refused request, rather the field than one of its rules."""
    field = _FIELD.match(finding.got) if finding is not None and cause.kind == "refused request" else None
    return re.sub(r"\d+", "…", field[1]) if field is not None else say_alike(cause.said)


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
