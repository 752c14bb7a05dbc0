"""Puts what foreign code raises into words: its own code may run when it is shown."""

from conformance._isolation.runner import Interrupt


def describe(error: BaseException) -> str:
    """Return the kind of an exception and its text, which may be impossible to show."""
    try:
        text = str(error)
    except Interrupt:
        raise
    except BaseException:  # noqa: BLE001  # an error that can't be shown
        text = "(its text cannot be shown)"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
