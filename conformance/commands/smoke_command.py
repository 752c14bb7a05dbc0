"""`python -m conformance smoke`: does an adapter work? Whether its framework conforms is another question."""

import argparse
from collections.abc import Iterator
from typing import Final

from conformance._data.case import Case
from conformance._data.editions import edition_of
from conformance._judging.result import Result
from conformance._judging.session import Session, open_session
from conformance._targets.loading import load_target
from conformance._targets.target import Target
from conformance._text import limits
from conformance._text.output import say
from conformance.errors import ImplementationError

HELP: Final = "check that an adapter works: it starts, declares, shows its bindings and answers"

STEPS: Final = {
    "declares": "every-parameter-accepted",
    "shows bindings": "type-in-binding",
    "answers": "call-runs-the-function",
}
"""What is checked, and the case that does so."""

CONFORMS, DOES_NOT_CONFORM, BROKEN = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("implementation", metavar="IMPLEMENTATION", help="what --impl would be given")
    parser.add_argument(
        "--transport", choices=("intercepted", "loopback"), default="intercepted", help="--impl-transport"
    )
    help_text = f"for each step (default: {limits.CASE_SECONDS:g})"
    parser.add_argument("--timeout", type=_read_timeout, default=limits.CASE_SECONDS, metavar="SECONDS", help=help_text)


def _read_timeout(text: str) -> float:
    try:
        return limits.read_seconds(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(options: argparse.Namespace) -> int:
    """Take each step, say what came of it, and return 0, 1 (it does not conform) or 2 (the adapter is broken)."""
    try:
        target = load_target(options.implementation, transport=options.transport, seconds=options.timeout)
    except ImplementationError as error:
        return _give_up("starts", error)
    try:
        surfaces = f"{', '.join(target.surfaces)} in {', '.join(target.editions)}"
        _say("starts", f"{target.name} {target.version or '(no version)'} offers {surfaces}")
        with open_session({target.transport}, seconds=options.timeout) as session:
            return _take_steps(session, target)
    except ImplementationError as error:
        return _give_up("creates an app", error)
    finally:
        target.close()


def _take_steps(session: Session, target: Target) -> int:
    session.check_app(target)
    outcomes = []
    for step, case in _cases(target):
        result = session.run(case, target)
        _say(step, _describe(result))
        outcomes.append(result.outcome)
    if "errored" in outcomes:
        _say("the adapter is broken", "docs/protocol.md and the README say what is expected")
        return BROKEN
    if "failed" in outcomes:
        _say("the adapter works", "the implementation does not conform; pytest --impl shows where")
        return DOES_NOT_CONFORM
    _say("the adapter works", "pytest --impl judges the implementation")
    return CONFORMS


def _cases(target: Target) -> Iterator[tuple[str, Case]]:
    """Yield each step's case for the first surface and edition that are offered."""
    cases = {case.id.name: case for case in edition_of(target.editions[0]).cases}
    for step, case_id in STEPS.items():
        yield step, cases[f"{case_id}[{target.surfaces[0]}]"]


def _describe(result: Result) -> str:
    match result.outcome:
        case "passed":
            return "ok"
        case "not applicable":
            return result.reason or "not applicable"
        case "errored":
            return "\n".join([f"broken: {result.reason}", *result.notes])
        case _:
            return "\n".join(["does not conform:", *map(str, result.findings), *result.notes])


def _give_up(step: str, error: ImplementationError) -> int:
    _say(step, f"broken: {error.found}; expected {error.expected}")
    return BROKEN


def _say(what: str, came: str) -> None:
    say(f"{what}: {came}".replace("\n", "\n    "))
