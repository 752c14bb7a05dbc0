"""How a finding is worded: `what = got, but should be wanted`."""

from typing import Any, Final, TypeAlias

from conformance._text import json_values

__all__ = ["Finding", "dotted", "should"]

Finding: TypeAlias = tuple[str | None, str]
"""The place (`param` of the error) and the message."""

_LONGEST: Final = 80


def should(what: str, got: Any, wanted: str) -> str:
    """Word the usual finding about a value."""
    return f"{what} = {_show(got)}, but should be {wanted}"


def dotted(where: str) -> str:
    """Spell a message's place as the older errors do: `messages.[3]` for `messages[3]`."""
    return where.replace("messages[", "messages.[", 1)


def _show(value: Any) -> str:
    # Of what may be large or deep only the size: a finding stays one short line.
    if value and isinstance(value, list | dict):
        return f"{'array' if isinstance(value, list) else 'object'} of {len(value)}"
    return json_values.show(value, _LONGEST)
