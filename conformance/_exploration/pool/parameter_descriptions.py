"""Parameter descriptions as people write them, and as real code loses a part of them.

Each is a `Flavour`: what is said of the function's own argument, which other properties stand beside it, and what
stands at the root. None of it restricts the argument beyond its type, so every value of that type agrees with it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final

from conformance.contract import Argument


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One way to describe a function's parameters.

    `own` is about its argument, which may be `required`, and of which a `bare` one says nothing but the type; `others`
    are further properties. An `empty` one describes none at all; one that is `closed` demands every property and allows
    no other.
    """

    own: Mapping[str, Any] = field(default_factory=dict)
    required: bool = False
    bare: bool = False
    empty: bool = False
    closed: bool = False
    others: Mapping[str, Any] = field(default_factory=dict)
    root: Mapping[str, Any] = field(default_factory=dict)


_MEMBERS: Final[Mapping[str, Any]] = {"id": {"title": "Its id"}, "note": {"default": "none"}, "at": {"default": None}}
"""Members of an object, which may have others: no value contradicts them."""


def describe(
    argument: Argument, flavour: Flavour, text: str, title: str, narrowing: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the object schema of an argument in a flavour; the texts stand where any text may stand.

    Where a flavour says more of the argument than its type, it is narrowed by further keywords.
    """
    if flavour.empty:
        return {"type": "object", "properties": {}}
    items: dict[str, Any] = {"items": {}} if argument.type == "array" else {}
    if flavour.bare:
        return {"type": "object", "properties": {argument.name: {"type": argument.type, **items}}}
    members: dict[str, Any] = {"properties": _MEMBERS} if argument.type == "object" else {}
    own = {"type": argument.type, "description": text, **items, **members, **flavour.own, **(narrowing or {})}
    others = {name: schema for name, schema in flavour.others.items() if name != argument.name}
    required: dict[str, Any] = {"required": [argument.name]} if flavour.required else {}
    definitions = {"$defs": {**flavour.root.get("$defs", {}), "label": {"title": title}}}
    properties = {"properties": {**others, argument.name: own}}
    if flavour.closed:
        required = {"required": [*properties["properties"]], "additionalProperties": False}
    said = {"title": title} if flavour.required else {"description": text}
    return {"type": "object", **said, **properties, **required, **flavour.root, **definitions}


def much_escaped(text: str) -> str:
    """Write a JSON text with escapes where none is needed, as some languages do: of quotes, slashes, HTML's signs."""
    text = re.sub(r"\\(.)", lambda escape: "\\u0022" if escape[1] == '"' else escape[0], text)
    return text.replace("<", "\\u003c").replace("&", "\\u0026").replace("/", "\\/")


NOTATIONS: Final[tuple[Callable[[Mapping[str, Any]], str], ...]] = (
    lambda schema: dumps(schema, ensure_ascii=False),
    lambda schema: dumps(schema, indent=2),
    lambda schema: dumps(schema, ensure_ascii=False, separators=(",", ":")),
    lambda schema: "\n  " + dumps(schema, indent="\t", ensure_ascii=False) + "\r\n",
    lambda schema: much_escaped(dumps(schema)),
)
"""Ways to write the same JSON text."""
