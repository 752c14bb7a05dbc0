"""How a violation is worded: `what = got, but should be wanted`."""

from collections.abc import Collection
from itertools import islice
from typing import Any, Final

from conformance._text import json_values

_LONGEST: Final = 80
_LONGEST_PLACE: Final = 200
_MOST_LISTED: Final = 5


def should(what: str, got: Any, wanted: str) -> str:
    """Say the usual about a value."""
    return f"{shortened(what)} = {_show(got)}, but should be {wanted}"


def dotted(where: str) -> str:
    """Spell a message's place as the older errors do: `messages.[3]` for `messages[3]`."""
    return where.replace("messages[", "messages.[", 1)


def listed(names: Collection[str]) -> str:
    """List names, of many only the first."""
    first = ", ".join(json_values.show(name, _LONGEST)[1:-1] for name in islice(names, _MOST_LISTED))
    return first if len(names) <= _MOST_LISTED else f"{first} and {len(names) - _MOST_LISTED} more"


def shortened(place: str) -> str:
    """Cut a place that is long because of a key that the client chose."""
    return place if len(place) <= _LONGEST_PLACE else f"{place[:_LONGEST_PLACE]}…"


def _show(value: Any) -> str:
    # Of what may be large or deep only the size: a message stays one short line.
    if value and isinstance(value, list | dict):
        return f"{'array' if isinstance(value, list) else 'object'} of {len(value)}"
    return json_values.show(value, _LONGEST)
