"""Composes the model's calls of skills: what they give, and what may be wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from conformance._data.scenario import Declaration
from conformance._data.surfaces import Spelling
from conformance._exploration.cards import Cards
from conformance._exploration.composed_skills import tool_of
from conformance._exploration.outlines import Outline
from conformance._exploration.pool import calls as pool
from conformance._exploration.pool.json_samples import BIG_INTEGERS
from conformance._service import ToolCall
from conformance.contract import JsonType

__all__ = ["CallComposer"]

_Oddity: TypeAlias = Literal["malformed", "unknown", "extra", "missing", "null", "no arguments"]

_ODDITIES: Final[tuple[_Oddity | None, ...]] = (
    "malformed",
    None,
    "unknown",
    None,
    "extra",
    None,
    "malformed",
    "missing",
    None,
    "null",
    None,
    "no arguments",
    None,
)
_REPEATED: Final[Mapping[JsonType, Any]] = {
    "string": "Milk",
    "integer": 7,
    "number": 0.5,
    "boolean": True,
    "array": ["Milk"],
    "object": {"id": 7},
}
_RARELY: Final = (False, False, False, False, True)


class CallComposer:
    """Composes the calls of one scenario, which are numbered."""

    def __init__(self, cards: Cards, spelling: Spelling) -> None:
        self._cards = cards
        self._spelling = spelling
        self._numbers = 0

    def compose(self, outline: Outline, skills: tuple[Declaration, ...]) -> ToolCall:
        """Compose the next call, of the next skill."""
        self._numbers += 1
        skill = skills[(self._numbers - 1) % len(skills)]
        oddity = self._cards.pick("oddity", _ODDITIES) if outline.odd else None
        name = self._unknown_tool(skill) if oddity == "unknown" else tool_of(skill, self._spelling)
        return ToolCall(id=self._id(), name=name, arguments=self._arguments(skill, oddity, repeats=outline.repeats))

    def _unknown_tool(self, skill: Declaration) -> str:
        """Choose a name that no tool has, some of them nearly that of one."""
        tool = tool_of(skill, self._spelling)
        near = (
            f"{tool[:60]}2",
            tool[:-1] or "Q",
            skill.function,
            tool.replace("_", "-") if "_" in tool else f"_{tool[:60]}",
        )
        is_near = self._cards.pick("whether an unknown tool is nearly known", (True, False))
        return self._cards.pick("near tool", near) if is_near else self._cards.pick("unknown tool", pool.UNKNOWN_TOOLS)

    def _id(self) -> str:
        form = self._cards.pick("id", ("call_{}", "call_Zx9-{}", "{}", "call_a_very_long_identifier_{}"))
        return form.format(self._numbers)

    def _arguments(self, skill: Declaration, oddity: _Oddity | None, *, repeats: bool) -> str:
        name = skill.argument.name
        given = {name: self._value(skill, repeats=repeats)}
        match oddity:
            case "malformed":
                return self._cards.pick("malformed", pool.MALFORMED).replace("{argument}", name)
            case "no arguments":
                return ""
            case "missing":
                given = self._cards.pick("what is given instead", ({}, {"another": "Milk"}, {"value": 7}))
            case "null":
                given = {name: None}
            case "extra":
                extra = self._cards.pick("extra arguments", pool.EXTRA_ARGUMENTS)
                more = {key.replace("{argument}", name.swapcase()): value for key, value in extra.items()}
                given = (
                    {**more, **given}
                    if self._cards.pick("whether more comes first", (True, False))
                    else {**given, **more}
                )
        return self._cards.pick("arguments' notation", (_compact, _spread, _escaped))(given)

    def _value(self, skill: Declaration, *, repeats: bool) -> Any:
        """Choose an argument; one that repeats is the same for every call of a type."""
        kind = skill.argument.type
        if repeats:
            return _REPEATED[kind]
        if kind == "integer" and self._spelling.surface == "python" and self._cards.pick("whether big", _RARELY):
            return self._cards.pick("big integer", BIG_INTEGERS)
        return self._cards.value("argument", kind)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _spread(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _escaped(value: Any) -> str:
    return json.dumps(value)
