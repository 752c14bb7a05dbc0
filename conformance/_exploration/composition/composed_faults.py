"""Where the service fails in a scenario, and how."""

from conformance._exploration.composition.outlines import Outline
from conformance._exploration.pool.statuses import is_temporary
from conformance._service import Fault


def is_faulty(outline: Outline, number: int) -> bool:
    """Say whether the service fails in a prompt, which is numbered from 0."""
    match outline.faults:
        case "none":
            return False
        case "for good":
            return number == outline.prompts - 1
        case "until the next prompt":
            return number > 0
    return True


def faults_around(outline: Outline, status: int | None) -> tuple[tuple[Fault, ...], Fault | None]:
    """Return the faults before a prompt's first reply, and the one in place of its last."""
    if status is None:
        return (), None
    match outline.faults:
        case "at the prompt":
            return (fault(status),), None
        case "twice":
            return (fault(status), Fault(status=status)), None
        case "until the next prompt":
            return (), Fault(status=status, lasts="prompt")
        case "for good":
            return (), Fault(status=status, lasts="always")
    return (), None


def fault(status: int) -> Fault:
    """Return a fault that passes, or one that says of the request what it will say again."""
    return Fault(status=status, lasts="once" if is_temporary(status) else "prompt")
