"""The members that what a case expects to be seen may have: a pattern that names another one is a slip.

The service's tables say what a request's body holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from conformance._data.surfaces import PARAMETERS
from conformance._service.rules import BODY_TABLES
from conformance._service.shapes import Anything, Either, Entries, Items, Record, Shape, Tagged

Members: TypeAlias = Mapping[str, "Members | None"]
"""What is known of each member's own members; None if they may be any. The member ANY stands for those of any name."""

ANY: Final = "*"


def _members_of(shape: Shape) -> Members | None:
    """Return what the values of a shape may have, be it as the items of a list."""
    match shape:
        case Record():
            return {field.name: _members_of(field.shape) for field in shape.fields}
        case Tagged():
            return _merge(map(_members_of, shape.members.values()))
        case Items():
            return _members_of(shape.of)
        case Either():
            return _merge(map(_members_of, shape.options))
        case Anything() | Entries():
            return {ANY: None}
        case _:
            return None


def _merge(several: Iterable[Members | None]) -> Members | None:
    merged: dict[str, Members | None] = {}
    for members in several:
        for name, own in (members or {}).items():
            merged[name] = _merge([merged.get(name), own])
    return merged or None


_BODY: Final = _merge(map(_members_of, BODY_TABLES.values())) or {}
_FUNCTION: Final = ((_BODY["tools"] or {})["function"]) or {}
_BINDING: Final[Members] = dict.fromkeys((*PARAMETERS, "dataType", "cardinality", "connection", "properties"))
"""The members of this trigger's bindings, then those that Azure Functions gives to any."""

_REQUEST: Final[Members] = {
    "model": None,
    "tools": {ANY: _FUNCTION},
    "messages": _BODY["messages"],
    "results": None,
    "told": None,
    "body": _BODY,
}

KNOWN_MEMBERS: Final[Members] = {
    "or_binding": _BINDING,
    "binding": _BINDING,
    "bindings": {ANY: _BINDING},
    "bindings_again": {ANY: _BINDING},
    "bindings_after": {ANY: _BINDING},
    "request": _REQUEST,
    "requests": _REQUEST,
    "invocations": {"skill": None, "argument": None},
}
"""What may stand below the keys of an expectation."""
